"""What `searcher show --raw` writes: the saved page that an article was read from.

Strategy: the page is read where the ledger says it lies, and compared with what the ledger
knows of its bytes. In a pipe it goes out byte for byte; a terminal gets its text without
what it would obey.

Rule: An archive may come from a stranger, and name any file of this machine. So a file whose
    bytes the archive does not know is written only to who says so.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

from index.errors import NewsArchiveError
from index.identity import content_key
from index.model import PageRecord, Rejected
from index.sources.saved import saved_page
from index.terminal import complain, printable
from searcher.errors import SearchError
from searcher.screens.pager import paged

__all__ = ["write_saved_page"]


def write_saved_page(pages: Sequence[PageRecord], *, changed: bool, pager: bool) -> None:
    """Write the bytes of the first page, which the text of the article is from, to stdout.

    Args:
        pages: The pages that hold an article.
        changed: Whether it is written as well where its bytes are not those that were indexed.
        pager: Whether a terminal gets more than a screen through a pager.

    Raises:
        SearchError: The page is not there any more, is another, or cannot be read.
    """
    if not pages:
        raise SearchError("the archive does not say where the page of this article is")
    record, *copies = pages
    saved = saved_page(record.location)
    if isinstance(saved, Rejected):
        raise _gone(saved, copies)
    if content_key(saved.content) != record.content_key:
        if not changed:
            raise SearchError(
                f"what is at {record.location} is not what was indexed; --changed writes it as it "
                "is now; without --raw, the text of the article is shown from the archive"
            )
        complain(f"the page changed after it was indexed; this is how it is now: {saved.location}")
    if sys.stdout.isatty():
        with paged(sys.stdout, wanted=pager) as screen:
            for line in saved.content.decode("utf-8", "replace").splitlines():
                screen.write(printable(line.expandtabs()) + "\n")
    else:
        sys.stdout.flush()
        sys.stdout.buffer.write(saved.content)


def _gone(page: Rejected, copies: Sequence[PageRecord]) -> NewsArchiveError:
    message = f"the page {page.location} cannot be shown: {page.reason}"
    if copies:
        message += f"; the same article was also at {copies[0].location}"
    return SearchError(f"{message}; without --raw, its text is shown from the archive")
