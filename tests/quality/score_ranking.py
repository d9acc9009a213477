"""How well hits are ranked: nDCG@10, MAP and recall@100 on collections with judged queries.

    python tests/quality/score_ranking.py
    python tests/quality/score_ranking.py --peers all
    python tests/quality/score_ranking.py --peers bm25s,tantivy --only time,reuters
    python tests/quality/score_ranking.py --only rtqa --around

The collections and their scorer lie beside the checkout (`../shared/data/ranking`). Each text of a
query goes through `Archive.search` as a user would type it. Archives are left in the work folder
and searched again by a later run. NEWS is the mean over those of news: TIME 1963, quiz questions
and web articles (rtqa), Reuters-21578, and tweets with the fact checks of what they claim. Peers
that are not installed are left out (the extra `bench` has them); `lucene` is its formula (BM25
with k1 1.2, b .75 over title and body together) on our own tokens.
"""

from __future__ import annotations

import argparse
import gzip
import json
import math
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from statistics import mean
from typing import Any
from uuid import uuid4

import searcher
from index import Article, Outcome, PageRecord
from index.engines.whoosh import open_writer
from index.ledger import Entry, enter
from index.text import stem, tokens
from score_extraction import load_scorer, read_lines
from searcher.settings import RankingSettings

DATA = Path(__file__).parents[3] / "shared" / "data" / "ranking"
MEASURES = ("nDCG@10", "MAP", "R@100")
NEWS = ("time", "rtqa", "reuters", "checkthat")
DEPTH = 1000  # what MAP looks at

Documents = Sequence[Mapping[str, Any]]
Rank = Callable[[Mapping[str, Any]], list[str]]


def collections(folder: Path) -> list[str]:
    """Return the names of the collections with queries."""
    return sorted(path.parent.name for path in folder.glob("*/queries.jsonl"))


def documents(folder: Path) -> Documents:
    """Return the documents of a collection."""
    with gzip.open(folder / "docs.jsonl.gz", "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def write_archive(found: Documents, archive: Path) -> None:
    """Write the documents of a collection into a new archive."""
    with open_writer(archive) as writer:
        for one in found:
            article = Article(
                id=one["id"],
                title=one["title"],
                body=one["body"],
                location=one["id"],
                published=_day(one["date"]),
            )
            record = PageRecord(location=one["id"], outcome=Outcome.ARTICLE, article=one["id"])
            enter(writer, Entry(outcome=Outcome.ARTICLE, record=record, article=article))
        writer.commit()


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


def ranked_by_us(archive: searcher.Archive, query: Mapping[str, Any], *, around: bool) -> list[str]:
    """Return the ids of the hits of a query, the best first."""
    day = _day(query.get("date", "")) if around else None
    ranking = RankingSettings(around=day)
    try:
        return archive.search(query["text"], limit=DEPTH, copies=True, ranking=ranking).hit_ids()
    except searcher.QuerySyntaxError as error:
        print(f"{query['id']}: {error}")
        return []


def figures(folder: Path, rank: Rank) -> dict[str, float]:
    """Return the measures of a way to rank, over the queries of a collection."""
    scorer = load_scorer(folder.parent)
    qrels = scorer.read_qrels(folder / "qrels.tsv")
    queries = read_lines(folder / "queries.jsonl")
    run = {query["id"]: rank(query) for query in queries}
    per_query = scorer.evaluate(qrels, run, list(run))
    return {measure: scorer.mean(per_query, measure) for measure in MEASURES}


# The peers


def fts5(found: Documents) -> Rank:
    """SQLite FTS5 with its porter stemmer: any of the words."""
    base = sqlite3.connect(":memory:")
    base.execute("create virtual table docs using fts5(title, body, tokenize='porter unicode61')")
    base.executemany("insert into docs values (?, ?)", [(d["title"], d["body"]) for d in found])

    def rank(query: Mapping[str, Any]) -> list[str]:
        words = " OR ".join(f'"{word}"' for word in dict.fromkeys(_terms(query["text"])))
        asked = "select rowid from docs where docs match ? order by rank limit ?"
        rows = base.execute(asked, (words, DEPTH)) if words else ()
        return [found[row - 1]["id"] for (row,) in rows]

    return rank


def tantivy(found: Documents) -> Rank:
    """Tantivy with its English stemmer: any of the words, in title or body."""
    import tantivy as engine

    builder = engine.SchemaBuilder()
    for name in ("title", "body"):
        builder.add_text_field(name, tokenizer_name="en_stem")
    builder.add_unsigned_field("number", stored=True)
    held = engine.Index(builder.build())
    writer = held.writer(50_000_000, 1)
    for number, one in enumerate(found):
        writer.add_document(
            engine.Document(title=[one["title"]], body=[one["body"]], number=[number])
        )
    writer.commit()
    held.reload()
    searching = held.searcher()

    def rank(query: Mapping[str, Any]) -> list[str]:
        words = " ".join(_terms(query["text"]))
        hits = searching.search(held.parse_query(words, ["title", "body"]), DEPTH).hits
        return [found[searching.doc(at)["number"][0]]["id"] for _, at in hits]

    return rank


def whoosh(found: Documents) -> Rank:
    """Stock Whoosh as it comes: every word required, StemmingAnalyzer."""
    from whoosh.analysis import StemmingAnalyzer
    from whoosh.fields import NUMERIC, TEXT, Schema
    from whoosh.filedb.filestore import RamStorage
    from whoosh.qparser import MultifieldParser

    words = TEXT(analyzer=StemmingAnalyzer())
    schema = Schema(title=words, body=words, number=NUMERIC(stored=True))
    # Its scratch files are on disk, under the name of the index, which no other run must have.
    held = RamStorage().create_index(schema, indexname=uuid4().hex)
    with held.writer() as writer:
        for number, one in enumerate(found):
            writer.add_document(title=one["title"], body=one["body"], number=number)
    searching, parser = held.searcher(), MultifieldParser(["title", "body"], schema)

    def rank(query: Mapping[str, Any]) -> list[str]:
        hits = searching.search(parser.parse(" ".join(_terms(query["text"]))), limit=DEPTH)
        return [found[hit["number"]]["id"] for hit in hits]

    return rank


def lucene(found: Documents) -> Rank:
    """The formula of Lucene's BM25 over the tokens of title and body, its stop words left out."""
    import numpy as np

    lists: dict[str, dict[int, int]] = {}
    lengths = np.zeros(len(found))
    for number, one in enumerate(found):
        terms = _stems(f"{one['title']} {one['body']}")
        lengths[number] = len(terms)
        for term, count in Counter(terms).items():
            lists.setdefault(term, {})[number] = count
    norms = 1.2 * (1 - 0.75 + 0.75 * lengths / lengths.mean())

    def rank(query: Mapping[str, Any]) -> list[str]:
        scores = np.zeros(len(found))
        for term, times in Counter(_stems(query["text"])).items():
            having = lists.get(term, {})
            docs, counts = np.array([*having], dtype=int), np.array([*having.values()])
            idf = math.log(1 + (len(found) - len(docs) + 0.5) / (len(docs) + 0.5))
            scores[docs] += times * idf * counts / (counts + norms[docs])
        order = np.argsort(-scores, kind="stable")[:DEPTH]
        return [found[at]["id"] for at in order if scores[at] > 0]

    return rank


def bm25s(found: Documents) -> Rank:
    """The package bm25s with its defaults: its English stop words, Snowball stems."""
    import bm25s as engine
    import Stemmer

    def cut(texts: list[str]) -> Any:
        return engine.tokenize(
            texts, stopwords="en", stemmer=Stemmer.Stemmer("english"), show_progress=False
        )

    held = engine.BM25()
    held.index(cut([f"{d['title']} {d['body']}" for d in found]), show_progress=False)
    depth = min(DEPTH, len(found))

    def rank(query: Mapping[str, Any]) -> list[str]:
        numbers, scores = held.retrieve(cut([query["text"]]), k=depth, show_progress=False)
        pairs = zip(numbers[0].tolist(), scores[0].tolist(), strict=True)
        return [found[number]["id"] for number, score in pairs if score > 0]

    return rank


# Those of Lucene's EnglishAnalyzer.
LUCENE_STOP_WORDS = """
a an and are as at be but by for if in into is it no not of on or such that the their then there
these they this to was will with
"""
PEERS = {"fts5": fts5, "tantivy": tantivy, "whoosh": whoosh, "lucene": lucene, "bm25s": bm25s}


def _terms(text: str) -> list[str]:
    return [token.term for token in tokens(text)]


def _stems(text: str) -> list[str]:
    return [stem(term) for term in _terms(text) if term not in LUCENE_STOP_WORDS.split()]


def our_figures(name: str, data: Path, work: Path, *, around: bool = False) -> dict[str, float]:
    """Return our measures on a collection; its archive is written if it is not there."""
    archive = work / name
    if not archive.exists():
        write_archive(documents(data / name), archive)
    with searcher.open(archive) as opened:
        opened._engine.outline = cache(opened._engine.outline)  # type: ignore[method-assign]
        return figures(data / name, lambda query: ranked_by_us(opened, query, around=around))


def _rows(options: argparse.Namespace) -> Iterator[tuple[str, str, dict[str, float]]]:
    for name in options.only or collections(options.data):
        yield "ours", name, our_figures(name, options.data, options.work, around=options.around)
        found = documents(options.data / name) if options.peers else ()
        for peer in options.peers:
            try:
                yield peer, name, figures(options.data / name, PEERS[peer](found))
            except ImportError:
                print(f"{peer} is not installed")


def _names(text: str) -> list[str]:
    return text.split(",")


def main() -> None:
    """Print the measures of each collection, and their means."""
    parser = argparse.ArgumentParser(description="Score the ranking on judged queries.")
    parser.add_argument("--data", type=Path, default=DATA, help="folder of the collections")
    parser.add_argument("--work", type=Path, default=Path("build/ranking"), help="for archives")
    parser.add_argument("--only", type=_names, default=[], help="collections")
    peers = f"all, or some of {', '.join(PEERS)}"
    parser.add_argument("--peers", type=_names, default=[], help=peers)
    parser.add_argument("--around", action="store_true", help="lift articles of the query's day")
    options = parser.parse_args()
    if options.peers == ["all"]:
        options.peers = [*PEERS]
    options.work.mkdir(parents=True, exist_ok=True)
    table: dict[str, dict[str, dict[str, float]]] = {}
    for engine, name, found in _rows(options):
        table.setdefault(engine, {})[name] = found
        _show(engine, name, found)
    for engine, rows in table.items():
        _show(engine, "MEAN", _means(rows))
        news = {name: row for name, row in rows.items() if name in NEWS}
        if news:
            _show(engine, "NEWS", _means(news))


def _means(rows: Mapping[str, Mapping[str, float]]) -> dict[str, float]:
    return {measure: mean(row[measure] for row in rows.values()) for measure in MEASURES}


def _show(engine: str, name: str, found: Mapping[str, float]) -> None:
    numbers = " ".join(f"{measure}={found[measure]:.4f}" for measure in MEASURES)
    print(f"{engine:<8} {name:<10} {numbers}", flush=True)


if __name__ == "__main__":
    main()
