"""The dateline atop a news text: place, day and the agency that sent it.

    LONDON, Jan 3 (Reuters) - The minister ...    ->  LONDON, Jan 3 - The minister ...
    (EXAMPLE) The minister ...                    ->  The minister ...
    【共同】首相は...                               ->  首相は...

Strategy: a tag is what stands in brackets at the very start, or behind a place and before
a dash. It goes if it names an agency: one of the world's wire services, a name the caller
knows the page by, a word in capitals, or a short name before a sentence. The place and the
day stay, they are news. "(Corrected) The", "(2) The" and "Meyer (CDU) - the" are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from index.parse.agencies import AGENCIES
from index.parse.titles import folded

__all__ = ["dateline_tag", "without_dateline_tag"]


# Datelines are short, and text beyond need not be looked at.
DATELINE_CHARS = 200
MAX_TAGS = 3
MAX_NAME_WORDS = 5
MAX_TAG_WORDS = 3
RUNNING_WORDS = 6
MIN_ACRONYM_LETTERS = 3  # "(EU)" and "(CO2)" are no agencies

BRACKETED = r"[(\[【［（](?P<tag>[^()\[\]【】［］（）\n]{2,60})[)\]】］）]"
DASH = r"\s*(?:[.:]?\s*(?:--|[-–—−=_])|[.:])\s*"  # "(EFE).- ", "(AP) — ", "기자 = "
AT_START = re.compile(rf"\s*{BRACKETED}(?P<dash>{DASH})?\s*")
BEHIND_PLACE = re.compile(
    rf"\s*(?P<place>[^\W\d_][^()\[\]【】（）.!?;:\n]{{1,60}}?)(?P<stop>[.,]?)\s*{BRACKETED}(?P<dash>{DASH})"
)
SLASHED = re.compile(
    r"\s*(?P<place>[^\W\d_][^()/.!?;:\n]{1,60}?)(?P<stop>[.,]?)\s*/(?P<tag>[^/\n]{2,30})/(?P<dash>[.\s–—-]*)"
)
DASHED = re.compile(r"\s*(?P<tag>[^\W\d_][^()\n–—-]{1,30}?)\s+(?:--|[-–—])\s+")
# 新华社北京1月3日电 ..., 中央社台北3日電: service, place and day in one, closed by "wired".
CHINESE_WIRE = re.compile(
    r"\s*[（(]?(?P<tag>新华社|新華社|中新社|中新网|中央社)[^，。\n]{0,30}?[电電][）)]?[:：]?\s*"
)
# МОСКВА, 3 янв — РИА Новости. ...
BEHIND_DASH = re.compile(
    r"\s*(?P<place>[^\W\d_][^()/.!?;:\n–—-]{1,60}?)\s+[-–—]\s+(?P<tag>[^.,\n–—-]{2,30})[.,]\s+"
)
PLACE_AND_AGENCY = re.compile(r"[^=\s]{1,20}=[^=\s]{2,20}")  # as in Korea and Japan
# What editors put in brackets before a text and is no agency: "(Updated)", "(Exclusive)".
NOTE = re.compile(
    r"(?:correct|updat|add|recast|repeat|refile|clarif|exclusive|opinion|analysis|comment|photo|"
    r"video|image|file|archiv|representat|illustrat|graphic|advert|sponsor|live|breaking|more|"
    r"editor|note|part|chapter|spoiler|warning|monday|tuesday|wednesday|thursday|friday|"
    r"saturday|sunday|left|right|above|below|aktualis|symbol|foto|bild|anzeige|kommentar)",
    re.IGNORECASE,
)
SPLIT_TAG = re.compile(r"\s+[-–—/|]\s+|[/=|]")


def dateline_tag(paragraph: str, outlets: Iterable[str] = ()) -> str | None:
    """Return the agency that the dateline at the start of a paragraph names, as written.

    Args:
        paragraph: The first paragraph of a text.
        outlets: Names that count as agencies whatever they look like, such as the
            publisher of the page.

    Example:
        >>> dateline_tag("LONDON (Reuters) - Rain.")
        'Reuters'
    """
    names = _folded(outlets)
    found = _find(paragraph, names)
    if found is None:
        return None
    parts = _parts(found["tag"])
    # "(서울=연합뉴스)" has the place in front.
    usual = parts[1] if "=" in found["tag"] else parts[0]
    return next((part for part in parts if _is_known(part, names)), usual)


def without_dateline_tag(paragraph: str, outlets: Iterable[str] = ()) -> str:
    """Return the paragraph without the agency in its dateline; place and day stay.

    Args:
        paragraph: The first paragraph of a text.
        outlets: As for `dateline_tag`.

    Example:
        >>> without_dateline_tag("LONDON (Reuters) - Rain.")
        'LONDON - Rain.'
    """
    names, rest = _folded(outlets), paragraph
    # An outlet's tag may be followed by another one: "(EXAMPLE) LONDON (Reuters) - ...".
    for _ in range(MAX_TAGS):
        found = _find(rest, names)
        if found is None or found.end() == len(rest):
            break
        rest = rest[found.end() :]
        if place := found.groupdict().get("place"):
            return f"{place} - {rest}"
    return rest


def _folded(outlets: Iterable[str]) -> frozenset[str]:
    return frozenset(name.casefold() for name in outlets)


def _find(paragraph: str, names: frozenset[str]) -> re.Match[str] | None:
    start = paragraph[:DATELINE_CHARS]
    if found := CHINESE_WIRE.match(start):
        return found
    if (found := AT_START.match(start)) and _opens_with_agency(found, start, names):
        return found
    for pattern in (BEHIND_PLACE, SLASHED):
        if (found := pattern.match(start)) and (
            _names_agency(found["tag"], names)
            or (_is_dateline(found["place"]) and _has_acronym(found["tag"]))
            or (found["place"].isupper() and _opens_sentence(found, start))
        ):
            return found
    for pattern in (DASHED, BEHIND_DASH):
        if (found := pattern.match(start)) and _is_known(found["tag"].strip(), names):
            return found
    return None


def _opens_with_agency(found: re.Match[str], start: str, names: frozenset[str]) -> bool:
    """Whether a bracket at the very start is an agency's, by its name or by its look."""
    tag, dash, rest = found["tag"], found["dash"], start[found.end() :]
    if _names_agency(tag, names) or PLACE_AND_AGENCY.fullmatch(tag):
        return True
    # "(HIV) is a virus": a tag stands before a sentence, not inside one.
    if start.lstrip()[:1] not in "(（" or rest[:1].islower():
        return False
    return (
        _has_acronym(tag)
        or (bool(dash) and len(tag.split()) > 1 and _is_name(tag, MAX_NAME_WORDS))
        or _opens_sentence(found, start)
    )


def _opens_sentence(found: re.Match[str], start: str) -> bool:
    """Whether a tag is a short name, no note of the editors, before running text."""
    tag, dash, rest = found["tag"], found["dash"], start[found.end() :]
    return (
        _is_name(tag, MAX_TAG_WORDS)
        and not NOTE.match(tag)
        and not (dash and not dash.strip(" .:"))
        and len(rest.split()) >= RUNNING_WORDS
        and rest.lstrip("\"'“‘«„")[:1].isupper()
    )


def _is_name(tag: str, most_words: int) -> bool:
    words = tag.split()
    return 0 < len(words) <= most_words and all(map(_is_capitalised, words))


def _names_agency(tag: str, names: frozenset[str]) -> bool:
    return any(_is_known(part, names) for part in _parts(tag))


def _parts(tag: str) -> tuple[str, ...]:
    parts = [part.strip() for part in SPLIT_TAG.split(tag)]
    # "[東京 3日 ロイター]": place, day and agency in one bracket.
    return (*parts, tag.strip(), *tag.split()[-1:])


def _is_known(name: str, names: frozenset[str]) -> bool:
    return folded(name) in AGENCIES or name.casefold() in names


def _has_acronym(tag: str) -> bool:
    """Whether a part of the tag is a word in capitals, such as agencies sign with."""
    return any(
        len(part) >= MIN_ACRONYM_LETTERS and part.isupper() and part.replace(" ", "").isalpha()
        for part in _parts(tag)
    )


def _is_capitalised(word: str) -> bool:
    return word.isalnum() and word[0].isupper()


def _is_dateline(place: str) -> bool:
    """Whether the words before a tag are a place in capitals, or a place and a day."""
    return place.isupper() or any(map(str.isdigit, place))
