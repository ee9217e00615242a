"""The command `agree`: both engines on a user's own file, and the first visit that differs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from sim.command_line import proving  # noqa: F401 - it adds the command
from sim.command_line.commands import app
from sim.engine.model import compiled
from sim.engine.population import population
from sim.engine.reference import simulate
from sim.engine.tables import Visits
from sim.experiments.agreement import agreements, first_different
from sim.scenario.scenario import load

from .slips import sees_too_high

VILLAGE = Path(__file__).resolve().parents[1] / "scenarios" / "village.toml"


def test_agree_says_of_every_pathway_that_all_is_the_same() -> None:
    done = CliRunner().invoke(app, ["agree", str(VILLAGE), "--replications", "2"])
    assert done.exit_code == 0
    lines = done.stdout.splitlines()
    assert [line.split(":")[0] for line in lines] == [
        f"{name}, replication {number}" for number in (0, 1) for name in ("outsourced", "local", "no_service")
    ]
    assert all(line.endswith("the same to the last bit") for line in lines)


def test_agree_names_the_first_visit_that_differs(monkeypatch: pytest.MonkeyPatch) -> None:
    """A gate a little too often wrong in one engine: the first visit at which that shows, as each engine has it."""
    sees_too_high(monkeypatch)
    done = CliRunner().invoke(app, ["agree", str(VILLAGE)])
    said = done.stdout
    assert done.exit_code == 3
    assert "outsourced, replication 0" in said and "DIFFERENT; the first of the visits that differs:" in said
    (found,) = [one for one in agreements(load(VILLAGE), 1) if one.different]
    rows = found.rows
    assert rows["compiled"]["citizen"] == rows["reference"]["citizen"]
    assert rows["compiled"] != rows["reference"]


def test_a_row_that_only_one_table_has_is_the_first_difference() -> None:
    village = load(VILLAGE)
    visits = simulate(compiled(village, "local"), population(village, 0)).visits
    columns: list[Any] = [column[:-1] for column in visits]
    assert first_different(visits, Visits(*columns)) == len(visits) - 1
