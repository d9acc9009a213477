"""What reading the people of an article costs, beside spaCy's small English model.

    python tests/benchmarks/bench_people.py ARTICLES.jsonl [--articles N] [--spacy PACKAGE]

ARTICLES.jsonl has a text on each line, `{"text": ...}`, title first, or articles as `searcher
parse` writes them. Times are CPU time of this process, in microseconds per 500 words: in the first
pass over all articles, and the median of later ones. With `--spacy` (the name of an installed
package with a model) its entity recogniser reads the same articles between our passes, alone.
"""

from __future__ import annotations

import argparse
import importlib
import json
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median

from index.people import read_people
from index.people.tagger import shipped_tagger

WORDS = 500
ROUNDS = 5
Article = tuple[str, list[str]]


def cpu_seconds(work: Callable[[], object]) -> float:
    """Return the CPU time that a piece of work takes."""
    began = time.process_time()
    work()
    return time.process_time() - began


def read_articles(path: Path, limit: int) -> list[Article]:
    """Return title and paragraphs of articles, spread over the file."""
    records = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    texts = [
        record.get("text") or "\n".join([record["title"], *record["body"].split("\n\n")])
        for record in records
    ]
    chosen = texts[:: max(len(texts) // limit, 1)][:limit]
    return [(title, rest.split("\n")) for title, _, rest in (t.partition("\n") for t in chosen)]


def spacy_reader(package: str, articles: Sequence[Article]) -> Callable[[], object]:
    """Return what reads the articles with the entity recogniser of a spaCy model."""
    pipeline = importlib.import_module(package).load()
    texts = ["\n".join([title, *paragraphs]) for title, paragraphs in articles]

    def read() -> None:
        with pipeline.select_pipes(enable=["ner"]):
            for text in texts:
                _ = [entity.text for entity in pipeline(text).ents]

    read()
    return read


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("articles_file", type=Path)
    parser.add_argument("--articles", type=int, default=200)
    parser.add_argument("--spacy", help="an installed package with a model of spaCy")
    options = parser.parse_args()
    articles = read_articles(options.articles_file, options.articles)
    words = sum(len(part.split()) for title, rest in articles for part in (title, *rest))
    unit = WORDS / words * 1e6

    def ours() -> None:
        for title, paragraphs in articles:
            read_people(title, paragraphs)

    load = cpu_seconds(shipped_tagger) + cpu_seconds(lambda: read_people("Ana Ruiz won", []))
    print(f"{len(articles)} articles of {words / len(articles):.0f} words")
    print(f"loading weights and lists      {load * 1e3:9.1f} ms")
    print(f"first pass                     {cpu_seconds(ours) * unit:9.0f} us per {WORDS} words")
    theirs = spacy_reader(options.spacy, articles) if options.spacy else None
    rounds = [(cpu_seconds(ours), cpu_seconds(theirs) if theirs else 0.0) for _ in range(ROUNDS)]
    warm = median(own for own, _ in rounds)
    print(f"later passes                   {warm * unit:9.0f} us per {WORDS} words")
    if theirs:
        print(f"spaCy, entity recogniser alone {median(t for _, t in rounds) * unit:9.0f} us")
        ratios = sorted(their / own for own, their in rounds)
        print(
            f"spaCy by ours                  {median(ratios):9.1f}"
            f" ({ratios[0]:.1f} to {ratios[-1]:.1f})"
        )


if __name__ == "__main__":
    main()
