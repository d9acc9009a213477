"""What a search finds as JSON values, in the forms that stay stable."""

from __future__ import annotations

from typing import TYPE_CHECKING

from searcher.model import Hit, Snippet, StoryMember

if TYPE_CHECKING:
    from searcher.differences import ParagraphChange

__all__ = ["change_record", "hit_record", "member_record", "related_record", "snippet_record"]


def hit_record(hit: Hit) -> dict[str, object]:
    """Return a hit as JSON values: its article, and what the search says of it."""
    from index.record import article_record

    return article_record(hit.article) | {
        "rank": hit.rank,
        "score": hit.score,
        "snippets": [snippet_record(snippet) for snippet in hit.snippets],
        "others": [member_record(member) for member in hit.others],
        "other_count": hit.other_count,
    }


def member_record(member: StoryMember) -> dict[str, object]:
    """Return an article of a story as JSON values."""
    return {
        "id": member.id,
        "title": member.title,
        "source": member.source,
        "day": member.day.isoformat() if member.day else None,
    }


def related_record(article: StoryMember | Hit) -> dict[str, object]:
    """Return an article of the same story as another, or one like it, as JSON values."""
    if isinstance(article, Hit):
        own = article.article
        outline = StoryMember(id=own.id, title=own.title, source=own.source, day=own.day)
        return member_record(outline) | {"relation": "similar", "score": article.score}
    return member_record(article) | {"relation": article.relation, "score": None}


def snippet_record(snippet: Snippet) -> dict[str, object]:
    """Return a snippet as JSON values."""
    return {"text": snippet.text, "highlights": [list(span) for span in snippet.highlights]}


def change_record(one: ParagraphChange) -> dict[str, object]:
    """Return what became of a paragraph as JSON has it."""
    return {
        "change": one.change.value,
        "old": one.old,
        "new": one.new,
        "removed": one.removed,
        "added": one.added,
    }
