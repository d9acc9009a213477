"""Who signs in a line of the page? Lines by the headline, and one that is alone in its kind.

Strategy: a line that begins with a word for "by", in the languages of many sites, or with a name
and the work that its bearer does. What is only a word goes with the next line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from index.parse.dates import find_date
from index.parse.eastasian import KOREAN_REPORTERS, east_asian_authors, korean_author
from index.parse.outlets import abbreviates
from index.parse.signatures import BY, clean_names, is_by, is_house, signed_names
from index.parse.wordlists import AnyCase

__all__ = ["is_short", "line_authors", "lone_authors"]

MAX_NAME_CHARS = 60
# "ENT" of "ENT staff report", short for the Example News Times.
FIRST_WORD = re.compile(r"[^\W\d_a-z]{2,5}\b")
BYLINE = AnyCase(rf"^\W{{0,3}}(?:{BY})\s*[:：]?\s+(.{{3,120}})$")
MAX_BY_CHARS = 40  # of a line that is only a word for "by"
DIGIT = re.compile(r"\d")
MAX_DAY_CHARS = 34
# "3 March 2008 by Jane Roe": the day in front.
DATED_BYLINE = AnyCase(rf"^.{{0,30}}\d\S{{0,3}}\W{{1,3}}(?:{BY})\s+(.{{3,60}})$")
# Swahili: in capitals, for "na" is a common word in many languages.
SWAHILI_BYLINE = re.compile(r"N[aA] ([A-Z][A-Z.'’-]*(?: [A-Z][A-Z.'’-]*){1,3})")
REVISED = re.compile(r"\W{0,3}(?:reviewed|edited|photos?) by\b", re.IGNORECASE)
NAME_AND_JOB = AnyCase(
    r"((?:[^\W\d_][\w'’.-]{0,24}\s){1,3}[^\W\d_][\w'’.-]{0,24})\s?[,|–—]\s?"
    r"(?:[^\W\d_][\w'’-]{0,24}\s){0,4}(?:writer|correspondent|reporter|editor|columnist|critic|"
    r"journalist|redakteur(?:in)?|korrespondent(?:in)?|journaliste|correspondante?|periodista|"
    r"corresponsal|redactora?|giornalista|corrispondente|inviat[oa]|repórter|jornalista|"
    r"verslaggever|redacteur|reporterin)\b(?:\s?[,|•·–—].{0,80})?$"
)
LINES_OF_BYLINE = 4  # right under the headline; below, sentences name editors, too
# Words for "by" that also stand alone as rubrics, or within sentences between two links.
RUBRIC_WORDS = "text interview reporter journalist story report review de da di do от від 글"
RUBRICS = frozenset(RUBRIC_WORDS.split())
JOINT = re.compile(r",|&|/|and|und|et|y|e|och|og|en", re.IGNORECASE)
LABEL_ENDS = " \t·•|:：/-–—"
# First words of signed lines, as they are written at the beginning of a line.
SIGNER_WORDS = """
    By By: Written Posted Submitted Words Authored Article Author Author: Authors: Von Autor Autor:
    Autorin Autorin: Autorin/Autor Autoren: Ein Geschrieben Verfasst Par Publié Por Por: Publicado
    Escrito Di Scritto Av Af Skrevet Geplaatst Geschreven Auteur Auteur: Autore Autore: Автор Автор:
    Текст: بقلم بقلم:
"""
SIGNERS = frozenset(SIGNER_WORDS.split())
SIGNER_INITIALS = frozenset(word[0] for word in SIGNERS)
MAX_SIGNATURE = 80


def is_short(value: str, outlets: Iterable[str]) -> bool:
    """Return whether a text begins with a word that is short for the outlet's name."""
    word = FIRST_WORD.match(value)
    return word is not None and any(abbreviates(word[0], outlet) for outlet in outlets)


def line_authors(
    lines: Iterable[str], outlets: Sequence[str], *, within: int | None = None
) -> tuple[str, ...]:
    """Return the authors in the first line that starts with a word for "by".

    Else those in the first line that starts with a name and the work its bearer does:
    "Jane Roe, Football writer | 3 May 2026".

    Args:
        lines: Those by the headline.
        outlets: What the outlet is called.
        within: How many lines are looked at; None: all.
    """
    known = tuple(islice(_joined(tuple(lines)), within))
    behind_by = [(line, text) for line in known if (text := _signature(line))]
    # Who reviewed a text signs it only where nobody wrote it.
    signed = [text for _, text in sorted(behind_by, key=lambda pair: bool(REVISED.match(pair[0])))]
    titled = (_behind(NAME_AND_JOB, line) for line in known[:LINES_OF_BYLINE])
    for text in filter(None, (*signed, *titled)):
        found = signed_names(text, outlets)
        is_full = found and (" " in found[0] or is_short(found[0], outlets))
        if is_full and not is_house(found[0], outlets):
            return found
    return clean_names(east_asian_authors(known[:LINES_OF_BYLINE]), outlets)


def _signature(line: str) -> str | None:
    """Return what stands behind the word for "by" in a line."""
    if text := _behind(BYLINE, line):
        return text
    if swahili := SWAHILI_BYLINE.fullmatch(line):
        return swahili[1]
    if DIGIT.search(line, 0, MAX_DAY_CHARS) and (text := _behind(DATED_BYLINE, line)):
        return text if find_date(line[: -len(text)]) else None
    return None


def _behind(pattern: AnyCase, line: str) -> str | None:
    """Return what the group of a pattern has of a line, in its own case."""
    found = pattern.match(line)
    return line[slice(*found.span(1))] if found else None


def lone_authors(lines: Iterable[str], outlets: Sequence[str]) -> tuple[str, ...]:
    """Return the authors in the one line of the page that starts with a word for "by".

    Where several lines name several authors, they are those of other articles.
    """
    known = [*filter(None, map(str.strip, lines))]
    places = [
        at
        for at, line in enumerate(known)
        if line[0] in SIGNER_INITIALS and line.split(maxsplit=1)[0] in SIGNERS
    ]
    found = {
        signed
        for at in places
        for line in [next(_joined(known[at : at + LINES_OF_BYLINE]))]
        if len(line) <= MAX_SIGNATURE and (signed := line_authors([line], outlets))
    }
    text = "" if found else "\n".join(known)
    if any(word in text for word in KOREAN_REPORTERS):
        found = {(name,) for line in known for name in korean_author(line)}
    return found.pop() if len(found) == 1 else ()


def _joined(lines: Sequence[str]) -> Iterator[str]:
    """Yield lines; one that is only a word for "by" or "and" with those around it."""
    at = 0
    while at < len(lines):
        line = lines[at]
        if at + 1 < len(lines) and _waits(line):
            at += 1
            line = f"{line} {lines[at]}"
            while _goes_on(lines[at + 1 : at + 3]):
                line = f"{line} {lines[at + 1]} {lines[at + 2]}"
                at += 2
        yield line
        at += 1


def _goes_on(lines: Sequence[str]) -> bool:
    """Return whether two lines are a word for "and" and one that may be a name."""
    return len(lines) > 1 and bool(JOINT.fullmatch(lines[0])) and len(lines[1]) <= MAX_NAME_CHARS


def _waits(line: str) -> bool:
    """Return whether a line is only a word for "by", whose names come on the next."""
    word = line.strip(LABEL_ENDS)
    return len(word) <= MAX_BY_CHARS and word.lower() not in RUBRICS and is_by(word)
