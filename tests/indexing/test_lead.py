"""Which article stands for a story, and what the others are beside it."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from itertools import permutations

import pytest

from index import Article
from index.stories.lead import Member, Relation, lead_of, relations

DAY = date(2025, 6, 3)


def member(name: str, letters: int = 1000, **fields: object) -> Member:
    return Member(id=name, letters=letters, **fields)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("lead", "others"),
    [
        (
            member("whole"),
            [member("part", 700, published=DAY, is_original=True, url="https://a.b/c")],
        ),
        (
            member("agency", 900, is_original=True),
            [member("copy", published=DAY, url="https://a.b/c")],
        ),
        (member("first", published=DAY), [member("later", published=date(2025, 6, 4))]),
        (
            member("morning", published=datetime(2025, 6, 3, 7)),  # noqa: DTZ001 (publisher's clock)
            [member("evening", published=datetime(2025, 6, 3, 19))],  # noqa: DTZ001
        ),
        (member("dated", published=DAY), [member("undated", url="https://a.b/c")]),
        (member("addressed", 990, url="https://a.b/c"), [member("copy", 1000)]),
        (member("longest", 1000), [member("a", 990), member("b", 900)]),
        (member("a"), [member("b"), member("c")]),
    ],
)
def test_the_lead(lead: Member, others: list[Member]) -> None:
    for order in permutations([lead, *others]):
        assert lead_of(order) is lead


def prose(seed: str, count: int) -> str:
    drawn = random.Random(seed)  # noqa: S311
    letters = "abcdefghijklmnopqrstuvwxyz"
    return " ".join("".join(drawn.choices(letters, k=drawn.randint(2, 9))) for _ in range(count))


TEXT = prose("text", 300)
WORDS = TEXT.split()


@pytest.mark.parametrize(
    ("body", "url", "relation"),
    [
        (TEXT.upper(), None, Relation.EXACT),
        (TEXT, "https://northmoor.example/flood?utm_source=x", Relation.VERSION),  # retitled
        (f"{TEXT} {prose('more', 100)}", "https://www.northmoor.example/flood", Relation.VERSION),
        (f"{TEXT} {prose('footer', 40)}", None, Relation.NEAR),
        (" ".join(WORDS[:280]), "https://harwick.example/flood", Relation.NEAR),
        (" ".join(WORDS[:90]), None, Relation.EXCERPT),
        (f"{' '.join(WORDS[:180])} {prose('new', 150)}", None, Relation.UPDATE),
        ("", None, Relation.UPDATE),
    ],
)
def test_what_a_member_is(
    body: str, url: str | None, relation: Relation, make_article: Callable[..., Article]
) -> None:
    lead = make_article("Flood", TEXT, url="https://northmoor.example/flood")
    member = make_article("Flood closes bridge", body, url=url)
    assert [*relations([member], lead)] == [relation]


@pytest.mark.parametrize("words", [60, 120, 3000])
@pytest.mark.parametrize(
    ("kept", "new", "relation"),
    [(0.9, 0.05, Relation.NEAR), (0.65, 0.35, Relation.UPDATE), (0.5, 0.0, Relation.EXCERPT)],
)
def test_what_a_member_is_hangs_on_what_it_shares_and_on_no_chance(
    words: int, kept: float, new: float, relation: Relation, make_article: Callable[..., Article]
) -> None:
    for seed in range(20):
        text = prose(f"{seed}", words)
        part = " ".join(text.split()[: int(words * kept)])
        body = f"{part} {prose(f'new {seed}', int(words * new))}"
        assert [*relations([make_article("A", body)], make_article("B", text))] == [relation]


def test_a_version_of_any_member_is_a_version(make_article: Callable[..., Article]) -> None:
    lead = make_article("Flood", TEXT, url="https://northmoor.example/flood")
    footer = f"{TEXT} {prose('footer', 40)}"
    copies = [
        make_article("Flood", body, url="https://harwick.example/flood", location=location)
        for location, body in (("/1", footer), ("/2", f"{footer} And more."), ("/3", footer))
    ]
    found = [*relations([*copies, replace(lead, id="again")], lead)]
    assert found == [Relation.NEAR, Relation.VERSION, Relation.NEAR, Relation.EXACT]
