"""How the articles of a story look, a line or two each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from index.model import Article
from index.terminal import counted, printable
from searcher.model import StoryMember
from searcher.screens.styled import ASIDE, PLAIN, Line, wrapped

__all__ = ["member_lines"]

INDENT = "  "


def member_lines(article: Article, members: Sequence[StoryMember], *, width: int) -> Iterator[Line]:
    """Yield the lines that list the articles of a story below one of them.

    Args:
        article: The article that is shown; it is marked, and headlines like its own are left out.
        members: All of them, the lead first; nothing is said of one alone.
        width: Cells of a line.
    """
    if len(members) == 1:
        return
    yield ()
    yield ((f"{counted(len(members), 'article')} of this story:", ASIDE),)
    for member in members:
        day = member.day.isoformat() if member.day else "no date"
        relation = f"{member.relation} (this one)" if member.id == article.id else member.relation
        facts = filter(None, [member.id, day, member.source, relation])
        line = ((printable(" | ".join(facts)), PLAIN),)
        yield from wrapped(line, width, INDENT)
        if member.title != article.title:
            title = ((printable(member.title), ASIDE),)
            yield from wrapped(title, width, INDENT * 2)
