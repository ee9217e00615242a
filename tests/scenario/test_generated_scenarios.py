"""Properties of every scenario: written and read it is the same; said in other units it is the same run."""

from __future__ import annotations

import random
import tomllib
from copy import deepcopy
from typing import Any

import numpy as np
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from sim.engine.model import compiled
from sim.engine.population import Population, population
from sim.engine.quantiles import LawRow
from sim.errors import ScenarioError
from sim.scenario.arrivals import MONTHS, WEEKDAYS
from sim.scenario.keys import filled
from sim.scenario.scenario import Scenario
from sim.scenario.stages import WAITING_KEYS
from sim.scenario.writing import written
from tests.engine.generated import world
from tests.scenario.files import Data

EXAMPLES = 60
Luck = random.Random


def with_people_and_money(seed: int) -> Scenario | None:
    """A drawn world of the engine's tests with what those do not draw: arrivals by profile or law, prices, evidence."""
    base = world(seed)
    if base is None:
        return None
    luck, data = Luck(~seed), base.data
    del data["price_year"]
    put_arrivals(luck, data)
    if luck.random() < 0.7:
        put_money(luck, data)
    for group in data["groups"].values():
        group["number_of_needs"] = luck.choice([{"one": 0.5, "four": "rest"}, {"two": 1.0}])
    try:
        return Scenario.from_data("drawn", data)
    except ScenarioError:
        return None


def shares_of(luck: Luck, names: tuple[str, ...]) -> Data:
    chosen = luck.sample(names, luck.randint(1, len(names)))
    return {**{name: round(0.9 / len(chosen), 3) for name in chosen[:-1]}, chosen[-1]: "rest"}


def put_arrivals(luck: Luck, data: Data) -> None:
    """One for all, or one each; steady or by weekday, hour and month; Poisson or not."""

    def arrivals(poisson: bool) -> Data:
        ways: list[Data] = [{"per_day": 1.5}, {"per_week": {"value": 9, "range": [5, 12], "note": "guessed"}}]
        ways += [] if poisson else [{"days_between": {"law": "gamma", "mean": 0.7, "sd": 0.3}}]
        made = dict(luck.choice(ways))
        made |= {"weekly": shares_of(luck, WEEKDAYS)} if luck.random() < 0.5 else {}
        made |= {"daily": {"08:00-12:30": 0.7, "12:30-24:00": "rest"}} if luck.random() < 0.5 else {}
        return made | ({"yearly": shares_of(luck, MONTHS)} if luck.random() < 0.3 else {})

    if luck.random() < 0.5:
        data["arrivals"] = arrivals(poisson=True)
        return
    del data["arrivals"]
    for group in data["groups"].values():
        del group["share"]
        group["arrivals"] = arrivals(poisson=False)


def put_money(luck: Luck, data: Data) -> None:
    """Prices of work, overtime, visits, crises, contract and set-up, each cashable in part."""
    data |= {"price_year": "2024-25", "discount_rate": 0.03, "crisis": {"gbp_per_entry": 700, "cashable": 0.1}}
    pathway = data["pathways"]["p"]
    pathway["one_off"] = {"set_up": {"gbp": {"value": 5000, "certain": "paid"}, "cashable": 0.5}}
    pathway["contract"] = {"watching": {"gbp_a_year": 100, "cashable": 0.25}, "margin": {"share_of_all": 0.05}}
    for name, team in pathway["teams"].items():
        if luck.random() < 0.5:
            for stage in pathway["stages"].values():
                stage |= {"fee_gbp": 30, "fee_cashable": 0.5} if stage.get("team") == name else {}
            if "waiting_at" in pathway and "posts" in team and team.get("works") != "caseload" and luck.random() < 0.5:
                team["posts"] = "unlimited"
                nobody_waits(data, name)
            continue
        team |= {"gbp_per_worked_hour": 40, "cashable": 0.8, "includes": ["salary"]}
        team |= {"gbp_per_overtime_hour": 60} if team.get("finish") == "same day" else {}
        team |= {} if "rota" in team else {"hours_per_week": 30}


def nobody_waits(data: Data, team: str) -> None:
    """Take out what has no effect where a team has unlimited posts."""
    pathway = data["pathways"]["p"]
    for key in ("per_neighbourhood", "cover"):
        pathway["teams"][team].pop(key, None)
    for stage in pathway["stages"].values():
        for key in WAITING_KEYS if stage.get("team") == team else ():
            stage.pop(key, None)
    del pathway["waiting_at"], data["waiting_at_start"]


def met(scenario: Scenario) -> set[str]:
    """What of people and money a drawn scenario has."""
    (pathway,) = scenario.pathways.values()
    teams, stages = pathway.teams.values(), pathway.stages.values()
    given = [scenario.arrivals_of(group) for group in scenario.groups]
    has = {
        "unlimited posts": any(team.is_unlimited for team in teams),
        "paid overtime": any(team.gbp_per_overtime_hour for team in teams),
        "cashable in part": any(team.cashable < 1 for team in teams),
        "fee cashable in part": any(stage.fee_cashable < 1 for stage in stages),
        "one-off": bool(pathway.one_off),
        "own arrivals": scenario.arrivals is None,
        "renewal": not all(one.is_poisson for one in given),
        "evidence": any(fact.range for fact in scenario.facts),
        "no money": not scenario.has_money,
        **{name: any(getattr(one, name) for one in given) for name in ("weekly", "daily", "yearly")},
    }
    return {name for name, is_met in has.items() if is_met}


EVERYTHING = {
    *("unlimited posts", "paid overtime", "cashable in part", "fee cashable in part", "one-off", "own arrivals"),
    *("renewal", "evidence", "no money", "weekly", "daily", "yearly"),
}


def closely(one: Any, other: Any, tolerance: float) -> bool:
    """Whether two compiled things are equal to a `tolerance`, relative; absolute near 0, as logs of quantiles are."""
    if isinstance(one, LawRow):
        return all(closely(left, right, tolerance) for left, right in zip(one, other, strict=True))
    if isinstance(one, tuple):
        return len(one) == len(other) and all(closely(a, b, tolerance) for a, b in zip(one, other, strict=True))
    if np.asarray(one).dtype.kind != "f" or tolerance == 0:
        return np.array_equal(one, other)
    return np.shape(one) == np.shape(other) and np.allclose(one, other, rtol=tolerance, atol=tolerance)


def same_run(one: Scenario, other: Scenario, tolerance: float = 0.0) -> bool:
    """Whether two scenarios come to the same models and the same people."""
    models = all(closely(compiled(one, name), compiled(other, name), tolerance) for name in (*one.pathways, None))
    people: tuple[Population, Population] = (population(one, 0), population(other, 0))
    return models and closely(*people, tolerance)


def test_what_is_written_reads_as_the_same_scenario_with_the_same_people() -> None:
    found: set[str] = set()

    @settings(max_examples=EXAMPLES, deadline=None, derandomize=True)
    @given(st.integers(0, 2**32))
    def one(seed: int) -> None:
        scenario = with_people_and_money(seed)
        assume(scenario is not None)
        assert scenario is not None
        again = Scenario.from_data("drawn", tomllib.loads(written(scenario)))
        assert again.model_dump() == scenario.model_dump()
        assert sorted(again.facts, key=str) == sorted(scenario.facts, key=str)
        assert same_run(again, scenario)
        found.update(met(scenario))

    one()
    assert found == EVERYTHING


def scaled(law: Any, factor: float) -> Any:
    """A law of time said in a unit so many times smaller."""
    if not isinstance(law, dict):
        return law * factor
    return {key: value * factor if isinstance(value, (int, float)) else value for key, value in law.items()}


def in_other_units(scenario: Scenario) -> Data:
    """The same said otherwise: minutes for hours, weeks for days of arrivals, numbers for `rest`, days one by one."""
    data: Data = deepcopy(scenario.data)
    for arrivals in (data.get("arrivals"), *(group.get("arrivals") for group in data["groups"].values())):
        if arrivals:
            put_other_arrivals(arrivals)
    for stage in data["pathways"]["p"]["stages"].values():
        put_other_times(stage)
    for team in data["pathways"]["p"]["teams"].values():
        for key in {"open", "rota"} & team.keys():
            team[key] = by_day(team[key])
    return data


def put_other_arrivals(arrivals: Data) -> None:
    if "per_day" in arrivals:
        arrivals["per_week"] = arrivals.pop("per_day") * 7
    elif "per_week" in arrivals:
        arrivals["per_day"] = arrivals.pop("per_week")["value"] / 7
    for key in {"weekly", "daily", "yearly"} & arrivals.keys():
        arrivals[key] = filled(arrivals[key])


def put_other_times(stage: Data) -> None:
    """Work in minutes, routes as numbers, delays by the law they imply."""
    for key in ("hours", "hours_by_group"):
        if key in stage:
            law = stage.pop(key)
            by_group = key.endswith("group")
            made = {name: scaled(one, 60) for name, one in law.items()} if by_group else scaled(law, 60)
            stage[key.replace("hours", "minutes")] = made
    stage["next"] = filled(stage["next"])
    if isinstance(stage.get("delay_days"), (int, float)):
        stage["delay_days"] = {"law": "exponential", "mean": stage["delay_days"]}


def by_day(week: Data) -> Data:
    """Opening hours or a rota said for each day by itself."""
    spans = {"mon-fri": WEEKDAYS[:5], "mon-thu": WEEKDAYS[:4], "sat": ("sat",)}
    return {day: hours for days, hours in week.items() for day in spans[days]}


@settings(max_examples=EXAMPLES, deadline=None, derandomize=True)
@given(st.integers(0, 2**32))
def test_the_same_in_other_units_is_the_same_run(seed: int) -> None:
    scenario = with_people_and_money(seed)
    assume(scenario is not None)
    assert scenario is not None
    other = Scenario.from_data("drawn", in_other_units(scenario))
    assert other.model_dump() != scenario.model_dump()
    assert same_run(scenario, other, 1e-12)


def test_the_comparison_finds_a_unit_lost() -> None:
    scenario = next(one for seed in range(99) if (one := with_people_and_money(seed)) is not None)
    data = in_other_units(scenario)
    stage = next(one for one in data["pathways"]["p"]["stages"].values() if "minutes" in one)
    stage["minutes"] = scaled(stage["minutes"], 1 + 1e-9)
    assert not same_run(scenario, Scenario.from_data("drawn", data), 1e-12)
