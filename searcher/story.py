"""The stories that match, and the articles of one: its lead first, and what the others are."""

from __future__ import annotations

from collections.abc import Sequence

from index.identity import letters_of
from index.model import Article
from index.stories.lead import Member, lead_of, relations
from index.text import name_key
from searcher.engines import Answer, Engine, StoryGroup
from searcher.model import LEAD, Story, StoryMember, StoryOrder

__all__ = ["stories_of", "story_members"]

MAX_MEMBERS = 500  # each is read and compared; copies come without end
MAX_OUTLETS = 10


def stories_of(engine: Engine, answer: Answer, order: StoryOrder, limit: int) -> tuple[Story, ...]:
    """Return the first of the stories that the articles of an answer are of.

    Args:
        engine: The archive.
        answer: The articles.
        order: What comes first.
        limit: Stories at most.
    """
    return tuple(_story(engine, group) for group in answer.story_groups(order, limit))


def _story(engine: Engine, group: StoryGroup) -> Story:
    lead = _lead(_articles(engine, group.document))
    outlets = sorted(group.outlets, key=lambda key: (-group.outlets[key], key))
    return Story(
        id=lead.story,
        lead=_member(lead, LEAD),
        articles=group.articles,
        pages=group.pages,
        outlets=tuple(engine.printed("source", key) for key in outlets[:MAX_OUTLETS]),
        outlet_count=len(outlets),
        first_day=group.first_day,
        last_day=group.last_day,
    )


def story_members(engine: Engine, document: int) -> tuple[StoryMember, ...]:
    """Return the articles of the story of an article, itself among them.

    Args:
        engine: The archive.
        document: The article.

    Returns:
        The lead, and the others with the earliest first. Of a larger story, 500 at most,
        and the article itself.
    """
    articles = _articles(engine, document)
    lead = _lead(articles)
    others = [article for article in articles if article is not lead]
    return (
        _member(lead, LEAD),
        *(
            _member(other, relation.value)
            for other, relation in zip(others, relations(others, lead), strict=True)
        ),
    )


def _articles(engine: Engine, document: int) -> list[Article]:
    documents = engine.members(document)
    return [*map(engine.article, dict.fromkeys((*documents[:MAX_MEMBERS], document)))]


def _lead(articles: Sequence[Article]) -> Article:
    credited = {name_key(name) for article in articles for name in article.authors}
    found = lead_of(
        [
            Member(
                id=article.id,
                letters=len(letters_of(article.body)),
                published=article.published,
                # Others say that they have the text from it.
                is_original=article.source is not None and name_key(article.source) in credited,
                url=article.url,
            )
            for article in articles
        ]
    )
    return next(article for article in articles if article.id == found.id)


def _member(article: Article, relation: str) -> StoryMember:
    return StoryMember(
        id=article.id,
        title=article.title,
        source=article.source,
        day=article.day,
        relation=relation,
        words=article.word_count,
        copies=article.copies,
    )
