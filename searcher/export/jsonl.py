"""One article a line, in the stable form of `index.record`."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from index.record import article_record
from searcher.export.parts import Report
from searcher.model import Hit

__all__ = ["json_lines"]


def json_lines(hits: Iterable[Hit], _report: Report) -> Iterator[str]:
    """Yield a line for each article, with all that the archive knows of it."""
    for hit in hits:
        yield json.dumps(article_record(hit.article), ensure_ascii=False) + "\n"
