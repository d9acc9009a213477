"""Where pages come from: the port `PageSource` and the sources that serve it."""

from __future__ import annotations

from index.sources.base import FoundPage, PageSource
from index.sources.folder import FolderSource

__all__ = ["FolderSource", "FoundPage", "PageSource"]
