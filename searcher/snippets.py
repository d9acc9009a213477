"""Snippets: the passages of an article that show best why a query found it.

Strategy: cut the body into sentences; around each sentence with a match make a passage of
about the length wanted, within its paragraph; take the passage in which the most different
words of the query stand, then the one that adds the most.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from whoosh.query import Query

from index.schema import TEXT_FIELDS
from searcher.model import Snippet
from searcher.patterns import Match, Pattern, find_matches, visible_patterns
from searcher.settings import SnippetSettings

__all__ = ["Highlighter"]

# No full stop behind a single letter (U.S., J. Roe) or a title ends a sentence.
SENTENCE_END = re.compile(
    r"(?:(?<!\b\w)(?<!\b(?:Mr|Ms|Dr|St))(?<!\bMrs)\.|[!?…])[\"'”’»)\]]*\s+|[。！？][」』”）]*|\n+"
)
ELLIPSIS = "…"
# Of a passage cut from a long sentence, this share may stand before the match it is made for.
LEAD_SHARE = 0.3


@dataclass(frozen=True, slots=True)
class _Span:
    """A half-open range of a text."""

    start: int
    end: int

    def __len__(self) -> int:
        return self.end - self.start

    def overlaps(self, other: _Span) -> bool:
        return self.start < other.end and other.start < self.end


class Highlighter:
    """Shows what of one query stands in a text.

    Args:
        query: The query tree.
        settings: How to cut passages.
    """

    def __init__(self, query: Query, settings: SnippetSettings) -> None:
        self._patterns = {field: visible_patterns(query, field) for field in TEXT_FIELDS}
        self._settings = settings

    def title(self, text: str) -> Snippet:
        """Return a whole title with what matches marked."""
        return _cut(text, _Span(0, len(text)), find_matches(text, self._patterns["title"]))

    def paragraph(self, text: str) -> Snippet:
        """Return a whole paragraph of a body with what matches marked."""
        return _cut(text, _Span(0, len(text)), find_matches(text, self._patterns["body"]))

    def snippets(self, body: str) -> tuple[Snippet, ...]:
        """Return the best passages in reading order; the beginning if nothing matches."""
        matches = find_matches(body, self._patterns["body"])
        chars, count = self._settings.chars, self._settings.count
        if not matches:
            count = min(count, 1)
        passages = _passages(body, [match.start for match in matches] or [0], chars)
        chosen = _best(passages, matches, count)
        return tuple(_cut(body, span, matches) for span in chosen)


def _passages(body: str, anchors: Sequence[int], chars: int) -> list[_Span]:
    """Return a passage around each anchor, an offset that it has to show."""
    passages: dict[_Span, None] = {}
    for paragraph in _pieces(body, re.compile(r"\n+"), _Span(0, len(body))):
        inside = _between(anchors, paragraph)
        if inside:
            sentences = list(_pieces(body, SENTENCE_END, paragraph))
            for anchor in inside:
                passages[_passage(body, sentences, anchor, chars)] = None
    return list(passages)


def _between(offsets: Sequence[int], span: _Span) -> Sequence[int]:
    return offsets[bisect_left(offsets, span.start) : bisect_left(offsets, span.end)]


def _pieces(text: str, ending: re.Pattern[str], span: _Span) -> Iterator[_Span]:
    """Yield the parts of a span that the ending parts, without the white space around."""
    start = span.start
    for match in ending.finditer(text, span.start, span.end):
        yield from _stripped(text, _Span(start, match.end()))
        start = match.end()
    yield from _stripped(text, _Span(start, span.end))


def _stripped(text: str, span: _Span) -> Iterator[_Span]:
    piece = text[span.start : span.end]
    start = span.start + len(piece) - len(piece.lstrip())
    end = span.start + len(piece.rstrip())
    if start < end:
        yield _Span(start, end)


def _passage(body: str, sentences: Sequence[_Span], anchor: int, chars: int) -> _Span:
    """Return whole sentences around an anchor, or a part of the one it stands in."""
    at = max(bisect_left(sentences, anchor + 1, key=lambda span: span.start) - 1, 0)
    first = last = at
    if len(sentences[at]) > chars:
        return _window(body, sentences[at], anchor, chars)
    while last + 1 < len(sentences) and sentences[last + 1].end - sentences[first].start <= chars:
        last += 1
    while first > 0 and sentences[last].end - sentences[first - 1].start <= chars:
        first -= 1
    return _Span(sentences[first].start, sentences[last].end)


def _window(body: str, sentence: _Span, anchor: int, chars: int) -> _Span:
    start = max(sentence.start, anchor - int(chars * LEAD_SHARE))
    end = min(sentence.end, start + chars)
    start = max(sentence.start, end - chars)
    if start > sentence.start:  # to the next word; scripts without spaces have none
        start = body.find(" ", start, anchor) + 1 or start
    if end < sentence.end:
        last_space = body.rfind(" ", anchor, end)
        end = last_space if last_space > start else end
    return _Span(start, end)


def _best(passages: list[_Span], matches: Sequence[Match], count: int) -> list[_Span]:
    """Choose passages: the most patterns not shown yet, then the most matches, then early."""
    inside = {span: _matches_in(matches, span) for span in passages}
    shown: set[Pattern] = set()
    chosen: list[_Span] = []

    def worth(span: _Span) -> tuple[int, int, int]:
        patterns = {match.pattern for match in inside[span]}
        return len(patterns - shown), len(inside[span]), -span.start

    while len(chosen) < count:
        free = [span for span in passages if not any(span.overlaps(other) for other in chosen)]
        if not free:
            break
        best = max(free, key=worth)
        chosen.append(best)
        shown.update(match.pattern for match in inside[best])
    return sorted(chosen, key=lambda span: span.start)


def _matches_in(matches: Sequence[Match], span: _Span) -> list[Match]:
    start = bisect_left(matches, span.start, key=lambda match: match.start)
    end = bisect_left(matches, span.end, key=lambda match: match.start)
    return [match for match in matches[start:end] if match.end <= span.end]


def _cut(text: str, span: _Span, matches: Sequence[Match]) -> Snippet:
    """Return the passage of a text, with an ellipsis where it parts a sentence."""
    before = ELLIPSIS if span.start and not _is_sentence_start(text, span.start) else ""
    after = ELLIPSIS if span.end < len(text) and not _is_sentence_end(text, span.end) else ""
    shift = len(before) - span.start
    highlights: list[tuple[int, int]] = []
    for match in _matches_in(matches, span):
        start, end = match.start + shift, match.end + shift
        if highlights and start <= highlights[-1][1]:
            start, end = highlights[-1][0], max(end, highlights[-1][1])
            highlights.pop()
        highlights.append((start, end))
    passage = re.sub(r"\s", " ", text[span.start : span.end])
    return Snippet(text=before + passage + after, highlights=tuple(highlights))


def _is_sentence_start(text: str, start: int) -> bool:
    # Long enough for an ending with its closing quotation mark and the space behind it.
    return any(end.end() == start for end in SENTENCE_END.finditer(text, max(start - 8, 0), start))


def _is_sentence_end(text: str, end: int) -> bool:
    tail = text[max(end - 8, 0) : end] + " "
    return text[end] == "\n" or any(m.end() >= len(tail) - 1 for m in SENTENCE_END.finditer(tail))
