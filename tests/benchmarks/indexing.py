"""Archives of ready articles: how fast they are written and how large they are."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus import Base, batches
from measure import Clock, Row, folder_bytes
from peers import Peer

__all__ = [
    "SAMPLE",
    "WHOLE",
    "Built",
    "compare_indexing",
    "ensure_archive",
    "mark_complete",
    "write_archive",
]

SECTION = "indexing"
SAMPLE = "sample"
WHOLE = "whole archive"


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """An archive.

    Attributes:
        articles: How many are in it.
        size: Bytes on disk.
        wall: Seconds that writing it took, making the articles left out; 0: it was there.
        cpu: Seconds of CPU, all threads.
    """

    articles: int
    size: int
    wall: float = 0.0
    cpu: float = 0.0

    def rows(self, case: str, engine: str, number: int = 1) -> Iterator[Row]:
        """Yield the numbers."""
        values = {"bytes/article": self.size / self.articles}
        if self.wall:
            values["articles/s of wall time"] = self.articles / self.wall
            values["articles/s of CPU time"] = self.articles / self.cpu
        for metric, value in values.items():
            yield Row(
                section=SECTION,
                case=case,
                engine=engine,
                articles=self.articles,
                metric=metric,
                value=value,
                round=number,
            )


def write_archive(peer: Peer, folder: Path, base: Base, count: int, seed: int) -> Built:
    """Write an archive anew."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    clock = Clock()
    with clock:
        writer = peer.write(folder)
    for batch in batches(base, count, seed):
        with clock:
            writer.add(batch)
    with clock:
        writer.close()
    return Built(articles=count, wall=clock.wall, cpu=clock.cpu, size=folder_bytes(folder))


def ensure_archive(
    peer: Peer, folder: Path, base: Base, count: int, seed: int, *, reuse: bool
) -> Iterator[Row]:
    """Write an archive, unless there is one that may be used; yield its numbers."""
    if reuse and _is_complete(folder, base, seed):
        built = Built(articles=count, size=folder_bytes(folder))
    else:
        _mark(folder).unlink(missing_ok=True)
        built = write_archive(peer, folder, base, count, seed)
        mark_complete(folder, base, seed)
    yield from built.rows(WHOLE, peer.name)


def mark_complete(folder: Path, base: Base, seed: int) -> None:
    """Note beside an archive that it was written to the end, and of what."""
    _mark(folder).write_text(f"{base.name}, seed {seed}", "utf-8")


def _is_complete(folder: Path, base: Base, seed: int) -> bool:
    """Tell whether an archive of these articles was written to the end."""
    mark = _mark(folder)
    return mark.exists() and mark.read_text("utf-8") == f"{base.name}, seed {seed}"


def _mark(folder: Path) -> Path:
    return folder.with_name(f"{folder.name}.complete")


def compare_indexing(
    case: str,
    peers: Sequence[tuple[Peer, int]],
    folder: Path,
    base: Base,
    *,
    seed: int,
    rounds: int,
) -> Iterable[Row]:
    """Write archives, the peers one after the other, several times.

    Args:
        case: `SAMPLE` or `WHOLE`.
        peers: Each with how many articles it gets.
        folder: Where to write; emptied after.
        base: The texts.
        seed: Of the shuffling.
        rounds: How many times.
    """
    for number in range(1, rounds + 1):
        for peer, count in peers:
            yield from write_archive(peer, folder, base, count, seed).rows(case, peer.name, number)
    shutil.rmtree(folder, ignore_errors=True)
