"""The package as it is installed."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib.metadata import files, packages_distributions
from pathlib import Path

import pytest

import index
import searcher

ON_WHEEL = pytest.mark.skipif(
    "TESTS_RUN_ON_WHEEL" not in os.environ, reason="the package is not installed from its wheel"
)
HEAVY = (
    *("whoosh", "selectolax", "typer", "rich", "charset_normalizer"),
    *("Stemmer", "numpy", "zstandard"),
)


@pytest.mark.parametrize("package", [index, searcher], ids=["index", "searcher"])
def test_what_is_exported_is_what_is_visible(package: object) -> None:
    exported = package.__all__  # type: ignore[attr-defined]
    assert list(exported) == sorted(exported)
    for name in exported:
        assert getattr(package, name) is not None


@pytest.mark.parametrize("package", ["index", "searcher"])
def test_importing_loads_the_standard_library_alone(package: str) -> None:
    code = f"import sys, {package}; print(*(set({HEAVY!r}) & sys.modules.keys()))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []


def test_searching_loads_no_parser_and_indexing_no_engine(tmp_path: Path) -> None:
    code = (
        "import sys; from searcher.cli import main; sys.argv = ['searcher', 'search', 'x'];"
        "code = main(); print(*({'selectolax', 'index.parse', 'index.build'} & sys.modules.keys()))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, cwd=tmp_path
    )
    assert done.stdout.split() == []
    assert "no archive" in done.stderr


@ON_WHEEL
def test_the_tests_run_on_the_installed_package() -> None:
    for package in (index, searcher):
        assert package.__file__
        assert "site-packages" in Path(package.__file__).parts


@ON_WHEEL
def test_the_wheel_holds_both_packages_typed_and_nothing_else() -> None:
    names = [str(file) for file in files("news-archive-search") or []]
    tops = {name.split("/")[0] for name in names if not name.startswith("..")}
    assert {top for top in tops if ".dist-info" not in top} == {"index", "searcher"}
    assert {"index/py.typed", "searcher/py.typed"} <= set(names)
    assert not [name for name in names if name.endswith(".md")]


@ON_WHEEL
def test_the_import_name_index_is_ours_alone() -> None:
    assert packages_distributions()["index"] == ["news-archive-search"]


def test_code_of_users_type_checks(tmp_path: Path) -> None:
    code = tmp_path / "user.py"
    code.write_text(
        "from datetime import date\n\n"
        "import searcher\n"
        "from searcher.export import Format, Report, exported\n\n"
        'with searcher.open("archive.idx") as archive:\n'
        '    results = archive.search("flood", sort="newest")\n'
        "    hits: tuple[searcher.Hit, ...] = results.hits\n"
        "    titles: list[str] = [hit.article.title for hit in results]\n"
        '    counts: tuple[searcher.Count, ...] = results.facets("source")\n'
        "    stats: searcher.ArchiveStats = archive.stats()\n"
        '    report = Report(made=date.today(), query="flood")\n'
        '    every = archive.scan("flood", sort="oldest", since="2025")\n'
        "    text: str = ''.join(exported(every, Format.RIS, report))\n"
    )
    mypy = Path(sys.executable).parent / "mypy"
    if not mypy.exists():
        pytest.skip("mypy is not installed")
    done = subprocess.run(
        [mypy, "--strict", "--config-file", os.devnull, "--cache-dir", tmp_path / "cache", code],
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
    )
    assert done.returncode == 0, done.stdout
