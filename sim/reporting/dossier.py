"""The dossier of `verify` in words: printed, and as the page `verify.md`."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from pathlib import Path

from sim.errors import printable
from sim.experiments.verifying.dossier import Dossier
from sim.experiments.verifying.findings import FAIL, NOT_APPLICABLE, NOT_BUILT, PASS, WEAK, Finding, Part, Verdict
from sim.reporting.amounts import counted, listed
from sim.reporting.console import WIDTH
from sim.reporting.results import settings_in_words
from sim.reporting.wording import NOT_COMPARABLE

MARKS: dict[Verdict, str] = {
    PASS: "pass",
    FAIL: "FAIL",
    WEAK: "too weak to tell",
    NOT_BUILT: "not built",
    NOT_APPLICABLE: "not applicable",
}
INDENT = " " * 6

WHAT_IT_SHOWS = (
    "The tests show whether the program does with this scenario what such a model must do. Whether the scenario is "
    "like your area, its `[checks]` against published figures and its sources show; `run` and `explain` tell these."
)
POWER = (
    "Power is how often a test would find a violation of the size it names. It is computed at the test's own level, "
    "from the error found, by the noncentral t distribution. A test with less than 90% runs more replications, up to "
    "eight times as many. If that is not enough it is too weak to tell, and does not count as passed."
)
AS_SPECIFIED = "Pathways are taken as specified: on another basis only the number of posts differs."


def printed(dossier: Dossier, folder: Path | None = None) -> str:
    """The dossier as text: what was tried and found by each test, then the summary and where it is written."""
    lines = [_title(dossier), "", *(line for finding in dossier.findings for line in _finding(finding)), ""]
    lines += textwrap.wrap(summary(dossier), WIDTH)
    if folder is not None:
        lines.append(f"Dossier: {folder / 'verify.md'}")
    return "\n".join(lines) + "\n"


def summary(dossier: Dossier) -> str:
    """How many tests passed, failed and did not apply, in a sentence; which failed."""
    counts = dossier.verdicts
    told = f"{counted(len(dossier.findings), 'test')}: {counts[PASS]} passed, {counts[FAIL]} failed"
    told += f", {counts[WEAK]} too weak to tell" if counts[WEAK] else ""
    told += f", {counts[NOT_BUILT]} could not be built" if counts[NOT_BUILT] else ""
    told += f", {counts[NOT_APPLICABLE]} not applicable"
    failed = [finding.test for finding in dossier.findings if finding.verdict == FAIL]
    told += f". Failed: {listed(failed)}." if failed else "."
    return f"{NOT_COMPARABLE}, quick windows. {told}" if dossier.quick else told


def page(dossier: Dossier, command: str) -> str:
    """The dossier as Markdown: a summary, a table of the tests, then each with all that it looked at."""
    rows = [f"| {finding.test} | {_mark(finding.verdict)} |" for finding in dossier.findings]
    head = [f"# {_cell(_title(dossier))}", "", summary(dossier), "", *_how(dossier, command), ""]
    table = ["| test | result |", "|---|---|", *rows, ""]
    return "\n".join([*head, *table, *(line for finding in dossier.findings for line in _section(finding))])


def _title(dossier: Dossier) -> str:
    scenario = dossier.scenario
    changed = [*scenario.applied, *settings_in_words(scenario.settings)]
    return printable(f"Verify: {scenario.title}" + (f" (with {', '.join(changed)})" if changed else ""))


def _finding(finding: Finding) -> Iterator[str]:
    yield f"{MARKS[finding.verdict]:16}  {finding.test}"
    for label, text in (("tried", finding.tried), ("found", finding.found)):
        yield from textwrap.wrap(
            f"{label}: {printable(text)}", WIDTH, initial_indent=INDENT, subsequent_indent=INDENT + " " * 7
        )


def _how(dossier: Dossier, command: str) -> Iterator[str]:
    """How the dossier came about: so that it can be repeated, and read for what it is."""
    own, weeks = dossier.scenario.run.weeks.model_dump(), dossier.counted_weeks
    yield f"{WHAT_IT_SHOWS} {AS_SPECIFIED}"
    yield ""
    yield f"- Repeat it with: `{printable(command)}`"
    yield f"- Seed {dossier.scenario.run.seed}; the file's own windows: {_windows(own)}."
    runs = counted(dossier.replications, "replication")
    yield f"- Unless a test says so, statistics begin with {runs} of {_windows(weeks)}."
    yield f"- {POWER}"
    yield f"- Made {dossier.started:%Y-%m-%d %H:%M} UTC in {counted(max(1, round(dossier.seconds)), 'second')}."


def _windows(weeks: dict[str, int]) -> str:
    return f"{weeks['warm_up']} + {weeks['cohort']} + {weeks['follow_up']} weeks (warm-up, cohort, follow-up)"


def _section(finding: Finding) -> Iterator[str]:
    yield f"## {finding.test}: {_mark(finding.verdict)}"
    yield ""
    yield f"Tried: {_cell(finding.tried)}."
    yield ""
    yield f"Found: {_cell(finding.found)}."
    yield ""
    if len(finding.parts) > 1:
        yield from (_bullet(part) for part in finding.parts)
        yield ""


def _bullet(part: Part) -> str:
    return f"- {_cell(part.of)}: {_cell(part.found)} ({_mark(part.verdict)})"


def _mark(verdict: Verdict) -> str:
    return f"**{MARKS[verdict]}**" if verdict == FAIL else MARKS[verdict]


def _cell(text: str) -> str:
    """Text that cannot break out of a line of Markdown."""
    return printable(text).replace("|", "\\|").replace("<", "&lt;")
