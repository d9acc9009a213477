"""More like this: the query that an article makes for others like it.

Strategy: the words that tell most about an article are those that it uses and that few of
other stories have. The best 50 of them, each with that weight, are asked for like any query; of the
article's own story nothing is wanted. On `lee`, 50 articles that people compared pair by pair,
50 words agree with people better than 10 and no worse than 80, and weights better than none;
`tests/quality/test_similar.py` measures it. Words of more than half of all articles are left
out: they make no difference there, and would be marked in every passage.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from math import log

from index.model import Article
from index.schema import TEXT
from index.text import stems, tokens
from searcher.engines import Engine
from searcher.errors import SearchError
from searcher.model import Sort
from searcher.settings import RankingSettings
from searcher.tree import And, Not, Or, Query, Term

__all__ = ["others_query", "similar_query"]

MAX_TERMS = 50
# The rarity of a word that half of the articles have: more common ones tell them apart no more.
COMMON = log(2)


def similar_query(engine: Engine, document: int, ranking: RankingSettings) -> Query:
    """Return the query for articles like one, scaled so that the article itself scores 1.

    Args:
        engine: The archive.
        document: The article.
        ranking: How words are weighed; those of the title count for more here too.

    Raises:
        SearchError: The article has no word that one of another story has.
    """
    article = engine.article(document)
    weights = _weights(engine, document, article, ranking)
    if not weights:
        raise SearchError(
            f"the article {article.id} has no word that another one has, so none is like it"
        )
    best = sorted(weights, key=lambda term: (-weights[term], term))[:MAX_TERMS]
    whole = engine.answer(_query(best, weights), Term("id", article.id), ranking)
    (itself,) = whole.top(Sort.RELEVANCE, 0, 1)
    return _query(best, weights, 1 / itself.score)


def _query(terms: list[str], weights: dict[str, float], scale: float = 1.0) -> Query:
    return Or([Term(TEXT, term, boost=weights[term] * scale) for term in terms])


def _weights(
    engine: Engine, document: int, article: Article, ranking: RankingSettings
) -> dict[str, float]:
    """Return how much each term of an article tells about it, to other stories.

    Terms that only its own story has are of no use, and common ones neither, unless there are
    no others.
    """
    counts: defaultdict[str, float] = defaultdict(float)
    for text, weight in ((article.title, ranking.title_weight), (article.body, 1.0)):
        for term, count in Counter(stems([token.term for token in tokens(text)])).items():
            counts[term] += weight * count
    rarities = engine.rarities(TEXT, [*counts], engine.members(document))
    shared = {term: rarity for term, rarity in zip(counts, rarities, strict=True) if rarity}
    telling = {term: rarity for term, rarity in shared.items() if rarity >= COMMON}
    return {
        term: rarity * counts[term] / (counts[term] + ranking.k1)
        for term, rarity in (telling or shared).items()
    }


def others_query(article: Article, narrow: Query | None) -> Query:
    """Return the query for all articles that are not of an article's story.

    Args:
        article: The article.
        narrow: What else they match; None: nothing.
    """
    others = Not(Term("story", article.story) if article.story else Term("id", article.id))
    return others if narrow is None else And([narrow, others])
