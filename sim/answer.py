"""The public face: compare a scenario's pathways, from Python or a notebook."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from sim.experiments import outputs
from sim.experiments.experiment import Experiment, Options, Watcher, run
from sim.experiments.folders import write_results
from sim.reporting.pages import write_pages
from sim.scenario.scenario import Scenario


@dataclass(frozen=True)
class Answer:
    """What came of a comparison, as tables; `results/README.md` says what each column means."""

    experiment: Experiment

    def __repr__(self) -> str:
        scenario, result = self.experiment.scenario, self.experiment.comparison
        arms = ", ".join(dict.fromkeys(arm.name for arm in result.plan.arms))
        return f"<Answer: {scenario.name}, {len(result.replications)} replications of {arms}>"

    @property
    def summary(self) -> pd.DataFrame:
        """Every measure of every pathway on every basis, with its interval."""
        return self.experiment.comparison.summary

    @property
    def differences(self) -> pd.DataFrame:
        """Every difference from the first pathway and from no service, with its paired interval."""
        return self.experiment.comparison.differences

    @property
    def citizens(self) -> pd.DataFrame:
        """Lives of the cohort in the first replication, one row a citizen and pathway, as specified."""
        agreed = self.experiment.comparison.plan
        examples = self.experiment.comparison.replications[0].examples
        places = agreed.footings[0].arms
        return pd.concat(
            [examples[place].citizens.assign(pathway=agreed.arms[place].name) for place in places], ignore_index=True
        )

    @property
    def curves(self) -> pd.DataFrame:
        """Shares reached by day since the need arose, and people waiting by day, with bands."""
        return outputs.curves_table(self.experiment.comparison)

    @property
    def demand(self) -> pd.DataFrame:
        """The headlines at 0.8, 1 and 1.2 times the arrivals, as specified."""
        return self.experiment.demand

    def report(self, folder: str | Path) -> Path:
        """Write a results folder with its report; the path of the page.

        Raises
        ------
        ResultsError
            If the folder cannot be written.
        """
        folder = Path(folder)
        write_results(self.experiment, folder, command="sim.compare(...)", finish=write_pages)
        return folder / "report.html"


def compare(
    scenario: Scenario,
    *,
    replications: int | None = None,
    workers: int | None = None,
    quick: bool = False,
    check_warm_up: bool = True,
    watcher: Watcher | None = None,
) -> Answer:
    """Compare the pathways of a scenario.

    Parameters
    ----------
    scenario : Scenario
        From `load`, perhaps changed with `with_values` or `with_change`.
    replications : int, optional
        So many, in one stage; left out: the file's plan, in two stages.
    workers : int, optional
        So many at once; left out: one a processor. Results do not depend on it.
    quick : bool
        A short first look, never to be compared.
    check_warm_up : bool
        Whether the warm-up is tried against one twice as long, and doubled where it is too short; never in a quick run.
    watcher : Watcher, optional
        Told how it goes on.

    Raises
    ------
    ScenarioError
        If a headline or check names no measure, or a basis cannot be reached.
    RequestError
        If fewer than two replications are asked for.
    """
    return Answer(run(scenario, Options(replications, workers, quick, check_warm_up=check_warm_up), watcher))
