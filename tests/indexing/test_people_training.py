"""Training the people reader gives the same bytes each time."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from index.people.decoder import BEGIN, INSIDE
from index.people.tagger import Tagger
from index.people.train.corpus import read_corpus
from index.people.train.scores import span_scores
from index.people.weights import read_weights, write_weights


def test_texts_whose_names_are_not_marked_are_no_training_text(tmp_path: Path) -> None:
    text = "Ana Ruiz won."
    records = [
        {"set": "news", "text": text, "persons": [{"start": 0, "end": 8}]},
        {"set": "news", "text": text, "people": ["Ana Ruiz"]},
    ]
    path = tmp_path / "corpus.jsonl"
    path.write_text("\n".join(map(json.dumps, records)), "utf-8")
    (document,) = read_corpus(path)
    assert document.labels == [[[BEGIN, INSIDE]]]


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
