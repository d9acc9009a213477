"""How hits are ranked and shown. Checked once here; the functions below trust it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from math import inf

__all__ = ["RankingSettings", "SnippetSettings"]


@dataclass(frozen=True, slots=True, kw_only=True)
class RankingSettings:
    """The constants of the ranking; its formulas are in the README of `searcher`.

    Source:
        Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond",
        Foundations and Trends in Information Retrieval 3(4), 2009.

    Attributes:
        k1: Above 0; how slowly further occurrences of a word add to the score. 1.2 to 2 is
            usual (Lucene 1.2).
        b: 0 to 1; how much longer texts are held back (Lucene 0.75). News articles are
            alike in length, and the long ones are not less to the point.
        title_weight: A word of the title counts so many times one of the body.
        closeness: 0 to 1; two words of the query that are neighbours there and in the text add
            this share of what they would score as a phrase. 0: where words stand does not count.
        around: A day; articles of about that day are lifted. None: the day does not count.
        half_life_days: Days from `around` after which half of that is left; above 0.
        time_weight: At least 0; the score of an article of that very day grows by this share.
    """

    k1: float = 1.5
    b: float = 0.6
    title_weight: float = 4.0
    closeness: float = 0.2
    around: date | None = None
    half_life_days: float = 30.0
    time_weight: float = 1.0

    def __post_init__(self) -> None:
        above_zero = 0 < self.k1 < inf and 0 < self.title_weight < inf
        if not (above_zero and 0 <= self.b <= 1):
            raise ValueError("k1 and title_weight must be above 0, and b between 0 and 1")
        if not (0 <= self.closeness <= 1):
            raise ValueError("closeness must be between 0 and 1")
        if not (0 < self.half_life_days < inf and 0 <= self.time_weight < inf):
            raise ValueError("half_life_days must be above 0, and time_weight at least 0")

    def of_words(self) -> RankingSettings:
        """Return the settings that the scores of single words depend on, all others as usual."""
        return RankingSettings(k1=self.k1, b=self.b, title_weight=self.title_weight)


@dataclass(frozen=True, slots=True, kw_only=True)
class SnippetSettings:
    """How passages are cut.

    Attributes:
        chars: Code points of a passage at most, ellipses aside. 200 fill two to three lines
            of a terminal (Elasticsearch fragments: 100; Google's snippets: about 160).
        count: Passages of a hit at most.
    """

    chars: int = 200
    count: int = 2

    def __post_init__(self) -> None:
        if self.chars < 20 or self.count < 0:  # noqa: PLR2004 (a word must fit)
            raise ValueError("chars must be at least 20, and count at least 0")
