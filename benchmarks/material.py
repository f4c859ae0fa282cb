"""What the benchmarks work on: documents cut from reports, and a vocabulary of invented terms."""

from __future__ import annotations

import random
from pathlib import Path

__all__ = ["SIZE", "curated_names", "documents", "vocabulary_file"]

SIZE = 15_000
SYLLABLES = "ba ce di fo gu ka le mi no pu ra se ti vo xu za bro cla dri flo gra".split()


def documents(folder: Path) -> list[str]:
    """Return texts of 15,000 characters, made of the reports of a folder."""
    texts = [path.read_text(encoding="utf-8", errors="replace") for path in sorted(folder.rglob("*.txt"))]
    joined = "\n\n".join(texts)
    while len(joined) < 4 * SIZE:
        joined += "\n\n" + joined
    return [joined[at : at + SIZE] for at in range(0, min(len(joined), 40 * SIZE) - SIZE + 1, SIZE)]


def curated_names() -> list[str]:
    """Return the names of the ontology's terms."""
    from hfskg.vocabulary import load_vocabulary

    return list(dict.fromkeys(name.text for term in load_vocabulary().terms.values() for name in term.names))


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
    return path, list(dict.fromkeys(names))
