"""Who wrote it? Names only, in the order of the byline.

Strategy: the first place that names a person is taken whole: JSON-LD (right on .90 of the
pages that have it), meta tags (.67) and the cards of social networks, marked elements,
lines by the title, a line that is signed anywhere. What a name is, `signatures` tells.

Rule 1: a place that names only the outlet or an agency waits for one that names a person.
Rule 2: what is only seen is doubted where others sign as well: of links to authors only
the first below the headline counts, of lines far from it only the one of its kind.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from index.parse.agencies import AGENCIES
from index.parse.head import Head
from index.parse.jsonld import LinkedData, names
from index.parse.marks import Mark
from index.parse.signatures import clean_names, is_by, is_desk, is_house, signed_names
from index.parse.signedlines import is_short
from index.parse.titles import folded

__all__ = ["declared_authors", "marked_authors"]

META_NAMES = (
    "citation_author",  # beside it, "author" may be those of the works that a paper cites
    "parsely-author",
    "sailthru.author",
    "byl",
    "author",
    "article:author",
    "article:author_name",
    "dc.creator",
    "dc.contributor",
    "dcterms.creator",
    "cxenseparse:author",
    "og:article:author",
    "twitter:creator:name",
)
# Names that are not listed, but say it: "article_author", "mrf:authors", "dable:author".
# "smartbanner:author" made an app.
AUTHOR_NAME = re.compile(
    r"(?:^|(?<!smartbanner)[.:#/_-])(?:article[._-]?)?(?:authors?|byline)(?:[._-]?(?:full)?names?)?$"
)
# Cards of social networks hold pairs of a label and its value: "Written by", "Jane Roe".
CARDS = (("twitter:label1", "twitter:data1"), ("twitter:label2", "twitter:data2"))
CARD = "twitter:misc:"
MAX_NAME_CHARS = 60

AUTHOR_MARK = re.compile(r"author|byline|autor|creator")
# A picture, a quotation or a biography has an author, too; what tells of the author stands behind
# the word, while "article-title__author" holds the name.
UNFIT_MARK = re.compile(
    r"image|avatar|photo|bio\b|social|follow|quote|role|job|testimonial|"
    r"(?:author|byline|autor|creator)[\w-]*(?:title|desc|form)|(?:^|\s)(?:title|desc\w*|form)(?:\s|$)"
)
# What names an author tells more than what holds the byline, which has dates and rubrics.
MARK_RANKS = (
    re.compile(r"(?:^|\s)author(?:\s|$)"),
    re.compile(r"byline|author-?name"),
    re.compile("author-page"),
)
LINK_RANK = 2
LINKED_MARK = re.compile(r"(?:^|\s)author.*author-page")
FIRST_IDEOGRAPH = "\u2e80"
ACCOUNT = re.compile(r"(?!.*admin)[\w-]{3,30}", re.IGNORECASE)

MAX_SIGNATURE_SPACE = 200  # with the blanks between tags


def declared_authors(linked: LinkedData, head: Head, outlets: Sequence[str]) -> tuple[str, ...]:
    """Return the authors in the first place that names a person; else in the first of all.

    The places are JSON-LD, meta tags, cards of social networks.
    """
    first: tuple[str, ...] = ()
    for values in _declarations(linked, head):
        found = clean_names(values, outlets, agencies_sign=True)
        if any(not is_house(name, outlets) for name in found):
            return found
        first = first or found or _own_names(values, outlets)
    return first


def _own_names(values: Iterable[str], outlets: Sequence[str]) -> tuple[str, ...]:
    """Return the first value that is the outlet's name or that of a desk of it."""
    own = {key for outlet in outlets if (key := folded(outlet))}
    for value in values:
        key = folded(value)
        is_own = key in own or (
            is_desk(value) and (any(map(key.startswith, own)) or is_short(value, outlets))
        )
        if is_own and len(value) <= MAX_NAME_CHARS:
            return (value,)
    return ()


def _declarations(linked: LinkedData, head: Head) -> Iterator[list[str]]:
    yield names(linked.objects("author", "creator"))
    yield from filter(None, map(head.values, META_NAMES))
    told = (name for name in head.metas if "author" in name or "byline" in name)
    yield from map(head.values, filter(AUTHOR_NAME.search, told))
    yield _card_authors(head)


def _card_authors(head: Head) -> list[str]:
    """Return the values that stand beside a label such as "Written by"."""
    pairs = [(head.first(label), head.first(data)) for label, data in CARDS]
    pairs += [(key.removeprefix(CARD), head.first(key)) for key in head.metas if CARD in key]
    return [value for label, value in pairs if label and value and is_by(label)]


def marked_authors(marks: Iterable[Mark], outlets: Sequence[str]) -> tuple[str, ...]:
    """Return the authors in the first element whose names say that it holds them."""
    known = [mark for mark in marks if AUTHOR_MARK.search(mark.names)]
    known = [mark for mark in known if not UNFIT_MARK.search(mark.names)]
    for mark in sorted(known, key=_rank):
        is_link = _rank(mark) == LINK_RANK
        if is_link and not (mark.after_title and mark.text and _is_apart(mark)):
            continue
        found = signed_names(_text(mark), outlets) or _account(mark, outlets)
        if (not found and not is_link) or mark.is_elsewhere:
            continue
        if is_link and not _is_full(found):
            return ()
        return _with_siblings(mark, known, outlets) or found
    return ()


def _text(mark: Mark) -> str:
    """Return the text of a mark; the parts of a link are those of one name."""
    return " ".join(mark.text.split()) if mark.node.tag == "a" else mark.text


def _rank(mark: Mark) -> int:
    ranks = (rank for rank, known in enumerate(MARK_RANKS) if known.search(mark.names))
    return next(ranks, len(MARK_RANKS))


def _is_apart(link: Mark) -> bool:
    """Return whether a link stands in a short line rather than within a paragraph."""
    around = link.node.parent
    return around is not None and len(around.text()) <= MAX_SIGNATURE_SPACE


def _is_full(found: Sequence[str]) -> bool:
    if not found:
        return False
    name = found[0]  # East Asian names are written without a blank
    return " " in name or name[0] >= FIRST_IDEOGRAPH or folded(name) in AGENCIES


def _account(mark: Mark, outlets: Sequence[str]) -> tuple[str, ...]:
    """Return the name of the account that a link to an author bears: blogs are signed so."""
    text = mark.text
    fits = LINKED_MARK.search(mark.names) and ACCOUNT.fullmatch(text) and not is_desk(text)
    return (text,) if fits and not is_house(text, outlets) else ()


def _with_siblings(first: Mark, marks: Iterable[Mark], outlets: Sequence[str]) -> tuple[str, ...]:
    """Return the names in a mark and in those of the same names beside it."""
    beside = _around(first)
    found = [
        name
        for mark in marks
        if mark is first
        or (mark.names == first.names and _around(mark) & beside and not mark.is_elsewhere)
        for name in signed_names(_text(mark), outlets)
    ]
    return clean_names(found, outlets)


def _around(mark: Mark) -> set[int]:
    """Return which elements hold the mark: its parent, and the parent's within one article."""
    parent = mark.node.parent
    outer = parent.parent if parent and parent.tag != "article" else None
    return {node.mem_id for node in (parent, outer) if node is not None}
