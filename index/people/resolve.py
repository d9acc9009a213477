"""Mentions to persons: every mention counted for the one it names, the persons ranked.

Rule 1: Two full names are one person where the last words agree and the first ones do not
    differ, or where one ends or begins with the other ("García Márquez").
Rule 2: A part of a name is the person of that family name who was mentioned last, else the
    person of that given name, else of that word in between ("Lula"). Where nobody has it, it is
    a name by itself ("Pelé").
Rule 3: "Bill and Melinda Gates" are two of one family name.
Rule 4: Shown is the longest form, with the accents it has, printed most often.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from index.people.lists import PARTICLES
from index.people.mentions import PAIR, Mention, distinct, is_part, named

__all__ = ["Individual", "resolve"]

LEAD_LINES = 2
TITLE_WEIGHT, LEAD_WEIGHT = 4, 2
# Persons compared with a name at the most, so that 10,000 Smiths take no square time.
MAX_RIVALS = 40


@dataclass(slots=True, eq=False)
class Individual:
    """A person of an article.

    Attributes:
        keys: The words that tell the person apart; the longest name seen.
        mentions: Where the person is named, in reading order.
        forms: How often the longest name was printed in each form.
        first: Number of the first mention of the article that names the person.
        seen: Number of the last one so far.
    """

    keys: tuple[str, ...]
    mentions: list[Mention] = field(default_factory=list)
    forms: defaultdict[str, int] = field(default_factory=lambda: defaultdict(int))
    first: int = -1
    seen: int = -1

    @property
    def name(self) -> str:
        """The form to show."""
        forms = self.forms or Counter(_form(mention) for mention in self.mentions)
        return max(forms, key=lambda form: (*_length(form.split()), forms[form], form))

    @property
    def confidence(self) -> float:
        """Probability that it is a person: that of the mention that is surest."""
        return max(mention.confidence for mention in self.mentions)

    @property
    def is_part(self) -> bool:
        """Whether no full name of the person is known, see `Mention.is_part`."""
        return is_part(self.keys)

    @property
    def weight(self) -> int:
        """Mentions, those in headline and lead more."""
        return sum(map(_weight, self.mentions))


def resolve(mentions: Sequence[Mention], known: Sequence[str] = ()) -> list[Individual]:
    """Return the persons whom the mentions of an article name, most prominent first.

    Args:
        mentions: In reading order.
        known: Names that persons of the article have.
    """
    cast = _Cast()
    for name in known:
        cast.know(name)
    full = {
        number: cast.add(mention) for number, mention in enumerate(mentions) if not mention.is_part
    }
    _add_spouses(mentions, cast)
    for number, mention in enumerate(mentions):
        person = full.get(number) or cast.part(mention) or cast.add(mention)
        if not person.mentions:
            person.first = number
        person.mentions.append(mention)
        person.seen = number
    people = [person for person in cast.people if person.mentions]
    people.sort(key=lambda person: (-person.weight, person.first))
    return people


class _Cast:
    """The persons of an article, found by the words of their names."""

    def __init__(self) -> None:
        self.people: list[Individual] = []
        self.by_word: defaultdict[str, list[Individual]] = defaultdict(list)

    def add(self, mention: Mention) -> Individual:
        """Return the person of a full name, a new one if there is none."""
        keys = distinct(mention.keys)
        person = self.full(keys)
        if person is None:
            person = self.new(keys)
        elif _length(keys) > _length(person.keys):
            self._know(person, [key for key in keys if key not in person.keys])
            person.keys = keys
        if len(keys) == len(person.keys):
            person.forms[_form(mention)] += 1
        return person

    def know(self, name: str) -> None:
        """Add a person of that name."""
        mention = named(name)
        if mention:
            self.new(distinct(mention.keys)).forms[mention.text] += 1

    def new(self, keys: tuple[str, ...]) -> Individual:
        """Return a new person of that name."""
        person = Individual(keys)
        self.people.append(person)
        self._know(person, keys)
        return person

    def full(self, keys: tuple[str, ...]) -> Individual | None:
        """Return the person whose full name agrees."""
        rivals = self.by_word[keys[-1]][:MAX_RIVALS] + self.by_word[keys[0]][:MAX_RIVALS]
        return next((person for person in rivals if _agree(keys, person.keys)), None)

    def part(self, mention: Mention) -> Individual | None:
        """Return the person of whose name a mention is the end, the beginning or another part."""
        keys = [key for key in mention.keys if key not in PARTICLES] or list(mention.keys)
        word = distinct(tuple(keys))[-1]
        rivals = self.by_word[word][:MAX_RIVALS]
        for place in (-1, 0, None):
            fitting = [own for own in rivals if place is None or own.keys[place] == word]
            if fitting:
                return max(fitting, key=lambda person: person.seen)
        return None

    def _know(self, person: Individual, keys: Sequence[str]) -> None:
        for key in dict.fromkeys(keys):
            self.by_word[key].append(person)


def _add_spouses(mentions: Sequence[Mention], cast: _Cast) -> None:
    """Give the first of a couple the family name that stands behind the second."""
    for mention, following in pairwise(mentions):
        near = mention.linked and mention.line == following.line
        if not near or len(mention.keys) > 1 or mention.regnal:
            continue
        family = distinct(following.keys)
        if len(family) != PAIR or following.is_part or cast.part(mention):
            continue
        person = cast.new((mention.keys[0], family[-1]))
        person.forms[f"{mention.text} {following.text.split()[-1]}"] += 1


def _agree(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Tell whether two full names can be one person's."""
    if one == other:
        return True
    short, long = sorted((one, other), key=len)
    if len(short) < PAIR:
        return short == long
    if long[: len(short)] == short or long[-len(short) :] == short:
        return True
    if short[-1] != long[-1]:
        return False
    first, second = short[0], long[0]
    if first == second or (1 in {len(first), len(second)} and first[0] == second[0]):
        return True
    return len(short) < len(long) and all(key in long for key in short)


def _length(words: Sequence[str]) -> tuple[int, int]:
    """Return how many words a name has, and how many of them are no initials."""
    return len(words), sum(len(word.rstrip(".")) > 1 for word in words)


def _form(mention: Mention) -> str:
    return f"{mention.regnal} {mention.text}" if mention.regnal else mention.text


def _weight(mention: Mention) -> int:
    if mention.line == 0:
        return TITLE_WEIGHT
    return LEAD_WEIGHT if mention.line <= LEAD_LINES else 1
