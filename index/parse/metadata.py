"""What a page says about its article: title, day, authors, source and the rest.

Strategy: one pass gathers the tags (head.py), JSON-LD is read (jsonld.py), and each
field has its own module that chooses. Where tags are silent about day or authors, a
second pass looks at elements whose names say that they hold them, then at the lines by
the title (marks.py). Which source wins:

    title      vote of h1, JSON-LD headline, og:title, other meta tags, title
    published  article:published_time, JSON-LD, other meta tags, address, a day set off in the
               title, marks, lines; at last what tags say that mean another day as often
    authors    JSON-LD, meta tags, cards, marked elements, lines, a name with its picture, a line
               alone in its kind; the first that names a person
    source     og:site_name, JSON-LD publisher or website, publisher tags, microdata,
               titles, feeds, links to the front page, the host's own spelling, names of apps,
               host; account and copyright where there is no host
    language   html lang, JSON-LD, og:locale, content-language, else the text; a
               declaration that the text contradicts loses
    url        canonical, og:url, JSON-LD, the address it was fetched from
    section    article:section, JSON-LD, marked elements, breadcrumb
    access     JSON-LD isAccessibleForFree, microdata, content tier
    people     JSON-LD about and mentions of type Person, nothing else
    keywords   those that are written as names are: hints for who is in the text
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from html import unescape
from typing import TYPE_CHECKING, Any

from index.parse.access import declared_access
from index.parse.addresses import canonical_url
from index.parse.bylines import declared_authors, marked_authors
from index.parse.dates import is_plausible
from index.parse.head import Head, one_line
from index.parse.hosts import host_name
from index.parse.jsonld import LinkedData, read_linked_data, text_of, types_of
from index.parse.keywords import names_among_keywords
from index.parse.language import language_tag, settle_language
from index.parse.mastheads import front_page_headings
from index.parse.outlets import headline_in_lines
from index.parse.pictured import pictured_authors
from index.parse.published import (
    declared_dates,
    doubted_dates,
    local_day,
    may_be_next_day,
    seen_day,
)
from index.parse.publisher import outlet_names, publisher_name
from index.parse.sections import declared_section, shown_section
from index.parse.seendates import line_date, mark_date, shown_change
from index.parse.signatures import is_house
from index.parse.signedlines import line_authors, lone_authors
from index.parse.sitepages import PRODUCT, is_product_for_sale
from index.parse.threads import FORUM_PROGRAM, THREAD
from index.parse.titles import folded, headlines
from index.parse.titlevote import choose_title
from index.parse.visible import Visible
from index.parse.vocabularies import marked_headline
from index.parse.wordlists import words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date, datetime

    from selectolax.lexbor import LexborHTMLParser

    from index.model import Access
    from index.parse.document import Document

__all__ = ["Metadata", "read_metadata"]

MAX_PEOPLE = 50
# Below the headline, where a line with a word for "by" is right more often than any mark.
SIGNED_LINES = 6
# Where English is written and the day stands before the month.
ENGLISH_COUNTRIES = words("uk au nz ie in za ng ke gh tz ug zm zw pk bd lk sg my hk mt jm tt")


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """What a page says about its article; None or empty: it does not say.

    Attributes:
        title: Headline on one line, without the outlet's name.
        published: Local day at the publisher, with time and zone where the page tells.
        source: Publisher's name as people say it, else a readable form of the host.
        authors: Names in the order of the byline.
        language: Primary subtag in lower case.
        url: Canonical address.
        section: The rubric it ran under, as printed.
        access: Who may read it where it was published.
        people: Persons that JSON-LD says the article is about or mentions.
        keywords: Keywords that may be names of persons.
        kind: JSON-LD type of the article or the list of articles, else og:type, else JSON-LD
            type of the page, in lower case.
        article_body: JSON-LD articleBody.
    """

    title: str | None = None
    published: date | datetime | None = None
    source: str | None = None
    authors: tuple[str, ...] = ()
    language: str | None = None
    url: str | None = None
    section: str | None = None
    access: Access | None = None
    people: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    kind: str | None = None
    article_body: str | None = None

    def with_told(self, told: Metadata) -> Metadata:
        """Return what both say; where they differ, what was told from elsewhere."""
        known = {item.name: getattr(told, item.name) for item in fields(told)}
        return replace(self, **{name: value for name, value in known.items() if value})


def read_metadata(
    document: Document, url: str | None = None, today: date | None = None
) -> Metadata:
    """Return what a page says about its article.

    Args:
        document: The page; it is not altered.
        url: Where the page was fetched from, where known.
        today: The day to call today, when dates in the future are refused; for tests.
    """
    tree, head = document.tree, document.head
    visible = Visible(tree)
    mastheads = front_page_headings(head, url)
    shown = [text for text in headlines(head) if text not in mastheads]
    known = [text for text in (head.first("og:title"), head.title, *shown) if text]
    linked = read_linked_data(head.scripts, (url, head.canonical, head.first("og:url")), known)
    address = canonical_url(head, url, (linked.article.get("url"), linked.get("mainEntityOfPage")))
    headline = text_of(linked.get("headline"))
    h1s = shown
    if not headline and (headline := _marked_headline(tree, head, shown)):
        h1s = [headline]
    others = [text for text in (*h1s, headline, head.first("og:title")) if text]
    is_unknown = not h1s and not headline and not _is_og_title_in_title(head)
    if is_unknown and (line := headline_in_lines(head.title, visible.lines, mastheads)):
        h1s, others = [line], [line, *others]
    outlets = outlet_names(tree, head, linked, others, address or url, mastheads=mastheads)
    title = choose_title(head, h1s, headline, outlets)
    visible.titles = tuple(filter(None, (title, *shown)))
    locale = _locale(head, linked)
    order = _order_of_days(locale, host_name(address or url))
    dates = declared_dates(head, linked, (address, url), order)
    language = _language(tree, head, locale, title)
    return Metadata(
        title=title,
        published=_published(dates, doubted_dates(head, linked, order), visible, order, today),
        source=publisher_name(outlets, address or url),
        authors=_authors(head, linked, outlets, visible),
        language=language,
        url=address,
        section=declared_section(head, linked) or shown_section(tree, title, language),
        access=declared_access(head, linked),
        people=_people(linked),
        keywords=names_among_keywords(head, linked),
        kind=_kind(head, linked),
        article_body=_article_body(linked.article.get("articleBody")) or _live_posts(linked),
    )


def _marked_headline(tree: LexborHTMLParser, head: Head, shown: list[str]) -> str | None:
    """Return the headline that is marked, where no h1 or og:title is confirmed by another place."""
    og, title = folded(head.first("og:title") or ""), folded(head.title or "")
    keys = {key for h1 in shown if (key := folded(h1))}
    # What is all of the title may be the outlet's name.
    if og in keys or any(key and key in title for key in {*keys, og} - {title}):
        return None
    marked = marked_headline(tree, (head.first("og:title"), head.title))
    return marked if marked and folded(marked) not in keys else None


def _is_og_title_in_title(head: Head) -> bool:
    """Return whether the title is og:title with something in front or behind."""
    og, title = folded(head.first("og:title") or ""), folded(head.title or "")
    return og != title and og in title and bool(og)


def _published(
    declared: Iterable[date | datetime],
    doubted: Iterable[date | datetime],
    visible: Visible,
    locale: str | None,
    today: date | None,
) -> date | datetime | None:
    dates = (moment for moment in declared if is_plausible(moment, today))
    if (first := next(dates, None)) is not None:
        published = local_day(first, dates)
        if may_be_next_day(published):
            return seen_day(published, mark_date(visible.marks, locale, today))
        return published
    if seen := mark_date(visible.marks, locale, today) or line_date(visible.near, locale, today):
        return seen
    known = next((moment for moment in doubted if is_plausible(moment, today)), None)
    return known or shown_change(visible.near, locale, today)


def _authors(
    head: Head, linked: LinkedData, outlets: tuple[str, ...], visible: Visible
) -> tuple[str, ...]:
    places: tuple[Callable[[], tuple[str, ...]], ...] = (
        lambda: declared_authors(linked, head, outlets),
        lambda: line_authors(visible.below, outlets, within=SIGNED_LINES),
        lambda: marked_authors(visible.author_marks, outlets),
        lambda: line_authors(visible.near, outlets),
        lambda: pictured_authors(visible.tree, visible.above, visible.below, outlets),
        lambda: lone_authors(visible.lines, outlets),
    )
    house: tuple[str, ...] = ()
    for place in places:
        found = place()
        if any(not is_house(name, outlets) for name in found):
            return found
        house = house or found
    return house


def _locale(head: Head, linked: LinkedData) -> str | None:
    """Return the language tag that the page declares, such as "en-us"."""
    offers = (
        head.language,
        text_of(linked.get("inLanguage")),
        head.first("og:locale"),
        head.first("content-language", "language", "dc.language", "dcterms.language"),
    )
    tags = [
        offer.strip().replace("_", "-").lower() for offer in offers if offer and language_tag(offer)
    ]
    return max(
        tags, key=lambda tag: (language_tag(tag) == language_tag(tags[0]), "-" in tag), default=None
    )


def _order_of_days(locale: str | None, host: str | None) -> str | None:
    """Return the language tag by which 03/04/2026 is read.

    English without a country, or with the country that systems set by themselves, is that of the
    country that the host is in.
    """
    country = (host or "").rpartition(".")[2]
    own = country in ENGLISH_COUNTRIES and locale in {None, "en", "en-us"}
    return f"en-{country}" if own else locale


def _language(
    tree: LexborHTMLParser, head: Head, locale: str | None, title: str | None
) -> str | None:
    texts = [title or "", head.first("og:description", "description") or ""]
    if locale is None:
        texts += [node.text() for node in tree.css("p")[:30]]
    return settle_language(language_tag(locale), "\n".join(texts))


def _people(linked: LinkedData) -> tuple[str, ...]:
    people = [
        text_of(item)
        for key in ("about", "mentions")
        for item in linked.objects(key)
        if "person" in types_of(item)
    ]
    return tuple({folded(name): name for name in people if name}.values())[:MAX_PEOPLE]


def _kind(head: Head, linked: LinkedData) -> str | None:
    told = (linked.listing, head.first("og:type"), *types_of(linked.page))
    program = head.first("generator") or ""
    forum = THREAD if FORUM_PROGRAM.match(program) else None
    offers = (*types_of(linked.article), forum, *told)
    kinds = (kind for offer in offers if offer and (kind := one_line(offer).lower()))
    found = next(kinds, None)
    is_plain = found in {None, "website", "webpage", "itempage"}
    return PRODUCT if is_plain and is_product_for_sale(linked.nodes) else found


def _live_posts(linked: LinkedData) -> str | None:
    """Return the posts of a live blog, each below its headline, in order."""
    posts = [post for post in linked.objects("liveBlogUpdate") if isinstance(post, dict)]
    texts = [post.get(key) for post in posts for key in ("headline", "articleBody")]
    return _article_body([text for text in texts if isinstance(text, str)])


def _article_body(value: Any) -> str | None:
    if isinstance(value, list):
        value = "\n".join(item for item in value if isinstance(item, str))
    text = unescape(value) if isinstance(value, str) else ""
    return text.encode("utf-8", "replace").decode().replace("\0", "").strip() or None
