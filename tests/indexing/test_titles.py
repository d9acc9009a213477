"""The vote among the places of a title, and what the address says about it."""

from __future__ import annotations

import pytest

from index.parse.head import Head
from index.parse.slugs import plain_letters, spelled_headline
from index.parse.titles import without_outlet
from index.parse.titlevote import choose_title

SITE = "https://www.example-times.org/"
FERRY = "Ferry sinks off Exampleville"
LATER = "Fourteen saved from the ferry, harbour master says"


def chosen(
    *h1s: str,
    og: str | None = None,
    linked: str | None = None,
    title: str | None = None,
    address: str | None = None,
    headline: str | None = None,
    twitter: str | None = None,
    outlets: tuple[str, ...] = ("Example Times", "example-times"),
) -> str | None:
    """Return the title of a page that has these texts in its places."""
    metas = {"og:title": og, "headline": headline, "twitter:title": twitter}
    head = Head(
        metas={name: [text] for name, text in metas.items() if text},
        title=title,
        canonical=address,
    )
    return choose_title(head, h1s, linked, outlets)


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        (SITE + "news/2026/ferry-sinks-off-exampleville.html", FERRY),
        (SITE + "news/ferry-sinks-off-exampleville-10453281", FERRY),
        (SITE + "a10453281/Ferry_sinks_off_Exampleville,UmX2qF?page=1#top", FERRY),
        ("/news/ferry-sinks-off-exampleville", FERRY),
        (SITE + "news/ferry-accident-off-exampleville", LATER),
        (SITE + "news/10453281", LATER),
        (SITE, LATER),
        (None, LATER),
    ],
)
def test_an_address_that_spells_the_json_ld_headline_decides(
    address: str | None, expected: str
) -> None:
    assert chosen(LATER, og=LATER, title=LATER, linked=FERRY, address=address) == expected


def test_a_headline_of_signs_is_none() -> None:
    assert chosen(LATER, linked="℠℠℠ ™", address=SITE + "sm-sm-sm-tm") == LATER


def test_an_address_that_spells_a_line_for_search_engines_does_not() -> None:
    found = chosen(LATER, og=FERRY, title=FERRY, address=SITE + "ferry-sinks-off-exampleville/")
    assert found == LATER


@pytest.mark.parametrize(
    ("linked", "title", "address", "expected"),
    [
        (None, LATER, "ferry-sinks-off-exampleville", LATER),
        (None, FERRY, "ferry-sinks-off-exampleville", LATER),
        (FERRY, FERRY, "ferry-sinks-off-exampleville", LATER),
        # Addresses leave short words out.
        (None, FERRY, "ferry-sinks-exampleville", LATER),
        # The title element has what og:title has: both are made for search engines.
        (FERRY, LATER, "ferry-sinks-off-exampleville", FERRY),
        (None, FERRY, "ferry-sinks-near-exampleville", FERRY),
        (None, FERRY, "1045328", FERRY),
    ],
)
def test_beside_a_heading_that_the_address_spells_a_line_was_written_by_hand(
    linked: str | None, title: str, address: str, expected: str
) -> None:
    found = chosen(FERRY, og=LATER, linked=linked, title=title, address=SITE + address)
    assert found == expected


@pytest.mark.parametrize(("twitter", "expected"), [(FERRY, LATER), (LATER, FERRY), (None, FERRY)])
def test_what_only_og_title_has_was_written_by_hand(twitter: str | None, expected: str) -> None:
    assert chosen(FERRY, og=LATER, linked=FERRY, title=FERRY, twitter=twitter) == expected


def test_a_headline_for_readers_confirms_the_heading_that_the_address_spells() -> None:
    address = SITE + "ferry-sinks-off-exampleville"
    assert chosen(FERRY, og=LATER, title=LATER, headline=FERRY, address=address) == FERRY


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("2013/08/ferry-sinks-off-exampleville/", FERRY),
        ("2013/08/ferry-accident-off-exampleville/", f"Blog Archive » {FERRY}"),
        ("?p=1045", f"Blog Archive » {FERRY}"),
    ],
)
def test_a_title_begins_where_the_address_spells_the_rest(address: str, expected: str) -> None:
    title = f"Example Times » Blog Archive » {FERRY}"
    assert chosen("Example Times", title=title, address=SITE + address) == expected


@pytest.mark.parametrize(
    ("heading", "og", "address", "expected"),
    [
        # The address stands in one of them as words among others.
        ("Seven Great Places to Swim", "7 Best Places to Swim", "best-places-to-swim", "og"),
        ("A Short Guide to Winter Swimming in Lund", "How We Swim in Winter",
         "guide-to-winter-swimming", "og"),
        # It is og:title, which then was made with it; it stands in both; it stands in none.
        ("A Bath That Is Easy to Find", "Best Places to Swim", "best-places-to-swim", "h1"),
        ("Ten Best Places to Swim", "7 Best Places to Swim in Lund", "best-places-to-swim", "h1"),
        ("Seven Great Places to Swim", "Swim in Lund This Summer", "best-places-to-swim", "h1"),
    ],
)  # fmt: skip
def test_an_address_within_one_of_heading_and_og_title_speaks_for_og_title(
    heading: str, og: str, address: str, expected: str
) -> None:
    found = chosen(heading, og=og, title=og, address=SITE + address)
    assert found == {"h1": heading, "og": og}[expected]


def test_an_address_may_be_cut_before_the_heading_ends() -> None:
    longer = f"{FERRY} in the night of the storm: harbour master says nobody was hurt"
    address = SITE + "-".join(longer.replace(":", "").lower().split()[:14])
    assert chosen(longer, og=LATER, title=longer, address=address) == LATER


def test_nothing_is_cut_off_that_the_address_spells() -> None:
    longer = FERRY + " - Live"
    texts = {"og": longer, "linked": longer, "title": longer + " | Example Times"}
    assert chosen(FERRY, address=SITE + "ferry-sinks-off-exampleville-live", **texts) == longer
    assert chosen(FERRY, address=SITE + "1045328", **texts) == FERRY


def test_a_headline_in_microdata_shows_where_others_end() -> None:
    longer = FERRY + "-Seaㅣ Example Times"
    assert chosen(og=longer, title=longer, headline=FERRY) == FERRY
    assert chosen(og=longer, title=longer) == FERRY + "-Sea"


@pytest.mark.parametrize(
    ("kicker", "address", "expected"),
    [
        ("The harbour: ", "ferry-sinks-off-exampleville", FERRY),
        ("The harbour: ", "ferry-sinks-near-exampleville-1045328", FERRY),
        ("«A miracle» – ", "ferry-sinks-near-exampleville", FERRY),
        ("Harbour ", "ferry-sinks-off-exampleville", FERRY),
        # The address has the words in front, or does not tell.
        ("The harbour: ", "harbour-ferry-sinks-off-exampleville", None),
        ("The harbour: ", "1045328", None),
        ("The harbour: ", "ferry", None),
        # No kicker, but the beginning of a sentence; words that addresses leave out.
        ("Sunday’s ", "ferry-sinks-near-exampleville", None),
        ("Why ", "ferry-sinks-off-exampleville", None),
    ],
)
def test_a_kicker_goes_when_another_place_and_the_address_have_none(
    kicker: str, address: str, expected: str | None
) -> None:
    longer = kicker + FERRY
    found = chosen(longer, linked=longer, title=longer, og=FERRY, address=SITE + address)
    assert found == (expected or longer)


def test_a_kicker_that_all_places_have_stays() -> None:
    longer = "The harbour: " + FERRY
    address = SITE + "ferry-sinks-off-exampleville"
    assert chosen(longer, linked=longer, og=longer, title=longer, address=address) == longer


@pytest.mark.parametrize(
    ("heading", "og", "expected"),
    [
        ("Storm in the north - " + FERRY, "Accident at sea: " + FERRY, FERRY),
        # One kicker that is said in two ways is a part of the headline; so is one of them.
        ("The storm in the north - " + FERRY, "Storm in the north: " + FERRY, None),
        ("Storm in the north - " + FERRY, FERRY, None),
        # Too short for a headline.
        ("Ferry sinks - Live", "Accident at sea: Live", None),
    ],
)
def test_what_stands_behind_two_kickers_is_the_headline(
    heading: str, og: str, expected: str | None
) -> None:
    assert chosen(heading, og=og, title=heading) == (expected or heading)


def test_the_heading_is_the_one_that_the_heavier_places_confirm() -> None:
    assert chosen("News", FERRY, og=FERRY, title="News - Example Times") == FERRY


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Ferry sinks | Example Times Online", "Ferry sinks"),
        ("Ferry sinks - News - Example Times", "Ferry sinks - News"),
        ("Example Times | Ferry sinks", "Ferry sinks"),
        ("Example Times » Archive » Ferry sinks", "Archive » Ferry sinks"),
        ("Ferry sinks | Example Times: news from the valley and the town", "Ferry sinks"),
        ("Ferry sinks | News | Example Times - all about the valley", "Ferry sinks | News"),
        # The outlet speaks of itself.
        ("Example Times: Ferry sinks", "Example Times: Ferry sinks"),
        (
            "Year in review: Example Times’ most read stories of spring",
            "Year in review: Example Times’ most read stories of spring",
        ),
    ],
)
def test_parts_that_name_the_outlet_go(title: str, expected: str) -> None:
    assert without_outlet(title, {"exampletimes"}, set()) == expected


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Größere Fähre für Köln", "groessere-faehre-fuer-koeln"),
        ("Größere Fähre für Köln", "grossere-fahre-fur-koln"),
        ("Größere Fähre für Köln", "gr%C3%B6%C3%9Fere-f%C3%A4hre-f%C3%BCr-k%C3%B6ln"),
        ("L’été à l’île d’Ex", "l-ete-a-lile-dex.php"),
        ("Færgen på øen sank", "faergen-pa-oen-sank"),
        ("Blue ferry sinks twice", "blue-ferry-sinks-twice-article24075843.html"),
        ("Ferry 2026: the plans", "ferry-2026-the-plans-b2651790"),
        ("Ferry sinks again", "a1234567,ferry-sinks-again.html"),
    ],
)
def test_an_address_spells_its_headline_in_plain_letters(text: str, slug: str) -> None:
    assert spelled_headline(f"{SITE}world/{slug}") == plain_letters(text)


@pytest.mark.parametrize("path", ["", "news", "news/ferry-sinks", "id/20260317-1045328-998877"])
def test_an_address_of_less_than_three_words_spells_nothing(path: str) -> None:
    assert not spelled_headline(SITE + path)
