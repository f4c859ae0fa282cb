"""What the first stages found in a sentence, put together for the stages that read frames."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property

from hfskg.reading.context import FINITE, SUBJECT_REACH, Context, read_context
from hfskg.reading.cues import alternatives, rows
from hfskg.reading.document import Document, Sentence
from hfskg.reading.evidence import evidence_of, sentence_text
from hfskg.reading.matcher import Match, Matcher
from hfskg.reading.mentions import Mention, MentionFinder
from hfskg.reading.quantities import Amount, find_amounts
from hfskg.reading.runs import Run
from hfskg.reading.times import TimeSpan, find_times, nearest_time
from hfskg.record import Evidence, Time
from hfskg.units import UnitTable
from hfskg.vocabulary import Kind

__all__ = ["Annotated", "CueMatch", "annotate", "cue_matcher"]


CueMatch = Match[tuple[tuple[str, str], ...]]
"""A cue in a sentence; its values are rows of the cue table, as pairs of column and value."""

_OPENING = 12
_UNIT_LETTERS = 3
_CONJUNCTIONS = frozenset({"and", "but", "while", "whereas"})
_STOPS = frozenset({",", ")"})
_COURSE = frozenset("then subsequently later fell rose dropped declined returned".split())


@cache
def cue_matcher(table: str, cue: str = "cue") -> Matcher[tuple[tuple[str, str], ...]]:
    """Return a matcher of the cues of a table; each match gives the row as pairs of column and value."""
    matcher: Matcher[tuple[tuple[str, str], ...]] = Matcher()
    for row in rows(table):
        for words in alternatives(row[cue]):
            matcher.add(words, tuple(row.items()))
    return matcher


@dataclass(frozen=True)
class Annotated:
    """A sentence with its mentions, amounts, context and times, each found when it is first asked for.

    Attributes:
        document: The document.
        sentence: The sentence.
        finder: Finds the mentions.
        units: The units that are known.
        newborn: Whether the patient is a newborn or an infant.
    """

    document: Document
    sentence: Sentence
    finder: MentionFinder
    units: UnitTable
    newborn: bool = False
    _cues: dict[str, list[CueMatch]] = field(default_factory=dict, repr=False, compare=False)

    @cached_property
    def mentions(self) -> tuple[Mention, ...]:
        """The terms it names, from left to right; no unit is one ("mm Hg")."""
        return tuple(mention for mention in self.finder.find(self.sentence) if not self._ends_unit(mention))

    @cached_property
    def amounts(self) -> tuple[Amount, ...]:
        """Its numbers with their units."""
        return tuple(find_amounts(self.document, self.tokens, self.units))

    @cached_property
    def context(self) -> Context:
        """The scopes of its cues."""
        return read_context(self.tokens, newborn=self.newborn)

    @cached_property
    def times(self) -> tuple[TimeSpan, ...]:
        """Its phrases of time."""
        return tuple(find_times(self.document, self.sentence))

    def _ends_unit(self, mention: Mention) -> bool:
        """Tell whether a short word is but the end of a unit that begins with the word before it."""
        token = self.tokens[mention.first]
        if mention.first == 0 or mention.last > mention.first + 1 or len(token.text) > _UNIT_LETTERS:
            return False
        unit = self.units.prefix_match(self.document.text, self.tokens[mention.first - 1].start)
        return unit is not None and unit[1] >= token.end

    def cues(self, table: str) -> list[CueMatch]:
        """Return the cues of a table that stand in the sentence, from left to right.

        Args:
            table: Name of the cue table.
        """
        if table not in self._cues:
            self._cues[table] = cue_matcher(table).find(self.tokens)
        return self._cues[table]

    @property
    def tokens(self) -> Run:
        """The sentence's tokens."""
        return self.sentence.tokens

    @cached_property
    def line(self) -> tuple[str, Sequence[int]]:
        """The sentence on one line, and for each of its characters the offset in the source."""
        return sentence_text(self.document, self.sentence)

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The tokens' lower-case texts."""
        return self.tokens.words

    @cached_property
    def brackets(self) -> list[tuple[tuple[int, int], ...]]:
        """The pairs of brackets around each token."""
        return self.tokens.brackets

    def aside(self, place: int) -> set[int]:
        """Return the places in brackets that do not enclose a given place too."""
        own = set(self.brackets[place])
        return {at for at, around in enumerate(self.brackets) if not own.issuperset(around)}

    @cached_property
    def leading_day(self) -> Time | None:
        """The day that the sentence opens with ("On day 3, ..."), which holds for the sentences behind it too."""
        first = next(iter(self.times), None)
        if first is None or first.time.earliest_day is None or first.start - self.sentence.start > _OPENING:
            return None
        return first.time

    @cached_property
    def concluding(self) -> bool:
        """Whether it tells of discharge or follow-up, where "normal" means normalised."""
        return any(dict(row)["outcome"] == "alive" for match in self.cues("outcomes") for row in match.values)

    def of_kind(self, *kinds: Kind) -> list[Mention]:
        """Return the mentions of some kinds of terms, from left to right."""
        return [mention for mention in self.mentions if mention.term.kind in kinds]

    def series(self, mentions: Sequence[Mention], joints: Collection[str]) -> list[Mention]:
        """Return the mentions of the series that the first one begins: "hypertension, seizures and fever".

        Args:
            mentions: Mentions from left to right.
            joints: The words that may stand between the members of a series.
        """
        run = list(mentions[:1])
        for mention in mentions[1:]:
            if any(word not in joints for word in self.words[run[-1].last : mention.first]):
                break
            run.append(mention)
        return run

    def evidence(self, places: Iterable[int]) -> tuple[Evidence, ...]:
        """Return the evidence that reaches from the first to the last of some places."""
        wanted = sorted(places)
        return evidence_of(self.document, self.tokens[wanted[0] : wanted[-1] + 1])

    def time_at(self, first: int, last: int, *, results: bool = False) -> Time | None:
        """Return the time that belongs to the tokens from one place to another.

        Args:
            first: Place of the first token.
            last: Place behind the last.
            results: Whether results are told, to which the time in a reference to a table belongs too.
        """
        border = self.clause_end(last) if self.times else 0
        times = [span for span in self.times if span.start < border and (results or not span.reference)]
        return nearest_time(times, self.tokens[first].start, self.tokens[last - 1].end, self.document.text)

    def clause_end(self, place: int) -> int:
        """Return the offset at which the clause ends that holds the token before a place.

        What a further clause dates is not dated by it: "the drug was started, and she went home on day 9".

        Args:
            place: The place.
        """
        words = self.words
        for at in range(place, len(words)):
            joined = words[at] in _CONJUNCTIONS and words[at - 1] in _STOPS
            course = words[at] in _CONJUNCTIONS and not _COURSE.isdisjoint(words[at + 1 : at + 2])
            if words[at] == ";" or course or (joined and not FINITE.isdisjoint(words[at + 1 : at + 1 + SUBJECT_REACH])):
                return self.tokens[at].start
        return self.sentence.end


def annotate(
    document: Document, sentence: Sentence, finder: MentionFinder, units: UnitTable, *, newborn: bool = False
) -> Annotated:
    """Return a sentence for the stages of mentions, amounts, context and times to work on."""
    return Annotated(document, sentence, finder, units, newborn)
