"""Which names of the article are persons: signs for and against, added up.

Strategy: all mentions of a name vote together. A given name in front is the strongest
sign, then a title, an age or a role beside it, then the family name standing alone
elsewhere. A word of organisations and places is a veto. The numbers are weights of
signs: 3 is enough by itself, so two half signs or one whole sign make a person.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from index.people.lexicon import lexicon
from index.people.mentions import Mention

__all__ = ["PAIR", "Names", "content", "person_names"]

ENOUGH = 3.0
PAIR = 2  # words: a given name and a family name
MAX_INITIALS = 2  # letters: "J", "JD"
GIVEN, AMBIGUOUS_GIVEN, INSIDE_SENTENCE, SECOND_GIVEN = 4.0, 1.5, 2.0, 1.0
FIRST_INITIAL, INITIAL, PARTICLE, SUFFIX, FAMILY_ENDING = 1.0, 1.5, 1.0, 2.0, 1.0
STANDS_ALONE, ACTS_ALONE = 1.5, 1.0
LOWER_LAST, LOWER_ALL = -0.5, -1.5

# Endings that hardly any word has but family names: Slavic, Nordic, Caucasian, Greek, Iberian.
FAMILY = re.compile(
    r".{2,}(?:ovic|evic|ovich|evich|owicz|ewicz|owski|ewski|ovsky|evsky|inski|ynski|skaya|ova|enko|chuk|"
    r"sson|ssen|sdottir|escu|dze|shvili|yan|poulos|opoulou|idis|akis|oglu|zadeh|inho|[aeo]ndez|[iu]ez|"
    r"ngton|stein|berg|mann|hauser|meyer|ussi|ucci|elli|etti|otti|ini|ullah|wala|pour)|(?:mc|o')[a-z]{2,}"
)


@dataclass(frozen=True, slots=True)
class Names:
    """The persons' names of an article, as keys.

    Attributes:
        full: Names of two words and more, in the order of their first mention.
        single: Names of one word that have a title before them.
        things: What has a word of organisations, works and places in it.
    """

    full: tuple[tuple[str, ...], ...]
    single: tuple[str, ...]
    things: frozenset[tuple[str, ...]]


def person_names(
    mentions: Sequence[Mention], lower_words: frozenset[str], *, strict: bool
) -> Names:
    """Return the names that are persons by the evidence of the whole article.

    Args:
        mentions: All mentions of the article in reading order.
        lower_words: Words that the article has in lower case.
        strict: Nouns are capitalised in this language: capitals and repetition say less.
    """
    known = lexicon()
    groups: dict[tuple[str, ...], list[Mention]] = {}
    alone: dict[str, float] = defaultdict(float)
    for mention in mentions:
        if not mention.is_single:
            groups.setdefault(mention.keys, []).append(mention)
        elif not mention.headline:
            alone[mention.keys[-1]] = max(alone[mention.keys[-1]], 0.5 + mention.support)
    rivals = {content(keys)[-1] for keys in groups if content(keys)[0] in known.given}
    full = []
    for keys, group in groups.items():
        weight = _own_weight(keys, lower_words) + _context_weight(group)
        if keys[0] in known.ambiguous and keys[0] not in known.place and keys[0] not in lower_words:
            weight += INSIDE_SENTENCE * any(
                not (mention.opening or mention.headline) for mention in group
            )
        if weight > 0 and (content(keys)[0] in known.given or content(keys)[-1] not in rivals):
            weight += _alone_weight(alone.get(content(keys)[-1], 0.0)) * (0.5 if strict else 1.0)
        if weight >= ENOUGH and (_has_prose(group) or _is_entry(group[0])):
            full.append(keys)
    things = frozenset(keys for keys in groups if _is_thing(keys))
    return Names(tuple(full), _singles(mentions, lower_words), things)


def _has_prose(group: Sequence[Mention]) -> bool:
    return not all(mention.headline for mention in group)


def _is_entry(mention: Mention) -> bool:
    """Tell a name in a list or table from the words of a headline."""
    return (
        mention.paragraph > 0
        and len(content(mention.keys)) == PAIR
        and not mention.words[-1].isupper()
    )


def content(keys: Iterable[str]) -> tuple[str, ...]:
    """Return the words that tell persons apart: no initials, no Jr., unless nothing is left.

    Example:
        >>> content(("donald", "j", "trump", "jr"))
        ('donald', 'trump')
    """
    keys = tuple(keys)
    short = tuple(key for key in keys if len(key) > 1 and key not in lexicon().suffix)
    return short if len(short) > 1 else keys


def _own_weight(keys: tuple[str, ...], lower_words: frozenset[str]) -> float:
    """Weigh the words of the name themselves."""
    known = lexicon()
    words = [key for key in keys if key not in known.particle and key not in known.suffix]
    if len(words) < PAIR or _is_thing(keys):
        return float("-inf")
    first, last = words[0].split("-", 1)[0], words[-1]
    weight = GIVEN if first in known.given else AMBIGUOUS_GIVEN if first in known.ambiguous else 0.0
    weight += SECOND_GIVEN * any(word in known.given for word in words[1:])
    weight += INITIAL * any(
        len(word.strip("-")) <= MAX_INITIALS and word not in known.given for word in words[:-1]
    )
    weight += FIRST_INITIAL * (len(first) == 1)
    weight += PARTICLE * any(key in known.particle for key in keys[1:-1]) + SUFFIX * (
        keys[-1] in known.suffix
    )
    weight += FAMILY_ENDING * bool(FAMILY.fullmatch(last))
    if all(word in lower_words for word in words):
        return weight + LOWER_ALL
    return weight + LOWER_LAST * (last in lower_words)


def _is_thing(keys: tuple[str, ...]) -> bool:
    """Tell whether a word of organisations and places stands in the name."""
    known = lexicon()
    words = [key for key in keys if key not in known.particle and key not in known.suffix] or keys
    phrase = " ".join(keys)
    if phrase in known.nobody or any(
        " ".join(keys[at : at + 2]) in known.nobody for at in range(len(keys))
    ):
        return True
    if any(word in known.thing or word in known.place for word in words[1:-1]):
        return True
    first, last = words[0], words[-1]
    named = first in known.given
    if first in known.thing or (first in known.place and first not in known.ambiguous):
        return True
    if last in known.thing:
        return not (named and len(words) == PAIR and last in known.surname)
    return last in known.place and not named


def _context_weight(group: Sequence[Mention]) -> float:
    """Return the best sign for, and the average of the signs against."""
    supports = [mention.support for mention in group]
    return max(0.0, *supports) + sum(min(0.0, support) for support in supports) / len(supports)


def _alone_weight(best: float) -> float:
    """Weigh how the family name stands alone elsewhere: not at all, somehow, as a person."""
    return (STANDS_ALONE if best > 0 else 0.0) + (ACTS_ALONE if best > 1 else 0.0)


def _singles(mentions: Sequence[Mention], lower_words: frozenset[str]) -> tuple[str, ...]:
    """Return the family names that have a title before them."""
    singles = (
        mention.keys[-1]
        for mention in mentions
        if mention.is_single and mention.titled and not mention.headline
    )
    return tuple(key for key in dict.fromkeys(singles) if _may_stand_alone(key, lower_words))


def _may_stand_alone(key: str, lower_words: frozenset[str]) -> bool:
    known = lexicon()
    if len(key) == 1 or key in lower_words or key in known.given or key in known.suffix:
        return False
    return not any(key in words for words in (known.thing, known.place, known.stop, known.title))
