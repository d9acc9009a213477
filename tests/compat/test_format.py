"""The format on disk is what index/codec/README.md says: a reader made from it reads archives.

`format_reader` is that reader. What it should find is read off the articles.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from datetime import datetime, timedelta
from importlib.util import module_from_spec, spec_from_file_location
from itertools import chain
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

import numpy as np
import pytest

from index import Access, Article
from index.stories.fingerprints import prints_of, sketch
from index.text import name_key, stem, tokens

README = Path(__file__).parent.parent.parent / "index" / "codec" / "README.md"
NAMES = ("people", "source", "authors", "section")
NAMES_OF = {f"{name}_exact": name for name in NAMES}
EPOCH, YEAR_1 = map(datetime.fromisoformat, ("1970-01-01", "0001-01-01"))
UNKNOWN = -(2**63)

WORDS = (
    *("bridge", "Bridges", "bridged", "river", "floods", "flooded", "flooding", "Élection"),
    *("elections", "elect", "the", "of", "a", "said", "東京都", "well-known", "mayor's"),
)
PEOPLE = ("Jane Roe", "Tom Doe", "Zoë Marsh-Hill", "JANE ROE", "Ng")
COUNT = 420
# Some are taken out before most segments are merged, the others afterwards.
EARLY = {f"a{number}" for number in range(0, 100, 7)}
LATE = {f"a{number}" for number in range(300, COUNT, 7)}


def invented(number: int, chance: random.Random) -> Article:
    def some(length: int) -> str:
        rare = [f"rare{chance.randrange(500)}" for _ in range(length)]
        return " ".join(chance.choice((*WORDS, word)) for word in rare)

    moment = datetime.fromisoformat("2025-01-01T08:30") + timedelta(days=number)
    return Article(
        id=f"a{number}",
        location=f"/pages/{number}.html",
        title=some(chance.randrange(1, 6)),
        body=some(600 if number % 50 == 7 else chance.randrange(60)) + "\ud83d" * (number == 3),
        published=chance.choice((None, moment, moment.date())),
        source=chance.choice((None, "Northmoor Herald", "Harwick Courier")),
        people=tuple(chance.sample(PEOPLE, chance.randrange(4))),
        authors=("Ann Lee",) if number % 3 else (),
        language=chance.choice((None, "en", "de")),
        section=chance.choice((None, "Sport")),
        access=Access.PAID if number % 5 else None,
        url=f"https://herald.example/{number}" if number % 4 else None,
    )


class Document(NamedTuple):
    """A document that was found, and the article that was put."""

    segment: Any
    number: int
    article: Article


@pytest.fixture(scope="module")
def reader() -> ModuleType:
    """The module `format_reader`; test folders are no packages, so it is loaded by its path."""
    spec = spec_from_file_location("format_reader", Path(__file__).with_name("format_reader.py"))
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def articles() -> dict[str, Article]:
    chance = random.Random(3)  # noqa: S311 (invents words)
    return {f"a{number}": invented(number, chance) for number in range(COUNT)}


@pytest.fixture(scope="module")
def segments(
    articles: dict[str, Article],
    put: Callable[..., None],
    reader: ModuleType,
    tmp_path_factory: pytest.TempPathFactory,
) -> list[Any]:
    """Many commits, most of them merged."""
    folder = tmp_path_factory.mktemp("format") / "archive.idx"
    every = [*articles.values()]
    for start in range(0, COUNT, 40):
        put(folder, every[start : start + 40])
        if start == 80:
            put(folder, (), [articles[name] for name in EARLY])
    put(folder, (), [articles[name] for name in LATE])
    return list(reader.open_segments(folder))


@pytest.fixture(scope="module")
def texts(segments: list[Any]) -> list[Any]:
    """The segments of articles."""
    return [segment for segment in segments if segment.kind == "article"]


@pytest.fixture(scope="module")
def found(texts: list[Any], articles: dict[str, Article]) -> list[Document]:
    """The documents of articles, deleted ones too."""
    return [
        Document(segment, number, articles[stored["id"]])
        for segment in texts
        for number, stored in enumerate(segment.stored)
    ]


def words(text: str) -> list[str]:
    return [term for term, _, _ in tokens(text)]


def values_of(article: Article, name: str) -> list[str]:
    value = getattr(article, name)
    return [value] if isinstance(value, str) else [*(value or ())]


def parts_of(article: Article, field: str) -> list[list[str]]:
    """Return the terms of a field in each of its parts, "" where a position is free."""
    if field == "text":
        return [[stem(word) for word in words(text)] for text in (article.title, article.body)]
    return [[word for name in values_of(article, field) for word in (*words(name), *[""] * 100)]]


def keys_of(article: Article, field: str) -> list[str]:
    """Return the values of a field of keys, in their order."""
    if field in NAMES_OF:
        return [*dict.fromkeys(map(name_key, values_of(article, NAMES_OF[field])))]
    if field == "day":
        return [str(article.published)[:10]] if article.published else []
    return values_of(article, field)


def clock(article: Article) -> datetime | None:
    published = article.published
    return datetime.fromisoformat(published.isoformat()) if published else None


def test_there_are_blocks_long_numbers_merges_and_deletions(texts: list[Any]) -> None:
    largest = max(texts, key=lambda segment: segment.count)
    assert len(texts) < COUNT // 40
    assert largest.count > 128
    assert largest.fields["text"].has("first_blocks")
    assert largest.arrays["text/positions"].max() >= 128
    assert len(largest.arrays["stored/block_docs"]) > 1
    assert any(segment.deleted for segment in texts)


def test_live_articles_are_those_not_taken_out(
    found: list[Document], articles: dict[str, Article]
) -> None:
    live = [article.id for segment, number, article in found if number not in segment.deleted]
    assert sorted(live) == sorted(articles.keys() - EARLY - LATE)
    assert {article.id for _, _, article in found} == articles.keys() - EARLY


def test_pages_are_in_segments_of_their_own(
    segments: list[Any], articles: dict[str, Article]
) -> None:
    pages = [segment for segment in segments if segment.kind == "page"]
    stored = [fields for segment in pages for fields in segment.stored]
    assert {fields["location"]: fields["article"] for fields in stored} == {
        article.location: article.id for article in articles.values()
    }
    assert not {"text", "id", "published"} & {name for page in pages for name in page.fields}


@pytest.mark.parametrize("field", ["text", *NAMES, "url"])
def test_terms_occurrences_and_positions(field: str, found: list[Document]) -> None:
    for segment, number, article in found:
        parts = parts_of(article, field)
        assert segment.positions(field)[number] == {
            term: tuple([at for at, other in enumerate(part) if other == term] for part in parts)
            for term in {*chain(*parts)} - {""}
        }


def test_written_forms(found: list[Document]) -> None:
    for segment, number, article in found:
        written = {*words(article.title), *words(article.body)}
        expected = {
            stem(word): {other for other in written if stem(other) == stem(word)}
            for word in written
        }
        assert segment.forms[number] == expected


def test_each_written_word_leads_to_its_stem(texts: list[Any]) -> None:
    for segment in texts:
        terms, stems = segment.fields["text"].terms, segment.arrays["words/stems"]
        spelled = [word.decode() for word in segment.spelled]
        assert [terms[at].decode() for at in stems] == [*map(stem, spelled)]


@pytest.mark.parametrize("field", ["id", "day", "language", *NAMES_OF])
def test_keys(field: str, found: list[Document]) -> None:
    for segment, number, article in found:
        assert segment.keys(field)[number] == set(keys_of(article, field))


@pytest.mark.parametrize("field", ["language", *NAMES_OF])
def test_columns_of_values(field: str, found: list[Document]) -> None:
    for segment, number, article in found:
        assert segment.column(field)[number] == keys_of(article, field)


def test_moments_as_column_and_as_terms(found: list[Document]) -> None:
    for segment, number, article in found:
        moment = clock(article)
        (value,) = segment.arrays["columns/published"][number : number + 1].tolist()
        if moment is None:
            assert (value, segment.keys("published")[number]) == (UNKNOWN, set())
        else:
            since_year_1 = (moment - YEAR_1) // timedelta(microseconds=1)
            term = b"\0" + (2**63 + since_year_1).to_bytes(8, "big")
            assert value == (moment - EPOCH) // timedelta(microseconds=1)
            assert segment.keys("published")[number] == {term}


def test_stored_fields(found: list[Document]) -> None:
    for segment, number, article in found:
        stored = {
            name: value for name, value in segment.stored[number].items() if value is not None
        }
        published = stored.pop("published_text", None)
        assert published == (article.published.isoformat() if article.published else None)
        story = int(segment.arrays["columns/story"][number])
        assert stored.pop("story") == f"{story:012x}"
        assert stored == {
            name: [*values] if name in NAMES else getattr(article, name)
            for name in ("id", "title", "body", "language", "url", "access", *NAMES)
            if (values := values_of(article, name))
        }


def test_fingerprints(found: list[Document]) -> None:
    for segment, number, article in found:
        holders = segment.arrays["prints/documents"]
        prints = segment.arrays["prints/values"][holders == number]
        assert prints.tolist() == sorted(prints_of(sketch(article.body).hashes).tolist())


def test_statistics_are_those_of_the_postings(texts: list[Any]) -> None:
    for segment in texts:
        field, lengths = segment.fields["text"], segment.arrays["text/lengths"].astype(int)
        for term in range(len(field.terms)):
            counts = np.array(field.occurrences(term))
            totals = lengths[field.docs(term)].sum(axis=1)
            expected = {
                "occurrences": counts.sum(axis=0).tolist(),
                "part_frequencies": (counts > 0).sum(axis=0).tolist(),
                "shortest": totals.min(),
                "longest": totals.max(),
            }
            assert {name: field.array(name)[term].tolist() for name in expected} == expected


def counts_as(length: int) -> int:
    digits = f"{length:b}"
    return int(digits[:3].ljust(len(digits), "0"), 2)


def test_lengths_and_their_classes(found: list[Document]) -> None:
    for segment, number, article in found:
        exact = [len(words(article.title)), len(words(article.body))]
        own_class = segment.arrays["text/length_class"][number]
        of_class = segment.arrays["text/length_classes"][own_class]
        assert segment.arrays["text/lengths"][number].tolist() == exact
        assert of_class.tolist() == [*map(counts_as, exact)]


def test_bounds_hold_and_are_narrow(texts: list[Any]) -> None:
    for segment in texts:
        field, arrays = segment.fields["text"], segment.arrays
        lengths = arrays["text/length_classes"][arrays["text/length_class"]].astype(float)
        each = np.array([4, 1]) / (0.4 + 0.6 * lengths / field.array("reference_averages"))
        for term in range(len(field.terms)):
            parts = (np.array(field.occurrences(term)) * each[field.docs(term)]).sum(axis=1)
            for at, (block, size) in enumerate(field.blocks(term)):
                most = parts[128 * at :][:size].max()
                assert most <= field.array("block_maxima")[block] <= most * 1.000001


def test_the_example_is_what_is_written(
    put: Callable[..., None], reader: ModuleType, tmp_path: Path
) -> None:
    example = README.read_text("utf-8").partition("\n## Example\n")[2]
    rows = re.findall(r"^\| (\d) \| (.+?) \| (.+?) \| (.*?) ?\|$", example, re.MULTILINE)
    put(tmp_path / "archive.idx", [example_article(*row) for row in rows])
    segments = reader.open_segments(tmp_path / "archive.idx")
    (arrays,) = (segment.arrays for segment in segments if segment.kind == "article")
    lines = re.findall(r"^    (\w+/\S+) +(.+)$", example.partition("\n- ")[0], re.MULTILINE)
    assert len(lines) > 20
    assert {name: printed(name, arrays[name]) for name, _ in lines} == dict(lines)


WHOLE_NAMES = {"stored", "words", "prints"}


def test_every_array_is_described(segments: list[Any]) -> None:
    described = set(re.findall(r"`([\w/<>]+)`", README.read_text("utf-8")))
    for segment in segments:
        for name in segment.arrays:
            folder, *_, key = name.split("/")
            if folder == "columns":
                assert {name, f"columns/<key>/{key}"} & described
            else:
                assert (name if folder in WHOLE_NAMES else key) in described


def example_article(number: str, title: str, body: str, people: str) -> Article:
    names = tuple(filter(None, people.split(", ")))
    return Article(id=number, location=number, title=title, body=body, people=names)


def printed(name: str, array: np.ndarray) -> str:
    """Return an array as the page prints it."""
    if name.endswith("/terms"):
        return array.tobytes().decode()
    return " ".join(map(str, array.ravel()))
