"""Mentions to persons: every mention counted for the one it names, the persons ranked.

Rule 1: Two full names are one person where the last words agree and the first ones do not
    differ, or where one ends or begins with the other ("García Márquez").
Rule 2: A single word is the person of that family name who was mentioned last, else the
    person of that given name.
Rule 3: In a headline any part of a name stands for the person; it names nobody new.
Rule 4: "Bill and Melinda Gates" are two of one family name.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from index.people.evidence import PAIR, Names, content
from index.people.lexicon import bare, may_be_given
from index.people.mentions import Mention

__all__ = ["resolve"]

LEAD_PARAGRAPHS = 2
TITLE_WEIGHT, LEAD_WEIGHT = 4, 2
# Persons compared with a name at the most, so that 10,000 Smiths take no square time.
MAX_RIVALS = 40


@dataclass(slots=True, eq=False)
class Person:
    """What is known of a person so far.

    Attributes:
        keys: The words that tell the person apart; the longest name seen.
        forms: How often the full name was printed in each form.
        weight: Mentions, those of headline and lead more.
        first: Number of the first mention.
        seen: Number of the last mention.
    """

    keys: tuple[str, ...]
    forms: Counter[str] = field(default_factory=Counter)
    weight: int = 0
    first: int = -1
    seen: int = -1

    @property
    def name(self) -> str:
        """The form to show: printed most often, better not in capitals, better longer."""
        return max(self.forms, key=lambda form: (not form.isupper(), self.forms[form], len(form)))


@dataclass(slots=True)
class Cast:
    """The persons of an article, found by the words of their names."""

    people: list[Person] = field(default_factory=list)
    by_word: defaultdict[str, list[Person]] = field(default_factory=lambda: defaultdict(list))

    def add(self, keys: tuple[str, ...]) -> Person:
        """Return the person of a full name, a new one if there is none."""
        keys = content(keys)
        person = self.full(keys)
        if person is None:
            person = Person(keys)
            self.people.append(person)
            known: Sequence[str] = ()
        elif len(keys) > len(person.keys):
            known, person.keys = person.keys, keys
        else:
            return person
        for key in dict.fromkeys(keys):
            if key not in known:
                self.by_word[key].append(person)
        return person

    def full(self, keys: tuple[str, ...]) -> Person | None:
        """Return the person whose full name agrees."""
        keys = content(keys)
        rivals = self.by_word.get(keys[-1], [])[:MAX_RIVALS]
        rivals += self.by_word.get(keys[0], [])[:MAX_RIVALS]
        return next((person for person in rivals if _agree(keys, person.keys)), None)

    def part(self, keys: tuple[str, ...]) -> Person | None:
        """Return the person of whose name these words are the end, or the beginning."""
        rivals = self.by_word.get(keys[-1], [])[:MAX_RIVALS]
        for at in (-1, 0):
            fitting = [person for person in rivals if person.keys[at] == keys[-1]]
            if fitting:
                return max(fitting, key=lambda person: person.seen)
        return None


def resolve(mentions: Sequence[Mention], names: Names, known: Sequence[str]) -> tuple[str, ...]:
    """Return the names of the persons, most prominent first.

    Args:
        mentions: All mentions in reading order.
        names: Which names of them are persons.
        known: Persons by the metadata that the text names; as printed there.
    """
    cast = Cast()
    full = frozenset(names.full)
    for name in known:
        cast.add(tuple(map(bare, name.split()))).forms[name] += len(mentions) + 1
    for keys in names.full:
        cast.add(keys)
    for key in names.single:
        if cast.part((key,)) is None:
            cast.add((key,))
    for number, mention in enumerate(mentions):
        following = mentions[number + 1] if number + 1 < len(mentions) else None
        for person in dict.fromkeys(_named(mention, following, cast, names)):
            person.weight += _weight(mention)
            person.first = number if person.first < 0 else person.first
            person.seen = number
            if mention.keys in full or len(person.keys) == 1:
                person.forms[" ".join(mention.words)] += 1
    shown = [person for person in cast.people if person.forms]
    shown.sort(key=lambda person: (-person.weight, person.first))
    return tuple(dict.fromkeys(person.name for person in shown))


def _named(
    mention: Mention, following: Mention | None, cast: Cast, names: Names
) -> Iterator[Person]:
    if mention.headline:
        parts = (cast.full(mention.keys), *(cast.part((key,)) for key in mention.keys))
        yield from filter(None, parts)
    elif not mention.is_single:
        person = None if mention.keys in names.things else cast.full(mention.keys)
        if person:
            yield person
    elif person := _spouse(mention, following, cast) or cast.part(mention.keys):
        yield person


def _spouse(mention: Mention, following: Mention | None, cast: Cast) -> Person | None:
    """Return the first of a couple that shares the family name behind the second."""
    if not (mention.linked and following and may_be_given(mention.keys[0])):
        return None
    family = content(following.keys)
    partner = None if mention.titled or len(family) != PAIR else cast.full(family)
    if partner is None or cast.part(mention.keys):
        return None
    person = cast.add((mention.keys[0], family[-1]))
    person.forms[f"{mention.words[0]} {following.words[-1]}"] += 1
    return person


def _agree(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Tell whether two full names can be one person's."""
    short, long = sorted((one, other), key=len)
    if len(short) < PAIR:
        return short == long
    if long[: len(short)] == short or long[-len(short) :] == short:
        return True
    if short[-1] != long[-1]:
        return False
    first, second = short[0], long[0]
    return first == second or (1 in {len(first), len(second)} and first[0] == second[0])


def _weight(mention: Mention) -> int:
    if mention.paragraph == 0:
        return TITLE_WEIGHT
    return LEAD_WEIGHT if mention.paragraph <= LEAD_PARAGRAPHS else 1
