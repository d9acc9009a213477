"""What stands around a run of capitalised words, and what it weighs for a person.

Positive signs: a title or role before it ("President", "spokesman"), a verb of speech
beside it, an age, a relative clause with "who" or a role behind it.
Negative signs: an article or a preposition of place before it.
"""

from __future__ import annotations

import re

from index.people.lexicon import bare, lexicon

__all__ = ["begins_sentence", "is_title", "weigh_context"]

AGE = re.compile(r",? (?:aged )?\d{1,2}(?:,| ans\b| años\b| anni\b| Jahre\b| lat\b)| ?\(\d{2}\)")
WHO = re.compile(r",? (?:who|whose)\b")
APPOSITION = re.compile(r", ((?:[\w'’-]+ ){0,4}[\w'’-]+)")
FOLLOWING = re.compile(r",? ([^\W\d_][\w'’-]*)")
ENDS_SENTENCE = frozenset(".!?:;\n•*–—…")
OPENING = " \u00a0\"'“‘(«„[-"

TITLE_SIGN, AGE_SIGN, ROLE_SIGN, SPEECH_SIGN, WHO_SIGN = 3.0, 3.0, 2.0, 2.0, 2.0
ARTICLE_SIGN, PLACE_SIGN = -2.5, -0.5

TITLE_ENDINGS = tuple(lexicon().title_ending)
PARTICIPLES = tuple(f"-{word}" for word in lexicon().participle)


def begins_sentence(text: str, start: int) -> bool:
    """Tell whether a sentence, a line or a quotation begins here, where any word is capitalised."""
    before = text[max(0, start - 6) : start].rstrip(OPENING)
    return not before or before[-1] in ENDS_SENTENCE


def is_title(key: str) -> bool:
    """Tell whether the word is a title; German makes them by composition."""
    return key in lexicon().title or key.endswith(TITLE_ENDINGS) or key.endswith(PARTICIPLES)


def weigh_context(text: str, span: tuple[int, int], *, titled: bool) -> tuple[float, bool]:
    """Return the sum of the signs around a run, and whether a title stands before it.

    Args:
        text: The paragraph.
        span: Where the run stands in it.
        titled: A title was part of the run.
    """
    known = lexicon()
    start, end = span
    before = text[max(0, start - 30) : start]
    last_word = before.rstrip(" \u00a0,").rpartition(" ")[2] if before else ""
    previous = "" if last_word.endswith(".") else bare(last_word.lstrip(OPENING))
    if before and before[-1] in " \u00a0" and last_word.islower():
        titled = titled or is_title(previous)
    support = TITLE_SIGN if titled else 0.0
    if previous in known.speech and last_word.islower():
        support += SPEECH_SIGN
    if not titled and previous in known.article:
        support += ARTICLE_SIGN
    if not titled and previous in known.preposition and last_word.islower():
        support += PLACE_SIGN
    return support + _weigh_behind(text, end), titled


def _weigh_behind(text: str, end: int) -> float:
    known = lexicon()
    if AGE.match(text, end):
        return AGE_SIGN
    if WHO.match(text, end):
        return WHO_SIGN
    if apposition := APPOSITION.match(text, end):
        roles = (bare(word) for word in apposition[1].split() if word.islower())
        return ROLE_SIGN if any(map(is_title, roles)) else 0.0
    following = FOLLOWING.match(text, end)
    return SPEECH_SIGN if following and bare(following[1]) in known.speech else 0.0
