"""What a build may be told. Checked once here; the functions below trust it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

__all__ = ["BuildSettings", "Duplicates", "SourceSettings"]


class Duplicates(StrEnum):
    """What becomes of a page whose text is in the archive already.

    Under each of them another text under the same address is an article of its own, a version,
    and articles that are alike are one story.
    """

    GROUP = "group"  # an article of the story, unless it says nothing that is not there
    SKIP_EXACT = "skip-exact"  # a trace of the page beside the article that has the text
    KEEP = "keep"  # an article of the story in any case


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceSettings:
    """How pages are read.

    Attributes:
        max_page_bytes: Larger pages are rejected, after decompression too (a gzip of
            a few kilobytes can hold gigabytes). 16 MiB: the largest real news pages,
            live blogs with inlined images, have 5 to 10; Googlebot reads 15 MB of a page.
    """

    max_page_bytes: int = 16 * 1024 * 1024

    def __post_init__(self) -> None:
        if self.max_page_bytes < 1:
            raise ValueError("max_page_bytes must be at least 1")


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildSettings:
    """How a build goes about its work.

    Attributes:
        commit_every_pages: After so many pages what was done is committed, so that a long
            build that is stopped loses minutes, not hours. Each commit is whole: articles
            and the ledger of their pages together.
        memory_bytes: What articles that wait for a commit may take, the commit itself
            included, as far as can be told beforehand (Lucene's `ramBufferSizeMB` plays this
            part). The program takes some 100 MB besides, the process that writes texts 70 MB,
            and one commit is as large as one article at least. 256 MB are about 19,000 articles
            of 140 words.
        jobs: Processes that parse pages; None: one for each usable processor. It changes how
            long a build takes and nothing else. Each takes 80 MB. With one, no other process is
            started at all.
        reparse: Parse pages again that have not changed, as after an upgrade.
        prune: Take out pages that are no longer where they were.
        duplicates: What becomes of a page whose text is there already. It is for the pages that
            this build parses; with `reparse`, for all.
    """

    commit_every_pages: int = 20_000
    memory_bytes: int = 256 * 2**20
    jobs: int | None = None
    reparse: bool = False
    prune: bool = False
    duplicates: Duplicates = Duplicates.GROUP

    def __post_init__(self) -> None:
        if self.commit_every_pages < 1 or self.memory_bytes < 1:
            raise ValueError("commit_every_pages and memory_bytes must be at least 1")
        if self.jobs is not None and self.jobs < 1:
            raise ValueError("jobs must be at least 1")
