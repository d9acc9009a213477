"""The persons of an article, by full name, most prominent first.

The story: lines that are not the story (bylines, credits) go; what may name somebody is
read (`mentions`); the evidence of the whole article decides which names are persons
(`evidence`); every mention is resolved to one of them; the persons are ranked.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import replace

from index.model import Article
from index.people.evidence import person_names
from index.people.lexicon import bare
from index.people.mentions import Mention, read_mentions
from index.people.resolve import resolve
from index.text import name_key

__all__ = ["find_people", "with_people"]

# About 30,000 words: no article is longer, and the time stays bounded for what is none.
MAX_CHARS = 200_000
MAX_KNOWN = 200

CREDIT = re.compile(
    r"\b(?:additional )?(?:reporting|editing|writing|compiled|translation|graphics|photos?|"
    r"photographs?|illustration|video|text|reported|written|edited)"
    r" by [^.;()\n]{0,150}"
    r"|\b(?:reuters|afp|ap photo|epa|dpa|getty images|picture alliance)\s?/\s?[^.;,()\n]{0,50}"
    r"|\b(?:photos?|fotos?|picture|image|credit|crédit|quelle)(?: credit)?: ?[^.;()\n]{0,80}",
    re.IGNORECASE,
)
HINT = re.compile(r"(?:ing|ed|hics|os?|phs?|tion|deo|text) by |[/:]")
BYLINE = re.compile(
    r"\s*(?:by|von|par|por|di|door|autor|autorin|text|texte|story by)[: ]\s*\S.{0,100}",
    re.IGNORECASE,
)
BIOGRAPHY = re.compile(
    r"\b(?:reports?|reported|reporting|contributed|covers|writes|columnist|correspondent|reporter|"
    r"editor|journalist|author)\b"
)
MAX_BYLINE_WORDS = 12
MAX_BIOGRAPHY_WORDS = 60
GERMAN = frozenset({"und", "der", "die", "ist", "nicht"})


def with_people(article: Article) -> Article:
    """Return the article with the persons of its text; `people` of the metadata are known ones."""
    people = find_people(
        article.title,
        article.paragraphs,
        known=article.people,
        authors=article.authors,
        language=article.language,
    )
    return replace(article, people=people)


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
    lines = tuple(_story_lines(title, paragraphs, authors))
    words = re.findall(r"[^\W\d_]+", " ".join(line for _, line in lines))
    lower_words = frozenset(bare(word) for word in set(words) if word.islower())
    mentions = [
        mention for number, line in lines for mention in read_mentions(line, number, lower_words)
    ]
    strict = language == "de" or (language is None and lower_words >= GERMAN)
    names = person_names(mentions, lower_words, strict=strict)
    people = resolve(mentions, names, _present(known, lines, mentions))
    return people or tuple(dict.fromkeys(known))


def _story_lines(
    title: str, paragraphs: Sequence[str], authors: Sequence[str]
) -> Iterator[tuple[int, str]]:
    """Yield number and text of the lines of the story, without bylines and credits."""
    author_keys = tuple(filter(None, map(name_key, authors[:MAX_KNOWN])))
    yield 0, unicodedata.normalize("NFC", title[:MAX_CHARS])
    left = MAX_CHARS
    for number, paragraph in enumerate(paragraphs, 1):
        text = unicodedata.normalize("NFC", paragraph[:left])
        left -= len(paragraph)
        if text and not _is_byline(text, author_keys):
            yield number, CREDIT.sub(" ", text) if HINT.search(text) else text
        if left <= 0:
            return


def _is_byline(text: str, author_keys: Sequence[str]) -> bool:
    """Tell a line that says who wrote the article, or who the author is."""
    size = len(text.split(None, MAX_BIOGRAPHY_WORDS))
    ends = text.rstrip().endswith((".", "!", "?", "”", '"'))
    if size <= MAX_BYLINE_WORDS and not ends and BYLINE.fullmatch(text.rstrip()):
        return True
    if size > MAX_BIOGRAPHY_WORDS or not author_keys:
        return False
    key = name_key(text)
    if not any(author in key for author in author_keys):
        return False
    return (size <= MAX_BYLINE_WORDS and not ends) or BIOGRAPHY.search(text) is not None


def _present(
    known: Sequence[str], lines: Sequence[tuple[int, str]], mentions: Sequence[Mention]
) -> tuple[str, ...]:
    """Return the known persons that the text names, in full or by their last name."""
    names = [name.strip() for name in known[:MAX_KNOWN] if name.strip()]
    if not names:
        return ()
    text = "\n".join(line for _, line in lines)
    key = f" {name_key(text)} "
    alone = {mention.keys[-1] for mention in mentions if mention.is_single}
    alone |= {part for mention in mentions if mention.headline for part in mention.keys}
    return tuple(
        name
        for name in names
        if name in text or f" {name_key(name)} " in key or bare(name.split()[-1]) in alone
    )
