"""Tables of checks in `scenarios/README.md`, made from results: `python -m sim.reporting.readme_checks results`."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from pathlib import Path

from sim.reporting import wording
from sim.reporting.amounts import amount, stated
from sim.reporting.evidence import check_result
from sim.reporting.names import plain_name
from sim.reporting.results import Results, read_results
from sim.scenario.reading import shipped_folder

BLOCK = re.compile(r"<!-- checks of (\w+): begin -->.*?<!-- checks of \1: end -->", re.DOTALL)
HEAD = "| check | pathway | published | model | |\n|---|---|--:|--:|---|"


def with_checks(readme: str, found: Sequence[Results]) -> str:
    """The README with each table of checks as these results have it; the others stay as they are.

    Raises
    ------
    ValueError
        If the README has no place for the checks of one of them.
    """
    by_name = {str(results.manifest["scenario"]): results for results in found}
    places = {match.group(1) for match in BLOCK.finditer(readme)}
    if by_name.keys() - places:
        raise ValueError(f"the README has no place for the checks of {', '.join(sorted(by_name.keys() - places))}")

    def filled(match: re.Match[str]) -> str:
        name = match.group(1)
        return block(name, by_name[name]) if name in by_name else match.group(0)

    return BLOCK.sub(filled, readme)


def block(name: str, results: Results) -> str:
    """The table of a scenario's checks between its two marks."""
    rows = [_row(results, place) for place in range(len(results.checks))]
    return "\n".join([f"<!-- checks of {name}: begin -->", HEAD, *rows, f"<!-- checks of {name}: end -->"])


def _row(results: Results, place: int) -> str:
    row = results.checks.iloc[place]
    half = (float(row["high"]) - float(row["low"])) / 2
    cells = (
        str(row["title"] or plain_name(row["name"])).replace("|", "\\|"),
        plain_name(row["pathway"]),
        f"{stated(row['published'], row['unit'])} ± {stated(row['tolerance'], row['unit'], difference=True)}",
        amount(float(row["model"]), row["unit"], half_width=half),
        wording.CHECK_RESULTS[check_result(results, passed=bool(row["passed"]))],
    )
    return f"| {' | '.join(cells)} |"


def main(folder: str) -> None:
    """Write the tables into the README, from the results folders of the shipped scenarios that lie in `folder`."""
    file = shipped_folder() / "README.md"
    names = [path.stem for path in sorted(shipped_folder().glob("*.toml"))]
    found = [read_results(Path(folder) / name) for name in names if (Path(folder) / name).is_dir()]
    file.write_text(with_checks(file.read_text(encoding="utf-8"), found), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
