"""How long it takes to find the story of an article, and what that takes on disk.

    python tests/benchmarks/bench_stories.py [--articles 2000] [--rounds 3]

Five sections: CPU time per article of 500 words, beside datasketch (MinHash and its LSH index) in
the same run, in turn; bytes on disk; searches with and without stories as hits; and lookups in
segments of 10,000, 100,000 and 1,000,000 articles, whose fingerprints are drawn by a seed, with the
memory that it takes to group articles with the last. datasketch is no dependency, but needed here.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from multiprocessing import get_context
from pathlib import Path
from statistics import median

import numpy as np
from corpus import load_base

import searcher
from index import Article, Outcome, PageRecord
from index.codec import open_archive
from index.codec.array_writer import ArrayFileWriter
from index.codec.arrays import ArrayFile
from index.codec.blocks import Numbers
from index.codec.prints import PrintsReader, PrintsSlice, write_prints
from index.engines.whoosh import open_writer
from index.schema import ARTICLE
from index.stories.grouping import Incomer, group
from index.stories.growing import GrowingArticles
from index.stories.known import MAX_HOLDERS, Holders
from index.stories.profile import Profile, profile_of

WORDS = 500
COPY_SHARE = 0.2  # of the articles are edited copies with a footer, as on sites that share wires
DROPPED_WORDS = 0.03
AT_ONCE = 512
SIZES = (10_000, 100_000, 1_000_000)
PRINTS = 72  # of an article of 500 words, about
SHINGLE_WORDS = 5
SLICE = 1 << 22
PARTS = ("prints", "story", "version_key", "copy_key")  # of a segment, that are for stories
QUERIES = 50
SEARCHED = (2_000, 20_000)
AT_COMMIT = 10_000
EACH_ON_TWO_PAGES = 4  # each so many articles
SEED = 7


def articles(count: int) -> list[Article]:
    """Return articles of 500 words, of which some are copies of those before."""
    drawn = random.Random(SEED)  # noqa: S311
    # Made-up words are longer than those of English, which have some 4.7 letters.
    words = (
        word[: drawn.randint(2, 8)]
        for _, body, _ in load_base(None, SEED).texts
        for word in body.split()
    )
    found: list[Article] = []
    while len(found) < count:
        if found and drawn.random() < COPY_SHARE:
            text = drawn.choice(found).body.split()
            body = " ".join(word for word in text if drawn.random() > DROPPED_WORDS)
        else:
            body = " ".join(next(words) for _ in range(WORDS))
        name = f"a{len(found)}"
        found.append(Article(id=name, title=" ".join(body.split()[:7]), body=body, location=name))
    return found


def ours(pages: Sequence[Article]) -> None:
    """Group the articles in memory, as a commit does."""
    growing = GrowingArticles()
    for first in range(0, len(pages), AT_ONCE):
        some = pages[first : first + AT_ONCE]
        group(growing, [Incomer(id=one.id, profile=profile_of(one)) for one in some])


def theirs(pages: Sequence[Article]) -> None:
    """Index the articles with datasketch, and look each up."""
    from datasketch import MinHash, MinHashLSH

    lsh = MinHashLSH(threshold=0.5, num_perm=128)
    for page in pages:
        words = page.body.lower().split()
        shingles = {
            " ".join(words[at : at + SHINGLE_WORDS]).encode()
            for at in range(max(len(words) - SHINGLE_WORDS + 1, 1))
        }
        made = MinHash(num_perm=128)
        made.update_batch(shingles)
        lsh.query(made)
        lsh.insert(page.id, made)


def cpu_us(work: Callable[[], object], count: int) -> float:
    """Return the CPU time of some work, in microseconds for each of so many articles."""
    start = time.process_time()
    work()
    return (time.process_time() - start) * 1e6 / count


def report_time(pages: Sequence[Article], rounds: int) -> None:
    """Print CPU time per article, ours and theirs in turn."""
    pairs = [
        (cpu_us(lambda: ours(pages), len(pages)), cpu_us(lambda: theirs(pages), len(pages)))
        for _ in range(rounds)
    ]
    ratios = [one / other for one, other in pairs]
    print(f"CPU per article of {WORDS} words, {len(pages)} articles, {COPY_SHARE:.0%} copies")
    print(f"  ours {median(one for one, _ in pairs):.0f} us (bound 400)")
    print(f"  datasketch {median(other for _, other in pairs):.0f} us")
    print(f"  ratio {median(ratios):.2f} (bound 0.33), of {', '.join(f'{r:.2f}' for r in ratios)}")


def report_disk(pages: Sequence[Article]) -> None:
    """Print what stories take in an archive of the articles."""
    with tempfile.TemporaryDirectory() as folder:
        with open_writer(Path(folder) / "archive.idx") as writer:
            for page in pages:
                writer.put_article(page.id, page)
            commit_us = cpu_us(writer.commit, len(pages))
            for page in pages:
                again = replace(page, id=f"{page.id} again", location=f"{page.location} again")
                writer.put_article(again.id, again)
            copies_us = cpu_us(writer.commit, len(pages))
        snapshot = open_archive(Path(folder) / "archive.idx")
        sizes: dict[str, int] = {}
        for segment, _ in snapshot.of_kind(ARTICLE):
            for name in segment.file.names:
                part = name.partition("/")[0]
                if part in PARTS or name in {"columns/story", "columns/cluster"}:
                    sizes[part] = sizes.get(part, 0) + segment.file.array(name).nbytes
        held = sum(len(segment.prints or ()) for segment, _ in snapshot.of_kind(ARTICLE))
        snapshot.close()
    count = 2 * len(pages)
    parts = ", ".join(f"{name} {size / count:.0f}" for name, size in sorted(sizes.items()))
    print(f"disk: {sum(sizes.values()) / count:.0f} bytes an article ({parts}), bound 400")
    print(f"  {held / count:.0f} fingerprints each; every second article is a copy")
    print(f"  commit, all work: {commit_us:.0f} us an article; of copies only {copies_us:.0f} us")


def report_searches(rounds: int) -> None:
    """Print what it costs that a search shows one hit a story, beside one that shows articles."""
    print("searches of one and two common words, ten hits: CPU with stories as hits by without")
    for count in SEARCHED:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "archive.idx"
            words = write_searched(path, count)
            with searcher.open(path) as archive:
                asked = [*words, *(f"{one} OR {other}" for one, other in pairwise(words))]

                def search(*, copies: bool) -> None:
                    for query in asked:  # noqa: B023 (called here)
                        tuple(archive.search(query, copies=copies))

                search(copies=False)
                pairs = [
                    (
                        cpu_us(lambda: search(copies=False), len(asked)),
                        cpu_us(lambda: search(copies=True), len(asked)),
                    )
                    for _ in range(rounds)
                ]
        one, other = (median(side) for side in zip(*pairs, strict=True))
        ratio = median(first / second for first, second in pairs)
        print(f"  {count:9,} articles: {one:.0f} us, articles {other:.0f} us, ratio {ratio:.2f}")


def write_searched(path: Path, count: int) -> list[str]:
    """Write short articles; return words that many have.

    Every second article is a copy, and every fourth is on a further page.
    """
    drawn = random.Random(SEED)  # noqa: S311
    words = sorted({word for _, body, _ in load_base(None, SEED).texts for word in body.split()})
    body = ""
    with open_writer(path) as writer:
        for number in range(count):
            if number % 2 == 0:
                body = " ".join(words[int(len(words) * drawn.random() ** 3)] for _ in range(60))
            one = Article(
                id=f"a{number}", title=f"Title {number}", body=body, location=f"/{number}"
            )
            writer.put_article(one.id, one)
            record = PageRecord(location=one.location, outcome=Outcome.ARTICLE, article=one.id)
            writer.put_page(one.location, record)
            if number % EACH_ON_TWO_PAGES == 0:
                again = replace(record, location=f"{number} again", outcome=Outcome.DUPLICATE)
                writer.put_page(again.location, again)
            if number % AT_COMMIT == AT_COMMIT - 1:
                writer.commit()
        writer.commit()
    return drawn.sample(words[: len(words) // 50], QUERIES)


def slices(count: int) -> Iterator[PrintsSlice]:
    """Yield the fingerprints of so many articles, drawn by the seed."""
    random_ = np.random.default_rng(SEED)
    parts = -(-count * PRINTS // SLICE)
    width = (1 << 32) // parts
    for part in range(parts):
        size = count * PRINTS // parts
        prints = np.sort(random_.integers(part * width, (part + 1) * width, size, dtype=np.uint64))
        docs = random_.integers(0, count, size).astype(np.uint32)
        yield PrintsSlice(prints.astype(np.uint32), docs)


def report_lookups(rounds: int) -> None:
    """Print how lookups grow with the archive."""
    print(f"lookups of {AT_ONCE} articles at once, and of one alone, CPU per article")
    for count in SIZES:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "prints"
            asked = write_drawn(path, count)
            with ArrayFile(path) as opened:
                together, alone = lookup_us(PrintsReader(opened, count), asked, rounds)
            size = path.stat().st_size / count
        print(f"  {count:9,} articles: {together:5.1f} us, alone {alone:5.0f} us, {size:.0f} bytes")


class Drawn:
    """Articles whose fingerprints were drawn, as known ones; `KnownArticles`."""

    def __init__(self, reader: PrintsReader, count: int) -> None:
        self._reader = reader
        self._clusters = np.random.default_rng(SEED).integers(0, 1 << 32, count, dtype=np.uint32)

    def __len__(self) -> int:
        return len(self._clusters)

    def holders(self, prints: Numbers) -> Holders:
        """Look fingerprints up."""
        counts, documents = self._reader.holders(prints, MAX_HOLDERS)
        return Holders(counts=counts, documents=documents)

    def clusters(self, documents: Numbers) -> Numbers:
        """Look clusters up."""
        return self._clusters[documents]

    def story(self, document: int) -> int:
        """Name a story of its own."""
        return document + 1

    def profile(self, document: int) -> Profile:
        """Make a profile that nothing is like."""
        return profile_of(Article(id=str(document), title="", body="", location=""))

    def story_size(self, _story: int) -> int:
        """Count the one article."""
        return 1


def in_a_process(work: Callable[..., object], *arguments: object) -> None:
    """Do some work in a process that has done nothing before, whose memory tells of it alone."""
    process = get_context("spawn").Process(target=work, args=arguments)
    process.start()
    process.join()


def report_memory(article_count: int) -> None:
    """Print what memory it takes to group articles with a million others."""
    pages, count = articles(article_count), SIZES[-1]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "prints"
        in_a_process(write_drawn, path, count)
        with ArrayFile(path) as opened:
            known = Drawn(PrintsReader(opened, count), count)
            before = most = anonymous_bytes()
            growing = GrowingArticles(known, lambda number: profile_of(pages[number]))
            for first in range(0, len(pages), AT_ONCE):
                some = pages[first : first + AT_ONCE]
                group(growing, [Incomer(id=one.id, profile=profile_of(one)) for one in some])
                most = max(most, anonymous_bytes())
    grown = (most - before) / 2**20
    print(
        f"memory: {len(pages)} articles grouped with {count:,}, {grown:.0f} MB beside mapped files"
    )


def anonymous_bytes() -> int:
    """Return the memory of this process that no file is behind (Linux)."""
    status = Path("/proc/self/status").read_text("ascii")
    line = next(line for line in status.splitlines() if line.startswith("RssAnon"))
    return int(line.split()[1]) * 1024


def write_drawn(path: Path, count: int) -> Numbers:
    """Write the fingerprints of so many articles; return those of a batch, in random order."""
    made = [*slices(count)]
    with ArrayFileWriter(path) as file:
        write_prints(file, sum(len(one.prints) for one in made), count, made)
        file.close({})
    held = np.concatenate([one.prints[::9] for one in made])
    return np.random.default_rng(SEED).permutation(held)[: AT_ONCE * PRINTS]


def lookup_us(reader: PrintsReader, asked: Numbers, rounds: int) -> tuple[float, float]:
    """Return the CPU time per article of a batch, and of an article alone."""

    def look_up(prints: Numbers) -> float:
        return cpu_us(lambda: reader.holders(prints, MAX_HOLDERS), 1)

    look_up(asked)
    together = median(look_up(asked) for _ in range(rounds)) / AT_ONCE
    alone = median(look_up(asked[at : at + PRINTS]) for at in range(0, len(asked), PRINTS))
    return together, alone


def main() -> None:
    """Run all sections."""
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    options.add_argument("--articles", type=int, default=2_000)
    options.add_argument("--rounds", type=int, default=3)
    chosen = options.parse_args()
    pages = articles(chosen.articles)
    report_time(pages, chosen.rounds)
    report_disk(pages)
    report_searches(chosen.rounds)
    report_lookups(chosen.rounds)
    in_a_process(report_memory, chosen.articles)


if __name__ == "__main__":
    main()
