"""What a search finds as JSON values, in the forms that stay stable."""

from __future__ import annotations

from typing import TYPE_CHECKING

from searcher.model import Hit, Snippet, StoryMember

if TYPE_CHECKING:
    from searcher.differences import ParagraphChange
    from searcher.model import Count, PersonCount, Story, Suggestion

__all__ = [
    "change_record",
    "count_record",
    "hit_record",
    "member_record",
    "person_record",
    "related_record",
    "snippet_record",
    "story_record",
    "suggestion_record",
]


def hit_record(hit: Hit) -> dict[str, object]:
    """Return a hit as JSON values: its article, and what the search says of it."""
    from index.record import article_record

    return article_record(hit.article) | {
        "rank": hit.rank,
        "score": hit.score,
        "snippets": [snippet_record(snippet) for snippet in hit.snippets],
        "others": [member_record(member) for member in hit.others],
        "other_count": hit.other_count,
        "copy_count": hit.copy_count,
        "relaxed": hit.relaxed,
    }


def member_record(member: StoryMember) -> dict[str, object]:
    """Return an article of a story as JSON values."""
    from index.record import copy_record

    return {
        "id": member.id,
        "title": member.title,
        "source": member.source,
        "day": member.day.isoformat() if member.day else None,
        "copies": [*map(copy_record, member.copies)],
    }


def related_record(article: StoryMember | Hit) -> dict[str, object]:
    """Return an article of the same story as another, or one like it, as JSON values."""
    if isinstance(article, Hit):
        own = article.article
        outline = StoryMember(
            id=own.id, title=own.title, source=own.source, day=own.day, copies=own.copies
        )
        return member_record(outline) | {"relation": "similar", "score": article.score}
    return member_record(article) | {"relation": article.relation, "score": None}


def snippet_record(snippet: Snippet) -> dict[str, object]:
    """Return a snippet as JSON values."""
    return {"text": snippet.text, "highlights": [list(span) for span in snippet.highlights]}


def suggestion_record(one: Suggestion) -> dict[str, object]:
    """Return what may have been meant as JSON has it."""
    return {
        "word": one.word,
        "position": one.position,
        "articles": one.articles,
        "instead": [{"value": each.value, "articles": each.articles} for each in one.instead],
    }


def change_record(one: ParagraphChange) -> dict[str, object]:
    """Return what became of a paragraph as JSON has it."""
    return {
        "change": one.change.value,
        "old": one.old,
        "new": one.new,
        "removed": one.removed,
        "added": one.added,
    }


def count_record(count: Count) -> dict[str, object]:
    """Return a count as JSON values; stories where they were counted."""
    record: dict[str, object] = {"value": count.value, "articles": count.articles}
    return record if count.stories is None else record | {"stories": count.stories}


def person_record(person: PersonCount) -> dict[str, object]:
    """Return in how many articles a person is, and with whom, as JSON values."""
    return {
        "name": person.name,
        "articles": person.articles,
        "companions": [*map(count_record, person.companions)],
    }


def story_record(story: Story) -> dict[str, object]:
    """Return a story as JSON values."""
    return {
        "story": story.id,
        "lead": member_record(story.lead),
        "articles": story.articles,
        "pages": story.pages,
        "outlets": [*story.outlets],
        "outlet_count": story.outlet_count,
        "first_day": story.first_day.isoformat() if story.first_day else None,
        "last_day": story.last_day.isoformat() if story.last_day else None,
    }
