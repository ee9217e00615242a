"""Three citizens out of the first replication, to be shown side by side: a middle one and one near either end."""

from __future__ import annotations

import numpy as np
import pandas as pd

from sim.experiments.comparison import Comparison
from sim.experiments.replications import Example
from sim.measures.arrays import Floats
from sim.measures.sample import evenly
from sim.measures.stories import COLUMNS
from sim.scenario.vocabulary import NO_SERVICE

PERCENTILES = (50, 10, 90)
"""Where the citizens stand who are shown, the middle one first."""

FRONT = ("basis", "pathway", "percentile", "difference", "of")


def three_stories(result: Comparison) -> pd.DataFrame:
    """The stories of three citizens in every arm of the first basis, one row a level or a visit.

    They stand at the 50th, 10th and 90th percentile of the `difference` in days to help, the second pathway less the
    first (of one pathway: less no service), among the `of` citizens whose visits are kept. Nobody is shown twice.
    Empty without need levels, and where nobody's need arose.
    """
    footing, arms = result.plan.footings[0], result.plan.arms
    examples = {arms[place].name: result.replications[0].examples[place] for place in footing.arms}
    if not result.plan.scenario.has_levels:
        return pd.DataFrame(columns=[*FRONT, *COLUMNS])
    differences = _differences(examples)
    parts = [
        _of_one(example.stories, citizen).assign(
            basis=footing.basis, pathway=name, percentile=percentile, difference=differences[citizen],
            of=len(differences),
        )
        for percentile, citizen in chosen(differences).items()
        for name, example in examples.items()
    ]  # fmt: skip
    table = pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=[*FRONT, *COLUMNS])
    return table[[*FRONT, *COLUMNS]]


def chosen(differences: pd.Series[float]) -> dict[int, int]:
    """The citizens to show by percentile (nearest rank), of their differences; ties stand in order of number."""
    ranked = differences.sort_index().sort_values(kind="stable").index
    found: dict[int, int] = {}
    for percentile in PERCENTILES if len(ranked) else ():
        citizen = int(ranked[max(-(-percentile * len(ranked) // 100), 1) - 1])
        if citizen not in found.values():
            found[percentile] = citizen
    return found


def _differences(examples: dict[str, Example]) -> pd.Series[float]:
    """Days to help with the second pathway less the first, of the citizens whose visits are kept, by their number."""
    first, second, *_ = (*(name for name in examples if name != NO_SERVICE), NO_SERVICE)
    more, less = (second, first) if second != NO_SERVICE else (first, second)
    both = [examples[name].citizens for name in (more, less)]
    one, other = (lives.iloc[evenly(len(lives))] for lives in both)
    days: Floats = np.asarray(one["days_to_help"]) - np.asarray(other["days_to_help"])
    return pd.Series(days, index=np.asarray(one["citizen"]))


def _of_one(stories: pd.DataFrame, citizen: int) -> pd.DataFrame:
    return stories[stories["citizen"] == citizen]
