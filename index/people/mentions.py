"""A name as it stands in a text."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from index.people.lists import PARTICLES, section, word_classes
from index.people.segments import CAPITALS, PADDING, PLAIN, Line
from index.people.tokens import Token
from index.text import fold, name_spelling

__all__ = [
    "HONORIFICS",
    "PAIR",
    "Mention",
    "distinct",
    "is_part",
    "name_keys",
    "named",
    "read_mention",
    "read_spouse",
]

HONORIFICS = section("honorific")
HONORIFICS_OF: dict[str | None, frozenset[str]] = {"fr": HONORIFICS | {"m", "mm"}}
ELISIONS = frozenset({"d'", "d’", "l'", "l’"})
LINKS = frozenset({"and", "&", "et", "y", "e", "und", "en", "i"})
SAINTS = frozenset({"st", "ste"})  # villages and churches are named after them
REGNAL, SUFFIXES = section("regnal"), section("suffix")
JUNIORS = frozenset({"jr", "sr"})  # by themselves nobody, as other suffixes are ("Xi")
ARABIC_ARTICLES = ("al-", "el-", "as-", "ar-", "an-", "ad-", "az-", "ash-", "at-")
MARKS = ".,'’-"
MAX_KEPT = 1 << 14  # names
PAIR = 2  # words: a given name and a family name
# Classes of words.
GIVEN, COMMON_GIVEN, RARE_GIVEN = frozenset("gG"), "G", frozenset("g")
FAMILY, PLACES = frozenset("sS"), frozenset("pP")
NAMES = GIVEN | FAMILY
QUOTES = "\"“”'‘’"


class Mention(NamedTuple):
    """A name in a line.

    Attributes:
        text: As printed, without title and possessive; capitals only at the front of words
            where the whole line is in capitals.
        keys: Its words as `name_keys` has them.
        line: Number of the line; 0 is the title.
        start: Its first code point in the line.
        end: One past its last.
        confidence: Probability that it names a person, in (0, 1].
        regnal: The title before it, where that is part of the name ("Pope"); else empty.
        headline: Every word of the line is capitalised, so that its form says little.
        linked: "and" and another capitalised word follow.
    """

    text: str
    keys: tuple[str, ...]
    line: int = 1
    start: int = 0
    end: int = 0
    confidence: float = 1.0
    regnal: str = ""
    headline: bool = False
    linked: bool = False

    @property
    def is_part(self) -> bool:
        """Whether it is a family name or a given name alone."""
        return is_part(self.keys)


@lru_cache(maxsize=MAX_KEPT)
def name_keys(words: tuple[str, ...]) -> tuple[str, ...]:
    """Return folded words of a name as they are compared: without nicknames and articles.

    Spellings of one name across alphabets are one.

    Example:
        >>> name_keys(("bashar", "al-assad")), name_keys(("edna", '"', "bo", '"', "lund"))
        (('bashar', 'assad'), ('edna', 'lund'))
        >>> name_keys(("kostanskiy",)) == name_keys(("kostanskyy",))
        True
    """
    keys = []
    quoted = False
    for word in words:
        if word in QUOTES:
            quoted = not quoted
        elif not quoted and word[:1].isalnum():
            has_article = word.startswith(ARABIC_ARTICLES)
            bare = word.partition("-")[2] if has_article else word.replace(".", "")
            keys.append(name_spelling(bare))
    return tuple(keys)


@lru_cache(maxsize=MAX_KEPT)
def is_part(keys: tuple[str, ...]) -> bool:
    """Tell a family name or a given name alone, by its words as `name_keys` has them.

    Example:
        >>> is_part(("quill",)), is_part(("de", "quill")), is_part(("ana", "quill"))
        (True, True, False)
    """
    if len(distinct(keys)) == 1:
        return True
    return keys[0] in PARTICLES and not _is_given_and_family(keys)


def _is_given_and_family(keys: tuple[str, ...]) -> bool:
    """Tell a name whose first word is a common given name as well as a particle: "Al Quill"."""
    given, family = word_classes(keys[0]), word_classes(keys[-1])
    return len(keys) == PAIR and COMMON_GIVEN in given and bool(FAMILY & {*family})


@lru_cache(maxsize=MAX_KEPT)
def distinct(keys: tuple[str, ...]) -> tuple[str, ...]:
    """Return the words that tell persons apart: no initials, no Jr., unless nothing is left.

    Example:
        >>> distinct(("donald", "j", "trump", "jr"))
        ('donald', 'trump')
    """
    keys = (*keys[:1], *(key for key in keys[1:] if key not in SUFFIXES))  # Xi is a name as well
    full = tuple(key for key in keys if len(key) > 1)
    return full if len(full) > 1 else keys


def named(text: str, line: int = 1, start: int = 0) -> Mention | None:
    """Return the mention that a printed name is; None: it has no word.

    Example:
        >>> named("Dr. Edna Lund").keys
        ('edna', 'lund')
    """
    words = text.split()
    while len(words) > 1 and fold(words[0]).rstrip(".") in HONORIFICS:
        words = words[1:]
    keys = name_keys(tuple(fold(word).strip(MARKS) for word in words))
    printed = " ".join(words)
    span = start, start + len(text)
    return Mention(printed, keys, line, *span) if keys else None


def read_spouse(
    line: Line, at: int, before: int, ends: Sequence[int], following: Mention
) -> Mention | None:
    """Return the first of a couple that the model has missed: a given name and "and" before a name.

    Some given names are common words as well: "Bill and Melinda Quill".

    Args:
        line: The line.
        at: Where the name begins.
        before: Where the name before that ends.
        ends: Where each token of the line ends in it.
        following: The name.
    """
    if at - 2 < max(before, PADDING) or line.tokens[at - 1].key not in LINKS:
        return None
    in_front, token, _, second = line.tokens[at - 3 : at + 1]
    is_couple = token.capital and _is_given(token) and GIVEN & {*second.classes}
    if not is_couple or len(distinct(following.keys)) != PAIR or _ends_name(in_front):
        return None
    end = ends[at - 2]
    return Mention(
        text=token.word,
        keys=(token.key,),
        line=following.line,
        start=end - len(token.printed),
        end=end,
        confidence=following.confidence,
        headline=following.headline,
        linked=True,
    )


def _is_given(token: Token) -> bool:
    """Tell a common given name that is no place, or a rare one that is nothing else."""
    classes = {*token.classes}
    return (COMMON_GIVEN in classes and not PLACES & classes) or classes == RARE_GIVEN


def _ends_name(token: Token) -> bool:
    """Tell a word behind which a given name is no first one."""
    return token.capital and not token.nobody and bool(NAMES & {*token.classes})


def _behind_office(tokens: Sequence[Token], first: int, last: int) -> int:
    """Return where a name begins behind what its bearer is in charge of.

    "Il presidente del Consiglio Carlo Brandelli", "le maire de Lyon Ana Ruiz".
    """
    if not tokens[first].particle and tokens[first].word[:2] not in ELISIONS:
        return first
    given = (at for at in range(first + 1, last - 1) if _is_given(tokens[at]))
    return next(given, first)


def read_mention(
    line: Line,
    number: int,
    tokens: tuple[int, int],
    ends: Sequence[int],
    confidence: float,
    *,
    language: str | None = None,
) -> Mention | None:
    """Return the mention that some tokens of a line are; None if they are but a title or "Jr.".

    Args:
        line: The line.
        number: Which one it is; 0 is the title.
        tokens: Half-open range of tokens.
        ends: Where each token of the line ends in it.
        confidence: Probability that they name a person.
        language: Primary subtag of BCP 47, where known.
    """
    honorifics = HONORIFICS_OF.get(language, HONORIFICS)
    first, last = tokens
    while first + 1 < last and line.tokens[first].key in honorifics:
        first += 1
    first = _behind_office(line.tokens, first, last)
    words = line.tokens[first:last]
    keys = name_keys(tuple([token.key for token in words]))
    if JUNIORS.issuperset(keys) or (words[0].key in honorifics and line.kind != PLAIN):
        return None
    before, behind = line.tokens[first - 1], line.tokens[last]
    if before.key in SAINTS or keys[0] in SAINTS:
        return None
    printed = "".join(line.pieces[first - PADDING : last - PADDING]).strip()
    start = ends[first] - len(words[0].printed)
    is_single = len(distinct(keys)) == 1
    return Mention(
        text=" ".join(token.word for token in words) if line.kind == CAPITALS else printed,
        keys=keys,
        line=number,
        start=start,
        end=start + len(printed),
        confidence=confidence,
        regnal=before.word if before.key in REGNAL and before.capital and is_single else "",
        headline=line.kind != PLAIN,
        linked=behind.key in LINKS and line.tokens[last + 1].capital,
    )
