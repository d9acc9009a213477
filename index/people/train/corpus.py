"""Training data: documents with the names in them marked."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

from index.people.decoder import BEGIN, INSIDE, OUTSIDE
from index.people.mentions import HONORIFICS
from index.people.segments import Line, Segment, lower_words, read_line

__all__ = ["Document", "labelled", "read_corpus", "segments"]

# Their labels are derived from coreference and mark "the Speaker" and "Mother" too.
LEFT_OUT = frozenset({"gum", "gumnews"})


@dataclass(frozen=True, slots=True)
class Document:
    """A text with the labels of its tokens.

    Attributes:
        lines: The text.
        labels: For each segment of each line the labels of its tokens.
        lower: The words that it has in small letters.
    """

    lines: Sequence[Line]
    labels: Sequence[Sequence[Sequence[int]]]
    lower: set[str]


def read_corpus(path: Path) -> list[Document]:
    """Return the documents of a file of JSON lines `{set, text, persons: [{start, end}]}`.

    Those whose names are not marked are left out.
    """
    records = map(json.loads, path.read_text("utf-8").splitlines())
    return [
        labelled(record["text"], [(span["start"], span["end"]) for span in record["persons"]])
        for record in records
        if record["set"] not in LEFT_OUT and "persons" in record
    ]


def labelled(text: str, spans: Sequence[tuple[int, int]]) -> Document:
    """Return a text as a document.

    Args:
        text: Lines parted by line feeds.
        spans: Where persons are named, as half-open ranges of code points.
    """
    lines, labels, offset = [], [], 0
    for printed in text.split("\n"):
        line = read_line(printed, with_nobody=True)
        inside = [
            (start - offset, end - offset)
            for start, end in spans
            if offset <= start < offset + len(printed)
        ]
        names = _marked(line, inside)
        lines.append(line)
        labels.append([names[start:end] for start, end in line.segments])
        offset += len(printed) + 1
    return Document(lines, labels, lower_words(lines))


def _marked(line: Line, spans: Sequence[tuple[int, int]]) -> list[int]:
    """Return the labels of all tokens of a line."""
    labels = [OUTSIDE] * len(line.tokens)
    ends = accumulate(len(token.piece) for token in line.tokens)
    ranges = [
        (end - len(token.piece.lstrip()), end) for token, end in zip(line.tokens, ends, strict=True)
    ]
    for start, end in spans:
        covered = [
            at
            for at, (first, last) in enumerate(ranges)
            if first < end
            and last > start
            and 2 * (min(last, end) - max(first, start)) > last - first
        ]
        while len(covered) > 1 and line.tokens[covered[0]].key in HONORIFICS:
            covered = covered[1:]
        for at in covered:
            labels[at] = INSIDE if at > covered[0] else BEGIN
    return labels


def segments(document: Document) -> Iterator[tuple[Line, Segment, Sequence[int]]]:
    """Yield the segments of a document with their labels."""
    for line, of_line in zip(document.lines, document.labels, strict=True):
        for segment, labels in zip(line.segments, of_line, strict=True):
            yield line, segment, labels
