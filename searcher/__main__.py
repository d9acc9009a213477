"""Runs the command: `python -m searcher` is `searcher`."""

from __future__ import annotations

from searcher.cli import main

if __name__ == "__main__":
    main()
