"""Training the people reader gives the same bytes each time."""

from __future__ import annotations

import pytest

from index.people.tagger import Tagger
from index.people.train.scores import span_scores
from index.people.weights import read_weights, write_weights


def test_two_trainings_give_the_same_bytes() -> None:
    pytest.importorskip("pycrfsuite")
    pytest.importorskip("nomquamgender")
    from index.people.train.crf import train
    from index.people.train.invented import invented_documents

    first, second = (
        write_weights(*train(invented_documents()[:60]), {"license": "none"}) for _ in range(2)
    )
    assert first == second
    *_, f1 = span_scores(Tagger(read_weights(first)), invented_documents()[:60])
    assert f1 > 0.9
