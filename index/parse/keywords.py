"""Keywords of a page that may be names of persons: most are topics, so they are hints only."""

from __future__ import annotations

import re

from index.parse.head import Head, one_line
from index.parse.jsonld import LinkedData

__all__ = ["names_among_keywords"]

TAGS = ("keywords", "news_keywords", "article:tag", "parsely-tags")
MAX_NAMES, MAX_NAME_CHARS = 50, 60
NAME_WORDS = range(2, 6)  # a word alone tells nothing that the text does not
MAX_KEYWORDS_CHARS = 10_000
PARTING = re.compile(r"[,;|]")


def names_among_keywords(head: Head, linked: LinkedData) -> tuple[str, ...]:
    """Return the keywords of a page that are written as names are, in their order."""
    offers = [*linked.objects("keywords"), *head.values(*TAGS)]
    texts = (one_line(offer[:MAX_KEYWORDS_CHARS]) for offer in offers if isinstance(offer, str))
    keywords = (keyword.strip() for text in texts for keyword in PARTING.split(text))
    return tuple(dict.fromkeys(filter(_is_like_a_name, keywords)))[:MAX_NAMES]


def _is_like_a_name(keyword: str) -> bool:
    words = keyword.split()
    edges = (words[0], words[-1]) if words else ()
    return (
        len(keyword) <= MAX_NAME_CHARS
        and len(words) in NAME_WORDS
        and all(word[0].isupper() for word in edges)
    )
