"""Under which rubric did it run? The section, as printed.

Strategy: the first place that names one: article:section, JSON-LD, other meta tags, the
breadcrumb of JSON-LD; then, only where these are silent, what is seen: elements that
microdata and microformats mark, and the breadcrumb above the headline, of which the last
name is the rubric unless it is the article itself.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from index.parse.head import one_line
from index.parse.jsonld import LinkedData, text_of, types_of
from index.parse.titles import folded

if TYPE_CHECKING:
    from collections.abc import Iterable

    from selectolax.lexbor import LexborHTMLParser, LexborNode

    from index.parse.head import Head

__all__ = ["HOME", "declared_section", "shown_section"]

META_NAMES = ("parsely-section", "cxenseparse:section", "dc.subject.section", "articlesection")
MAX_CHARS = 60
CRUMBS = 3  # home, rubric, the article itself
# Names of classes for a breadcrumb in the languages of web designers. A part of a name costs two
# passes over the tree, so that other languages than English are asked for on their own pages.
QUERY = '[itemprop~="articleSection" i],[id*="crumb" i],[class*="crumb" i],.p-category{}'
CRUMBS_IN = {"de": "brotkrum", "fr": "ariane", "ja": "topicpath"}
QUERIES = {language: QUERY.format(f',[class*="{name}" i]') for language, name in CRUMBS_IN.items()}
QUERY_OF_ANY = QUERY.format("".join(f',[class*="{name}" i]' for name in CRUMBS_IN.values()))
MAX_NODES = 20
MAX_TRAIL_CHARS = 400
MAX_CRUMB_CHARS = 40  # a longer name is the headline, which is often shortened here
CRUMB_MARKS = " \t>»›/|→·•:«‹<-–—＞"
HEADLINE_START = 12  # letters
# What the front page is called in links to it.
HOME_WORDS = """
    home homepage frontpage mainpage startseite start accueil inicio início portada homepagina
    voorpagina forside forsiden framside forsíða startsida hem etusivu avaleht sākums pradžia
    stronagłówna domů domov titulnístrana početna naslovna naslovnica főoldal kezdőlap acasă
    начало главная головна αρχική αρχικήσελίδα anasayfa başsayfa trangchủ beranda lamanutama
    首页 首頁 トップ ホーム トップページ 홈 الرئيسية ראשי דףהבית خانه صفحهاصلی होम หน้าแรก
    back zurück retour volver voltar indietro terug tilbake tillbaka назад
"""
HOME = frozenset(map(folded, HOME_WORDS.split()))


def declared_section(head: Head, linked: LinkedData) -> str | None:
    """Return the section that the page's tags and JSON-LD name."""
    return _first(
        (
            *head.values("article:section"),
            text_of(linked.article.get("articleSection")),
            *head.values(*META_NAMES),
            _linked_crumb(linked),
        )
    )


def shown_section(tree: LexborHTMLParser, title: str | None, language: str | None) -> str | None:
    """Return the section that is seen on the page.

    Args:
        tree: The parsed page; it is not altered.
        title: The article's title, which ends many breadcrumbs.
        language: That of the page, where known.
    """
    query = QUERIES.get(language, QUERY.format("")) if language else QUERY_OF_ANY
    nodes = tree.css(query)[:MAX_NODES]
    marked = (_text(node) for node in nodes if _is_marked(node))
    trails = (_crumb(node, title or "") for node in nodes if not _is_marked(node))
    return _first(marked) or _first(trails)


def _first(offers: Iterable[str | None]) -> str | None:
    fit = (offer for offer in offers if offer and len(offer) <= MAX_CHARS and "://" not in offer)
    return next(fit, None)


def _linked_crumb(linked: LinkedData) -> str | None:
    """Return the last but one name of the breadcrumb, the first ("Home") left out."""
    for node in linked.nodes:
        items = node.get("itemListElement")
        if "breadcrumblist" in types_of(node) and isinstance(items, list):
            names = [_linked_name(item) for item in items]
            return names[-2] if len(names) >= CRUMBS else None
    return None


def _linked_name(item: Any) -> str | None:
    return text_of(item) or (text_of(item.get("item")) if isinstance(item, dict) else None)


def _is_marked(node: LexborNode) -> bool:
    attributes = node.attributes
    names = f"{attributes.get('itemprop') or ''} {attributes.get('class') or ''}".lower().split()
    return "articlesection" in names or "p-category" in names


def _text(node: LexborNode) -> str:
    return one_line(node.attributes.get("content") or node.text())


def _crumb(node: LexborNode, title: str) -> str | None:
    """Return the last name of a visible breadcrumb that is neither home nor the article."""
    text = node.text(separator="\n")
    if len(text) > MAX_TRAIL_CHARS:
        return None
    lines = (one_line(line).strip(CRUMB_MARKS) for line in re.split(r"[\n>»›]", text))
    names = [line for line in lines if line][1:]
    fit = [name for name in names if _is_rubric(name, folded(title))]
    return fit[-1] if fit else None


def _is_rubric(name: str, title: str) -> bool:
    """Whether a name is neither home, nor the headline or a part of it, nor of a script."""
    letters = folded(name)
    if not letters or letters in HOME or len(name) > MAX_CRUMB_CHARS or "(" in name:
        return False
    return len(letters) < HEADLINE_START or letters[:HEADLINE_START] not in title
