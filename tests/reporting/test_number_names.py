"""Names of numbers, told from their paths."""

from __future__ import annotations

import pytest

from sim.reporting.number_names import number_name


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("pathways.outsourced.stages.assessment.hours.mean", "outsourced, assessment: hours"),
        ("pathways.local.teams.workers.cases_each", "local, workers: cases each"),
        ("pathways.outsourced.contract.margin.share_of_all", "outsourced, margin: share of all"),
        ("pathways.local.asks_after_days.low", "local: asks after days, low"),
        ("pathways.a.stages.light.help.fits.two", "a, light: help, fits, two"),
        ("groups.older_people.eases_after_days.high", "older people: eases after days, high"),
        ("team_defaults.share_with_citizens", "all teams: share with citizens"),
        ("crisis.gbp_per_day", "crisis, £ per day"),
        ("pathways.local.stages.wait.delay_days.fixed", "local, wait: delay days"),
    ],
)
def test_a_path_is_told_in_words(path: str, told: str) -> None:
    assert number_name(path).in_full == told
