"""Completion in shells: what Tab gives behind a command line that was begun."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

Run = Callable[..., CompletedProcess[str]]

COMPLETED = {
    "searcher exp": "export",
    "searcher search flood --so": "--source --sort",
    "searcher search flood --sort ": "relevance newest oldest",
    "searcher search flood --sort n": "newest",
    "searcher search -draft --color a": "auto always",
    "searcher export --format b": "bibtex",
    "searcher show --r": "--raw",
}
# What bash does on Tab: it splits the line, calls the function, and takes its list.
BASH = """
complete -p searcher >&2
while IFS= read -r line; do
    read -ra COMP_WORDS <<< "$line"
    [[ $line == *' ' ]] && COMP_WORDS+=("")
    COMP_CWORD=$((${#COMP_WORDS[@]} - 1)) COMPREPLY=()
    _searcher_completion searcher
    echo "${COMPREPLY[*]}"
done
"""


def test_bash_completes_commands_options_and_values(
    program: tuple[str, ...], environment: dict[str, str]
) -> None:
    bash = shutil.which("bash")
    if bash is None or len(program) > 1:
        pytest.skip("there is no bash, or the program has no script")
    script = subprocess.run(
        program,
        env=environment | {"_SEARCHER_COMPLETE": "source_bash"},
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    done = subprocess.run(
        [bash, "-c", script + BASH],
        input="".join(f"{line}\n" for line in COMPLETED),
        env=environment | {"PATH": f"{Path(program[0]).parent}:{environment['PATH']}"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "-F _searcher_completion searcher" in done.stderr
    assert dict(zip(COMPLETED, done.stdout.splitlines(), strict=True)) == COMPLETED


@pytest.mark.parametrize(
    ("shell", "variables"),
    [
        ("zsh", {"_TYPER_COMPLETE_ARGS": "searcher search flood --sort n"}),
        (
            "fish",
            {
                "_TYPER_COMPLETE_ARGS": "searcher search flood --sort n",
                "_TYPER_COMPLETE_FISH_ACTION": "get-args",
            },
        ),
    ],
)
def test_other_shells_are_answered_in_their_words(
    run: Run, shell: str, variables: dict[str, str]
) -> None:
    done = run(**variables, _SEARCHER_COMPLETE=f"complete_{shell}")
    assert "newest" in done.stdout
    assert "oldest" not in done.stdout
