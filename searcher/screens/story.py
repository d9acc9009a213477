"""How stories look, and the articles of one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from index.model import Article
from index.terminal import counted, printable
from searcher.copies import article_copies
from searcher.model import Story, StoryMember, StorySize
from searcher.screens.layout import MARGIN
from searcher.screens.styled import ASIDE, FACT, PLAIN, TITLE, Line, wrapped

__all__ = ["member_lines", "story_lines"]

INDENT = "  "
OUTLETS_SHOWN = 3


def story_lines(story: Story, rank: int, *, width: int) -> Iterator[Line]:
    """Yield the lines that show a story in a list of them.

    Args:
        story: The story.
        rank: Its place in the list, from 1.
        width: Cells of a line.
    """
    number = f"{rank:>2}. "
    indent = " " * max(MARGIN, len(number))
    yield from wrapped(((printable(story.lead.title), TITLE),), width, indent, first=number)
    days = _days(story.first_day, story.last_day)
    size = _size(story.articles, story.pages)
    facts = [size, days, _outlets(story)]
    line = " | ".join(filter(None, facts))
    yield from wrapped(((printable(line), FACT),), width, indent)
    names = [f"id {story.lead.id}", f"story:{story.id}" if story.id else None]
    yield from wrapped(((" | ".join(filter(None, names)), ASIDE),), width, indent)
    yield ()


def _size(articles: int, pages: int) -> str:
    held = f" on {pages:,} pages" if pages > articles else ""
    return counted(articles, "article") + held


def _days(first: date | None, last: date | None) -> str:
    if first is None or last is None:
        return "no date"
    return first.isoformat() if first == last else f"{first.isoformat()} to {last.isoformat()}"


def _outlets(story: Story) -> str:
    more = story.outlet_count - OUTLETS_SHOWN
    names = ", ".join(story.outlets[:OUTLETS_SHOWN])
    return names + (f" +{more:,} more" if more > 0 else "")


def member_lines(
    article: Article, members: Sequence[StoryMember], size: StorySize, *, width: int
) -> Iterator[Line]:
    """Yield the lines that list the articles of a story below one of them.

    Args:
        article: The article that is shown; it is marked, and headlines like its own are left out.
        members: All of them, or of very many some, the lead first.
        size: How large the story is; nothing is said of one article on one page.
        width: Cells of a line.
    """
    if size.pages == 1:
        return
    shown = f", {len(members):,} of them shown" if len(members) < size.articles else ""
    yield ()
    yield ((f"{_size(size.articles, size.pages)} of this story{shown}:", ASIDE),)
    for member in members:
        day = member.day.isoformat() if member.day else "no date"
        words = None if member.words is None else counted(member.words, "word")
        relation = f"{member.relation} (this one)" if member.id == article.id else member.relation
        facts = filter(None, [member.id, day, member.source, words, relation])
        line = ((printable(" | ".join(facts)), PLAIN),)
        yield from wrapped(line, width, INDENT)
        if said := article_copies(member):
            yield from wrapped(((printable(said), ASIDE),), width, INDENT * 2)
        if member.title != article.title:
            title = ((printable(member.title), ASIDE),)
            yield from wrapped(title, width, INDENT * 2)
