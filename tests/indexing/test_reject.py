from __future__ import annotations

from typing import TypedDict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.parse.reject import rejection
from index.parse.secondlook import SecondLook


class Evidence(TypedDict):
    kind: str | None
    status: int | None
    link_share: float
    has_date_or_author: bool


UNKNOWN = Evidence(kind=None, status=None, link_share=0.0, has_date_or_author=False)
PROSE = (
    "The harbour of Lund was closed on Monday after a barge lost its load in the channel, and "
    "divers expect to need two days to clear it, the port's rescue service said in a statement."
)
COOKIES = (
    "We and our 812 partners use cookies to store and access personal data on your device. "
    "With your consent, we use them for advertising, and our partners may do so too. You can "
    "accept all cookies or manage your privacy settings at any time."
)


@pytest.mark.parametrize(
    ("title", "paragraphs", "reason"),
    [
        ("403 Forbidden", ["You don't have permission to access this."], "error page (403 Forb"),
        ("Error 503", ["The service is unavailable."], "error page (503 Service Unavailable)"),
        ("500 Internal Server Error", ["nginx/1.18.0"], "error page (500 Internal Server"),
        ("HTTP 404", [], "page not found"),
        ("404 Not Found", ["nginx"], "page not found"),
        ("Page not found", ["The page you were looking for does not exist."], "page not found"),
        ("Seite nicht gefunden", ["Zur Startseite"], "page not found"),
        ("Page introuvable", ["Retour à l'accueil"], "page not found"),
        ("Página no encontrada", [], "page not found"),
        ("Sidan kunde inte hittas", [], "page not found"),
        ("Страница не найдена", [], "page not found"),
        ("お探しのページが見つかりません", [], "page not found"),
        ("Sorry!!", ["The page you were looking for doesn't exist."], "page not found"),
        ("Access Denied", ["Reference #18.2f"], "error page"),
        ("Zugriff verweigert", [], "error page"),
        ("Just a moment...", ["Checking your browser before you go on."], "check for robots"),
        ("example.org", ["Please enable JavaScript to continue."], "check for robots"),
        ("Before you continue", [COOKIES], "consent wall"),
        (
            "Ihre Zustimmung",
            ["Wir und unsere Partner verwenden Cookies, um Werbung anzuzeigen. Sie akzeptieren."],
            "consent wall",
        ),
        ("Log in", ["Forgot your password?", "Already have an account?"], "login wall"),
        ("Members", ["Please log in to continue reading your article."], "login wall"),
        ("The vote", ["This article is only for subscribers."], "subscription wall"),
        ("A title", [], "no article text found"),
        (None, ["Menu"], "no article text found"),
    ],
)
def test_a_page_that_is_no_article_is_rejected_with_its_reason(
    title: str | None, paragraphs: list[str], reason: str
) -> None:
    found = rejection(title=title, paragraphs=paragraphs, **UNKNOWN)
    assert found is not None
    assert found.startswith(reason)


@pytest.mark.parametrize(
    ("title", "paragraphs"),
    [
        ("Port closed", [PROSE]),
        (None, [PROSE]),
        ("Access denied: a year without an archive", [PROSE, PROSE, PROSE, PROSE]),
        ("Page not found, and other excuses", [PROSE, PROSE]),
        ("Minister wants fewer cookie banners", [PROSE, COOKIES, PROSE, PROSE]),
        ("410 people evacuated", ["410 people had to leave their homes on Friday."]),
        ("500 jobs go at mill", ["The mill will close in May, with 500 jobs lost."]),
        ("Summer", ["Children play in the fountain. Photo: Jane Roe"]),
        ("地震", ["十三日午後九時ごろ地震があった。けが人はいない。"]),
    ],
)
def test_an_article_is_not_rejected(title: str | None, paragraphs: list[str]) -> None:
    evidence = Evidence(kind="newsarticle", status=None, link_share=0.3, has_date_or_author=True)
    assert rejection(title=title, paragraphs=paragraphs, **evidence) is None


BIO = (
    "Mara Ellison is a reporter with the Example Times. She covers the harbour, the county courts "
    "and everything that swims. Before she came to us she worked for papers in Lund and Berg, and "
    "she has won the county press award for her series on the ferries."
)


@pytest.mark.parametrize(
    ("title", "kind", "text", "is_profile"),
    [
        ("Mara Ellison", None, BIO, True),
        ("Mara Ellison", None, "Mara Ellison, Redakteurin seit 2011, schreibt über Häfen.", True),
        ("Our team", "profilepage", BIO, True),
        # An article about a person, one that names a writer, one as long as articles are.
        ("Mara Ellison", None, "Mara Ellison swam the strait in nine hours on Monday.", False),
        ("Reporter saved from ferry", None, BIO, False),
        ("Mara Ellison", None, f"{BIO} {PROSE * 8}", False),
    ],
)
def test_a_text_about_somebody_who_writes_is_no_article(
    title: str, kind: str | None, text: str, *, is_profile: bool
) -> None:
    known = {**UNKNOWN, "kind": kind}
    found = rejection(title=title, paragraphs=[text], look=SecondLook, **known)
    assert found == ("profile of an author" if is_profile else None)
    dated = {**known, "has_date_or_author": True}
    assert rejection(title=title, paragraphs=[BIO], look=SecondLook, **dated) is None


@pytest.mark.parametrize(
    ("title", "kind", "reason"),
    [
        ("Privacy policy", None, "page about the site"),
        ("Impressum", "article", "page about the site"),
        ("Política de privacidad", "webpage", "page about the site"),
        ("Contact", "newsarticle", None),  # about the film
        ("Privacy policy torn up by ministers", None, None),
        ("Brass bell", "product", "page of a shop"),
        ("Brass bell", "product.item", "page of a shop"),
        ("Brass bell", "productreview", None),
    ],
)
def test_what_a_site_says_of_itself_or_sells_is_no_article(
    title: str, kind: str | None, reason: str | None
) -> None:
    known = {**UNKNOWN, "kind": kind}
    found = rejection(title=title, paragraphs=[PROSE, PROSE], look=SecondLook, **known)
    assert found == reason


def test_a_list_below_a_few_sentences_on_its_author_is_an_index() -> None:
    links = SecondLook(headlines=frozenset("abcd"))
    text = "Mara Ellison is our reporter for the harbour and the courts."
    seen = Evidence(kind=None, status=None, link_share=0.3, has_date_or_author=True)
    found = rejection(title="Mara Ellison", paragraphs=[text], look=lambda: links, **seen)
    assert found == "index page of headlines"


def test_a_thread_of_a_forum_is_no_check_for_robots() -> None:
    shown = ("JavaScript is disabled. Please enable JavaScript in your browser.",)
    reply = "You must log in or register to reply here."
    for lines, reason in ((shown, "check for robots"), ((*shown, reply), "forum thread")):
        look = SecondLook(lines=lines)
        found = rejection(title="Where is it?", paragraphs=[], look=lambda: look, **UNKNOWN)  # noqa: B023
        assert found is not None
        assert found.startswith(reason)


def test_a_status_counts_only_where_no_article_came_after_all() -> None:
    seen = Evidence(kind=None, status=403, link_share=0.0, has_date_or_author=False)
    assert rejection(title="Port closed", paragraphs=[PROSE], **seen) is None
    found = rejection(title="Sorry", paragraphs=["Try again later."], **seen)
    assert found == "error page (403 Forbidden)"


@pytest.mark.parametrize("paragraphs", [[], ["A short teaser of a story we ran."] * 6])
def test_mostly_links_and_no_running_text_is_an_index_of_headlines(paragraphs: list[str]) -> None:
    found = rejection(
        title="News",
        paragraphs=paragraphs,
        kind="website",
        status=None,
        link_share=0.8,
        has_date_or_author=False,
    )
    assert found == "index page of headlines"


def test_a_short_article_among_many_links_is_kept() -> None:
    found = rejection(
        title="Port closed",
        paragraphs=["The port is closed until Friday."],
        kind="newsarticle",
        status=None,
        link_share=0.9,
        has_date_or_author=True,
    )
    assert found is None


@given(
    title=st.none() | st.text(),
    paragraphs=st.lists(st.text()),
    kind=st.none() | st.text(),
    status=st.none() | st.integers(),
    link_share=st.floats(0, 1),
    has_date_or_author=st.booleans(),
)
def test_any_evidence_gets_an_answer_of_one_line(
    *,
    title: str | None,
    paragraphs: list[str],
    kind: str | None,
    status: int | None,
    link_share: float,
    has_date_or_author: bool,
) -> None:
    found = rejection(
        title=title,
        paragraphs=paragraphs,
        kind=kind,
        status=status,
        link_share=link_share,
        has_date_or_author=has_date_or_author,
    )
    assert found is None or (found and "\n" not in found)
