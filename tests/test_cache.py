from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hfskg.cache import KEPT, VARIABLE, Cache, content_digest

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)


def fail() -> object:
    raise AssertionError("it was worked out again")


def entry(folder: Path) -> Path:
    (found,) = folder.glob("*.json")
    return found


@given(JSON)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
def test_what_was_worked_out_once_comes_back_the_same(tmp_path: Path, value: object) -> None:
    cache, key = Cache(tmp_path), repr(value)
    assert cache.remember("thing", key, lambda: value) == value
    assert cache.remember("thing", key, fail) == value


def test_other_content_and_other_kinds_are_worked_out_anew(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    assert cache.remember("thing", "a", lambda: 1) == 1
    assert cache.remember("thing", "b", lambda: 2) == 2
    assert cache.remember("other", "a", lambda: 3) == 3


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(lambda data: data[:-1], id="cut off"),
        pytest.param(lambda data: data.replace(b"glow", b"slow"), id="changed"),
        pytest.param(lambda data: b"", id="empty"),
        pytest.param(lambda data: b"\xff\x00", id="binary"),
    ],
)
def test_a_damaged_entry_counts_as_absent_and_is_mended(tmp_path: Path, damage: object) -> None:
    assert callable(damage)
    cache = Cache(tmp_path)
    cache.remember("thing", "a", lambda: ["glow"])
    sound = entry(tmp_path).read_bytes()
    entry(tmp_path).write_bytes(damage(sound))
    assert cache.remember("thing", "a", lambda: ["glow"]) == ["glow"]
    assert entry(tmp_path).read_bytes() == sound


def test_writers_at_the_same_time_leave_one_sound_entry(tmp_path: Path) -> None:
    cache, value = Cache(tmp_path), ["glow"] * 10_000
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: cache.remember("thing", "a", lambda: value), range(32)))
    assert all(one == value for one in found)
    assert [path.name for path in tmp_path.iterdir()] == [entry(tmp_path).name]
    assert cache.remember("thing", "a", fail) == value


def test_a_folder_that_cannot_be_written_means_no_cache(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    cache = Cache(tmp_path / "file" / "cache")
    assert cache.remember("thing", "a", lambda: 1) == 1
    assert cache.remember("thing", "a", lambda: 2) == 2


def test_content_that_is_not_known_is_not_cached(tmp_path: Path) -> None:
    assert Cache(tmp_path).remember("thing", None, lambda: 1) == 1
    assert list(tmp_path.iterdir()) == []


def test_the_oldest_entries_make_room(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    for number in range(KEPT + 3):
        cache.remember("thing", str(number), lambda: "glow")
        for path in tmp_path.iterdir():
            os.utime(path, ns=(path.stat().st_mtime_ns - 10**9,) * 2)
    assert len(list(tmp_path.iterdir())) == KEPT
    assert cache.remember("thing", str(KEPT + 2), fail) == "glow"


@pytest.mark.parametrize("off", ["off", "OFF", "", "0", "no"])
def test_the_variable_turns_the_cache_off(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, off: str) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv(VARIABLE, off)
    assert Cache.default().remember("thing", "a", lambda: 1) == 1
    assert Cache.default().remember("thing", "a", lambda: 2) == 2
    assert list(tmp_path.iterdir()) == []


def test_the_variable_names_the_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(VARIABLE, str(tmp_path / "there"))
    Cache.default().remember("thing", "a", lambda: 1)
    assert entry(tmp_path / "there").name.startswith("thing-")


def test_without_the_variable_it_is_the_users_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv(VARIABLE)
    monkeypatch.setattr("hfskg.cache.user_cache_path", lambda *_, **__: tmp_path / "user")
    Cache.default().remember("thing", "a", lambda: 1)
    assert entry(tmp_path / "user")


def test_digests_tell_where_a_part_ends() -> None:
    assert content_digest([b"ab", b"c"]) != content_digest([b"a", b"bc"])
    assert content_digest([b"a", b"b"]) == content_digest(iter([b"a", b"b"]))
