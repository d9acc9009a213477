"""Family names alone, resolved by the archive."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import searcher
from index.engines.whoosh import open_writer
from index.model import Article, Person

RUIZ, OTHER, BO, MEI = "Ana Ruiz", "Tom Ruiz", "Bo Lund Jr.", "Shen Meihua"
Groups = Sequence[Sequence[Sequence[str]]]  # commits of articles, each the names of its persons


def article(number: int, names: Sequence[str]) -> Article:
    """Return an article that names persons."""
    return Article(
        id=f"a{number}",
        title=f"Title {number}",
        body=f"Body {number} of nobody's story.",
        location=f"/{number}",
        people=tuple(names),
        persons=tuple(Person(name=name, mentions=2, confidence=0.9) for name in names),
    )


def written(groups: Groups, folder: Path) -> Path:
    """Write an archive, one commit for each group; articles are numbered through all of them."""
    number = 0
    with open_writer(folder) as writer:
        for group in groups:
            for names in group:
                own = article(number, names)
                writer.put_article(own.id, own)
                number += 1
            writer.commit()
    return folder


def read(folder: Path, number: int) -> tuple[Person, ...]:
    with searcher.open(folder) as archive:
        return archive.article(f"a{number}").persons


@pytest.mark.parametrize(
    ("groups", "expected"),
    [
        pytest.param([[[RUIZ], [RUIZ]], [["Ruiz"]]], RUIZ, id="seen twice before"),
        pytest.param([[["Ruiz"], [RUIZ], [RUIZ]]], RUIZ, id="seen twice in the same commit"),
        pytest.param([[[RUIZ]], [[RUIZ], ["Ruiz"]]], RUIZ, id="once before and once beside it"),
        pytest.param([[[RUIZ]], [["Ruiz"]]], "Ruiz", id="once is too seldom"),
        pytest.param([[[RUIZ]] * 3 + [[OTHER]], [["Ruiz"]]], "Ruiz", id="three of four is unclear"),
        pytest.param([[[RUIZ]] * 4 + [[OTHER]], [["Ruiz"]]], RUIZ, id="four of five is clear"),
        pytest.param([[["Ruiz"], ["Ruiz"]], [["Ruiz"]]], "Ruiz", id="nobody has a full name"),
        pytest.param([[["Ruiz Mora"], ["Ruiz Mora"]], [["Ruiz"]]], "Ruiz", id="no family name"),
        pytest.param([[[BO], [BO]], [["Lund"]]], BO, id="a suffix is no family name"),
        pytest.param([[["Ana RUÍZ"], [RUIZ]], [["Ruiz"]]], "Ana RUÍZ", id="folded, as archived"),
        pytest.param([[[MEI], [MEI]], [["Shen"]]], MEI, id="the family name stands in front"),
        pytest.param([[[MEI], [MEI]], [["Meihua"]]], MEI, id="or behind, who knows"),
        pytest.param([[[MEI], [MEI], ["Ada Shen"]], [["Shen"]]], "Shen", id="in front and behind"),
        pytest.param([[[RUIZ], [RUIZ]], [["Ana"]]], "Ana", id="a given name in front"),
    ],
)
def test_a_family_name_alone_is_the_person_of_the_archive(
    groups: Groups, expected: str, tmp_path: Path
) -> None:
    folder = written(groups, tmp_path / "archive.idx")
    articles = [names for group in groups for names in group]
    alone = [at for at, (name,) in enumerate(articles) if " " not in name]
    (person,) = read(folder, alone[-1])
    assert (person.name, person.inferred) == (expected, " " in expected)
    assert (person.mentions, person.confidence) == (2, 0.9)


def test_an_inferred_person_is_found_and_counted_by_the_full_name(tmp_path: Path) -> None:
    folder = written([[[RUIZ], [RUIZ]], [["Ruiz", "Peter Lund"]]], tmp_path / "archive.idx")
    with searcher.open(folder) as archive:
        for found in (
            archive.search("title", person=RUIZ),
            archive.search('people:"Ana Ruiz"'),
            archive.search("people:ana"),
        ):
            assert {hit.article.id for hit in found.hits} == {"a0", "a1", "a2"}
        assert archive.search('people:"Ruiz"').total == 0
        (count, *_) = archive.search("title").facets("people")
        assert (count.value, count.articles) == (RUIZ, 3)


def test_a_guess_is_no_evidence(tmp_path: Path) -> None:
    # With the guesses counted, Ana would have 8 of 10 articles.
    groups = [[[RUIZ], [RUIZ]], [["Ruiz"]] * 6, [[OTHER], [OTHER]], [["Ruiz"]]]
    folder = written(groups, tmp_path / "archive.idx")
    assert read(folder, 2)[0].name == RUIZ
    assert read(folder, 10)[0].name == "Ruiz"


def test_an_article_that_has_the_full_name_keeps_both(tmp_path: Path) -> None:
    folder = written([[[RUIZ], [RUIZ], [RUIZ, "Ruiz"]]], tmp_path / "archive.idx")
    assert [person.name for person in read(folder, 2)] == [RUIZ, "Ruiz"]


def test_what_is_replaced_or_gone_counts_no_more(tmp_path: Path) -> None:
    folder = written([[[RUIZ], [RUIZ]]], tmp_path / "archive.idx")
    with open_writer(folder) as writer:
        changed, alone = article(0, ["Jane Roe"]), article(9, ["Ruiz"])
        for own in (changed, alone):
            writer.put_article(own.id, own)
        writer.commit()
    assert read(folder, 9)[0].name == "Ruiz"


NAMES = st.lists(
    st.sampled_from(["Ruiz", RUIZ, OTHER, "Eva Ruiz", "Lund", "Bo Lund"]), max_size=2, unique=True
)
GROUPS = st.lists(st.lists(NAMES, min_size=1, max_size=6), min_size=1, max_size=4)


@settings(max_examples=60, deadline=None)
@given(GROUPS)
def test_names_are_inferred_by_the_rule_whatever_the_order_in_a_commit(
    groups: list[list[list[str]]],
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = written(groups, Path(folder) / "archive.idx")
        number, before = 0, Counter[str]()
        for group in groups:
            before.update(name for names in group for name in names if " " in name)
            for names in group:
                assert [own.name for own in read(path, number)] == [
                    meant(name, before, names) for name in names
                ]
                number += 1


def meant(name: str, counts: Counter[str], names: Sequence[str]) -> str:
    """Return whom a name means, counted by hand."""
    own = {full: n for full, n in counts.items() if full.split()[-1] == name and n}
    if " " in name or not own:
        return name
    best = max(own, key=lambda full: own[full])
    clear = own[best] >= 2 and own[best] >= 0.8 * sum(own.values())
    return best if clear and best not in names else name
