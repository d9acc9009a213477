"""What QUERIES.md and `--help-query` say of queries is so, example by example."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from index import Article
from index.record import article_from_record
from searcher.commands.query_help import EXAMPLES, query_help
from searcher.engines import Engine, open_engine
from searcher.model import Sort
from searcher.query import parse_query
from searcher.settings import RankingSettings

TODAY = date(2026, 1, 20)
DOCUMENT = (Path(__file__).parent.parent.parent / "searcher" / "QUERIES.md").read_text("utf-8")
ARTICLES = re.findall(r"^\{.*\}$", DOCUMENT, re.MULTILINE)


def _examples() -> Iterator[tuple[str, set[str]]]:
    """Yield each query of the tables with the articles it finds; several share a row."""
    for row in re.findall(r"^\| `.*$", DOCUMENT, re.MULTILINE):
        first, _, here = re.split(r" (?<!\\)\| ", row.removeprefix("| ").removesuffix(" |"))
        queries = [query.replace("\\|", "|") for query in re.findall(r"`([^`]+)`", first)]
        found = [set(part.split()) - {"nothing"} for part in here.split(";")]
        yield from zip(queries, found if len(found) > 1 else found * len(queries), strict=True)


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """An archive of the articles of the document."""
    from index.engines.whoosh import open_writer
    from index.ledger import Entry, enter
    from index.model import Outcome, PageRecord

    folder = tmp_path_factory.mktemp("queries") / "archive.idx"
    with open_writer(folder) as writer:
        for line in ARTICLES:
            article: Article = article_from_record(json.loads(line), location=line)
            record = PageRecord(location=line, outcome=Outcome.ARTICLE, article=article.id)
            enter(writer, Entry(outcome=Outcome.ARTICLE, record=record, article=article))
        writer.commit()
    with closing(open_engine(folder)) as opened:
        yield opened


@pytest.mark.parametrize(("query", "expected"), list(_examples()))
def test_an_example_finds_what_the_document_says(
    engine: Engine, query: str, expected: set[str]
) -> None:
    answer = engine.answer(parse_query(query, today=TODAY), None, RankingSettings())
    found = answer.top(Sort.RELEVANCE, 0, 100)
    assert {engine.article(hit.document).id for hit in found} == expected


def test_a_weight_changes_the_order(engine: Engine) -> None:
    def first(query: str) -> str:
        answer = engine.answer(parse_query(query), None, RankingSettings())
        return engine.article(answer.top(Sort.RELEVANCE, 0, 1)[0].document).id

    assert (first("bridge^9 OR storm"), first("bridge OR storm^9")) == ("A", "B")


def test_there_is_an_example_for_each_kind() -> None:
    assert len(list(_examples())) > 100


HELPED = [query for examples in EXAMPLES.values() for query, _ in examples]


@pytest.mark.parametrize("query", HELPED)
def test_the_examples_of_the_help_are_those_of_the_document(query: str) -> None:
    parse_query(query)
    assert f"`{query}`" in DOCUMENT


@pytest.mark.parametrize("width", [30, 60, 80, 200])
def test_the_help_fits_the_terminal(width: int) -> None:
    lines = list(query_help(width))
    assert max(map(len, lines)) <= width
    assert all(any(query in line for line in lines) for query in HELPED)
