"""Of the days on a page, the day of publication is taken."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from index.parse.document import open_document
from index.parse.marks import lines_near, title_place
from index.parse.metadata import read_metadata
from index.parse.seendates import line_date

DAY = date(2026, 1, 3)
TODAY = date(2026, 6, 1)
TITLE = "Flood hits the lower town of Exampleville"
STORY = "<p>It rained.</p>" * 5


def published(head: str, body: str = "") -> date | None:
    """Return the day of a page with this head and body."""
    page = f"<!doctype html><html><head>{head}</head><body>{body}</body></html>"
    moment = read_metadata(open_document(page), None, today=TODAY).published
    return moment.date() if isinstance(moment, datetime) else moment


@pytest.mark.parametrize(
    "name",
    ["article:published:time", "prism.publicationDate", "publishDate", "x-published", "pubday"],
)
def test_a_meta_name_that_is_not_listed_may_say_published(name: str) -> None:
    assert published(f'<meta name="{name}" content="2026-01-03">') == DAY


@pytest.mark.parametrize(
    "name", ["publisher", "modified:time", "last_published", "lastPublishDate"]
)
def test_other_meta_names_do_not(name: str) -> None:
    assert published(f'<meta name="{name}" content="2026-01-03">') is None


BARE = '<meta name="date" content="2026-01-03"><meta name="dateModified" content="{}">'


@pytest.mark.parametrize(
    ("changed", "shown", "day"),
    [
        ("2026-01-03", "1 January 2026", 1),
        ("2026-01-05", "1 January 2026", 3),
        ("2026-01-03", "two days ago", 3),
    ],
)
def test_a_bare_date_on_the_day_of_the_last_change_yields_to_what_is_shown(
    changed: str, shown: str, day: int
) -> None:
    body = f"<h1>{TITLE}</h1><p>{shown}</p>{STORY}"
    assert published(BARE.format(changed), body) == date(2026, 1, day)


def test_the_day_on_which_a_text_was_begun_counts_last() -> None:
    begun = (
        '<script type="application/ld+json">{"@type":"Article","dateCreated":"2026-01-01"}</script>'
    )
    assert published(begun, f"<h1>{TITLE}</h1><p>3 January 2026</p>{STORY}") == DAY
    assert published(begun, f"<h1>{TITLE}</h1>{STORY}") == date(2026, 1, 1)


@pytest.mark.parametrize(
    ("language", "host", "day"),
    [
        ("en", "example.com", date(2026, 3, 1)),
        ("en-US", "example.com", date(2026, 3, 1)),
        # Many systems declare American English by themselves.
        ("en-US", "example.co.uk", DAY),
        ("en", "example.in", DAY),
    ],
)
def test_the_country_of_the_host_tells_the_order_of_day_and_month(
    language: str, host: str, day: date
) -> None:
    page = f'<html lang="{language}"><body><h1>{TITLE}</h1><p>03/01/2026</p>{STORY}</body></html>'
    read = read_metadata(open_document(page), f"https://{host}/flood", today=TODAY)
    assert read.published == (day if day == DAY else date(2026, 3, 1))


@pytest.mark.parametrize(
    ("title", "day"),
    [
        (f"{TITLE} | Region | EX | 03.01.2026", DAY),
        (f"{TITLE} - 03/01/2026 - Example Times", DAY),
        (f"{TITLE} on 3 January 2026", None),
        (f"{TITLE} - What the town council decided on 3 January 2026", None),
    ],
)
def test_a_day_set_off_in_the_title_counts(title: str, day: date | None) -> None:
    assert published(f"<title>{title}</title>") == day


UTC_NIGHT = '<meta property="article:published_time" content="2026-01-02T{}">'


@pytest.mark.parametrize(
    ("clock", "shown", "day"),
    [
        ("22:40:00Z", "3 January 2026", 3),
        ("23:40:00+00:00", "3 January 2026, 00:40", 3),
        # Updated in the morning; published long before midnight, or by a clock of its own.
        ("23:40:00Z", "3 January 2026, 08:15", 2),
        ("20:40:00Z", "3 January 2026", 2),
        ("23:40:00-03:00", "3 January 2026", 2),
        ("23:40:00Z", "4 January 2026", 2),
        ("23:40:00Z", "today", 2),
    ],
)
def test_the_next_day_is_taken_where_the_page_shows_it_behind_an_evening_in_utc(
    clock: str, shown: str, day: int
) -> None:
    body = f"<h1>{TITLE}</h1><p class='date'>{shown}</p>{STORY}"
    assert published(UTC_NIGHT.format(clock), body) == date(2026, 1, day)


@pytest.mark.parametrize(
    ("clock", "title", "day"),
    [
        ("23:40:00", f"{TITLE} - 03/01/2026", 3),
        ("01:40:00", f"{TITLE} - 01/01/2026", 1),
        ("12:40:00", f"{TITLE} - 03/01/2026", 2),
        ("23:40:00", f"{TITLE} - 04/01/2026", 2),
    ],
)
def test_a_time_without_a_zone_may_be_utc_near_midnight(clock: str, title: str, day: int) -> None:
    found = published(UTC_NIGHT.format(clock) + f"<title>{title}</title>")
    assert found == date(2026, 1, day)


@pytest.mark.parametrize(
    "body",
    [
        # Just before the headline; the others belong to articles below.
        f"<time>3.1.2026</time><h1>{TITLE}</h1>{STORY}<time>1 March 2026</time>",
        # Far below it, three days and more are a list.
        f"<h1>{TITLE}</h1><div>January 3, 2026</div>"
        + STORY * 5
        + "".join(f"<div><time>{day} March 2026</time></div>" for day in (1, 2, 3)),
        # The first word of the class is in every article of a system, teasers as well.
        f"<h1>{TITLE}</h1><div class='status-publish'>1 March 2026</div><time>3.1.2026</time>",
        # "Originally published" behind the day.
        (
            f"<h1>{TITLE}</h1><p class='date'>1 March 2026 | Latest version</p>"
            "<p class='date'>3 Jan 2026 | Originally published</p>"
        ),
        f"<h1>{TITLE}</h1><p class='date'>Updated 1 March 2026. Published: 3 Jan 2026</p>",
        f"<h1>{TITLE}</h1><span class='time' data-published-at='2026-01-03'>5 hours ago</span>",
        f"<h1>{TITLE}</h1><span class='time' data-date='2026-01-03'></span>",
    ],
)
def test_of_several_marks_that_of_the_article_is_taken(body: str) -> None:
    assert published("", body) == DAY


def test_a_lone_day_far_from_the_title_counts() -> None:
    assert published("", f"<h1>{TITLE}</h1>{STORY * 5}<time>3 January 2026</time>") == DAY


@pytest.mark.parametrize(
    ("lines", "day"),
    [
        (["The river on January 1, 2026, as seen from the old bridge", "January 3, 2026"], DAY),
        (["1 March 2026", "Published: 3 January 2026"], DAY),
        (["Last updated on:", "1 March 2026", "Published:", "3 January 2026"], DAY),
        (["Veröffentlicht am 3. Januar 2026"], DAY),
        (["Publicado el 3 de enero de 2026"], DAY),
        (["Опубликовано: 3 января 2026"], DAY),
        (["3 January 2026 (updated 5 January)"], DAY),
        (["Last updated", "1 March 2026"], None),
        (["Updated 1 March 2026"], None),
        (["© 3 January 2026"], None),
        (["Published by Jane Roe", "1 March 2031"], None),
    ],
)
def test_of_the_lines_by_the_title_the_dateline_is_taken(
    lines: list[str], day: date | None
) -> None:
    assert line_date(lines, "en-gb", TODAY) == day


@pytest.mark.parametrize(
    "line",
    [TITLE, f" {TITLE}\t", "hits the lower town of Exampleville", f"{TITLE} today"],
)
def test_the_title_is_found_though_it_is_not_written_the_same(line: str) -> None:
    assert lines_near(
        ["before", line, "behind"], title_place(["before", line, "behind"], [TITLE])
    ) == ("behind", "before")


@pytest.mark.parametrize("line", ["the lower town", f"{TITLE}: all that is known after two days"])
def test_a_line_that_has_little_of_the_title_is_not_the_title(line: str) -> None:
    assert (
        lines_near(["before", line, "behind"], title_place(["before", line, "behind"], [TITLE]))
        == ()
    )


@pytest.mark.parametrize(
    ("lines", "near"),
    [
        (["Menu", "Published: 3 January 2026"], ("Published: 3 January 2026",)),
        (["Menu", "Published:", "3 January 2026"], ("Published:", "3 January 2026")),
        (["Published: 3 January 2026", "Published: 4 January 2026"], ()),
        (["Published", "Menu"], ()),
    ],
)
def test_a_lone_dateline_counts_wherever_it_stands(lines: list[str], near: tuple[str]) -> None:
    assert lines_near(lines, title_place(lines, ())) == near


@pytest.mark.parametrize(
    ("lines", "language", "day"),
    [
        (["Updated: 3 January 2026"], "en", DAY),
        (["Last updated", "3 January 2026"], "en", DAY),
        (["Updated: 5 January 2026", "3 January 2026"], "en", DAY),
        (["2026年1月3日 01時28分 (1月5日 01時40分更新)"], "ja", DAY),
        # The twelfth month is to come, so that the month stands behind the day.
        (["- 03/12/2025"], "en-US", date(2025, 3, 12)),
        (["- 01/12/2026"], "en-GB", date(2026, 1, 12)),
        (["۲۱ ارديبهشت ۱۳۹۹"], "fa", date(2020, 5, 10)),
    ],
)
def test_lines_that_are_hard_to_read_tell_the_day(
    lines: list[str], language: str, day: date
) -> None:
    shown = "".join(f"<div>{line}</div>" for line in lines)
    page = f'<html lang="{language}"><h1>{TITLE}</h1>{shown}{STORY}</html>'
    today = date(2025, 12, 1) if day.year == 2025 else TODAY
    assert read_metadata(open_document(page), None, today=today).published == day


@pytest.mark.parametrize(
    "body",
    [
        '<time class="entry-date updated" datetime="2026-01-03">3 January 2026</time>',
        '<div class="has-sidebar"><h1>{}</h1><time datetime="2026-01-03">Saturday</time></div>',
        '<meta itemprop="dateCreated datePublished" content="2026-01-03">',
    ],
)
def test_marks_are_believed_whatever_the_theme_calls_them(body: str) -> None:
    page = body.format(TITLE) if "h1" in body else f"<h1>{TITLE}</h1>{body}"
    assert published("", f"{page}{STORY}") == DAY


def test_the_day_within_a_figure_is_that_of_the_picture() -> None:
    picture = '<figure><img alt=""><time datetime="2019-05-05">5 May 2019</time></figure>'
    shown = '<time datetime="2026-01-03">Saturday</time>'
    assert published("", f"<h1>{TITLE}</h1>{picture}{shown}{STORY}") == DAY
