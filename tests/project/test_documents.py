"""The documents say what is true."""

from __future__ import annotations

import dataclasses
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import searcher
from index import Article
from index.record import RECORD_KEYS
from index.schema import make_schema

ROOT = Path(__file__).parent.parent.parent
DOCUMENTS = sorted(
    path
    for path in ROOT.rglob("*.md")
    if not any(part.startswith(".") or part == "build" for part in path.relative_to(ROOT).parts)
)


def _table(document: str, heading: str) -> list[str]:
    """Return the first cells of the table under a heading."""
    section = (
        (ROOT / document).read_text("utf-8").partition(f"## {heading}")[2].partition("\n## ")[0]
    )
    rows = [line for line in section.splitlines() if line.startswith("| `")]
    return [name for row in rows for name in re.findall(r"`(\w+)`", row.split("|")[1])]


def test_the_field_table_is_that_of_the_article_and_its_record() -> None:
    assert tuple(_table("index/README.md", "Fields of an article")) == RECORD_KEYS
    assert {field.name for field in dataclasses.fields(Article)} == set(RECORD_KEYS)


def test_the_table_of_index_fields_is_the_schema() -> None:
    assert sorted(_table("index/README.md", "Fields of the index")) == sorted(make_schema().names())


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_lead_somewhere(document: Path) -> None:
    targets = re.findall(r"\]\(([^)#]+)\)", document.read_text("utf-8"))
    local = [target for target in targets if "://" not in target]
    assert [target for target in local if not (document.parent / target).exists()] == []


def test_the_example_of_the_readme_runs(
    sample_archive: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (example,) = re.findall(
        r"```python\n(.*?)```", (ROOT / "README.md").read_text("utf-8"), re.DOTALL
    )
    shutil.copytree(sample_archive, tmp_path / "archive.idx")
    before = Path.cwd()
    os.chdir(tmp_path)
    try:
        exec(compile(example, "README.md", "exec"), {})  # noqa: S102 (our own document)
    finally:
        os.chdir(before)
    assert "<b>" in capsys.readouterr().out


def test_the_queries_of_the_readme_find_something(sample_archive: Path) -> None:
    section = (ROOT / "README.md").read_text("utf-8").partition("| query |")[2].partition("\n\n")[0]
    rows = [row.split("|")[1] for row in section.splitlines()[2:]]
    queries = [query for row in rows for query in re.findall(r"`([^`]+)`", row)]
    assert len(queries) > 15
    with searcher.open(sample_archive) as archive:
        assert [query for query in queries if not archive.search(query).total] == []


def test_the_commands_of_the_readme_without_make_work(tmp_path: Path, sample_corpus: Path) -> None:
    lines = re.findall(
        r"^    \.venv/bin/(searcher .*)$", (ROOT / "README.md").read_text("utf-8"), re.MULTILINE
    )
    assert lines
    shutil.copytree(sample_corpus, tmp_path / "sample_corpus")
    program = Path(sys.executable).parent / "searcher"
    for line in lines:
        words = [str(program), *line.split()[1:]]
        done = subprocess.run(words, cwd=tmp_path, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        assert done.stdout


def test_the_parts_of_the_report_in_the_readme_add_up() -> None:
    text = (ROOT / "README.md").read_text("utf-8")
    numbers = re.search(r"(\d+) pages read = (\d+) \w+ \+ (\d+) \w+ \+ (\d+) \w+ \+ (\d+)", text)
    assert numbers
    read, *parts = map(int, numbers.groups())
    assert read == sum(parts)
