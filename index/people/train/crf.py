"""Training of the two stages, with CRFsuite.

The second stage learns from what the first says of documents that it has not seen: as in
stacking, the first is trained on all folds but one and read on that one.
"""

from __future__ import annotations

import random
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from index.people.decoder import Transitions
from index.people.features import EvidenceValues, evidence_features, token_features
from index.people.segments import Line, Segment
from index.people.tagger import Tagger
from index.people.train.corpus import Document, segments
from index.people.weights import FIELDS, Weights, rows_of

__all__ = ["train"]

FOLDS = 3
SEED = 1987
SURE = 0.98
DROPPED = 0.3  # of the tokens
WORD_KINDS = frozenset("wbeh<>")  # features of the word itself, its ends, and of pairs
LABELS = ("O", "B", "I")
PARAMETERS = {"c1": 0.3, "c2": 0.05, "max_iterations": 70, "feature.possible_transitions": True}
NO_WAY = Transitions(*[0.0] * 8)
Table = dict[str, list[float]]
Features = list[list[str]]  # of each token of a segment
Example = tuple[Features, Sequence[int]]  # with its labels


def train(documents: Sequence[Document]) -> tuple[Table, tuple[Transitions, Transitions]]:
    """Return the four weights of each feature, and the transitions of both stages."""
    examples = _examples(documents)
    first_examples: list[list[Example]] = [[] for _ in documents]
    second_examples: list[list[Example]] = [[] for _ in documents]
    for fold in range(FOLDS):
        others = [own for at, own in enumerate(examples) if at % FOLDS != fold]
        tagger = _first_tagger(others)
        for at in range(fold, len(documents), FOLDS):
            reading = tagger.read(documents[at].lines)
            known, likely = iter(reading.evidence), iter(reading.likely)
            for own, labels in examples[at]:
                evidence = [next(known) for _ in labels]
                if not _is_missed(labels, [next(likely) for _ in labels]):
                    first_examples[at].append((own, labels))
                    second_examples[at].append((_with_evidence(own, evidence), labels))
    table: Table = {}
    first = _add_stage(table, 0, first_examples)
    second = _add_stage(table, 2, second_examples)
    return table, (first, second)


def _first_tagger(documents: Sequence[Sequence[Example]]) -> Tagger:
    """Return a tagger that knows the first stage only."""
    table: Table = {}
    first = _add_stage(table, 0, documents)
    return Tagger(Weights(rows_of(table), (first, NO_WAY)))


def _is_missed(labels: Sequence[int], likely: Sequence[float]) -> bool:
    """Tell a name that was not labelled: a model that has not seen the document is sure of it.

    Source:
        Northcutt, Jiang and Chuang, "Confident Learning", JAIR 70 (2021).
    """
    return not any(labels) and max(likely) >= SURE


def _with_evidence(own: Features, evidence: Sequence[EvidenceValues]) -> Features:
    """Return the features of a segment with what the first stage says of its document."""
    pairs = zip(own, evidence, strict=True)
    return [[*features, *evidence_features(known)] for features, known in pairs]


def _examples(documents: Sequence[Document]) -> list[list[Example]]:
    """Return the features and labels of the segments of each document.

    The corpus has few names, and what it says of single words would outweigh the context: the
    features of words are left out now and then.

    Source:
        Sutton, Sindelar and McCallum, "Reducing Weight Undertraining in Structured Discriminative
        Learning", HLT-NAACL 2006.
    """
    chance = random.Random(SEED)  # noqa: S311 (no secret)
    return [
        [
            (_segment_features(document, line, segment, chance), labels)
            for line, segment, labels in segments(document)
        ]
        for document in documents
    ]


def _segment_features(
    document: Document, line: Line, segment: Segment, chance: random.Random
) -> Features:
    found = []
    for at in range(*segment):
        hidden = WORD_KINDS if chance.random() < DROPPED else frozenset()
        features = token_features(line, segment, at, document.lower)
        found.append([sys.intern(text) for text in features if text[0] not in hidden])
    return found


def _add_stage(table: Table, field: int, documents: Sequence[Sequence[Example]]) -> Transitions:
    """Train one stage, and put its weights into two fields of the table."""
    import pycrfsuite  # of the extra `train`

    trainer = pycrfsuite.Trainer(verbose=False, params=PARAMETERS)
    for examples in documents:
        for features, labels in examples:
            trainer.append(features, [LABELS[label] for label in labels])
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "model")
        trainer.train(path)

        tagger = pycrfsuite.Tagger()
        tagger.open(path)
        info = tagger.info()
        tagger.close()
    for (text, label), weight in info.state_features.items():
        own = table.setdefault(text, [0.0] * FIELDS)
        for at, wanted in ((field, "B"), (field + 1, "I")):
            own[at] += weight * ((label == wanted) - (label == "O"))
    way = info.transitions
    return Transitions(
        *(way.get((a, b), 0.0) for a, b in ("OO", "OB", "BO", "BB", "BI", "IO", "IB", "II"))
    )
