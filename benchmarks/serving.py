"""A server under load: many clients, a few of them hostile; what is answered, how fast, and with how much memory.

    python benchmarks/serving.py build/ [--clients 50] [--seconds 60] [--hostile 0.02] [--pause 1]

Serves the graph folder in a process of its own. First one client alone asks everything, then the clients ask together:
canned queries by the API, half of them in a wording of their own so that no cache helps, and a share of hostile
requests. Each answer to an ordinary one is compared, byte by byte, with what the folder says. Leaves with 1 if a row is
wrong, the server fails, or the slowest ordinary hundredth takes more than ten times as long as alone.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import re
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from hfskg.output import load_manifest
from hfskg.queries import load_catalogue, run
from hfskg.store import open_graph
from hfskg.tables import to_csv

HOSTILE: tuple[tuple[str, str], ...] = (
    ("cartesian product", "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?a != ?d) }"),
    ("sorting a product", "SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY ?f ?a"),
    ("10 MB", "SELECT * { ?s ?p '" + "x" * 10_000_000 + "' }"),
    ("syntax", "SELECT * WHERE { ?s ?p"),
    ("deep nesting", "SELECT * " + "{" * 100_000 + "}" * 100_000),
    ("update", "INSERT DATA { <http://a.example/a> <http://a.example/b> 1 }"),
    ("SERVICE", "SELECT * { SERVICE SILENT <http://127.0.0.1:9/> { ?s ?p ?o } }"),
    ("FROM file", "SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }"),
    ("everything", "SELECT * { ?s ?p ?o . ?s ?q ?r }"),
)


@dataclass(frozen=True)
class Question:
    """An ordinary request and the body that has to come back."""

    name: str
    parameters: dict[str, str]
    body: str


@dataclass
class Figures:
    """What was measured."""

    seconds: list[float] = field(default_factory=list)
    hostile: dict[str, Counter[int]] = field(default_factory=dict)
    statuses: Counter[int] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    memory: int = 0

    def part(self, share: float) -> float:
        """Return the time within which a share of the ordinary requests was answered."""
        return sorted(self.seconds)[min(len(self.seconds) - 1, int(share * len(self.seconds)))]


def questions(folder: Path) -> list[Question]:
    """Return a question for each canned query that gives rows, with its answer."""
    store, slug = open_graph(folder), load_manifest(folder).documents[0].slug
    found = []
    for name, query in load_catalogue().items():
        if query.form == "SELECT":
            told = {p.name: p.example.replace("example", slug) for p in query.header.parameters if p.required}
            found.append(Question(name, told, to_csv(run(query, store, told))))
    return found


async def ask(client: httpx.AsyncClient, question: Question, figures: Figures, *, own: bool) -> None:
    """Ask an ordinary question, with an unused header value that no cache has seen if ``own``."""
    headers = {"accept": f"text/csv, a/b{random.randrange(10**9)};q=0.1"} if own else {"accept": "text/csv"}
    start = time.perf_counter()
    answer = await client.get(f"/api/queries/{question.name}", params=question.parameters, headers=headers)
    figures.seconds.append(time.perf_counter() - start)
    figures.statuses[answer.status_code] += 1
    if answer.status_code == 200 and answer.text != question.body:
        figures.wrong.append(question.name)


async def attack(client: httpx.AsyncClient, figures: Figures) -> None:
    """Send a hostile request."""
    name, text = random.choice(HOSTILE)
    headers = {"content-type": "application/sparql-query"}
    try:
        status = (await client.post("/sparql", content=text, headers=headers)).status_code
    except (httpx.WriteError, httpx.ReadError, httpx.RemoteProtocolError):
        status = 0
    figures.hostile.setdefault(name, Counter())[status] += 1


async def alone(base: str, asked: list[Question], rounds: int) -> Figures:
    """Ask all questions one after the other."""
    figures = Figures()
    async with httpx.AsyncClient(base_url=base, timeout=60) as client:
        for number in range(rounds):
            for question in asked:
                await ask(client, question, figures, own=bool(number % 2))
    return figures


async def together(base: str, asked: list[Question], options: argparse.Namespace, pid: int) -> Figures:
    """Ask with many clients at once."""
    figures, end = Figures(), time.monotonic() + options.seconds

    async def one() -> None:
        async with httpx.AsyncClient(base_url=base, timeout=90) as client:
            while time.monotonic() < end:
                await asyncio.sleep(random.expovariate(1 / options.pause) if options.pause else 0)
                if random.random() < options.hostile:
                    await attack(client, figures)
                else:
                    await ask(client, random.choice(asked), figures, own=random.random() < 0.5)

    async def watch() -> None:
        while True:
            figures.memory = max(figures.memory, sum(map(memory, family(pid))))
            await asyncio.sleep(0.5)

    watching = asyncio.ensure_future(watch())
    await asyncio.gather(*(one() for _ in range(options.clients)))
    watching.cancel()
    return figures


def family(pid: int) -> Iterator[int]:
    """Yield a process and all that descend from it."""
    yield pid
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            children = task.read_text().split()
        except OSError:
            continue
        for child in children:
            yield from family(int(child))


def memory(pid: int) -> int:
    """Return the memory of a process in bytes, what it shares with others counted in part."""
    try:
        found = re.search(r"^Pss:\s+(\d+) kB", Path(f"/proc/{pid}/smaps_rollup").read_text(), re.MULTILINE)
    except OSError:
        return 0
    return int(found[1]) * 1024 if found else 0


def main() -> int:
    """Measure, and print the figures."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--clients", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--hostile", type=float, default=0.02)
    parser.add_argument("--pause", type=float, default=1.0, help="Seconds that a client waits on average.")
    parser.add_argument("--factor", type=float, default=10, help="How much slower the slowest hundredth may become.")
    options = parser.parse_args()
    random.seed(1)
    asked = questions(options.folder)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    base = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "hfskg", "serve", str(options.folder), "--port", str(port), "--seconds", "10"]
    server = subprocess.Popen([*command, "--memory", "512"], stderr=subprocess.DEVNULL)
    try:
        wait(base)
        single = asyncio.run(alone(base, asked, 10))
        many = asyncio.run(together(base, asked, options, server.pid))
        running = server.poll() is None and httpx.get(f"{base}/health").status_code == 200
    finally:
        server.terminate()
        server.wait(timeout=30)
    return report(single, many, running, options)


def wait(base: str) -> None:
    """Wait until the server answers."""
    for _ in range(600):
        try:
            if httpx.get(f"{base}/health").status_code == 200:
                return
        except httpx.TransportError:
            time.sleep(0.1)
    raise SystemExit("the server does not answer")


def report(single: Figures, many: Figures, running: bool, options: argparse.Namespace) -> int:
    """Print the figures and return the exit code."""
    for name, figures in (("alone", single), (f"{options.clients} clients", many)):
        times = "  ".join(f"p{100 * share:g} {1000 * figures.part(share):.0f} ms" for share in (0.5, 0.95, 0.99))
        print(f"{name:12} {len(figures.seconds):6} requests  {times}  statuses {dict(figures.statuses)}")
    for name, statuses in sorted(many.hostile.items()):
        print(f"hostile: {name:18} {dict(statuses)}")
    factor = many.part(0.99) / single.part(0.99)
    print(f"{len(many.seconds) / options.seconds:.0f} answers a second, p99 {factor:.1f} times that alone")
    print(f"memory of all processes at most {many.memory / 2**20:,.0f} MB, wrong answers {len(many.wrong)}")
    refused = sum(count for status, count in many.statuses.items() if status != 200)
    allowed = {"alone": single.wrong, "together": many.wrong}
    bad = [name for name, wrong in allowed.items() if wrong] + ([] if running else ["the server has ended"])
    hurt = [name for name, statuses in many.hostile.items() if {200, 500} & statuses.keys()]
    print(f"refused ordinary requests {refused}, hostile requests that were answered {hurt or 'none'}")
    return int(bool(bad or hurt or refused or factor > options.factor))


if __name__ == "__main__":
    sys.exit(main())
