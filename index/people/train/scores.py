"""How well names are found: precision, recall and F1 of whole spans."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from index.people.decoder import BEGIN, INSIDE
from index.people.tagger import Tagger
from index.people.train.corpus import Document, segments

__all__ = ["span_scores"]


def span_scores(tagger: Tagger, documents: Sequence[Document]) -> tuple[float, float, float]:
    """Return precision, recall and F1 of the names that a tagger finds in labelled documents."""
    right = found = wanted = 0
    for document in documents:
        names = {(own.line, own.start, own.end) for own in tagger.find(document.lines)}
        truth = set(_true_names(document))
        right += len(names & truth)
        found += len(names)
        wanted += len(truth)
    precision, recall = right / max(found, 1), right / max(wanted, 1)
    return precision, recall, 2 * precision * recall / max(precision + recall, 1e-9)


def _true_names(document: Document) -> Iterator[tuple[int, int, int]]:
    numbers = {id(line): number for number, line in enumerate(document.lines)}
    for line, (start, _), labels in segments(document):
        for at, label in enumerate(labels):
            if label == BEGIN:
                end = at + 1
                while end < len(labels) and labels[end] == INSIDE:
                    end += 1
                yield numbers[id(line)], start + at, start + end
