"""`python -m index.people.train CORPUS`: builds lists.txt and weights.bin, and prints scores."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import index.people
from index.people.train.wordlists import class_lines

ATTRIBUTION = {
    "license": "CC BY-SA 4.0",
    "trained_on": "Universal Dependencies English EWT (CC BY-SA 4.0), WikiGold (CC BY 4.0),"
    " Re-DocRED and CrossNER (MIT, texts of Wikipedia, CC BY-SA), news invented from templates",
}


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(prog="python -m index.people.train", description=__doc__)
    parser.add_argument("corpus", type=Path, help="documents as JSON lines, see the README")
    parser.add_argument("--output", type=Path, default=Path(index.people.__file__).parent)
    parser.add_argument(
        "--score", type=Path, help="documents that are read with the new weights and scored"
    )
    options = parser.parse_args()
    texts = [json.loads(line)["text"] for line in options.corpus.read_text("utf-8").splitlines()]
    (options.output / "lists.txt").write_text(class_lines(texts), "utf-8")
    # The modules read the lists that were just written.
    from index.people.tagger import Tagger
    from index.people.train.corpus import read_corpus
    from index.people.train.crf import train
    from index.people.train.invented import invented_documents
    from index.people.train.scores import span_scores
    from index.people.weights import read_weights, write_weights

    documents = read_corpus(options.corpus) + invented_documents()
    content = write_weights(*train(documents), ATTRIBUTION)
    (options.output / "weights.bin").write_bytes(content)
    tagger = Tagger(read_weights(content))
    for name, path in (("training", options.corpus), ("other", options.score)):
        if path:
            precision, recall, f1 = span_scores(tagger, read_corpus(path))
            print(f"{name} documents: P {precision:.3f} R {recall:.3f} F1 {f1:.3f}")  # noqa: T201
    print(f"{len(content):,} bytes of weights")  # noqa: T201


if __name__ == "__main__":
    main()
