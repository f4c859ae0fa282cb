from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from hfskg.errors import StoreError
from hfskg.server.limits import Limits
from hfskg.server.messages import Answer, Job
from hfskg.server.nursery import Nursery
from hfskg.server.pool import AnswerCache, Pool
from serving import write_folder

LINES = "".join(f"<http://a.example/{n}> <http://a.example/p> <http://a.example/{n + 1}> .\n" for n in range(2000))
LONG = Job("sparql", {"query": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?a != ?d) }"})
SHORT = Job("sparql", {"query": "ASK {}"})
LIMITS = Limits(seconds=2, workers=2, quick_seconds=0.2, long_workers=1, queue=1, patience=0.3)


def job(of: Job) -> Job:
    return replace(of, arguments={"default_graphs": [], "named_graphs": [], "format": "", **of.arguments})


@pytest.fixture(scope="module")
def nursery(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nursery]:
    folder = write_folder(tmp_path_factory.mktemp("pool") / "graph", LINES.replace(" .\n", " <http://a.example/g> .\n"))
    started = Nursery(folder, LIMITS, "http://localhost")
    started.start()
    yield started
    started.stop()


def run(nursery: Nursery, limits: Limits, steps: Callable[[Pool], Awaitable[None]]) -> None:
    async def whole() -> None:
        pool = Pool(nursery, limits)
        await pool.start()
        await steps(pool)

    asyncio.run(whole())


def test_a_long_job_is_ended_and_its_worker_replaced(nursery: Nursery) -> None:
    async def steps(pool: Pool) -> None:
        start = time.monotonic()
        late = await pool.run(job(LONG))
        assert (late.status, b"longer than 2 seconds" in late.body) == (503, True)
        assert time.monotonic() - start < 10
        for _ in range(4):
            assert (await pool.run(job(SHORT))).status == 200

    run(nursery, LIMITS, steps)


def test_the_longest_job_gives_way_to_another_long_one(nursery: Nursery) -> None:
    async def steps(pool: Pool) -> None:
        first = asyncio.ensure_future(pool.run(job(LONG)))
        await asyncio.sleep(1)
        second = asyncio.ensure_future(pool.run(job(LONG)))
        assert b"too many long queries" in (await first).body
        assert b"longer than" in (await second).body

    run(nursery, replace(LIMITS, seconds=5), steps)


def test_a_saturated_pool_refuses_at_once(nursery: Nursery) -> None:
    async def steps(pool: Pool) -> None:
        busy = [asyncio.ensure_future(pool.run(job(LONG))) for _ in range(2)]
        await asyncio.sleep(0.05)
        waiting = asyncio.ensure_future(pool.run(job(SHORT)))
        await asyncio.sleep(0.05)
        start = time.monotonic()
        refused = await pool.run(job(SHORT))
        assert (refused.status, refused.headers["Retry-After"]) == (429, "5")
        assert time.monotonic() - start < 0.2
        await asyncio.gather(waiting, *busy)

    run(nursery, replace(LIMITS, long_workers=2), steps)


def test_a_client_that_leaves_frees_its_worker(nursery: Nursery) -> None:
    async def steps(pool: Pool) -> None:
        gone = [asyncio.ensure_future(pool.run(job(LONG))) for _ in range(2)]
        await asyncio.sleep(0.1)
        for task in gone:
            task.cancel()
        await asyncio.sleep(0.5)
        assert (await pool.run(job(SHORT))).status == 200

    run(nursery, replace(LIMITS, seconds=60, patience=5), steps)


def test_a_nursery_that_is_gone_is_started_again(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "graph", "<http://a.example/a> <http://a.example/p> 1 .\n".replace(" 1 ", ' "x" '))
    own = Nursery(folder, LIMITS, "http://localhost")
    own.start()

    async def steps(pool: Pool) -> None:
        own.stop()
        for _ in range(3):
            await pool.run(job(SHORT))
        await asyncio.sleep(3)
        assert (await pool.run(job(SHORT))).status == 200
        await pool.stop()

    run(own, replace(LIMITS, patience=20), steps)


def test_a_graph_that_cannot_be_served_is_told(tmp_path: Path) -> None:
    with pytest.raises(StoreError):
        Nursery(tmp_path, LIMITS, "http://localhost").start()


def test_the_cache_forgets_what_was_not_used_for_longest_and_keeps_nothing_that_changes() -> None:
    cache, body = AnswerCache(20_000), b"x" * 1500
    for number in range(10):
        cache.put(str(number), Answer(200, "text/plain", body))
        assert cache.get("0") is not None
    assert cache.get("1") is None and cache.get("9") is not None
    cache.put("changes", Answer(200, "text/plain", b"", fixed=False))
    cache.put("refused", Answer(400, "text/plain", b""))
    cache.put("large", Answer(200, "text/plain", b"x" * 5000))
    assert [cache.get(name) for name in ("changes", "refused", "large")] == [None, None, None]
