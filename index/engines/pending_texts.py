"""The texts of articles that wait for a commit, which another process may begin with before it.

Strategy: a small build is done before another process is up, so texts are given away from some
number of articles on. What was given away has a number. An article that is put again gets a
number anew, and the text that it had before is not asked for.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from contextlib import suppress
from itertools import count

from index.codec.text_process import ProcessTextWriter
from index.codec.text_writer import InlineTextWriter, TextWriter
from index.documents import AT_ONCE, batches
from index.model import Article
from index.process import NoWorkerError, WorkerDiedError

__all__ = ["PendingTexts", "tell_death"]

LOG = logging.getLogger(__name__)

HELPED_ARTICLES = 1_000


def tell_death(error: WorkerDiedError) -> None:
    """Say that the other process died, which is all there is to do: texts begin again by then."""
    LOG.warning("the process that wrote texts died (%s); this one writes them", error)


class PendingTexts:
    """Texts on their way into a segment.

    Args:
        may_have_helper: Whether another process may be started.

    Attributes:
        writer: Has the texts whose numbers were told.
    """

    writer: TextWriter

    def __init__(self, *, may_have_helper: bool) -> None:
        self._may_have_helper = may_have_helper
        self._begin_with(InlineTextWriter())

    def begin_again(self) -> None:
        """Forget all, and write texts in this process, as after something failed."""
        self.writer.close()
        self._begin_with(InlineTextWriter())

    def _begin_with(self, writer: TextWriter) -> None:
        self.writer = writer
        self._numbers: dict[str, int] = {}  # by articles' ids
        self._unsent: list[Article] = []

    def put(self, article: Article, articles: int) -> None:
        """Take the text of an article in place of that which it had before, if any.

        Args:
            article: The article.
            articles: How many wait for the commit.
        """
        self._numbers.pop(article.id, None)
        if self._may_have_helper and articles >= HELPED_ARTICLES:
            self._may_have_helper = False  # there is no second one, whatever becomes of the first
            with suppress(NoWorkerError):
                self._begin_with(ProcessTextWriter())
        if isinstance(self.writer, ProcessTextWriter):
            self._unsent.append(article)
            if len(self._unsent) >= AT_ONCE:
                unsent, self._unsent = self._unsent, []
                try:
                    self._add(unsent)
                except WorkerDiedError as error:
                    tell_death(error)

    def numbers(self, articles: Sequence[Article]) -> list[int]:
        """Return the number that the writer gave the text of each article."""
        new = [article for article in articles if article.id not in self._numbers]
        for batch in batches(new):
            self._add(batch)
        return [self._numbers[article.id] for article in articles]

    def written(self) -> None:
        """Begin anew after a commit, with the same writer."""
        self._numbers.clear()
        self._unsent.clear()

    def close(self) -> None:
        """End the other process, whatever it is at."""
        self.writer.close()

    def _add(self, articles: Sequence[Article]) -> None:
        texts = [text for one in articles for text in (one.title, one.body)]
        try:
            first = self.writer.add(texts)
        except BaseException:  # as Ctrl-C, after which nobody knows which number is the next
            self.begin_again()
            raise
        self._numbers.update(zip((article.id for article in articles), count(first)))
