"""A query as typed finds the articles that a plain reading of the language says, end to end.

Strategy: a random query is made of parts that know two things: how they are typed, and whether
the words of an article hold them. The archive answers what was typed; the other reading knows
nothing of parsers, trees and postings, only of the words of titles and bodies and their stems.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from fnmatch import fnmatchcase
from itertools import product
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pytest
from edit_distance import edits
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from index import Article, Outcome, PageRecord
from index.engines.whoosh import open_writer
from index.ledger import Entry, enter
from index.text import stem
from searcher.engines import Engine, open_engine
from searcher.query import parse_query, read_question
from searcher.settings import RankingSettings
from searcher.tree import Query

WORDS = ("flood", "floods", "flooding", "blood", "food", "bridge", "bridges", "river", "of", "the")
TYPED = (*WORDS, "Flooded", "RIVER", "zebra")
Part = tuple[str, ...]  # words of a title or of a body
Text = tuple[Part, Part]


@dataclass(frozen=True)
class Asked:
    """A part of a query.

    Attributes:
        typed: How it is written.
        holds: Whether an article, a title and a body, is found by it.
        spans: For what stands in places: where in a title or a body, half-open.
    """

    typed: str
    holds: Callable[[Text], bool]
    spans: Callable[[Part], list[tuple[int, int]]] | None = None


def placed(typed: str, spans: Callable[[Part], list[tuple[int, int]]]) -> Asked:
    return Asked(typed, lambda text: any(map(spans, text)), spans)


def row(typed: str, words: list[str]) -> Asked:
    stems = [stem(word.lower()) for word in words]

    def spans(part: Part) -> list[tuple[int, int]]:
        size = len(stems)
        found = [*map(stem, part)]
        return [
            (at, at + size) for at in range(len(part) - size + 1) if found[at : at + size] == stems
        ]

    return placed(typed, spans)


def loose(words: list[str], between: int) -> Asked:
    stems = [stem(word.lower()) for word in words]

    def holds(part: Part) -> bool:
        places = [[at for at, word in enumerate(part) if stem(word) == each] for each in stems]
        return any(
            list(chosen) == sorted(set(chosen))
            and chosen[-1] - chosen[0] + 1 - len(chosen) <= between
            for chosen in product(*places)
        )

    return Asked(f'"{" ".join(words)}"~{between}', lambda text: any(map(holds, text)))


def many(typed: str, fits: Callable[[str], bool]) -> Asked:
    return Asked(typed, lambda text: any(fits(word) for part in text for word in part))


MISSPELT = ("flod", "brdge", "folod", "bridgse")
EDITS = {(one, other): edits(one, other) for one in MISSPELT for other in WORDS}


def near(left: Asked, right: Asked, between: int) -> Asked:
    def holds(part: Part) -> bool:
        assert left.spans
        assert right.spans
        pairs = product(left.spans(part), right.spans(part))
        return any(
            0 <= after[0] - before[1] <= between
            for one, other in pairs
            for before, after in ((one, other), (other, one))
        )

    return Asked(f"{left.typed} NEAR/{between} {right.typed}", lambda text: any(map(holds, text)))


words = st.sampled_from(TYPED)
rows = words.map(lambda word: row(word, [word])) | st.lists(words, min_size=2, max_size=3).map(
    lambda some: row(f'"{" ".join(some)}"', some)
)
sides = rows | st.tuples(rows, rows).map(
    lambda two: placed(
        f"({two[0].typed} OR {two[1].typed})",
        lambda part: [span for one in two if one.spans for span in one.spans(part)],
    )
)
leaves = st.one_of(
    rows,
    rows,
    st.builds(loose, st.lists(words, min_size=2, max_size=3), st.integers(0, 4)),
    st.builds(near, sides, sides, st.integers(0, 4)).map(
        lambda one: Asked(f"({one.typed})", one.holds)
    ),
    st.sampled_from(("fl*", "*ood", "bridg*s", "f?ood", "*oo*", "?lood*", "r*v*r", "fl*d*")).map(
        lambda typed: many(typed, lambda word: fnmatchcase(word, typed))
    ),
    st.sampled_from(tuple(product(MISSPELT, (1, 2)))).map(
        lambda pair: many(f"{pair[0]}~{pair[1]}", lambda word: EDITS[pair[0], word] <= pair[1])
    ),
    words.map(
        lambda word: Asked(
            f"title:{word}",
            lambda text: stem(word.lower()) in map(stem, text[0]),
        )
    ),
)


def weighted(left: Asked, right: Asked) -> Asked:
    return Asked(
        f"({left.typed} {right.typed})^2", lambda text: left.holds(text) and right.holds(text)
    )


def _branches(inner: st.SearchStrategy[Asked]) -> st.SearchStrategy[Asked]:
    pairs = st.tuples(inner, inner)
    return st.one_of(
        pairs.map(
            lambda two: Asked(
                f"({two[0].typed} OR {two[1].typed})", lambda text: any(t.holds(text) for t in two)
            )
        ),
        pairs.map(lambda two: weighted(*two)),
        inner.map(lambda one: Asked(f"-{one.typed}", lambda text: not one.holds(text))),
    )


queries = st.recursive(leaves, _branches, max_leaves=5)


class Archive(NamedTuple):
    """An archive, and the words of its articles by their ids."""

    engine: Engine
    texts: dict[str, Text]


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    """An archive of a hundred short articles in two segments."""
    random = np.random.default_rng(7)

    def some(most: int) -> Part:
        return tuple(random.choice(WORDS, random.integers(0, most)).tolist())

    texts = {f"a{number}": (some(4), some(9)) for number in range(100)}
    folder = tmp_path_factory.mktemp("meaning") / "archive.idx"
    with open_writer(folder) as writer:
        for number, (key, text) in enumerate(texts.items()):
            title, body = map(" ".join, text)
            article = Article(id=key, title=title, body=body, location=key)
            record = PageRecord(location=key, outcome=Outcome.ARTICLE, article=key)
            enter(writer, Entry(outcome=Outcome.ARTICLE, record=record, article=article))
            if number == 60:
                writer.commit()
        writer.commit()
    with closing(open_engine(Path(folder))) as engine:
        yield Archive(engine, texts)


@given(queries)
@settings(max_examples=300)
def test_a_query_finds_what_it_says(archive: Archive, asked: Asked) -> None:
    found = found_by(archive, parse_query(asked.typed))
    assert found == {key for key, text in archive.texts.items() if asked.holds(text)}


@given(st.lists(queries, min_size=1, max_size=3))
@example([weighted(row("flood", ["flood"]), row("of", ["of"])), row("flood", ["flood"])])
@settings(max_examples=300)
def test_a_question_leaves_out_nothing_that_its_text_finds(
    archive: Archive, parts: list[Asked]
) -> None:
    typed = " ".join(part.typed for part in parts)
    assume(not typed.isupper())  # which has no operators where it is long
    question = read_question(typed)
    found = found_by(archive, question.tree)
    holding = {
        key for key, text in archive.texts.items() if all(part.holds(text) for part in parts)
    }
    assert found >= holding  # without stop words it may be more
    if question.relaxed_tree:
        assert found_by(archive, question.relaxed_tree) >= found


def found_by(archive: Archive, tree: Query) -> set[str]:
    """Return the ids of the articles that match."""
    return {*archive.engine.answer(tree, None, RankingSettings()).ids()}
