"""How fast documents are read, and vocabularies loaded, beside a plain scan for the same names."""

from __future__ import annotations

import argparse
import hashlib
import os
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from importlib.util import find_spec
from multiprocessing import get_context
from pathlib import Path

SIZE = 15_000
ROUNDS = 5
SYLLABLES = "ba ce di fo gu ka le mi no pu ra se ti vo xu za bro cla dri flo gra".split()


def documents(folder: Path) -> list[str]:
    """Return texts of 15,000 characters, made of the reports of a folder."""
    texts = [path.read_text(encoding="utf-8", errors="replace") for path in sorted(folder.rglob("*.txt"))]
    joined = "\n\n".join(texts)
    while len(joined) < 4 * SIZE:
        joined += "\n\n" + joined
    return [joined[at : at + SIZE] for at in range(0, min(len(joined), 40 * SIZE) - SIZE + 1, SIZE)]


def vocabulary_file(folder: Path, terms: int) -> tuple[Path, list[str]]:
    """Write an OBO file of invented terms with two names each; return it and the names."""
    chance = random.Random(7)
    names: list[str] = []
    lines = ["format-version: 1.2", ""]
    for number in range(terms):
        words = ["".join(chance.choices(SYLLABLES, k=chance.randint(2, 4))) for _ in range(chance.randint(1, 4))]
        name, synonym = " ".join(words), " ".join([*words, "disorder"])
        names += [name, synonym]
        parent = f"is_a: DOID:{chance.randrange(number)}" if number else "is_a: DOID:4"
        lines += ["[Term]", f"id: DOID:{number}", f"name: {name}", f'synonym: "{synonym}" EXACT []', parent, ""]
    path = folder / "invented.obo"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path, names


def timed(work: Callable[[], object]) -> float:
    """Return the seconds of processor time that work takes."""
    begin = time.process_time()
    work()
    return time.process_time() - begin


def median(work: Callable[[], object]) -> float:
    """Return the median of several rounds."""
    return statistics.median(timed(work) for _ in range(ROUNDS))


def plain_scan(names: Iterable[str], texts: list[str]) -> float | None:
    """Return the time of one scan of all texts for names by ahocorasick-rs, or None where it is not installed."""
    if find_spec("ahocorasick_rs") is None:
        return None
    import ahocorasick_rs  # type: ignore[import-not-found,unused-ignore]

    matcher = ahocorasick_rs.AhoCorasick(
        [name.casefold() for name in names], matchkind=ahocorasick_rs.MatchKind.LeftmostLongest
    )
    return median(lambda: [matcher.find_matches_as_indexes(text.casefold()) for text in texts])


def peak(texts: list[str], path: Path) -> float:
    """Return the peak of memory, in MB, of a process that loads everything from the cache and reads some texts."""
    from hfskg.background import find_source
    from hfskg.reading import BackgroundNames, Reader
    from hfskg.reading.loading import parse_document
    from hfskg.vocabulary import load_vocabulary

    vocabulary = load_vocabulary()
    reader = Reader(vocabulary, BackgroundNames([find_source(f"disease={path}")], vocabulary))
    for text in texts:
        reader.read(parse_document("x.txt", hashlib.sha256(text.encode()).hexdigest(), text))
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    return int(status.split("VmHWM:")[1].split()[0]) / 1024


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reports", type=Path, default=Path(__file__).parents[1] / "seeds")
    parser.add_argument("--terms", type=int, default=100_000)
    told = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        os.environ["HFSKG_CACHE"] = str(Path(name) / "cache")
        measure(told.reports, told.terms, Path(name))


def measure(reports: Path, terms: int, folder: Path) -> None:
    """Measure with a number of background terms, working in a folder."""
    from hfskg.background import find_source
    from hfskg.reading import BackgroundNames, Reader
    from hfskg.reading.loading import parse_document
    from hfskg.vocabulary import load_vocabulary

    texts = documents(reports)
    path, invented = vocabulary_file(folder, terms)
    source = find_source(f"disease={path}")

    def load() -> None:
        loaded["curated"] = Reader(load_vocabulary())

    def load_background() -> None:
        loaded["names"] = BackgroundNames([source], vocabulary)

    loaded: dict[str, object] = {}
    print(f"ontology, first time        {timed(load):6.2f} s")
    print(f"ontology, from the cache    {timed(load):6.2f} s")
    vocabulary = load_vocabulary()
    print(f"{terms:,} terms, first time  {timed(load_background):6.2f} s")
    print(f"{terms:,} terms, from cache  {timed(load_background):6.2f} s")
    names = loaded["names"]
    assert isinstance(names, BackgroundNames)
    rows: list[tuple[str, float]] = []
    for label, reader in (
        ("ontology", Reader(vocabulary)),
        (f"ontology and {terms:,} terms", Reader(vocabulary, names)),
    ):

        def read_all(reader: Reader = reader) -> None:
            for number, text in enumerate(texts):
                reader.read(parse_document(f"{number}.txt", hashlib.sha256(text.encode()).hexdigest(), text))

        read_all()
        rows.append((label, median(read_all)))
    scan = plain_scan([n.text for t in vocabulary.terms.values() for n in t.names] + invented, texts)
    if scan is not None:
        rows.append(("plain scan for the names", scan))
    for label, seconds in rows:
        print(f"{label:<32} {len(texts) / seconds:8.1f} documents/s  {seconds / rows[0][1]:6.3f} of the first")
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        print(f"peak of memory, all from the cache: {pool.submit(peak, texts[:4], path).result():,.0f} MB")


if __name__ == "__main__":
    main()
