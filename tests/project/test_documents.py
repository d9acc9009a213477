"""The documents say what is true."""

from __future__ import annotations

import dataclasses
import re
import shutil
import subprocess
import sys
import tomllib
from itertools import chain
from pathlib import Path

import pytest

import searcher
from index import Article
from index.record import RECORD_KEYS
from index.schema import make_schema
from searcher.settings import RankingSettings

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


@pytest.mark.parametrize("folder", ["index/codec", "searcher/engines/whoosh"])
def test_the_map_names_every_module(folder: str) -> None:
    section = (ROOT / "ARCHITECTURE.md").read_text("utf-8").partition(f"`{folder}`, from ")[2]
    table = section.partition("\n\n")[2].partition("\n\n")[0]
    named = " ".join(re.findall(r"^\| `([^`]+)` \|", table, re.MULTILINE)).split()
    modules = [path.stem for path in (ROOT / folder).glob("*.py") if path.stem != "__init__"]
    assert sorted(named) == sorted(modules)


def test_each_dependency_has_a_reason() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = project["optional-dependencies"].values()
    needed = {re.split(r"[\[=>]", line)[0] for line in chain(project["dependencies"], *extras)}
    table = (ROOT / "CONTRIBUTING.md").read_text("utf-8").partition("## Dependencies")[2]
    rows = re.findall(r"^\| ([\w\-, .]+) \|", table, re.MULTILINE)[1:]
    named = {name.split()[0] for row in rows for name in row.split(",")}
    assert named == needed - {project["name"]}


def test_the_constants_of_the_ranking_are_the_defaults() -> None:
    text = (ROOT / "searcher" / "README.md").read_text("utf-8")
    found = re.search(
        r"^\| weight \| (\d+) in the title.*\n\| k1, b \| ([\d.]+) and ([\d.]+) ",
        text,
        re.MULTILINE,
    )
    assert found
    title_weight, k1, b = map(float, found.groups())
    assert RankingSettings() == RankingSettings(title_weight=title_weight, k1=k1, b=b)


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_lead_somewhere(document: Path) -> None:
    targets = re.findall(r"\]\(([^)#]+)\)", document.read_text("utf-8"))
    local = [target for target in targets if "://" not in target]
    assert [target for target in local if not (document.parent / target).exists()] == []


@pytest.fixture
def example_folder(
    sample_archive: Path, sample_corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Be where the examples expect to be: beside an archive and a folder of pages."""
    shutil.copytree(sample_archive, tmp_path / "archive.idx")
    shutil.copytree(sample_corpus, tmp_path / "pages")
    monkeypatch.chdir(tmp_path)


@pytest.mark.usefixtures("example_folder")
@pytest.mark.parametrize(
    ("document", "printed"),
    [
        ("README.md", "<b>"),
        ("index/README.md", "82 Counter("),
        ("searcher/README.md", "ScoredDocument(document="),
    ],
)
def test_the_examples_run(document: str, printed: str, capsys: pytest.CaptureFixture[str]) -> None:
    (example,) = re.findall(r"```python\n(.*?)```", (ROOT / document).read_text("utf-8"), re.DOTALL)
    exec(compile(example, document, "exec"), {})  # noqa: S102 (our own document)
    assert printed in capsys.readouterr().out


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
