"""What a build may be told. Checked once here; the functions below trust it."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["BuildSettings", "SourceSettings"]


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
        commit_every_chars: The same, in characters of articles held in memory
            (Lucene's `ramBufferSizeMB` plays this part).
        reparse: Parse pages again that have not changed, as after an upgrade.
        prune: Take out pages that are no longer where they were.
    """

    commit_every_pages: int = 5_000
    commit_every_chars: int = 64_000_000
    reparse: bool = False
    prune: bool = False

    def __post_init__(self) -> None:
        if self.commit_every_pages < 1 or self.commit_every_chars < 1:
            raise ValueError("commit_every_pages and commit_every_chars must be at least 1")
