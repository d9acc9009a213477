"""Who wrote it? Names only, in the order of the byline.

Strategy: the first place that names a person is taken whole: JSON-LD (right on .90 of the
pages that have it), meta tags (.67), marked elements, lines by the title. A text is cut
into parts at commas and the words for "and", the words for "by" come off its front, and
what is no name goes: roles, desks, addresses, accounts, dates, whole sentences.

Rule 1: beside a person, agencies and the outlet itself are dropped. Rule 2: an agency
that alone signs in structured data is kept, for it is who wrote the piece. Rule 3: text
that only looks like a byline must look like a name, too; structured data is believed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from urllib.parse import unquote

from index.parse.agencies import AGENCIES
from index.parse.head import Head
from index.parse.jsonld import LinkedData, names
from index.parse.marks import Mark
from index.parse.titles import folded

__all__ = ["clean_names", "declared_authors", "is_house", "line_authors", "marked_authors"]

META_NAMES = (
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
    "citation_author",
    "og:article:author",
    "twitter:creator:name",
)

BY = (
    r"(?:(?:written|posted|words|story|reported|reporting|reviewed|edited|report|review|"
    r"article|submitted|published|created|compiled|interview|photos?|analysis|comment)\s+)?by|"
    r"authors?|autor(?:en|in|es|a|ka|ul|zy)?|auteurs?|autore|autrice|författare|forfatter|skribent|"
    r"(?:ein\s+)?(?:(?:artikel|beitrag|bericht|erstellt|verfasst|geschrieben|interview|text)\s+)?von|vom|text|texte|texto|testo|tekst|teksti|"
    r"par|propos\s+recueillis\s+par|por|di|a\s+cura\s+di|da|door|av|af|från|fra|skrevet\s+av|"
    r"skriven\s+av|kirjoittanut|oleh|penulis|pewarta|reporter|journalist|interview|yazar|yazan|haber|"
    r"autorius|autors|írta|szerző|scris\s+de|de|του|της|από|автор|автори|от|від|текст|"
    r"بقلم|كتب|كتبت|نوشته|מאת|โดย|bởi|tác\s+giả|文・?|文／|取材|撰文|记者|記者|作者|글"
)
PREFIX = re.compile(rf"^\W{{0,3}}(?:{BY})(?:\s*[:：|/]\s*|\s+)", re.IGNORECASE)
AUTHOR_MARK = re.compile(r"author|byline|autor")
BYLINE_MARK = re.compile(r"(?:^|\s)author(?:\s|$)|byline|author-?name")
UNFIT_MARK = re.compile(r"image|avatar|photo|bio\b|social|desc|follow|form|quote|title|role|job")
BARE_BY = re.compile(BY, re.IGNORECASE)
BYLINE = re.compile(rf"^\W{{0,3}}(?:{BY})\s*[:：]?\s+(.{{3,120}})$", re.IGNORECASE)
NAME_AND_JOB = re.compile(
    r"((?:[^\W\d_][\w'’.-]{0,24}\s){1,3}[^\W\d_][\w'’.-]{0,24})\s?[,|–—]\s?"
    r"(?:[^\W\d_][\w'’-]{0,24}\s){0,4}(?:writer|correspondent|reporter|editor|columnist|critic|"
    r"journalist|redakteur(?:in)?|korrespondent(?:in)?|journaliste|correspondante?|periodista|"
    r"corresponsal|redactora?|giornalista|corrispondente|inviat[oa]|repórter|jornalista|"
    r"verslaggever|redacteur|reporterin)\b(?:\s?[,|•·–—].{0,80})?$",
    re.IGNORECASE,
)
LINES_OF_BYLINE = 4  # right under the headline; below, sentences name editors, too
SUFFIX = re.compile(r"\s*(?:기자|特派員|記者|记者|论説委員|編集委員|特派记者)(?:\s*외.*)?$")
SPLIT = re.compile(
    r"\s*(?:[,;|·•\n、，；／]|\s[/–—-]\s|\s&\s|\s\+\s|(?<=\w)/(?=\w))\s*|"
    r"\s+(?:and|und|et|y|e|och|og|en|ja|i|und|with|mit|avec|con|ve|dan|και|и|та|و)\s+"
)
FIRM = re.compile(
    r"\b(?:gmbh|inc|ltd|llc|e\.\s?v|corp|stiftung|foundation|institute?)\b", re.IGNORECASE
)
BRACKETED = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|<[^<>]*>")
INVERTED = re.compile(r"([^\W\d_][\w'’-]+),\s+([^\W\d_][\w'’.-]+)")
NO_NAME = re.compile(
    r"https?:|www\.|@|\[at\]|\.(?:com|org|net|de|fr|es|it|co|uk|info|html?)\b|[{}<>=#*?!\"“”/]|"
    r"\d|^\W*$",
    re.IGNORECASE,
)
ROLE = re.compile(
    r"\b(?:staff|editors?|editorial|reporters?|correspondents?|contributors?|contributing|"
    r"columnists?|writers?|freelance|desk|team|newsroom|bureau|admin|administrator|webmaster|"
    r"redaktion|redaktions?\w*|redakteur\w*|korrespondent\w*|reda[ck]ci[aóoón]\w*|redação|"
    r"redazione|rédaction|redactie|redaktionen|toimitus|szerkesztőség|redakce|redakcja|"
    r"journaliste?|periodista|giornalista|correspondant|corresponsal|enviado|chief|director|"
    r"professor|author|unknown|anonymous|guest|none|null|user|jobs|marketing|manager|founder|coordinator|owner|ceo|"
    r"no author|agencias?|agenzie|agences?|agenturen|wire|services?|sponsored|partner|updated|"
    r"published|min(?:ute)?s? read|comments?|share|follow|view|read|posts?|biography|profile|"
    r"редакция|редакція|корреспондент|журналист|編集部|特派員|编辑|責任編輯|责任编辑)\b",
    re.IGNORECASE,
)
PARTICLE_WORDS = """
    de da do dos das di del della der den van von zu zur of la le les el al bin ibn ben y e
    ter ten te af av du des lo st dela 't 'd
"""
PARTICLES = frozenset(PARTICLE_WORDS.split())
MAX_WORDS, MAX_CHARS, MAX_AUTHORS = 6, 60, 20


def declared_authors(linked: LinkedData, head: Head, outlets: Sequence[str]) -> tuple[str, ...]:
    """Return the authors that JSON-LD names, else those of the meta tags."""
    if found := clean_names(names(linked.objects("author", "creator")), outlets):
        return found
    for name in META_NAMES:
        if found := clean_names(head.values(name), outlets):
            return found
    return ()


def marked_authors(marks: Iterable[Mark], outlets: Sequence[str]) -> tuple[str, ...]:
    """Return the authors in the first element whose names say that it holds them."""
    known = [mark for mark in marks if AUTHOR_MARK.search(mark.names)]
    known = [mark for mark in known if not UNFIT_MARK.search(mark.names)]
    for mark in sorted(known, key=lambda mark: not BYLINE_MARK.search(mark.names)):
        if _names_in(mark.text, outlets) and not mark.is_elsewhere:
            return _with_siblings(mark, known, outlets)
    return ()


def _with_siblings(first: Mark, marks: Iterable[Mark], outlets: Sequence[str]) -> tuple[str, ...]:
    """Return the names in a mark and in those of the same names beside it."""
    beside = _around(first)
    found = [
        name
        for mark in marks
        if mark is first
        or (mark.names == first.names and _around(mark) & beside and not mark.is_elsewhere)
        for name in _names_in(mark.text, outlets)
    ]
    return tuple(dict.fromkeys(found))[:MAX_AUTHORS]


def _around(mark: Mark) -> set[int]:
    """Return which elements hold the mark: its parent and the parent's parent."""
    parent = mark.node.parent
    around = (parent, parent.parent if parent else None)
    return {node.mem_id for node in around if node is not None}


def line_authors(lines: Iterable[str], outlets: Sequence[str]) -> tuple[str, ...]:
    """Return the authors in the first line that starts with a word for "by".

    Else those in the first line that starts with a name and the work its bearer does:
    "Jane Roe, Football writer | 3 May 2026".
    """
    known = tuple(lines)
    signed = (byline[1] for line in known if (byline := BYLINE.match(line)))
    titled = (job[1] for line in known[:LINES_OF_BYLINE] if (job := NAME_AND_JOB.match(line)))
    for text in (*signed, *titled):
        found = _names_in(text, outlets)
        if found and len(found[0].split()) > 1:
            return found
    return ()


def _names_in(text: str, outlets: Sequence[str]) -> tuple[str, ...]:
    """Return the names that a visible byline starts with."""
    found: list[str] = []
    for line in text.splitlines():
        parts = clean_names([line], outlets)
        # A lone word behind a full name is the place that the author writes from.
        full = any(" " in name for name in (*found, *parts))
        found += [part for part in parts if _looks_like_name(part) and (" " in part or not full)]
        if found and not parts:
            break
    return tuple(dict.fromkeys(found))[:MAX_AUTHORS]


def _looks_like_name(text: str) -> bool:
    words = text.split()
    if not words or len(words) > MAX_WORDS - 1:
        return False
    return all(not word[0].islower() or word.lower() in PARTICLES or "'" in word for word in words)


def is_house(author: str, outlets: Sequence[str]) -> bool:
    """Return whether an author's name is that of an agency, the outlet or another firm."""
    name = folded(author)
    known = {folded(outlet) for outlet in outlets}
    return (
        name in AGENCIES
        or bool(FIRM.search(author))
        or any(outlet and (name in outlet or outlet in name) for outlet in known)
    )


def clean_names(values: Iterable[str], outlets: Sequence[str] = ()) -> tuple[str, ...]:
    """Return the names of authors in texts that name them.

    Args:
        values: Bylines or names, as pages write them.
        outlets: Names of the outlet; they are dropped beside a person.

    Example:
        >>> clean_names(["By Jane Roe and John Doe, Political Editor", "@news"])
        ('Jane Roe', 'John Doe')
    """
    by_key: dict[str, str] = {}
    for name in (name for value in values for name in _names(value)):
        by_key.setdefault(folded(name), name)
    unique = tuple(by_key.values())
    persons = tuple(name for name in unique if not is_house(name, outlets))
    return (persons or unique)[:MAX_AUTHORS]


def _names(value: str) -> list[str]:
    text = BRACKETED.sub(" ", unquote(value) if "%" in value else value).strip(" '\"\n")
    if inverted := INVERTED.fullmatch(text):
        text = f"{inverted[2]} {inverted[1]}"
    return [name for part in SPLIT.split(text) if part and (name := _name(part))]


def _name(part: str) -> str | None:
    for _ in range(3):
        part = PREFIX.sub("", part, count=1)
    part = SUFFIX.sub("", part).strip(" \t.:-–—_|,")
    if folded(part) in AGENCIES:
        return part
    if NO_NAME.search(part) or ROLE.search(part) or BARE_BY.fullmatch(part):
        return None
    if not 1 < len(part) <= MAX_CHARS or len(part.split()) > MAX_WORDS:
        return None
    if part.islower() and part.isascii() and " " not in part:  # the name of an account
        return None
    if part.isupper() and " " in part:
        part = part.title()
    return " ".join(part.split())
