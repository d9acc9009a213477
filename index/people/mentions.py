"""Text to mentions: runs of capitalised words that may name somebody, with their signs.

Strategy: one expression finds segments of capitalised words, with the particles that join
them (van der, bin, de la). A segment is cut where no name goes on: at a word that is in no
name, behind a possessive, at an acronym. Titles are taken off the front. What is left is a
mention, and what stands around it speaks for a person or against one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from index.people.context import begins_sentence, is_title, weigh_context
from index.people.lexicon import bare, lexicon, may_be_given

__all__ = ["Mention", "read_mentions"]

UPPER = "".join(chr(code) for code in range(0x2000) if chr(code).isupper())
# Their full stop ends no sentence.
ABBREVIATED = (
    "Mr|Mrs|Ms|Mx|Dr|Prof|Sen|Rep|Gov|Pres|Gen|Brig|Col|Maj|Capt|Lt|Sgt|Cpl|Pvt|Adm|Cmdr|Rev|Fr|"
    "Hon|Supt|Det|Insp|St|Mme|Mlle|Jr|Sr|Sra|Srta|Dott|Sig|Avv|Ing"
)
INITIALS = rf"[{UPPER}]\.(?:-?[{UPPER}]\.)*"
WORD = rf"(?:{INITIALS}|(?:{ABBREVIATED})\.(?= )|[{UPPER}](?:[^\W\d_]|['’-](?=[^\W\d_]))*)"
NICKNAME = rf'(?:[ \u00a0]["“][{UPPER}][^\W\d_]{{1,20}}["”])?'
JOINED = (
    rf"{NICKNAME}[ \u00a0]{{1,2}}(?:(?:{'|'.join(sorted(lexicon().particle))})[ \u00a0]){{0,3}}"
)
SEGMENT = re.compile(
    rf"(?<![\w@#/.])(?:[Aa]l-|[Ee]l-)?{WORD}"
    rf"(?:{JOINED}(?:[Aa]l-|[Ee]l-|[Dd]['’])?{WORD}){{0,11}}(?:,? [JS]r\b\.?)?"
)
# A segment is this much text at the most; longer words are no names.
MAX_NAME_WORDS = 5
MAX_WORD_CHARS = 30
MAX_INITIALS = 2  # letters: "JD Vance"
# Title case leaves small words alone, and a few capitals are no headline yet.
MAX_HEADLINE_CHARS = 300
MAX_SMALL_WORD = 3
MIN_HEADLINE_WORDS, CAPITALS = 4, 0.8
LETTERS = re.compile(r"[^\W\d_]+")
CLOSING = " \u00a0\"'”’»)"

LINK = re.compile(rf" (?:and|&|et|y|e|und|en|i) (?=[{UPPER}])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A run of words that may name a person.

    Attributes:
        words: As printed, without titles and possessives.
        keys: The words as `bare` has them.
        paragraph: Number of the paragraph; 0 is the title.
        support: What the words around it weigh for a person, or against.
        titled: A title or role stands before it.
        headline: It stands in a line where every word is capitalised.
        linked: "and" and another capitalised word follow at once.
        opening: It begins a sentence.
    """

    words: tuple[str, ...]
    keys: tuple[str, ...]
    paragraph: int
    support: float = 0.0
    titled: bool = False
    headline: bool = False
    linked: bool = False
    opening: bool = False

    @property
    def is_single(self) -> bool:
        """Whether it is a family name, a given name or a regnal name alone."""
        return len(self.keys) == 1 or self.keys[0] in lexicon().particle


def read_mentions(text: str, paragraph: int, lower_words: frozenset[str]) -> Iterator[Mention]:
    """Yield what may name a person in one paragraph.

    Args:
        text: The paragraph, in NFC.
        paragraph: Its number, 0 for the title.
        lower_words: Words that the article has in lower case: where they begin a sentence
            they are no names.
    """
    headline = _is_headline(text)
    for segment in SEGMENT.finditer(text):
        for words, start, end in _runs(segment, text, lower_words, headline=headline):
            mention = _mention(words, text, (start, end), paragraph, headline=headline)
            if mention:
                yield mention


def _is_headline(text: str) -> bool:
    """Tell whether the line is in capitals or title case, so that capitals say nothing."""
    if len(text) > MAX_HEADLINE_CHARS:
        return False
    if text.isupper():
        return True
    if text.rstrip(CLOSING).endswith((".", "!", "?")):
        return False  # a short sentence may be full of names
    words = [word for word in LETTERS.findall(text) if len(word) > MAX_SMALL_WORD]
    capitals = sum(word[0].isupper() for word in words)
    return len(words) >= MIN_HEADLINE_WORDS and capitals >= CAPITALS * len(words)


def _runs(
    segment: re.Match[str], text: str, lower_words: frozenset[str], *, headline: bool
) -> Iterator[tuple[list[str], int, int]]:
    """Cut a segment at words that are in no name; yield words, start and end of the parts."""
    run: list[str] = []
    start = end = segment.start()
    begins = begins_sentence(text, start)
    for token in re.finditer(r"[^ \u00a0,]+", segment[0]):
        if token[0][0] in '"“':
            continue
        word, at = token[0], segment.start() + token.start()
        key = bare(word)
        possessive = key.endswith("'s") and key != "'s"
        if possessive:
            word, key = word[:-2], key[:-2]
        first = begins and at == segment.start()
        if _is_outside(word, key, run, lower_words if first else frozenset(), headline=headline):
            if run:
                yield run, start, end
            run = []
            continue
        if not run:
            if key in lexicon().particle and not word[0].isupper():
                continue
            start = at
        run.append(word)
        end = at + len(word)
        if possessive:
            yield run, start, end
            run = []
    if run:
        yield run, start, end


def _is_outside(
    word: str, key: str, run: list[str], lower_words: frozenset[str], *, headline: bool
) -> bool:
    """Tell whether no name goes on with this word, given the words of the name before it."""
    known = lexicon()
    if key in known.particle or "." in word or (run and len(key) == 1):
        return key in known.stop and len(key) > 1 and key not in known.particle  # "U.S."
    if key in known.stop:
        return key not in known.ambiguous  # "Theresa May", "April Jones"
    if key in lower_words and not run and key not in known.given and key not in known.title:
        return True
    return not headline and _is_acronym(word, key, run)


def _is_acronym(word: str, key: str, run: list[str]) -> bool:
    """Tell "NATO" from "MACRON", "J.K.", "JD Vance", "III" and titles like "CEO"."""
    known = lexicon()
    if (
        not word.isupper()
        or len(key) == 1
        or "." in word
        or key in known.suffix
        or key in known.title
    ):
        return False
    if len(key) <= MAX_INITIALS and not run and key not in known.thing:
        return False
    return not (len(key) > MAX_SMALL_WORD and run and may_be_given(bare(run[0])))


def _mention(
    words: list[str], text: str, span: tuple[int, int], paragraph: int, *, headline: bool
) -> Mention | None:
    """Take titles and places off the front, and weigh what stands around the rest."""
    known = lexicon()
    keys = [bare(word) for word in words]
    skip = _title_words(keys)
    title = keys[skip - 1] if skip else ""
    while not title and keys[skip + 2 :] and _is_mere_place(keys[skip]):
        skip += 1
    if len(keys) - skip > 1 and keys[skip] in known.particle and may_be_given(keys[skip + 1]):
        skip += 1
    words, keys = words[skip:], keys[skip:]
    while keys and (len(keys[-1]) == 1 or (keys[-1] in known.particle and words[-1].islower())):
        words, keys = words[:-1], keys[:-1]
    if not keys or len(keys) > MAX_NAME_WORDS or max(map(len, keys)) > MAX_WORD_CHARS:
        return None
    if title in known.regnal and all(key in known.suffix for key in keys[1:]):
        words, keys = [title.capitalize(), *words], [title, *keys]
    support, titled = (
        (0.0, bool(title)) if headline else weigh_context(text, span, titled=bool(title))
    )
    return Mention(
        words=tuple(words),
        keys=tuple(keys),
        paragraph=paragraph,
        support=support,
        titled=titled,
        headline=headline,
        linked=LINK.match(text, span[1]) is not None,
        opening=skip == 0 and begins_sentence(text, span[0]),
    )


def _is_mere_place(key: str) -> bool:
    return key in lexicon().place and key not in lexicon().ambiguous


def _title_words(keys: list[str]) -> int:
    """Return how many words at the front are a title with what leads to it."""
    known = lexicon()
    for at in range(len(keys) - 2, -1, -1):
        if is_title(keys[at]) and not all(key in known.suffix for key in keys[at + 1 :]):
            follows_name = at > 0 and keys[at - 1] in known.given
            return 0 if follows_name else at + 1
    return 0
