"""What is drawn keeps to its ranges, adds up to 1, is correlated as stated, and is drawn once if it is written once."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from scipy import stats

from sim.errors import ScenarioError
from sim.experiments.ranges.drawing import drawing
from sim.scenario.scenario import Scenario, load
from tests.experiments.worlds import village

DRAWS = 512


def drawn(scenario: Scenario, count: int = DRAWS) -> dict[str, Any]:
    deck = drawing(scenario)
    return deck.values(deck.chances(0, count))


@pytest.mark.parametrize("name", ["anytown", "children_and_families", "disability_assessment"])
def test_a_number_with_a_range_lies_between_its_ends_in_nine_draws_of_ten(name: str) -> None:
    """A Sobol sequence is far evener than luck, so that the tolerance of luck, 4 standard errors, is a wide one.

    Ends that are a bound of what may be are kept at the other end only.
    """
    deck = drawing(load(name))
    chances = deck.chances(0, DRAWS)
    for number, spread, chance in zip(deck.numbers, deck.spreads, chances.T, strict=True):
        value, most = spread.quantiles(chance), 1.0 if number.is_share else np.inf
        allowed = 4 * np.sqrt(0.05 * 0.95 / DRAWS)
        for share, end, is_bound in (
            (np.mean(value < number.low), number.low, number.low <= 0),
            (np.mean(value > number.high), number.high, number.high >= most),
        ):
            assert is_bound or abs(share - 0.05) < allowed, (number.path, end)


@pytest.mark.parametrize("name", ["anytown", "children_and_families", "multiple_needs", "disability_assessment"])
def test_shares_that_must_add_up_to_1_do(name: str) -> None:
    deck = drawing(load(name))
    values = deck.values(deck.chances(0, DRAWS))
    assert deck.compositions
    for mix in deck.compositions:
        shares = np.array([values[path] for path in (*mix.given, *mix.free)])
        assert (shares >= 0).all()
        total = shares.sum(axis=0)
        assert total == pytest.approx(1) if mix.rest is None or mix.free else (total <= 1 + 1e-12).all()


def test_a_small_rest_stays_small_whatever_the_large_shares_come_to() -> None:
    """Were the crisis share of arrivals, 3%, left to give way to three wide others, it would be above 15% in many a
    draw; 1 on the logit is a factor of e on its odds.
    """
    share = drawn(load("anytown"))["groups.older_people.level_at_arrival.crisis"]
    assert np.median(share) == pytest.approx(0.03, rel=0.15)
    assert np.quantile(share, 0.95) < 0.10


def test_a_law_keeps_its_shape_where_only_its_mean_has_a_range() -> None:
    values = drawn(load("anytown"))
    under = "pathways.outsourced.stages.assessment.hours"
    assert values[f"{under}.sd"] / values[f"{under}.mean"] == pytest.approx(4 / 6.8)


def test_a_number_written_once_is_drawn_once_and_holds_wherever_it_is_inherited() -> None:
    scenario = load("anytown")
    deck = drawing(scenario)
    (settings,) = deck.settings(deck.values(deck.chances(3, 1)))
    changed = scenario.with_values(settings, full_caseloads=False)
    stages = changed.pathways["outsourced"].stages
    assert "pathways.outsourced.stages.second_assessment.hours.mean" not in settings
    assert stages["assessment"].hours == stages["second_assessment"].hours
    assert stages["assessment"].hours != scenario.pathways["outsourced"].stages["assessment"].hours
    assert changed.groups["older_people"].worsens_after_days == changed.groups["working_age"].worsens_after_days
    assert changed.groups["older_people"].worsens_after_days != scenario.groups["older_people"].worsens_after_days


def test_where_every_number_is_certain_nothing_is_drawn() -> None:
    data = load("anytown").data
    certain = Scenario.from_data("certain", _all_certain(data), is_tried=True)
    deck = drawing(certain)
    assert deck.numbers == ()
    assert deck.settings(deck.values(deck.chances(0, 4))) == []


def _all_certain(node: Any) -> Any:
    """The data with every number but those of plans and comparisons certain."""
    if isinstance(node, dict) and "value" in node:
        return {**{name: value for name, value in node.items() if name != "range"}, "certain": "for a test"}
    if isinstance(node, dict):
        skipped = ("run", "checks", "targets", "published_remission", "price_indices", "sources", "changes")
        kept = {name: inner for name, inner in node.items() if name != "note"}
        return {name: inner if name in skipped else _all_certain(inner) for name, inner in kept.items()}
    return {"value": node, "certain": "for a test"} if type(node) in (int, float) else node


def test_a_longer_series_begins_with_the_shorter_one() -> None:
    deck = drawing(village())
    assert (deck.chances(0, 64)[:20] == deck.chances(0, 20)).all()
    assert (deck.chances(0, 64)[20:] == deck.chances(20, 44)).all()
    other = drawing(village(run__seed=2))
    assert (other.chances(0, 20) != deck.chances(0, 20)).any()


FITS = [f"pathways.local.stages.support.help.fits.{count}" for count in ("one", "two", "three")]


def correlated(rank: float, between: list[str] | None = None, **more: Any) -> Scenario:
    data = village().data
    data["correlations"] = {"fits": {"between": between or FITS, "rank": rank}, **more}
    return Scenario.from_data("village", data)


@pytest.mark.parametrize("rank", [0.8, -0.4])
def test_stated_rank_correlations_come_out(rank: float) -> None:
    """Within 4 standard errors of Spearman's coefficient, (1 - s^2) / root n at most of luck; others stay apart."""
    values = drawn(correlated(rank, FITS[:2]))
    found = stats.spearmanr(values[FITS[0]], values[FITS[1]]).statistic
    assert found == pytest.approx(rank, abs=4 * (1 - rank**2) / np.sqrt(DRAWS))
    apart = stats.spearmanr(values[FITS[0]], values[FITS[2]]).statistic
    assert abs(apart) < 4 / np.sqrt(DRAWS)


def test_correlation_leaves_each_number_its_own_law() -> None:
    alone, together = drawn(village()), drawn(correlated(0.9))
    for path in FITS:
        assert np.quantile(together[path], [0.05, 0.95]) == pytest.approx(
            np.quantile(alone[path], [0.05, 0.95]), rel=0.05
        )


@pytest.mark.parametrize(
    ("between", "more", "said"),
    [
        ([FITS[0], FITS[1].replace("two", "twoo")], {}, "there is no number"),
        ([FITS[0], "pathways.local.teams.workers.posts"], {}, "does not vary"),
        ([FITS[0], FITS[0]], {}, "twice"),
        (FITS, {"again": {"between": FITS[:2], "rank": 0.1}}, "already"),
        (FITS[:2], {"b": {"between": FITS[1:], "rank": 0.9}, "c": {"between": FITS[::2], "rank": -0.9}}, "definite"),
    ],
)
def test_correlations_that_cannot_be_are_refused(between: list[str], more: dict[str, Any], said: str) -> None:
    with pytest.raises(ScenarioError, match=said) as refused:
        correlated(0.9, between, **more)
    assert all(fault.remedy and "correlations" in fault.path for fault in refused.value.faults)
