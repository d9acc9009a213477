"""The articles of a story, its lead first, and what each is beside the lead."""

from __future__ import annotations

from collections.abc import Sequence

from index.model import Article
from index.stories.lead import Member, lead_of, relation_of
from index.stories.profile import profile_of
from index.text import name_key
from searcher.engines import Engine
from searcher.model import LEAD, StoryMember

__all__ = ["story_members"]

MAX_MEMBERS = 500  # each is read and compared; copies come without end


def story_members(engine: Engine, document: int) -> tuple[StoryMember, ...]:
    """Return the articles of the story of an article, itself among them.

    Args:
        engine: The archive.
        document: The article.

    Returns:
        The lead, and the others with the earliest first. Of a larger story, 500 at most,
        and the article itself.
    """
    documents = engine.members(document)
    chosen = dict.fromkeys((*documents[:MAX_MEMBERS], document))
    articles = {article.id: article for article in map(engine.article, chosen)}
    lead = articles[_lead([*articles.values()])]
    others = [article for article in articles.values() if article is not lead]
    return (
        _member(lead, LEAD),
        *(_member(other, relation_of(other, lead).value) for other in others),
    )


def _lead(articles: Sequence[Article]) -> str:
    credited = {name_key(name) for article in articles for name in article.authors}
    return lead_of(
        [
            Member(
                id=article.id,
                letters=profile_of(article).sketch.size,
                published=article.published,
                # Others say that they have the text from it.
                is_original=article.source is not None and name_key(article.source) in credited,
                url=article.url,
            )
            for article in articles
        ]
    ).id


def _member(article: Article, relation: str) -> StoryMember:
    return StoryMember(
        id=article.id,
        title=article.title,
        source=article.source,
        day=article.day,
        relation=relation,
    )
