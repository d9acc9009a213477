"""The persons of an article, by full name, most prominent first.

The story: lines that are not the story (bylines, credits) go; the model reads the names that
the others have (`tagger`); every name is resolved to a person (`resolve`); persons whom the
metadata knows and the text names are added.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from index.model import Article, Person
from index.people.bylines import author_keys, is_byline, without_credits, without_marks
from index.people.found_names import read_mention, read_spouse
from index.people.lists import section
from index.people.mentions import Mention, named
from index.people.plain import places_as_written, plain
from index.people.resolve import Individual, resolve
from index.people.segments import read_line
from index.people.tagger import shipped_tagger
from index.text import name_key

__all__ = ["find_people", "people_of", "read_people", "with_people"]

# About 30,000 words: no article is longer, and the time stays bounded for what is none.
MAX_CHARS = 200_000
MAX_KNOWN, MAX_KNOWN_CHARS = 200, 200
MAX_NAME_WORDS = 7
# A word alone that stands for no full name is more often a firm or a place; where all nouns have
# capitals, or the model has seen little of the language, nearly always.
SURE = 0.5  # that a full name is one
SURE_ALONE, SURE_ALONE_ELSEWHERE = 0.82, 0.97
SURE_ALONE_IN: dict[str | None, float] = {"de": 1.0}  # by the metadata only
SURE_IF_HINTED = 0.98
NOBODY = section("nobody")  # firms and places with the names of people
# Of other scripts with capitals, such as Cyrillic and Greek, the model has seen no text.
LATIN = re.compile("[a-z\u00df-\u024f\u1e00-\u1eff]")


def with_people(article: Article) -> Article:
    """Return the article with the persons of its text; `people` of the metadata are known ones."""
    known = tuple(filter(name_key, article.people))  # nobody's name is without a letter
    found = people_of(article)
    persons = {own.name: own for own in reversed(found)}  # of two with one name the first
    return replace(
        article,
        people=tuple(dict.fromkeys(own.name for own in found)) or tuple(dict.fromkeys(known)),
        persons=tuple(
            Person(name=own.name, mentions=len(own.mentions), confidence=round(own.confidence, 3))
            for own in reversed(persons.values())
        ),
    )


def people_of(parsed: Article) -> list[Individual]:
    """Return the persons of a parsed article with all places where they are named."""
    return read_people(
        parsed.title,
        parsed.paragraphs,
        known=tuple(filter(name_key, parsed.people)),
        hints=tuple(own.name for own in parsed.persons if own.mentions == 0),
        authors=parsed.authors,
        language=parsed.language,
    )


def find_people(
    title: str,
    paragraphs: Sequence[str],
    *,
    known: Sequence[str] = (),
    authors: Sequence[str] = (),
    language: str | None = None,
) -> tuple[str, ...]:
    """Return the full names of the persons in an article, most prominent first.

    Args:
        title: The headline.
        paragraphs: The text below it.
        known: Persons by the page's metadata: kept where the text has them, or all where
            it has nobody else.
        authors: Who wrote it: left out, unless the text itself speaks of them.
        language: Primary subtag of BCP 47, where known.

    Example:
        >>> find_people("Storm hits coast", ["Mayor Ana Ruiz, 51, said help was near."])
        ('Ana Ruiz',)
    """
    known = tuple(filter(name_key, known))  # nobody's name is without a letter
    people = read_people(title, paragraphs, known=known, authors=authors, language=language)
    names = dict.fromkeys(person.name for person in people)
    return tuple(names) or tuple(dict.fromkeys(known))


def read_people(
    title: str,
    paragraphs: Sequence[str],
    *,
    known: Sequence[str] = (),
    hints: Sequence[str] = (),
    authors: Sequence[str] = (),
    language: str | None = None,
) -> list[Individual]:
    """Return the persons in an article with all places where they are named.

    Args:
        title: The headline.
        paragraphs: The text below it.
        known: Persons by the page's metadata.
        hints: Full names that may be of persons, such as keywords of the page: they make a name
            that is found in the text surer, and complete a family name that is found alone.
        authors: Who wrote it.
        language: Primary subtag of BCP 47, where known.
    """
    lines = without_marks(list(_story_lines(title, paragraphs, authors)))
    names = [plain(name).strip() for name in known[:MAX_KNOWN] if len(name) <= MAX_KNOWN_CHARS]
    names = [name for name in names if named(name)]
    mentions = _united(list(_known_mentions(names, lines)), list(_mentions(lines, language)))
    hinted = [*_hinted(mentions, hints)]
    people = resolve(_surer(mentions, hinted), [*names, *hinted])
    people = [own for own in people if own.confidence >= _least_confidence(own, language)]
    return _as_written(people, [title, *paragraphs])


def _as_written(people: list[Individual], lines: Sequence[str]) -> list[Individual]:
    """Return the persons with places in the lines as they were given, not as they were read."""
    numbers = {mention.line for person in people for mention in person.mentions}
    places = {
        number: places_as_written(lines[number][:MAX_CHARS])
        for number in numbers
        if not lines[number].isascii() and plain(lines[number]) != lines[number]
    }
    if not places:
        return people
    for person in people:
        person.mentions = [
            own._replace(start=places[own.line][own.start], end=places[own.line][own.end])
            if own.line in places
            else own
            for own in person.mentions
        ]
    return people


def _least_confidence(person: Individual, language: str | None) -> float:
    """Return how sure a person must be in a language."""
    if language in {None, "en"}:
        return SURE_ALONE if len(person.keys) == 1 else SURE
    # Particles are prepositions as well there: "di Torino".
    is_alone = person.is_part and not any(mention.regnal for mention in person.mentions)
    return SURE_ALONE_IN.get(language, SURE_ALONE_ELSEWHERE) if is_alone else SURE


def _story_lines(
    title: str, paragraphs: Sequence[str], authors: Sequence[str]
) -> Iterator[tuple[int, str]]:
    """Yield number and text of the lines of the story, without bylines and credits."""
    keys = author_keys(authors)
    yield 0, plain(title[:MAX_CHARS])
    left = MAX_CHARS
    for number, paragraph in enumerate(paragraphs, 1):
        text = plain(paragraph[:left])
        left -= len(paragraph)
        if text and not is_byline(text, keys):
            yield number, without_credits(text)
        if left <= 0:
            return


def _mentions(lines: Sequence[tuple[int, str]], language: str | None) -> Iterator[Mention]:
    """Yield the names that stand in lines."""
    read = [read_line(text) for _, text in lines]
    for number, names in groupby(shipped_tagger().find(read), lambda found: found.line):
        line, ends, last = read[number], read[number].ends(), 0
        for found in names:
            if found.end - found.start > MAX_NAME_WORDS:
                continue
            tokens = found.start, found.end
            mention = read_mention(
                line, lines[number][0], tokens, ends, found.confidence, language=language
            )
            if mention and _may_be_person(" ".join(mention.keys)):
                spouse = read_spouse(line, found.start, last, ends, mention)
                if spouse:
                    yield spouse
                yield mention
            last = found.end


def _may_be_person(name: str) -> bool:
    """Tell a folded name that the model may be right about."""
    return name not in NOBODY and LATIN.search(name) is not None


def _known_mentions(names: Sequence[str], lines: Sequence[tuple[int, str]]) -> Iterator[Mention]:
    """Yield where the text has the names that the metadata gives, else their last words."""
    for name in names:
        for form in (name, name.split()[-1]):
            places = list(_places(form, lines))
            yield from filter(None, (named(form, number, start) for number, start in places))
            if places:
                break


def _places(form: str, lines: Sequence[tuple[int, str]]) -> Iterator[tuple[int, int]]:
    # Where words are not parted by blanks a name has letters around it.
    edge = r"\b" if form.isascii() else ""
    pattern = re.compile(f"{edge}{re.escape(form)}{edge}")
    for number, text in lines:
        if form in text:
            yield from ((number, match.start()) for match in pattern.finditer(text))


def _hinted(mentions: Sequence[Mention], hints: Sequence[str]) -> Iterator[str]:
    """Yield the hints that are names of the text: in full, or a family name that stands alone."""
    if not hints:
        return
    full = {mention.keys for mention in mentions if not mention.is_part}
    alone = {mention.keys for mention in mentions if mention.is_part}
    families = {keys[-1:] for keys in full}
    for hint in hints[:MAX_KNOWN]:
        name = named(hint) if len(hint) <= MAX_KNOWN_CHARS else None
        if name and (name.keys in full or name.keys[-1:] in alone - families):
            yield hint


def _surer(mentions: Sequence[Mention], hinted: Sequence[str]) -> Sequence[Mention]:
    """Return the mentions, those surer that are names which were hinted at."""
    if not hinted:
        return mentions
    names = [name.keys for name in map(named, hinted) if name]
    surer = {*names, *(keys[-1:] for keys in names)}
    return [
        own._replace(confidence=max(own.confidence, SURE_IF_HINTED)) if own.keys in surer else own
        for own in mentions
    ]


def _united(known: Sequence[Mention], found: Sequence[Mention]) -> list[Mention]:
    """Return all mentions in reading order; of two that overlap the known one, or the longer."""
    if not known:
        return list(found)
    mentions: list[Mention] = []
    rank = sorted([*known, *found], key=lambda own: (own.line, own.start, -own.end))
    for mention in rank:
        last = mentions[-1] if mentions else None
        if last and last.line == mention.line and mention.start < last.end:
            surer = max(last.confidence, mention.confidence)
            mentions[-1] = last._replace(confidence=surer)
        else:
            mentions.append(mention)
    return mentions
