"""The README tells the truth: its commands keep in step, and its Python runs."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def command(marker: str) -> str:
    """The one line of the code block under a marker."""
    found = re.search(rf"<!-- {re.escape(marker)} -->\n```\w+\n(.+)\n```", README)
    assert found, f"no command under <!-- {marker} -->"
    return found.group(1)


def on_windows(line: str) -> str:
    """The Windows twin of a shell line."""
    return line.replace("python3 -m", "py -m").replace(".venv/bin/python", ".venv\\Scripts\\python").replace("'", '"')


@pytest.mark.parametrize("marker", ["run", "test"])
def test_the_windows_line_does_the_same(marker: str) -> None:
    assert command(f"{marker} on Windows") == on_windows(command(marker))


def test_the_first_command_runs_the_main_job_and_the_second_the_tests() -> None:
    assert "run_scenarios.py run scenarios/anytown.toml" in command("run")
    assert command("test").endswith("-m pytest")


def test_ci_reads_these_commands_rather_than_repeating_them() -> None:
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert "README.md" in script
    assert "pip --python" not in script


def test_the_python_example_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = re.search(r"```python\n(.+?)```", README, re.DOTALL)
    assert found
    monkeypatch.chdir(tmp_path)
    code = compile(found.group(1), "README.md", "exec")
    names: dict[str, object] = {"__name__": "readme"}
    exec(code, names)
    assert (tmp_path / "results" / "my_town" / "report.html").stat().st_size > 100_000


def test_no_path_of_a_machine_stands_in_the_project() -> None:
    for file in [*ROOT.glob("*.md"), *ROOT.glob(".ci/*"), *(ROOT / "scenarios").rglob("*")]:
        if file.is_file():
            assert str(ROOT) not in file.read_text(encoding="utf-8"), file
