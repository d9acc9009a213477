"""How values look: tested on values, without an archive."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.text import Text

from index import Article, Copy, Outcome, PageRecord
from index.terminal import cells, printable
from searcher.model import ArchiveStats, Count, Hit, Snippet, StoryMember, StorySize
from searcher.screens.article import article_lines
from searcher.screens.hits import hit_lines, summary
from searcher.screens.layout import Screen
from searcher.screens.stats import rejected_lines, stats_lines
from searcher.screens.story import member_lines

MakeArticle = Callable[..., Article]


def printed(lines: Iterable[Text], *, width: int = 80, coloured: bool = False) -> list[str]:
    """Return what a screen writes for the lines."""
    stream = io.StringIO()
    Screen(stream, width=width, coloured=coloured).show(lines)
    return stream.getvalue().splitlines()


def shown_hit(article: Article, *snippets: Snippet, rank: int = 1, width: int = 80) -> list[str]:
    hit = Hit(
        rank=rank,
        score=1.0,
        article=article,
        title=Snippet(text=article.title),
        snippets=snippets,
        copy_count=len(article.copies),
    )
    return printed(hit_lines(hit, width=width, coloured=False), width=width)


def test_a_hit_with_all_that_is_known(make_article: MakeArticle) -> None:
    article = make_article(
        "Flood closes the bridge",
        published=datetime(2025, 6, 3, 23, 30, tzinfo=UTC),
        source="Northmoor Herald",
        people=("Jane Roe", "Tom Oldfield", "Ann Lee", "Max Moor", "Eve Hill"),
        url="https://northmoor.example/flood",
        id="0123456789ab",
        copies=(
            Copy(location="/pages/1.html", url="https://www.east-echo.example:80/a?b"),
            Copy(location="/pages/2.html", url="https://east-echo.example/c"),
            Copy(location="/pages/3.html"),
            Copy(location="/pages/4.html", url="https://[broken"),
        ),
    )
    snippet = Snippet(text="… the flood came …", highlights=((6, 11),))
    assert shown_hit(article, snippet) == [
        " 1. Flood closes the bridge",
        "    2025-06-03 | Northmoor Herald | Jane Roe, Tom Oldfield, Ann Lee +2 more",
        "    … the **flood** came …",
        "    https://northmoor.example/flood",
        "    id 0123456789ab | +4 copies: east-echo.example, /pages/3.html, ...",
        "",
    ]


def test_the_copies_of_a_hit_are_articles_of_its_story_and_pages_of_its_own(
    make_article: MakeArticle,
) -> None:
    article = make_article("Flood", id="a1", copies=(Copy(location="/pages/1.html"),))
    hit = Hit(
        rank=1,
        score=1.0,
        article=article,
        title=Snippet(text="Flood"),
        snippets=(),
        others=(
            StoryMember(id="b2", title="River", source="Echo"),
            StoryMember(id="c3", title="River", copies=(Copy(location="/pages/2.html"),)),
        ),
        other_count=12,
        copy_count=14,
    )
    shown = printed(hit_lines(hit, width=80, coloured=False))
    assert "    id a1 | +14 copies: Echo, c3, ..." in shown


def test_a_hit_of_which_little_is_known(make_article: MakeArticle) -> None:
    article = make_article("Flood", id="a1", location="/pages/with a space.html")
    assert shown_hit(article, rank=1234) == [
        "1234. Flood",
        "      no date",
        "      /pages/with a space.html",
        "      id a1",
        "",
    ]


def test_an_address_stays_in_one_piece(make_article: MakeArticle) -> None:
    url = "https://northmoor.example/" + "flood-" * 30
    article = make_article("Flood", url=url)
    assert f"    {url}" in shown_hit(article, width=40)
    assert any(
        line.endswith(url) for line in printed(article_lines(article, width=40, coloured=False))
    )


@pytest.mark.parametrize("coloured", [True, False])
def test_markup_and_escapes_of_an_article_are_text(
    make_article: MakeArticle,
    coloured: bool,  # noqa: FBT001 (a table of cases)
) -> None:
    article = make_article(
        "[red]Flood[/] :smile: [/x] \x1b[31m",
        body="[link=https://x.example]b[/link] \x1b]8;;https://x.example\x07c\n\nd\x9b2Je",
        source="[b]Herald",
        people=("Jane\x1b[2J Roe",),
    )
    shown = "\n".join(
        printed(article_lines(article, width=80, coloured=coloured), coloured=coloured)
    )
    for text in ("[red]Flood[/] :smile: [/x]", "[link=https://x.example]b[/link] c", "[b]Herald"):
        assert text in shown
    assert "\x1b[31m" not in shown
    assert "\x1b]" not in shown
    assert "\x9b" not in shown
    assert ("\x1b" in shown) is coloured


def test_matches_are_coloured_or_starred(make_article: MakeArticle) -> None:
    article = make_article("Flood", body="A flood came.")
    highlighted = (
        Snippet(text="Flood", highlights=((0, 5),)),
        (Snippet(text="A flood came.", highlights=((2, 7),)),),
    )
    plain = printed(article_lines(article, highlighted, width=80, coloured=False))
    assert (plain[0], plain[-1]) == ("**Flood**", "A **flood** came.")
    colour = printed(article_lines(article, highlighted, width=80, coloured=True), coloured=True)
    assert colour[-1] == "A \x1b[1;31mflood\x1b[0m came."


words = st.text(st.sampled_from("ab cde 東京の。」「é\u0301🌊*-[]\x1b\n\u202e"), max_size=300)


@given(title=words, body=words, width=st.integers(20, 120), data=st.data())
def test_no_line_is_wider_than_the_screen_and_no_letter_is_lost(
    title: str, body: str, width: int, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(body)))
    end = data.draw(st.integers(start, len(body)))
    hit = Hit(
        rank=1,
        score=1.0,
        article=Article(id="a1", title=title, body=body, location="/a"),
        title=Snippet(text=title),
        snippets=(Snippet(text=body, highlights=((start, end),) if start < end else ()),),
    )
    lines = printed(hit_lines(hit, width=width, coloured=False), width=width)
    assert max(map(cells, lines)) <= width
    kept = "".join(lines)
    for char in "bc東京の。🌊":  # letters that the lines bring themselves aside
        # The letter that ends an escape sequence goes with it.
        assert kept.count(char) == (printable(title) + printable(body)).count(char)


@pytest.mark.parametrize(
    ("published", "shown"),
    [
        (None, "no date"),
        (date(2026, 1, 3), "2026-01-03"),
        (datetime(2026, 1, 3, 9, 5), "2026-01-03 09:05"),  # noqa: DTZ001 (no zone is known)
        (
            datetime(2026, 1, 3, 9, 5, tzinfo=timezone(-timedelta(hours=3, minutes=30))),
            "2026-01-03 09:05 -03:30",
        ),
    ],
)
def test_when_an_article_was_published(
    make_article: MakeArticle, published: date | None, shown: str
) -> None:
    lines = printed(article_lines(make_article(published=published), width=80, coloured=False))
    assert f"Published  {shown}" in lines


def test_the_articles_of_a_story(make_article: MakeArticle) -> None:
    article = make_article("Flood", id="a1")
    members = (
        StoryMember(id="b2", title="River", source="Echo", day=date(2025, 6, 3), relation="lead"),
        StoryMember(id="a1", title="Flood", relation="near copy", words=1200),
    )
    assert printed(member_lines(article, members, StorySize(2, 2), width=80)) == [
        "",
        "2 articles of this story:",
        "  b2 | 2025-06-03 | Echo | lead",
        "    River",
        "  a1 | no date | 1,200 words | near copy (this one)",
    ]
    assert printed(member_lines(article, members[1:], StorySize(1, 1), width=80)) == []


def test_the_copies_of_the_articles_of_a_story_and_those_not_shown(
    make_article: MakeArticle,
) -> None:
    echo = Copy(location="/1.html", source="Echo")
    members = (StoryMember(id="b2", title="River", relation="lead", copies=(echo,) * 2),)
    lines = member_lines(make_article("River"), members, StorySize(700, 3000), width=80)
    assert printed(lines) == [
        "",
        "700 articles on 3,000 pages of this story, 1 of them shown:",
        "  b2 | no date | lead",
        "    +2 copies: Echo",
    ]


@pytest.mark.parametrize(
    ("numbers", "line"),
    [
        ((12, 12, 0, 1, 10, 0.004), "12 articles match (1-10 shown) in 4 ms"),
        ((1, 1, 0, 1, 1, 0.0004), "1 article matches in less than 1 ms"),
        ((12, 12, 0, 11, 1, 0.5), "12 articles match (number 11 shown) in 500 ms"),
        ((12, 12, 0, 1, 0, 1.25), "12 articles match (none shown) in 1.2 s"),
        ((12_345, None, 0, 1001, 1000, 61), "12,345 articles match (1,001-2,000 shown) in 61.0 s"),
        ((12, 9, 0, 1, 9, 0.004), "12 articles in 9 stories match in 4 ms"),
        ((12, 11, 0, 1, 10, 0.004), "12 articles in 11 stories match (1-10 shown) in 4 ms"),
        ((3, 1, 0, 1, 1, 0.004), "3 articles in 1 story match in 4 ms"),
        (
            (3, 2, 1, 1, 3, 0.004),
            "3 articles in 2 stories match, 1 more has some of the words in 4 ms",
        ),
        (
            (1, 1, 1240, 1, 10, 0.004),
            "1 article matches, 1,240 more have some of the words (1-10 shown) in 4 ms",
        ),
    ],
)
def test_summary(numbers: tuple[float, ...], line: str) -> None:
    names = ("total", "stories", "further", "first", "shown", "seconds")
    assert summary(**dict(zip(names, numbers, strict=True))) == line  # type: ignore[arg-type]


def test_stats_are_a_table() -> None:
    sources = tuple(Count(value=f"Outlet {number}", articles=1200 - number) for number in range(12))
    stats = ArchiveStats(
        articles=1234,
        pages={Outcome.ARTICLE: 1234, Outcome.REJECTED: 1},
        sources=sources,
        languages=(),
        people=7,
        first_day=None,
        last_day=None,
        undated=1234,
        size_bytes=1_234_567,
    )
    lines = printed(stats_lines(stats, "archive.idx", width=80))
    assert lines[:5] == [
        "Archive    archive.idx (1.2 MB)",
        "Articles   1,234",
        "Dates      none, 1,234 without a date",
        "People     7",
        "Pages      1,235 = 1,234 articles + 0 duplicates + 1 rejected",
    ]
    assert lines[5:7] == ["Sources    12", "           1,200  Outlet 0"]
    assert lines[-2:] == ["           and 2 more", "Languages  0"]


def test_rejected_pages_for_a_person() -> None:
    page = PageRecord(location="/a\tb.html", outcome=Outcome.REJECTED, reason="login wall " * 4)
    assert printed(rejected_lines([page], width=30)) == [
        "/a b.html",
        "    login wall login wall",
        "    login wall login wall",
    ]
