"""Snippets: the passages of an article that show best why a query found it.

Strategy: cut the body into sentences; around each sentence with a match make a passage of
about the length wanted, within its paragraph; take the passage whose different words of the
query tell most, rare ones more than frequent ones, and of these the one in which they are closest;
then the one that adds the most.
"""

from __future__ import annotations

import re
import sys
from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from functools import cached_property
from heapq import heapify, heappop, heapreplace
from itertools import accumulate, pairwise
from operator import itemgetter
from typing import NamedTuple
from unicodedata import category

from index.schema import TEXT_FIELDS
from searcher.matcher import Matcher
from searcher.model import Snippet
from searcher.patterns import Match, Rarities, visible_patterns, weights_of
from searcher.settings import SnippetSettings
from searcher.tree import Query

__all__ = ["Highlighter"]

# No full stop behind a single letter (U.S., J. Roe) or a title ends a sentence. The sign stands
# first, and what goes with its kind behind it: so the search leaps from sign to sign.
SENTENCE_END = re.compile(
    r"""[.!?…。！？\n](?:
        (?<=[.!?…])(?<!\b\w\.)(?<!\b(?:Mr|Ms|Dr|St)\.)(?<!\bMrs\.)["'”’»)\]]*\s+
        |(?<=[。！？])[」』”）]*
        |(?<=\n)\n*
    )""",
    re.VERBOSE,
)
WHITE_SPACE = re.compile(r"[^\S ]")  # besides the space itself
ELLIPSIS = "…"
JOINER = "\u200d"  # makes one sign of several, as of families
SKIN_TONES = ("\U0001f3fb", "\U0001f3ff")
FLAG_LETTERS = ("\U0001f1e6", "\U0001f1ff")  # from the first to the last; two are a flag
# Of a passage cut from a long sentence, this share may stand before the match it is made for.
LEAD_SHARE = 0.3


class _Span(NamedTuple):
    """A half-open range of a text."""

    start: int
    end: int


class Highlighter:
    """Shows what of one query stands in a text.

    Args:
        query: The query tree.
        settings: How to cut passages.
        rarities: Tells which words are worth more than others; None: all are worth the same.
    """

    def __init__(
        self, query: Query, settings: SnippetSettings, rarities: Rarities | None = None
    ) -> None:
        patterns = {field: visible_patterns(query, field) for field in TEXT_FIELDS}
        # Fields in which the same is looked for share what is known of words.
        matchers = {wanted: Matcher(wanted) for wanted in patterns.values()}
        self._matchers = {field: matchers[wanted] for field, wanted in patterns.items()}
        self._settings = settings
        self._rarities = rarities

    @cached_property
    def _weights(self) -> Sequence[float]:
        return weights_of(self._matchers["body"].patterns, self._rarities)

    def title(self, text: str) -> Snippet:
        """Return a whole title with what matches marked."""
        return self._whole(text, "title")

    def paragraph(self, text: str) -> Snippet:
        """Return a whole paragraph of a body with what matches marked."""
        return self._whole(text, "body")

    def _whole(self, text: str, field: str) -> Snippet:
        return _cut(text, _Span(0, len(text)), _Matches(self._matchers[field].matches(text)))

    def snippets(self, body: str) -> tuple[Snippet, ...]:
        """Return the best passages in reading order; the beginning if nothing matches."""
        chars, count = self._settings.chars, self._settings.count
        matches = _Matches(self._matchers["body"].matches(body))
        if not matches.starts:
            count = min(count, 1)
        passages = _passages(body, matches, chars)
        chosen = _best(passages, matches, self._weights, count)
        return tuple(_cut(body, span, matches) for span in chosen)


class _Matches:
    """The matches in a text, by start."""

    def __init__(self, matches: Sequence[Match]) -> None:
        self._matches = matches
        self.starts = [match.start for match in matches]
        self._reach = [*accumulate((match.end for match in matches), max)]

    def inside(self, span: _Span) -> list[Match]:
        first = bisect_left(self.starts, span.start)
        stop = bisect_left(self.starts, span.end, first)
        return [match for match in self._matches[first:stop] if match.end <= span.end]

    def part_at(self, offset: int) -> bool:
        """Tell whether an offset is inside a match."""
        before = bisect_left(self.starts, offset)
        return before > 0 and self._reach[before - 1] > offset


def _passages(body: str, matches: _Matches, chars: int) -> list[_Span]:
    """Return a passage around each match; without one, the beginning."""
    anchors = matches.starts or [0]
    passages: dict[_Span, None] = {}
    next_anchor = 0
    while next_anchor < len(anchors):
        paragraph = _paragraph(body, anchors[next_anchor])
        stop = bisect_left(anchors, paragraph.end, next_anchor)
        sentences = list(_sentences(body, paragraph, matches))
        if sentences:
            inside = (at for at in anchors[next_anchor:stop] if at >= sentences[0].start)
            passages.update(dict.fromkeys(_passages_in(body, sentences, inside, chars)))
        next_anchor = max(stop, next_anchor + 1)
    return list(passages)


def _paragraph(body: str, at: int) -> _Span:
    """Return the line that an offset is in, without its end."""
    end = body.find("\n", at)
    return _Span(body.rfind("\n", 0, at) + 1, len(body) if end < 0 else end)


def _sentences(text: str, span: _Span, matches: _Matches) -> Iterator[_Span]:
    """Yield the sentences in a span, without the white space around.

    Those that a match goes over, "river. Bridge", are one, so that it is shown.
    """
    ends = [match.end() for match in SENTENCE_END.finditer(text, span.start, span.end)]
    ends = [end for end in ends if not matches.part_at(end)]
    for start, end in pairwise((span.start, *ends, span.end)):
        sentence = text[start:end].rstrip()
        if bare := sentence.lstrip():
            yield _Span(start + len(sentence) - len(bare), start + len(sentence))


def _passages_in(
    body: str, sentences: Sequence[_Span], anchors: Iterable[int], chars: int
) -> Iterator[_Span]:
    """Yield passages around anchors that stand in the sentences of one paragraph."""
    done = 0  # up to here the anchors share the passage
    for anchor in anchors:
        if anchor < done:
            continue
        at = bisect_right(sentences, anchor, key=itemgetter(0)) - 1
        if sentences[at].end - sentences[at].start > chars:
            yield _window(body, sentences[at], anchor, chars)
        else:
            yield _whole_sentences(sentences, at, chars)
            done = sentences[at].end


def _whole_sentences(sentences: Sequence[_Span], at: int, chars: int) -> _Span:
    """Return one sentence with as many behind it, then before it, as there is room for."""
    first = last = at
    while last + 1 < len(sentences) and sentences[last + 1].end - sentences[first].start <= chars:
        last += 1
    while first > 0 and sentences[last].end - sentences[first - 1].start <= chars:
        first -= 1
    return _Span(sentences[first].start, sentences[last].end)


def _window(body: str, sentence: _Span, anchor: int, chars: int) -> _Span:
    """Return a part of a sentence around an anchor, from word to word."""
    start = max(sentence.start, anchor - int(chars * LEAD_SHARE))
    end = min(sentence.end, start + chars)
    start = max(sentence.start, end - chars)
    if start > sentence.start:  # to the next word; scripts without spaces have none
        start = body.find(" ", start, anchor) + 1 or start
    if end < sentence.end:
        last_space = body.rfind(" ", anchor, end)
        end = last_space if last_space > start else end
    while start < anchor and _is_inside(body, start):
        start += 1
    while end > anchor + 1 and _is_inside(body, end):
        end -= 1
    return _Span(start, end)


def _is_inside(text: str, at: int) -> bool:
    """Tell whether what a reader takes for one character goes on at an offset."""
    if not 0 < at < len(text) or text[at].isascii():
        return False
    return (
        category(text[at])[0] == "M"
        or JOINER in text[at - 1 : at + 1]
        or SKIN_TONES[0] <= text[at] <= SKIN_TONES[1]
        or (_is_flag_letter(text[at]) and _parts_flag(text, at))
    )


def _parts_flag(text: str, at: int) -> bool:
    """Tell whether an odd number of the letters that flags are made of stands right before."""
    first = at
    while first and _is_flag_letter(text[first - 1]):
        first -= 1
    return (at - first) % 2 == 1


def _is_flag_letter(sign: str) -> bool:
    return FLAG_LETTERS[0] <= sign <= FLAG_LETTERS[1]


def _best(
    passages: Sequence[_Span], matches: _Matches, weights: Sequence[float], count: int
) -> list[_Span]:
    """Choose passages: patterns not shown yet, by weight, then close, then often, then early.

    What a passage is worth only falls, so the heap holds what it was worth when last looked
    at, and only the one on top is looked at again.
    """
    shown: set[int] = set()
    chosen: list[_Span] = []

    def rank(number: int) -> tuple[float, int, int, int, int]:
        inside = matches.inside(passages[number])
        fresh = {match.pattern for match in inside} - shown
        spread = _spread(inside, fresh) if len(fresh) > 1 else 0
        worth = sum(weights[pattern] for pattern in sorted(fresh))
        return -worth, spread, -len(inside), passages[number].start, number

    heap = [rank(number) for number in range(len(passages))] if count else []
    heapify(heap)
    while heap and len(chosen) < count:
        span = passages[heap[0][-1]]
        if _overlaps(chosen, span):
            heappop(heap)
        elif chosen and (now := rank(heap[0][-1])) != heap[0]:
            heapreplace(heap, now)
        else:
            heappop(heap)
            insort(chosen, span)
            shown.update(match.pattern for match in matches.inside(span))
    return chosen


def _spread(matches: Sequence[Match], patterns: AbstractSet[int]) -> int:
    """Return the code points from the first to the last start where all patterns are closest."""
    last: dict[int, int] = {}  # where each pattern started last
    closest = sys.maxsize
    for match in matches:
        if match.pattern in patterns:
            last[match.pattern] = match.start
            if len(last) == len(patterns):
                closest = min(closest, match.start - min(last.values()))
    return closest


def _overlaps(chosen: Sequence[_Span], span: _Span) -> bool:
    """Tell whether a span overlaps one of others, which are in order and apart."""
    behind = bisect_left(chosen, span.end, key=itemgetter(0))
    return behind > 0 and chosen[behind - 1].end > span.start


def _cut(text: str, span: _Span, matches: _Matches) -> Snippet:
    """Return the passage of a text, with an ellipsis where it parts a sentence."""
    before = ELLIPSIS if span.start and not _is_sentence_start(text, span.start) else ""
    after = ELLIPSIS if span.end < len(text) and not _is_sentence_end(text, span.end) else ""
    shift = len(before) - span.start
    highlights: list[tuple[int, int]] = []
    for match in matches.inside(span):
        start, end = match.start, match.end
        while end < span.end and _is_inside(text, end):
            end += 1
        start, end = start + shift, end + shift
        if highlights and start <= highlights[-1][1]:
            start, end = highlights[-1][0], max(end, highlights[-1][1])
            highlights.pop()
        highlights.append((start, end))
    passage = WHITE_SPACE.sub(" ", text[span.start : span.end])
    return Snippet(text=before + passage + after, highlights=tuple(highlights))


def _is_sentence_start(text: str, start: int) -> bool:
    # Long enough for an ending with its closing quotation mark and the space behind it.
    return any(end.end() == start for end in SENTENCE_END.finditer(text, max(start - 8, 0), start))


def _is_sentence_end(text: str, end: int) -> bool:
    tail = text[max(end - 8, 0) : end] + " "
    return text[end] == "\n" or any(m.end() >= len(tail) - 1 for m in SENTENCE_END.finditer(tail))
