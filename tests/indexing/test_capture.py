"""Text captures: the article in the visible text of a page, and nothing of the page."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from textwrap import fill

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from index.parse.capture import Capture, read_capture
from index.parse.decode import decode
from index.parse.fetchlines import read_fetch_lines
from index.parse.sitepages import SITE_PAGE
from index.parse.wrapping import paragraph_lines

ROOT = Path(__file__).parents[2]
CAPTURES = ROOT / "tests/cases/captures"
SEED = ROOT.parent / "shared/seed"

A = "The river rose by two metres on Friday and flooded the old town, the mayor said."
B = "The bridge will stay closed for weeks while engineers look at both of its pillars."
C = "Nobody was hurt, but forty families spent the night in the hall of the school."

QUESTION = "Who pays for the flood in the old town?"
LONG_TITLE = "Flood in the old town | Example Times"
CONSENT = (
    "We and our 812 partners store and access information such as cookies and process "
    "personal data with your consent."
)
QUOTE = "“It was loud,” she said."


def read(path: Path) -> Capture:
    return read_capture(decode(path.read_bytes()).text)


def first_words(capture: Capture) -> list[str]:
    return [" ".join(paragraph.split()[:3]) for paragraph in capture.paragraphs]


def test_doubled_body_below_an_error_banner() -> None:
    capture = read(CAPTURES / "doubled_body.txt")
    assert capture.metadata.title == "Harlow Valley’s Mayor Signs Ferry Pact With Port Linden"
    assert capture.metadata.published == date(2025, 11, 8)
    assert capture.metadata.source == "NORDWIRE"
    assert capture.status == 403
    assert first_words(capture) == [
        "Mayor Edda Quill",
        '"We settled the',
        "\"At the council's",
        "The mayor called",
        "Speaking to reporters,",
        "Quill, who first",
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        pytest.param(
            "دریا جمعے کو دو میٹر بلند ہوا اور پرانا شہر زیر آب آ گیا، میئر نے بتایا۔", id="ur"
        ),
        pytest.param(
            "Գետը ուրբաթ օրը բարձրացավ երկու մետրով և ողողեց հին քաղաքը, ասաց նա։", id="hy"
        ),
        pytest.param("नदी शुक्रवार को दो मीटर ऊपर उठ गई और पुराना शहर पानी में डूब गया है।", id="hi"),
        pytest.param(
            "ወንዙ ዓርብ ዕለት በሁለት ሜትር ከፍ ብሎ አሮጌውን ከተማ አጥለቀለቀው ሲሉ ከንቲባው ቅዳሜ ዕለት ተናገሩ።", id="am"
        ),
    ],
)
def test_sentences_end_in_each_script_with_its_own_sign(sentence: str) -> None:
    capture = read_capture(f"Flood\n\n{sentence}\n\n{sentence[:-9]}{sentence[-1]}\n")
    assert capture.paragraphs[:1] == (sentence,)


def test_german_site_with_menus_and_comments() -> None:
    capture = read(CAPTURES / "german_site.txt")
    metadata = capture.metadata
    assert metadata.title == "Alte Brücke bleibt bis zum Sommer gesperrt"
    assert metadata.published == datetime(2025, 3, 7, 18, 5)  # noqa: DTZ001 - no zone on the page
    assert metadata.source == "Elbtal-Bote"
    assert metadata.authors == ("Hanna Berg",)
    assert metadata.url == "https://www.elbtal-bote.example/lokales/2025/bruecke"
    assert first_words(capture) == [
        "Die alte Brücke",
        "Grund sind Risse",
        "Umleitung über Neudorf",
        "Autofahrer müssen einen",
        "„Wir haben keine",
        "Die Kosten schätzt",
    ]


def test_japanese_capture() -> None:
    capture = read(CAPTURES / "japanese.txt")
    assert capture.metadata.title == "港町で新しい市場が開業 市長「百年の夢」"
    assert capture.status == 200
    assert [paragraph[:4] for paragraph in capture.paragraphs] == [
        "港町市の",
        "市場は三",
        "近くで食",
    ]


@pytest.mark.skipif(not any(SEED.glob("*.txt")), reason="no ../shared/seed beside the repository")
def test_capture_of_the_issue() -> None:
    capture = read(next(SEED.glob("*.txt")))
    assert capture.metadata.title == "Trump, Japan’s PM Hold Phone Call on Ties"
    assert capture.metadata.published == date(2026, 1, 3)
    assert capture.metadata.source == "MENAFN"
    assert first_words(capture) == [
        "Donald Trump and",
        '"We confirmed the',
        "\"At President Trump's",
        "The Japanese leader",
        '"I look forward',
        "Speaking to journalists,",
        "Takaichi, who first",
    ]


@pytest.mark.parametrize(
    ("text", "title", "paragraphs"),
    [
        (f"The flood\n\n{A}\n\n{B}\n", "The flood", (A, B)),
        (f"The flood\n{A}\n{B}\n", "The flood", (A, B)),
        (f"{QUESTION}\n\n{A}\n{B}", QUESTION, (A, B)),
        (f"{A}\n\n{B}", None, (A, B)),
        (f"{LONG_TITLE}\n\n{A}\n", LONG_TITLE, (A,)),
        (f"Title: The flood\nSource: Example Times\n\n{A}", "The flood", (A,)),
        (f"Title: The flood | Example Times\nSource: Example Times\n\n{A}", "The flood", (A,)),
        (f"The flood\n{A}\n{QUOTE}\n{B}", "The flood", (A, QUOTE, B)),
        (f"The flood\n{A}\n- a boat\n- a cow\n{B}", "The flood", (A, "- a boat", "- a cow", B)),
        (f"The flood\n{A}\nWhat now\n{B}", "The flood", (A, "What now", B)),
        (f"The flood\n{A}\nAdvertisement\nRead also: The ebb\n{B}", "The flood", (A, B)),
        (f"Home\nNews\nSport\n{QUESTION}\nShare\n{A}\n{B}\nHelp", QUESTION, (A, B)),
        (f"The flood\n{A}\n{B}\n3 Comments\n{C}", "The flood", (A, B)),
        (f"The flood\n\n{A}\r\n\r\n{B}\r\n", "The flood", (A, B)),
    ],
)  # fmt: skip
def test_title_and_body(text: str, title: str | None, paragraphs: tuple[str, ...]) -> None:
    capture = read_capture(text)
    assert capture.metadata.title == title
    assert capture.paragraphs == paragraphs


CUT = """The flood in the valley
Jane Roe
3 January 2026
On Monday the river at
Exampleville
, which had risen for
three days
, left its bed, and the
rescue service
, led by
Mara Ellison
, took forty people from their roofs.
What is known so far
It was the worst flood since the county began to
keep records
, she said. Her own
house
's cellar was dry.
Related
Ferry fares rise
home
"""


def test_paragraphs_that_were_cut_at_their_links_are_whole_again() -> None:
    capture = read_capture(CUT)
    assert capture.metadata.title == "The flood in the valley"
    assert capture.metadata.published == date(2026, 1, 3)
    assert capture.paragraphs == (
        (
            "On Monday the river at Exampleville, which had risen for three days, left its bed, "
            "and the rescue service, led by Mara Ellison, took forty people from their roofs."
        ),
        "What is known so far",
        (
            "It was the worst flood since the county began to keep records, she said. Her own "
            "house's cellar was dry."
        ),
    )


@pytest.mark.parametrize(
    "lines",
    [
        ["home", "news", "sport", "The flood", "in the valley"],
        [", one", ", two", "three"],
        ["A heading of some words", "Jane Roe", "It rained."],
        ["", ".", "?", "!", "''", "'s"],
    ],
)
def test_lines_that_nothing_cut_stay_as_they_are(lines: list[str]) -> None:
    assert paragraph_lines(lines) == tuple(filter(None, lines))


@given(st.lists(st.text(), max_size=12))
def test_no_letter_is_lost_when_lines_are_joined(lines: list[str]) -> None:
    lines = [", he said", ", she said", "; they said", *lines]
    alone = [part for line in lines for part in paragraph_lines([line])]
    assert "".join("".join(paragraph_lines(lines)).split()) == "".join("".join(alone).split())


HEADLINE = "Old town under water after the river rose"


@pytest.mark.parametrize(
    "first", [f"{HEADLINE} - Example Times", f"Example Times | {HEADLINE}", HEADLINE]
)
def test_what_stands_in_the_title_of_the_window_and_again_is_the_title(first: str) -> None:
    menu = "\n".join(f"The river and the town, part {number}" for number in range(80))
    capture = read_capture(f"{first}\nExample Times\n{HEADLINE}\n{menu}\n{A} {B} {C}\n")
    assert capture.metadata.title == HEADLINE
    assert capture.metadata.source == ("Example Times" if first != HEADLINE else None)


def test_the_name_of_the_outlet_atop_and_below_is_no_title() -> None:
    capture = read_capture(
        f"The Example Times\nFlood in the old town\n{A}\n{B}\nThe Example Times\n"
    )
    assert capture.metadata.title == "Flood in the old town"


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        ("Mara Ellison", ("Mara Ellison",)),
        ("Mara Ellison, Tom Voss", ("Mara Ellison", "Tom Voss")),
        ("Breaking News", ()),
        ("Photo: Mara Ellison", ()),
    ],
)
def test_a_name_alone_by_the_day_below_the_title_signs(line: str, authors: tuple[str, ...]) -> None:
    capture = read_capture(f"{HEADLINE}\n{line}\n3 May 2026\n{A}\n{B}\n")
    assert capture.metadata.authors == authors
    assert read_capture(f"{HEADLINE}\n{line}\n{A}\n{B}\n").metadata.authors == ()


@pytest.mark.parametrize("credit", ["By Jane Roe", "3 January 2026", "Von Jana Rehm"])
def test_the_line_above_a_byline_or_a_day_is_the_title(credit: str) -> None:
    menu = "River rose: our pictures"  # more of its words come again than of the title's
    lines = [menu, "Sorrow and mud: a week in three acts", credit, menu, A, B]
    assert read_capture("\n".join(lines)).metadata.title == lines[1]


TEASERS = ("Trains ran late.", "A seal slept on the quay for two hours on Sunday and then left it.")


@pytest.mark.parametrize(
    ("texts", "is_list"),
    [
        (TEASERS * 3, True),
        ((*TEASERS, A, B, C), True),
        # Two paragraphs that follow one another, or one that is longer than teasers are.
        ((*TEASERS, f"{A}\n{B}", *TEASERS), False),
        ((*TEASERS, f"{A} {B} {C} {A}", *TEASERS), False),
    ],
)
def test_headlines_with_a_text_below_each_are_a_list(
    texts: tuple[str, ...], *, is_list: bool
) -> None:
    lines = [line for at, text in enumerate(texts) for line in (f"Headline {at} of the day", text)]
    assert (read_capture("\n".join(lines)).paragraphs == ()) is is_list


@pytest.mark.parametrize(
    ("text", "source"),
    [
        (
            f"The flood\nBy Jane Roe\nThe Example Herald, 3 January 2026\n\n{A}",
            "The Example Herald",
        ),
        (f"The flood\n\nNew Exampleville, 3 January 2026\n\n{A}", None),
        (f"The flood\n(NORDWIRE) {A}\nLegal Disclaimer:\nNordwire is not liable.", "Nordwire"),
    ],
)
def test_the_outlet_is_named_by_day_or_legal_line(text: str, source: str | None) -> None:
    assert read_capture(text).metadata.source == source


@pytest.mark.parametrize(
    "text",
    [
        "Sorry!!\nError! We're sorry, but the page you were looking for doesn't exist.",
        "403 Forbidden\nnginx",
        " date 2025-01-03 404\nSeite nicht gefunden\nDiese Seite existiert nicht.\n",
        "Oups\nLa page demandée est introuvable.",
        "申し訳ありません\nお探しのページは見つかりませんでした。",
        f"We value your privacy\n{CONSENT}\nAccept all\nReject all",
        "Home\nNews\nSport\nFlood hits the old town\nMayor resigns after vote\nBridge to open soon",
        "",
        "\n\n \n",
    ],
)
def test_what_holds_no_article_has_no_paragraphs(text: str) -> None:
    assert read_capture(text).paragraphs == ()


def test_headlines_with_teasers_are_no_article() -> None:
    teasers = "\n".join(
        f"Headline number {n} of the day\n{text}" for n, text in enumerate((A, B, C) * 2)
    )
    capture = read_capture(f"Home\nNews\n{teasers}")
    assert capture.paragraphs == ()
    assert capture.link_share > 0.2


@pytest.mark.parametrize(
    ("line", "source"),
    [
        ("© 2025 Example Times. All rights reserved.", "Example Times"),
        ("Copyright © 2024-2025 by The Port Mail | Imprint", "The Port Mail"),
        ("(c) Elbtal-Bote", "Elbtal-Bote"),
    ],
)
def test_source_is_who_owns_the_page(line: str, source: str) -> None:
    assert read_capture(f"The flood\n(AP) {A}\n{B}\n{line}").metadata.source == source


def test_source_is_the_agency_where_nobody_else_is_named() -> None:
    capture = read_capture(f"The flood\nLONDON (Reuters) - {A}\n{B}")
    assert capture.metadata.source == "Reuters"
    assert capture.paragraphs == (f"LONDON - {A}", B)


# Fetch lines.


@pytest.mark.parametrize(
    ("line", "fields"),
    [
        (" date 2026-01-03 403", {"day": "2026-01-03", "status": "403"}),
        (
            "2026-01-03T09:30:00Z https://example.org/a 200",
            {"day": "2026-01-03T09:30:00Z", "url": "https://example.org/a", "status": "200"},
        ),
        ("Fetched: 2026-01-03", {"fetched": "2026-01-03"}),
        ("HTTP/1.1 404 Not Found", {"status": "404"}),
        ("URL: https://example.org/a", {"url": "https://example.org/a"}),
        ("Source = Example Times", {"source": "Example Times"}),
        ("标题：港町", {"title": "港町"}),
        ("Published on: 3 January 2026", {"published": "3 January 2026"}),
        ("https://example.org/a", {"url": "https://example.org/a"}),
    ],
)
def test_fetch_lines(line: str, fields: dict[str, str]) -> None:
    found = read_fetch_lines([line, "Flood"])
    assert found.fields == fields
    assert found.rest == ("Flood",)


@pytest.mark.parametrize(
    "line",
    [
        "Breaking: flood in the old town",
        "2026: a year of floods",
        "Date night in the old town",
        "Mayor: we have no choice",
        "1953",
        "At 9:30 the bridge closed",
    ],
)
def test_titles_are_no_fetch_lines(line: str) -> None:
    assert read_fetch_lines([line, "Text"]).rest == (line, "Text")


def test_unknown_header_lines_belong_below_a_status_line() -> None:
    lines = ["HTTP/1.1 200 OK", "X-Cache: HIT", "", "Breaking: flood"]
    assert read_fetch_lines(lines).rest == ("", "Breaking: flood")


# Wrapped text.

WRAPPED = """\
The river rose by two metres on Friday and flooded the old town of Example, the
mayor said. Nobody was hurt, but forty families spent the night in the hall of
the school.
{gap}The bridge will stay closed for weeks while engineers look at both of its
pillars, which were built in the year of the last great flood, more than seventy
years ago."""


@pytest.mark.parametrize("gap", ["", "\n", "\n\n"])
def test_wrapped_lines_are_joined(gap: str) -> None:
    found = paragraph_lines(WRAPPED.format(gap=gap).splitlines())
    assert [paragraph.split()[-1] for paragraph in found] == ["school.", "ago."]


def test_wrapped_ideographs_are_joined_without_blanks() -> None:
    text = "市長は金曜日橋の修理のため来月から通行止めにすると発表した" * 4
    lines = [text[at : at + 30] for at in range(0, len(text), 30)]
    assert paragraph_lines(lines) == (text,)


@pytest.mark.parametrize(
    "lines",
    [
        [A * 3, "What now", B * 2, C],
        ["Home", "News", "Sport", "Flood hits the old town", "Mayor resigns after the vote"],
        ["Roses are red", "Violets are blue"],
    ],
)
def test_lines_that_are_not_wrapped_stay(lines: list[str]) -> None:
    assert paragraph_lines(lines) == tuple(lines)


@given(
    st.text()
    | st.lists(st.sampled_from([A, B, C, "Home", "(AP) -", "404", "Comments"])).map("\n".join)
)
@example("Title:\n\nx")
@example("\x00\ufeff\u2028(")
def test_no_text_makes_it_raise(text: str) -> None:
    capture = read_capture(text)
    assert all(paragraph.strip() for paragraph in capture.paragraphs)
    assert "\n" not in "".join(capture.paragraphs) + (capture.metadata.title or "")


def test_long_comments_below_an_article_are_not_taken_for_it() -> None:
    comment = f"{C} {B} {A}"
    capture = read_capture(
        f"{HEADLINE}\n{A}\n{B}\nComments\nmillpond\n{comment}\nGav_T\n{comment[:-40]}.\n"
    )
    assert capture.paragraphs == (A, B)


def test_a_capture_in_markdown_loses_its_marks() -> None:
    capture = read_capture(
        f"# {HEADLINE}\n\n*By Mara Ellison* | 3 May 2026\n\n![The bridge](a.jpg)\n\n"
        f"The **mayor** of [Exampleville](https://example.org/x) spoke on Friday. {A}\n\n"
        f"## A long night\n\n> {B}\n\n{C}\n"
    )
    assert capture.metadata.title == HEADLINE
    assert capture.metadata.authors == ("Mara Ellison",)
    assert capture.paragraphs == (
        f"The mayor of Exampleville spoke on Friday. {A}",
        "A long night",
        B,
        C,
    )


def test_stars_and_brackets_of_other_texts_stay() -> None:
    line = f"The *old* town [sic] was [closed](to all) by snake_case_names on Friday. {A}"
    assert read_capture(f"{HEADLINE}\n\n{line}\n\n{B}\n").paragraphs == (line, B)


def test_an_indented_line_begins_a_paragraph_of_wrapped_text() -> None:
    paragraphs = (f"{A} {B}", f"{B} {C}", f"{C} {A}")
    text = "\n".join(fill(paragraph, 60, initial_indent="   ") for paragraph in paragraphs)
    assert paragraph_lines(text.splitlines()) == paragraphs


@pytest.mark.parametrize("byline", ["", "By Mara Ellison\n3 May 2026\n"])
@pytest.mark.parametrize(
    "menu",
    [
        "Subscribe",
        "Contact",
        "About\nContact us\nSite map",
        "Subscribe | Contact | About",
        "Imprint - Contact",
        "Impressum\nDatenschutz",
    ],
)
def test_words_of_a_menu_above_an_article_do_not_name_the_page(menu: str, byline: str) -> None:
    capture = read_capture(
        f"{menu}\n\n{HEADLINE}\n{byline}\n{A}\n\n{B}\n\n{C}\nContact us today.\n"
    )
    assert capture.metadata.kind is None
    assert capture.metadata.title == HEADLINE


def test_a_word_of_a_menu_names_no_page_that_has_no_headline() -> None:
    assert read_capture(f"About\nLogin\nJoin\n\n{A}\n\n{B}\n\n{C}\n").metadata.kind is None


@pytest.mark.parametrize("window", ["Privacy policy | Example Times", "Contact us - Example Times"])
def test_the_title_of_its_window_names_a_page_about_the_site(window: str) -> None:
    name = window.split(" | ", maxsplit=1)[0].split(" - ", maxsplit=1)[0]
    capture = read_capture(f"{window}\n\nExample Times\n\n{name}\n\n{A}\n\n{B}\n")
    assert capture.metadata.kind == SITE_PAGE
