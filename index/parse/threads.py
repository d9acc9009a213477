"""Is a page a thread of a forum?

Strategy: its program declares it, or prints beside each post who wrote it. That alone tells of a
page with hardly any text; of one with running text only if every other line is as short as such
marks are, and one of them a day; a site that calls itself a forum need not print more.
Comments below an article have names and times, too, but most lines there are the article's.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from index.parse.dates import find_date
from index.parse.secondlook import SecondLook
from index.parse.sentences import SENTENCE_SIGNS
from index.parse.wordlists import any_of

__all__ = ["FORUM", "FORUM_PROGRAM", "POSTER", "THREAD", "THREADS", "is_thread", "tells_posters"]

THREAD = "discussionforumposting"
THREADS = frozenset({THREAD, "qapage"})
"""What JSON-LD calls them."""

# How the programs of forums name themselves in `meta name="generator"`.
FORUM_PROGRAM = re.compile(
    r"(?:discourse|vbulletin|phpbb|simple machines|smf|mybb|flarum|nodebb|xenforo)\b", re.IGNORECASE
)
# Their programs print these beside each thread; whoever is not logged in sees them.
FORUM = any_of(r"""
    ^thread starter\b|^thread tools\b|^topic starter\b|^posting rules\b
    \b(?:must|have to|need to) (?:be logged in|log in|sign in|register)\b.{0,20} to reply\b
    \b(?:must|have to|need to) (?:be logged in|log in|sign in|register)\b.{0,20} to post\b(?! an? )
    ^(?:not open for further replies|this (?:thread|topic) is (?:closed|locked))
    \bview previous (?:topic|thread)\b|^previous topic\b|^quick reply\b
    ^themenstarter\b|^thema (?:geschlossen|erstellt)\b|\bum (?:zu antworten|hier zu schreiben)\b
    ^(?:auteur du sujet|sujet verrouillé)\b|\bdoit se connecter pour répondre
    ^(?:iniciador del tema|tema cerrado)\b|^автор темы\b|^тема закрыта\b
""")
# What they print beside the name of whoever wrote a post; no comment below an article has it.
POSTER = any_of(r"""
    ^join(?:ed|(?:ed)? date)$
    ^(?:senior|junior|well-known|new|active) member$
    ^(?:posts|joined|beiträge|registriert(?: seit)?|messages|inscription|mensajes|registrado)\s?:
    ^(?:berichten|lid geworden op|wiadomości|сообщения|зарегистрирован)\s?:
    ^(?:asked|answered)\b.{3,40}\bby \S+$
    ^\d+ (?:posts?|beiträge?|messages?|mensajes?) • (?:page|seite|página) \d
""")
JOINED = re.compile(r"\bjoin(?:ed)? date\s?:", re.IGNORECASE)
# Names of sites; "The Forum" alone may be a newspaper.
FORUM_NAME = re.compile(
    r"\w[ -]?\b(?:forums?|foren|message ?boards?|discussion ?boards?|foros?|fórum|форум)\b|"
    r"форум|フォーラム|掲示板|论坛|論壇",
    re.IGNORECASE,
)
LONGEST_MARK = 40  # a name, a rank, a day
LONGEST_LINE = 160
FEWEST_MARKS = 3
FEWEST_POSTERS = 2
MAX_LINES = 1000


def is_thread(paragraphs: Sequence[str], outlet: str, look: Callable[[], SecondLook]) -> bool:
    """Return whether a page that does not call itself an article is a thread.

    Args:
        paragraphs: The text that was found in it.
        outlet: What its site is called; empty: not known.
        look: Looks at the page a second time; asked only of a text in which every other
            line is short, and one a day.
    """
    if tells_posters(paragraphs):
        return True
    marks = [text for text in paragraphs if len(text) <= LONGEST_MARK and not _is_sentence(text)]
    if 2 * len(marks) < len(paragraphs) or not any(map(_is_day, marks)):
        return False
    if FORUM_NAME.search(outlet):
        return True
    shown = look().lines if len(marks) >= FEWEST_MARKS else ()
    return any(
        FORUM.search(line) or _tells_poster(line) for line in shown if len(line) <= LONGEST_LINE
    )


def tells_posters(lines: Sequence[str]) -> bool:
    """Return whether several of the first lines tell of their writer what forums tell."""
    short = (line for line in lines[:MAX_LINES] if len(line) <= LONGEST_LINE)
    return sum(map(_tells_poster, short)) >= FEWEST_POSTERS


def _tells_poster(line: str) -> bool:
    # All patterns are of the start of a line but one; a search would try all at each letter.
    return POSTER.match(line) is not None or ("oin" in line and JOINED.search(line) is not None)


def _is_sentence(text: str) -> bool:
    return text[-1] in SENTENCE_SIGNS


def _is_day(text: str) -> bool:
    return find_date(text) is not None
