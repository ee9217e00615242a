"""Variants: what the headlines come to where contested numbers favour one side or the other, or help works the same."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pandas as pd

from sim.errors import ScenarioError
from sim.experiments.arms import Plan, plan
from sim.experiments.comparison import DIFFERENCE_COLUMNS, Comparison
from sim.experiments.pilots import Hands
from sim.experiments.replications import Replication
from sim.scenario.scenario import Scenario
from sim.scenario.vocabulary import VARIANTS, Variant

MOST_REPLICATIONS = 10
VARIANT_COLUMNS = ["variant", *(name for name in DIFFERENCE_COLUMNS if name not in ("by", "group", "part", "strict"))]

Ran = Callable[[Plan, range], list[Replication]]
"""Runs the replications of these numbers of a plan."""


def offered(scenario: Scenario) -> list[Variant]:
    """The variants a scenario has that are not applied already; none where any change is, for it is one itself."""
    return [name for name in VARIANTS if name in scenario.changes and not scenario.applied]


def variants(result: Comparison, hands: Hands, ran: Ran) -> pd.DataFrame:
    """The headline differences from the first pathway in each variant, on every basis.

    Over the first replications of the run, at most 10, with their numbers and on the history the run had. `hands` run
    the pilots of equal help. A basis that a variant cannot reach is left out of it. A change that is laid over the file
    already leaves none.
    """
    agreed = result.plan
    numbers = range(min(MOST_REPLICATIONS, len(result.replications)))
    rows: list[dict[str, Any]] = []
    for name in offered(agreed.scenario) if result.headlines else ():
        planned = _planned(agreed, name, hands)
        if planned is not None:
            changed = replace(planned, warm_up=agreed.warm_up)
            rows += _rows(name, Comparison(changed, tuple(ran(changed, numbers))))
    return pd.DataFrame(rows, columns=VARIANT_COLUMNS)


def _planned(agreed: Plan, name: Variant, hands: Hands) -> Plan | None:
    """The plan of a variant; a spend that it cannot reach leaves that basis out, and the others stand, if any."""
    scenario = agreed.scenario.with_change(name)
    try:
        return plan(scenario, engine=agreed.engine, hands=hands, headlines_only=True)
    except ScenarioError:
        others = [basis for basis in scenario.bases if basis != "equal_spend"]
        if others == scenario.bases:
            raise
        if not others:
            return None
        others_only = scenario.with_values({"bases": others})
        return plan(others_only, engine=agreed.engine, hands=hands, headlines_only=True)


def _rows(name: Variant, found: Comparison) -> Iterator[dict[str, Any]]:
    table = found.differences
    first = found.plan.scenario.compare[0]
    wanted = table[(table["against"] == first) & table["headline"] & (table["by"] == "all")]
    for row in wanted.to_dict("records"):
        yield {"variant": name, **{str(key): value for key, value in row.items() if key in VARIANT_COLUMNS}}
