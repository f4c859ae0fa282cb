"""The workers as a pool: who waits, who works, and who is ended.

A job that has used the processor for longer than ``quick_seconds`` is a long one. Its worker yields the processor to
the others and is replaced afterwards. There are never more long jobs than ``long_workers``, so quick ones always find a
worker: when one too many becomes long, the one that has been for longest is stopped.
"""

from __future__ import annotations

import asyncio
import logging
import os
from collections import OrderedDict
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from hfskg.server.limits import Limits
from hfskg.server.messages import Answer, Job, packed, receive_async, refused
from hfskg.server.nursery import Nursery

__all__ = ["AnswerCache", "Pool"]

LONG_PRIORITY = 15
"""The nice value of a worker with a long job."""

_log = logging.getLogger("hfskg.server")


@dataclass(eq=False, slots=True)
class _Worker:
    pid: int
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    niced: bool = False

    def used_seconds(self) -> float | None:
        """Return how many seconds of processor time the process has used; None where the system does not tell."""
        try:
            told = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            return None
        return (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")

    async def ask(self, job: Job) -> Answer:
        self.writer.write(packed(job))
        await self.writer.drain()
        return await receive_async(self.reader)


class Pool:
    """Workers that answer jobs.

    Args:
        nursery: Where workers come from.
        limits: The limits of answers.
    """

    def __init__(self, nursery: Nursery, limits: Limits) -> None:
        self._nursery = nursery
        self._limits = limits
        self._idle: asyncio.Queue[_Worker] = asyncio.Queue()
        self._lock = asyncio.Lock()
        self._waiting = 0
        self._long: OrderedDict[_Worker, asyncio.Event] = OrderedDict()
        self._stopped = False
        self._tasks: set[asyncio.Task[None]] = set()

    async def start(self) -> None:
        """Fork the workers; the nursery has been started."""
        for _ in range(self._limits.workers):
            self._idle.put_nowait(await self._fork())

    async def stop(self) -> None:
        """End the nursery and all workers."""
        self._stopped = True
        for task in self._tasks:
            task.cancel()
        while not self._idle.empty():
            self._idle.get_nowait().writer.close()
        await asyncio.to_thread(self._nursery.stop)

    async def run(self, job: Job) -> Answer:
        """Have a job done; what passes a limit is answered with the reason.

        If the caller is cancelled, the worker is ended.
        """
        worker = await self._get()
        if worker is None:
            return refused(429, "The server is busy. Try again in a few seconds.", Retry_After="5")
        task = asyncio.ensure_future(worker.ask(job))
        task.add_done_callback(_noticed)
        keep = False
        try:
            answer = await self._watched(worker, task)
            keep = task.done() and not task.cancelled() and task.exception() is None and not answer.retire
            return answer
        finally:
            task.cancel()
            if keep:
                self._idle.put_nowait(worker)
            else:
                self._replace(worker)

    async def _get(self) -> _Worker | None:
        """Wait for a worker; None if too many wait, or for too long."""
        with suppress(asyncio.QueueEmpty):
            return self._idle.get_nowait()
        if self._waiting >= self._limits.queue:
            return None
        self._waiting += 1
        try:
            return await asyncio.wait_for(self._idle.get(), self._limits.patience)
        except TimeoutError:
            return None
        finally:
            self._waiting -= 1

    async def _watched(self, worker: _Worker, task: asyncio.Future[Answer]) -> Answer:
        """Wait for the answer of a worker as long as the job may take."""
        loop = asyncio.get_running_loop()
        end = loop.time() + self._limits.seconds
        yielding = asyncio.Event()
        if await self._is_long(worker, task, end):
            self._make_room()
            self._long[worker] = yielding
            with suppress(ProcessLookupError, PermissionError):
                os.setpriority(os.PRIO_PROCESS, worker.pid, LONG_PRIORITY)
            asked = asyncio.ensure_future(yielding.wait())
            try:
                waited: list[asyncio.Future[Any]] = [task, asked]
                await asyncio.wait(waited, timeout=end - loop.time(), return_when=asyncio.FIRST_COMPLETED)
            finally:
                asked.cancel()
                self._long.pop(worker, None)
        if not task.done():
            if yielding.is_set():
                return refused(503, "The query was stopped: too many long queries run now. Try again later.")
            return refused(503, f"The query was stopped: it took longer than {self._limits.seconds:g} seconds.")
        if task.exception():
            return await self._excuse(worker)
        return replace(task.result(), retire=True) if worker.niced else task.result()

    async def _is_long(self, worker: _Worker, task: asyncio.Future[Answer], end: float) -> bool:
        """Wait until a job is done, late or long; long is one that has used more than ``quick_seconds``."""
        loop, before = asyncio.get_running_loop(), worker.used_seconds()
        pause = min(self._limits.quick_seconds, self._limits.seconds)
        while not task.done() and loop.time() < end:
            await asyncio.wait([task], timeout=min(pause, end - loop.time()))
            used = worker.used_seconds()
            if not task.done() and (used is None or before is None or used - before >= self._limits.quick_seconds):
                worker.niced = loop.time() < end
                return worker.niced
            pause = self._limits.quick_seconds / 4
        return False

    def _make_room(self) -> None:
        """Ask the job that has been a long one for longest to give way, if there are too many."""
        if len(self._long) >= self._limits.long_workers:
            _, yielding = self._long.popitem(last=False)
            yielding.set()

    async def _excuse(self, worker: _Worker) -> Answer:
        """Say why a worker ended while it answered."""
        faulty = False
        async with self._lock:
            with suppress(OSError):
                faulty = await asyncio.to_thread(self._nursery.end, worker.pid)
        if faulty:
            _log.error("a worker failed; its last words are above")
            return refused(500, "The server failed. Whoever runs it finds the reason in its log.")
        _log.warning("a worker ended at its limits")
        return refused(503, "The query was stopped: it needed more memory or depth than a query may take.")

    def _replace(self, worker: _Worker) -> None:
        if self._stopped:
            return worker.writer.close()
        task = asyncio.ensure_future(self._renew(worker))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _renew(self, worker: _Worker) -> None:
        worker.writer.close()
        async with self._lock:
            with suppress(OSError):
                await asyncio.to_thread(self._nursery.end, worker.pid)
        self._idle.put_nowait(await self._fork())

    async def _fork(self) -> _Worker:
        async with self._lock:
            try:
                pid, connection = await asyncio.to_thread(self._nursery.fork)
            except OSError:
                _log.exception("the nursery is gone; it is started again")
                await asyncio.to_thread(self._nursery.stop)
                await asyncio.to_thread(self._nursery.start)
                pid, connection = await asyncio.to_thread(self._nursery.fork)
        return _Worker(pid, *await asyncio.open_unix_connection(sock=connection, limit=1 << 20))


def _noticed(task: asyncio.Future[Answer]) -> None:
    """Take note of an exception, so that asyncio does not complain that nobody did."""
    if not task.cancelled():
        task.exception()


class AnswerCache:
    """Answers that stay the same, the last used ones, as long as they fit.

    Args:
        size: Bytes of all bodies together.
    """

    def __init__(self, size: int) -> None:
        self._answers: OrderedDict[str, Answer] = OrderedDict()
        self._left = size
        self._largest = size // 8

    def get(self, key: str) -> Answer | None:
        """Return an answer by the digest of its job."""
        if key in self._answers:
            self._answers.move_to_end(key)
        return self._answers.get(key)

    def put(self, key: str, answer: Answer) -> None:
        """Keep an answer, and forget those that were not used for longest."""
        size = len(answer.body) + 1000
        if answer.status != 200 or not answer.fixed or size > self._largest or key in self._answers:
            return
        self._answers[key] = answer
        self._left -= size
        while self._left < 0:
            _, gone = self._answers.popitem(last=False)
            self._left += len(gone.body) + 1000
