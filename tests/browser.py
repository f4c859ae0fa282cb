"""A headless Chromium that tests drive over its debugging pipe."""

from __future__ import annotations

import base64
import json
import os
import shutil
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Any, Self

__all__ = ["CHROMIUM", "Browser"]

CHROMIUM = next(
    (path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), ""
)
"""The program, or an empty string if none is installed."""

_OPTIONS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update", "--disable-dev-shm-usage"),
    *("--hide-scrollbars", "--remote-debugging-pipe"),
)


class Browser:
    """A browser with one page.

    Args:
        profile: An empty folder for its profile.
        size: Width and height of the window in pixels.
    """

    def __init__(self, profile: Path, size: tuple[int, int] = (1500, 1000)) -> None:
        self._sequence = 0
        self._session = ""
        self._buffer = b""
        self.events: list[dict[str, Any]] = []
        their_input, self._write = os.pipe()
        self._read, their_output = os.pipe()
        window = f"--window-size={size[0]},{size[1]}"
        command = [CHROMIUM, *_OPTIONS, window, f"--user-data-dir={profile}", "about:blank"]
        shell = f'exec "$@" 3<&{their_input} 4>&{their_output}'
        self._process = subprocess.Popen(
            ["bash", "-c", shell, "bash", *command],
            pass_fds=(their_input, their_output),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(their_input)
        os.close(their_output)

    def __enter__(self) -> Self:
        target = self.send("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.send("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.send(f"{domain}.enable")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.terminate()
        self._process.wait(timeout=30)
        os.close(self._write)
        os.close(self._read)

    def send(self, method: str, **parameters: object) -> dict[str, Any]:
        """Send a command and return its result; events that come in between are kept."""
        self._sequence += 1
        message: dict[str, object] = {"id": self._sequence, "method": method, "params": parameters}
        if self._session:
            message["sessionId"] = self._session
        os.write(self._write, json.dumps(message).encode() + b"\0")
        while True:
            answer = self._receive()
            if answer.get("id") == self._sequence:
                assert "error" not in answer, answer["error"]
                result: dict[str, Any] = answer["result"]
                return result
            self.events.append(answer)

    def _receive(self) -> dict[str, Any]:
        while b"\0" not in self._buffer:
            data = os.read(self._read, 1 << 16)
            assert data, "the browser has ended"
            self._buffer += data
        line, _, self._buffer = self._buffer.partition(b"\0")
        message: dict[str, Any] = json.loads(line)
        return message

    def open(self, path: Path) -> None:
        """Open a page and wait until its script has run."""
        self.send("Page.navigate", url=path.as_uri())
        self.wait(lambda: self.run("document.documentElement?.dataset.ready === 'yes'") is True)

    def wait(self, done: Callable[[], bool], seconds: float = 20) -> None:
        """Wait until something is so."""
        end = time.monotonic() + seconds
        while not done():
            assert time.monotonic() < end, f"not so within {seconds} seconds"
            time.sleep(0.05)

    def run(self, expression: str) -> Any:
        """Return the value of an expression of JavaScript."""
        answer = self.send("Runtime.evaluate", expression=expression, returnByValue=True)
        assert "exceptionDetails" not in answer, answer
        return answer["result"].get("value")

    def press(self, key: str) -> None:
        """Press a key."""
        text = {"Enter": "\r"}.get(key, key if len(key) == 1 else "")
        self.send("Input.dispatchKeyEvent", type="keyDown", key=key, text=text)
        self.send("Input.dispatchKeyEvent", type="keyUp", key=key)

    def mouse(self, selector: str, *, click: bool = False) -> None:
        """Move the mouse to the first stretch of an element, and click if asked to."""
        self.run(f"document.querySelector({selector!r}).scrollIntoView({{block: 'center', behavior: 'instant'}})")
        box = self.run(
            f"(() => {{ const b = document.querySelector({selector!r}).getClientRects()[0];"
            " return [b.left + b.width / 2, b.top + b.height / 2] })()"
        )
        at = {"x": box[0], "y": box[1]}
        self.send("Input.dispatchMouseEvent", type="mouseMoved", **at)
        if click:
            for kind in ("mousePressed", "mouseReleased"):
                self.send("Input.dispatchMouseEvent", type=kind, button="left", clickCount=1, **at)

    def media(self, scheme: str) -> None:
        """Prefer light or dark colours."""
        self.send("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])

    def screenshot(self, path: Path) -> None:
        """Write a picture of what is seen."""
        path.write_bytes(base64.b64decode(self.send("Page.captureScreenshot", format="png")["data"]))
