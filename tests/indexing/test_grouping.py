"""Which articles are of one story: copies, parts and updates, and nothing made from a template."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from datetime import date, timedelta

import pytest

from index import Article
from index.stories import grouping
from index.stories.fingerprints import prints_of, sketch
from index.stories.grouping import Incomer, group
from index.stories.growing import GrowingArticles
from index.stories.known import MAX_HOLDERS
from index.stories.profile import profile_of

SYLLABLES = [consonant + vowel for consonant in "bdfgklmnprst" for vowel in "aeiou"]
DAY = date(2025, 6, 3)
FOOTER = (
    "Subscribe to our newsletter to have the best stories of the week in your inbox. All rights "
    "reserved. This material may not be published, broadcast, rewritten or redistributed without "
    "permission. Follow us on all channels, and tell the editors what you think of our reporting."
)
SCRIPTS = {
    "japanese": [chr(code) for code in (*range(0x3042, 0x3090), *range(0x4E00, 0x4F00))],
    "chinese": [chr(code) for code in range(0x4E00, 0x5200)],
    "thai": [chr(code) for code in range(0x0E01, 0x0E2F)],
}


def prose(seed: object, count: int = 200) -> str:
    drawn = random.Random(str(seed))  # noqa: S311
    made = ["".join(drawn.choices(SYLLABLES, k=drawn.randint(1, 4))) for _ in range(count)]
    return " ".join(made)


def article(name: str, body: str, title: str | None = None, **fields: object) -> Article:
    known = {"published": DAY, "location": f"/{name}", **fields}
    return Article(id=name, title=title or f"Title of {name}", body=body, **known)  # type: ignore[arg-type]


def stories_of(
    articles: Sequence[Article], batch: int = 100, builds: int = 1
) -> dict[str, frozenset[str]]:
    """Return for each article those of its story, when they come in so many builds."""
    known: GrowingArticles | None = None
    size = -(-len(articles) // builds)
    for start in range(0, len(articles), size):
        known = GrowingArticles(known)
        incomers = [
            Incomer(id=one.id, profile=profile_of(one)) for one in articles[start : start + size]
        ]
        for first in range(0, len(incomers), batch):
            group(known, incomers[first : first + batch])
    assert known is not None
    members: dict[int, set[str]] = {}
    for number, one in enumerate(articles):
        members.setdefault(known.story(number), set()).add(one.id)
    return {name: frozenset(names) for names in members.values() for name in names}


TEXT = prose("a story", 300)
HALF = " ".join(TEXT.split()[:150])


@pytest.mark.parametrize(
    ("body", "title"),
    [
        pytest.param(TEXT, "Title of lead", id="the same"),
        pytest.param(TEXT, "Another headline altogether", id="retitled"),
        pytest.param(
            f"Cookies help us. {TEXT}\n\n{FOOTER}", "Breaking news", id="other boilerplate"
        ),
        pytest.param(HALF, "Title of lead", id="cut"),
        pytest.param(" ".join(TEXT.split()[:70]), "Title of lead", id="teaser"),
        pytest.param(f"{TEXT}\n\n{prose('more', 250)}", "Title of lead, update", id="update"),
        pytest.param(f"{prose('new', 80)}\n\n{TEXT}", "Title of lead, update", id="new beginning"),
        pytest.param(f"{TEXT}\n\n{TEXT}", "Title of lead", id="doubled"),
        pytest.param(TEXT.upper(), "TITLE OF LEAD", id="capitals"),
        pytest.param(
            " ".join(word for number, word in enumerate(TEXT.split()) if number % 12),
            "Title of lead",
            id="edited",
        ),
    ],
)
def test_copies_parts_and_updates_are_of_one_story(body: str, title: str) -> None:
    others = [article(f"other{number}", prose(number)) for number in range(5)]
    copy = article("copy", body, title)
    lead = article("lead", TEXT)
    for order in ([lead, *others, copy], [copy, *others, lead]):
        assert stories_of(order)["copy"] == {"lead", "copy"}


@pytest.mark.parametrize("script", SCRIPTS)
def test_scripts_without_spaces(script: str) -> None:
    drawn = random.Random(script)  # noqa: S311
    text = "".join(drawn.choices(SCRIPTS[script], k=900))
    cut, other = text[:300], "".join(drawn.choices(SCRIPTS[script], k=900))
    title = text[20:40]
    found = stories_of(
        [
            article("lead", text, title),
            article("cut", cut, title),
            article("other", other, other[:20]),
        ]
    )
    assert found["lead"] == {"lead", "cut"}
    assert found["other"] == {"other"}


def lottery(number: int) -> Article:
    drawn = random.Random(number)  # noqa: S311
    balls = ", ".join(str(drawn.randint(1, 49)) for _ in range(6))
    return article(
        f"lottery{number}",
        f"The winning numbers in the evening drawing of the Northmoor Six game were {balls}. "
        f"The jackpot is {drawn.randint(100, 999)},000 marks. Tickets cost 2 marks and are sold "
        "until an hour before the drawing. Winners have half a year to claim their prizes.",
        "Winning numbers of the Northmoor Six",
        published=DAY + timedelta(days=number),
    )


def weather(number: int) -> Article:
    drawn = random.Random(number)  # noqa: S311
    town = drawn.choice(SYLLABLES) + drawn.choice(SYLLABLES)
    degrees = [drawn.randint(-20, 40) for _ in range(9)]
    return article(
        f"weather{number}",
        f"Today in {town} will be cloudy with a high of {degrees[0]} and a low of {degrees[1]}. "
        f"Winds from the west at {degrees[2]} kilometres an hour. Tomorrow high {degrees[3]} "
        f"and low {degrees[4]}, with a chance of rain of {degrees[5]} percent. For the rest of "
        f"the week expect highs of {degrees[6]} to {degrees[7]}. The sun sets at {degrees[8]} past "
        "eight. This forecast was made by the regional office and is updated every six hours.",
        f"Weather in {town}",
    )


def report(number: int) -> Article:
    drawn = random.Random(number)  # noqa: S311
    firm = prose(number, 2)
    figures = [drawn.randint(100, 9999) for _ in range(8)]
    return article(
        f"report{number}",
        f"{firm} said net income for the quarter rose to {figures[0]} thousand, or {figures[1]} "
        f"cents a share, from {figures[2]} thousand, or {figures[3]} cents a share, a year before. "
        f"Revenue was {figures[4]} thousand against {figures[5]} thousand. For the six months net "
        f"income was {figures[6]} thousand on revenue of {figures[7]} thousand.",
        f"{firm} 2nd quarter net",
    )


@pytest.mark.parametrize("make", [lottery, weather, report])
@pytest.mark.parametrize("count", [2, 5, 60])
def test_reports_from_a_template_are_stories_of_their_own(
    make: Callable[[int], Article], count: int
) -> None:
    articles = [make(number) for number in range(count)]
    assert all(len(story) == 1 for story in stories_of(articles).values())


def test_a_footer_is_no_story() -> None:
    articles = [article(f"page{n}", f"{prose(n, 60)}\n\n{FOOTER}") for n in range(40)]
    assert all(len(story) == 1 for story in stories_of(articles).values())


def test_a_quotation_is_no_story() -> None:
    quoted = " ".join(TEXT.split()[100:160])
    quoting = article("quoting", f"{prose(1, 150)} {quoted} {prose(2, 150)}", "A comment")
    assert stories_of([article("lead", TEXT), quoting])["quoting"] == {"quoting"}


def test_a_roundup_does_not_tie_what_it_rounds_up() -> None:
    whole = [article(f"story{n}", prose(n, 250)) for n in range(6)]
    parts = "\n\n".join(" ".join(one.body.split()[:60]) for one in whole)
    found = stories_of([*whole, article("roundup", parts, "The morning in brief")])
    assert all(len(found[one.id] - {"roundup"}) == 1 for one in whole)


@pytest.mark.parametrize("batch", [1, 7, 1000])
@pytest.mark.parametrize("builds", [1, 3])
def test_builds_and_batches_change_nothing(batch: int, builds: int) -> None:
    articles = []
    for n in range(30):
        text = prose(n, 200)
        articles += [article(f"story{n}", text), article(f"copy{n}", f"{text} {FOOTER}")]
        articles.append(article(f"part{n}", " ".join(text.split()[:90]), f"Title of story{n}"))
    random.Random(5).shuffle(articles)  # noqa: S311
    found = stories_of(articles, batch=batch, builds=builds)
    assert all(found[f"story{n}"] == {f"story{n}", f"copy{n}", f"part{n}"} for n in range(30))


def test_a_part_that_came_first_joins_its_text_and_the_copies_of_it() -> None:
    words = TEXT.split()
    first, second = " ".join(words[:140]), " ".join(words[150:])
    order = [
        article("first", first, "Title of lead"),
        article("second", second, "Title of lead"),
        article("lead", TEXT),
    ]
    assert stories_of(order)["lead"] == {"first", "second", "lead"}


@pytest.mark.parametrize("body", ["", "—", "Yes.", "1 2 3 4", "No comment."])
def test_poor_bodies_are_stories_of_their_own(body: str) -> None:
    articles = [article(f"poor{n}", body, prose(n, 5)) for n in range(5)]
    assert all(len(story) == 1 for story in stories_of(articles).values())


def test_tables_of_digits_end() -> None:
    drawn = random.Random(1)  # noqa: S311
    tables = [
        article(f"table{n}", " ".join(str(drawn.randint(0, 99999)) for _ in range(20_000)))
        for n in range(3)
    ]
    assert all(len(story) == 1 for story in stories_of(tables).values())


def test_copies_without_end_are_one_story_in_little_space() -> None:
    articles = [article(f"copy{n}", f"{TEXT} {prose(('end', n), 10)}") for n in range(400)]
    growing = GrowingArticles()
    incomers = [Incomer(id=one.id, profile=profile_of(one)) for one in articles]
    memberships = [one for n in range(0, 400, 50) for one in group(growing, incomers[n : n + 50])]
    assert {one.story for one in memberships} == {memberships[0].story}
    assert sum(len(one.prints) > 0 for one in memberships) <= grouping.MAX_CLUSTER


@pytest.mark.parametrize("batch", [50, 100, 300, 700])
@pytest.mark.parametrize("ending", [0, 10])
def test_any_number_of_copies_at_once_are_one_story(batch: int, ending: int) -> None:
    others = [article(f"other{n}", prose(n)) for n in range(20)]
    copies = [article(f"copy{n}", f"{TEXT} {prose(('end', n), ending)}") for n in range(400)]
    articles = [*others[:10], *copies, *others[10:]]
    found = stories_of(articles, batch=batch)
    assert found == stories_of(articles, batch=1)
    assert found["copy0"] == {one.id for one in copies}


def test_no_chain_of_likenesses_swallows_an_archive(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(grouping, "MAX_LOOSE", 20)
    words = prose("chain", 9_000).split()
    # Each shares more than half with the one before it, and nothing with the tenth.
    chain = [
        article(f"link{n}", " ".join(words[n * 80 : n * 80 + 200]), "The same title")
        for n in range(100)
    ]
    sizes = [len(story) for story in stories_of(chain).values()]
    assert max(sizes) > 1
    assert max(sizes) <= 20 + grouping.MAX_CLUSTER


def test_what_too_many_hold_is_looked_up_no_more() -> None:
    growing = GrowingArticles()
    for start in range(0, 3 * MAX_HOLDERS, 64):
        batch = [article(f"page{n}", f"{FOOTER} {prose(n, 40)}") for n in range(start, start + 64)]
        group(growing, [Incomer(id=one.id, profile=profile_of(one)) for one in batch])
    held = growing.holders(prints_of(sketch(FOOTER).hashes))
    assert held.counts.max() <= 2 * MAX_HOLDERS
    assert len(held.documents) <= MAX_HOLDERS * len(held.counts)


def test_an_id_that_comes_to_hold_another_text_founds_another_story() -> None:
    (one,) = group(GrowingArticles(), [Incomer(id="a", profile=profile_of(article("a", TEXT)))])
    changed = article("a", prose("else"))
    (other,) = group(GrowingArticles(), [Incomer(id="a", profile=profile_of(changed))])
    assert one.story != other.story
