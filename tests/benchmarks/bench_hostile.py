"""How the time that hostile pages take grows with their size.

    python tests/benchmarks/bench_hostile.py [KILOBYTES] [WORD]

measures CPU at a size and at twice the size, and prints those pages whose time grows by more
than 2.6 (linear is 2), or that take over ten times the usual time, worst first. Small differences
are noise: what stands out is measured again at twice the size.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "helpers"))

from hostile_pages import HOSTILE, HOSTILE_TEXTS
from index import Page, PageKind
from index.parse import parse_page

GROWTH = 2.6
SECONDS_PER_MEGABYTE = 2.0
LEAST_SECONDS = 0.03


def seconds(text: str, kind: PageKind) -> float:
    """Return the CPU time that a page takes."""
    page = Page(content=text.encode("utf-8", "replace"), location="/hostile", kind=kind)
    start = time.process_time()
    parse_page(page)
    return time.process_time() - start


def main(kilobytes: int = 200, word: str = "") -> None:
    """Measure and print."""
    size = kilobytes * 1000
    found: list[tuple[float, str]] = []
    makers: list[tuple[str, Callable[[int], str], PageKind]] = [
        *((name, make, PageKind.HTML) for name, make in HOSTILE.items()),
        *((f"text: {name}", make, PageKind.TEXT) for name, make in HOSTILE_TEXTS.items()),
    ]
    for name, make, kind in makers:
        if word not in name:
            continue
        once, twice = seconds(make(size), kind), seconds(make(2 * size), kind)
        grows = twice > LEAST_SECONDS and twice > GROWTH * once
        if grows or twice > SECONDS_PER_MEGABYTE * 2 * size / 1e6 or word:
            found.append((twice, f"{twice:8.2f} s {twice / max(once, 1e-9):6.1f} x  {name}"))
    for _, line in sorted(found, reverse=True):
        print(line)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200, *sys.argv[2:3])
