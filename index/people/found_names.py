"""A name that the model found, as the mention that it is: without titles, both of a couple."""

from __future__ import annotations

from collections.abc import Sequence

from index.people.lists import section, word_classes
from index.people.mentions import HONORIFICS, PAIR, Mention, distinct, name_keys
from index.people.segments import CAPITALS, PADDING, PLAIN, Line
from index.people.tokens import Token

__all__ = ["read_mention", "read_spouse"]

HONORIFICS_OF: dict[str | None, frozenset[str]] = {"fr": HONORIFICS | {"m", "mm"}}
REGNAL = section("regnal")
JUNIORS = frozenset({"jr", "sr"})  # by themselves nobody, as other suffixes are ("Xi")
SAINTS = frozenset({"st", "ste"})  # villages and churches are named after them
CAPITAL_NOUNS = frozenset({"de"})  # of languages: only by its given name a name is told from nouns
ELISIONS, ELIDED = frozenset({"d'", "d’", "l'", "l’"}), 2
LINKS = frozenset({"and", "&", "et", "y", "e", "und", "en", "i"})
# Classes of words.
GIVEN, COMMON_GIVEN, RARE_GIVEN = frozenset("gG"), "G", frozenset("g")
NAMES, PLACES, TITLE = frozenset("gGsS"), frozenset("pP"), "t"


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
    if language in CAPITAL_NOUNS:
        first = _behind_nouns(line.tokens, first, last)
    words = line.tokens[first:last]
    if not words:
        return None
    elided = _elision(words)
    keys = name_keys((words[0].key[elided:], *[token.key for token in words[1:]]))
    if JUNIORS.issuperset(keys) or (words[0].key in honorifics and line.kind != PLAIN):
        return None
    before, behind = line.tokens[first - 1], line.tokens[last]
    if words[-1].key in honorifics and behind.capital and not behind.nobody:
        return None  # "Crown Prince" before a name
    if before.key in SAINTS or keys[0] in SAINTS:
        return None
    printed = "".join(line.pieces[first - PADDING : last - PADDING]).strip()[elided:]
    start = ends[first] - len(words[0].printed) + elided
    shown = " ".join([own.word for own in words])[elided:] if line.kind == CAPITALS else printed
    is_single = len(distinct(keys)) == 1
    return Mention(
        text=" ".join(shown.split()),
        keys=keys,
        line=number,
        start=start,
        end=start + len(printed),
        confidence=confidence,
        regnal=before.word if before.key in REGNAL and before.capital and is_single else "",
        headline=line.kind != PLAIN,
        linked=behind.key in LINKS and line.tokens[last + 1].capital,
    )


def _behind_office(tokens: Sequence[Token], first: int, last: int) -> int:
    """Return where a name begins behind what the person is or is in charge of.

    "Ayatollah Ali Khomar", "il presidente del Consiglio Carlo Brandelli", "maire de Lyon Ana Ruiz".
    """
    while first + PAIR < last and _is_title(tokens[first]):
        first += 1
    if not tokens[first].particle and tokens[first].word[:2] not in ELISIONS:
        return first
    given = (at for at in range(first + 1, last - 1) if _is_given(tokens[at]))
    return next(given, first)


def _behind_nouns(tokens: Sequence[Token], first: int, last: int) -> int:
    """Return where a full name begins, by its given name or initials; its end: it has none."""
    if last - first < PAIR or tokens[first].particle:
        return first
    for at in range(first, last - 1):
        given = tokens[at].key.partition("-")[0]  # of "Anne-Marie"
        if GIVEN & {*word_classes(given)} or "." in tokens[at].word:
            return at
    return last


def _elision(words: Sequence[Token]) -> int:
    """Return how many letters stand before a given name in its token: "d'Ana Ruiz"."""
    word = words[0].word
    is_elided = word[:ELIDED] in ELISIONS and len(words) > 1
    return ELIDED if is_elided and GIVEN & {*word_classes(words[0].key[ELIDED:])} else 0


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


def _is_title(token: Token) -> bool:
    """Tell a title that is no name."""
    classes = {*token.classes}
    return TITLE in classes and not NAMES & classes


def _is_given(token: Token) -> bool:
    """Tell a common given name that is no place, or a rare one that is nothing else."""
    classes = {*token.classes}
    return (COMMON_GIVEN in classes and not PLACES & classes) or classes == RARE_GIVEN


def _ends_name(token: Token) -> bool:
    """Tell a word behind which a given name is no first one."""
    return token.capital and not token.nobody and bool(NAMES & {*token.classes})
