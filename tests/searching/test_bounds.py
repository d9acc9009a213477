"""Hostile queries end with a clear message; what they may cost has a bound."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import searcher
from index import Article
from searcher.engines.whoosh import leaves

Make = Callable[..., Article]
Write = Callable[..., Path]

MANY = 20_500


@pytest.fixture
def archive(make_article: Make, write_archive: Write) -> Iterator[searcher.Archive]:
    """An archive with so many words that a short pattern stands for too many of them."""
    words = " ".join(f"w{number}x" for number in range(MANY))
    flood = make_article("Flooding and floods", "The flooded bridge.", location="/flood")
    other = make_article("Flooded", "Floods again; flooding, too.", location="/other")
    with searcher.open(write_archive([make_article("Words", words), flood, other])) as opened:
        yield opened


@pytest.mark.parametrize(
    ("query", "advice"),
    [
        ("*" * 5_000, "at least 2 letters"),
        ("*", "at least 2 letters"),
        ("?*?*?*", "at least 2 letters"),
        ("a~", "needs at least 3"),
        ("w1~2", "needs at least 4"),
        ("word " * 10_000, "at most 10,000 characters"),
        ("(" * 1_000 + "a" + ")" * 1_000, "at most 50 deep"),
        ("-(" * 1_000 + "a" + ")" * 1_000, "at most 50 deep"),
        ("w*x", "'w*x' stands for too many words"),
        ("*w1* OR *0x OR *1x OR *2x OR *3x OR *4x", "too many words"),
        ("*a*b* " * 33, "at most 32 words with"),
        ("flood OR " * 600 + "flood", "at most 512 words"),
        ("(a+)+$", "holds no letter"),
        ("/(a|aa)+$/", "holds no letter"),
    ],
)
def test_too_much_is_refused_with_what_would_work(
    archive: searcher.Archive, query: str, advice: str
) -> None:
    with pytest.raises(searcher.SearchError) as caught:
        archive.search(query)
    assert advice in str(caught.value)
    assert len(str(caught.value)) < 250


@pytest.mark.parametrize(
    ("query", "total"),
    [
        ("w9*x", 1),
        ("a*b*c*d*", 0),
        ("*w*1*2*3*4*x*", 1),
        ("?" * 9_000 + "w*1", 0),
        ("w12345y~1", 1),
        ("w" * 200 + "~2", 0),
        (" ".join(f"w{n}*x~".removesuffix("~") for n in range(1000, 1032)), 1),
        ("flood " * 500, 2),
    ],
)
def test_what_is_within_the_bounds_is_answered(
    archive: searcher.Archive, query: str, total: int
) -> None:
    assert archive.search(query).total == total


@pytest.mark.parametrize(
    ("query", "total"),
    [
        ("title:flood*", 2),
        ("title:floode*", 1),
        ("title:flo*s", 1),
        ("body:flo*g", 1),
        ("body:flooded~1", 1),
        ("title:floodxd~2", 2),
    ],
)
def test_a_pattern_in_one_part_of_the_text_is_read_there(
    archive: searcher.Archive, query: str, total: int
) -> None:
    assert archive.search(query).total == total


def test_a_pattern_for_which_too_many_texts_would_be_read_is_refused(
    archive: searcher.Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(leaves, "MAX_TEXTS", 1)
    assert archive.search("title:flood*").total == 2  # all forms of the stem: none is read
    with pytest.raises(searcher.SearchError, match="title of 2 articles"):
        archive.search("title:floode*")
