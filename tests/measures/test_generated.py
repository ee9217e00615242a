"""What must hold of the lives of any world: in generated ones, where ties abound, and against a slow second reckoning.

The second reckoning goes through one citizen after another in plain Python, by the wording of the definitions.
"""

from __future__ import annotations

import math
from functools import cache
from itertools import pairwise
from typing import Any

import numpy as np
import pytest

from sim.engine.model import compiled
from sim.engine.reference import simulate
from sim.engine.tables import CAUSES, OUTCOMES
from sim.measures.arrays import hours_within
from sim.measures.discounting import discounted_cost
from sim.measures.followed import Followed
from sim.measures.lives import STATES, lives
from sim.measures.money import Account, account
from sim.measures.record import Record
from sim.measures.reductions import reduced
from sim.measures.spells import Spells
from sim.scenario.scenario import Scenario

from ..engine.generated import crowd, world
from .runs import PATHWAYS, ran
from .test_money import PENNY, borne, paid

WORLDS = 60
HIGH_RATE = 0.9
CRISIS = {"gbp_per_entry": 700, "gbp_per_day": 40}
CONTRACT = {"margin": {"share_of_all": 0.05}, "bidding": {"gbp_a_year": 900}, "overhead": {"share_of_staff": 0.1}}


def priced(plain: Scenario) -> Scenario:
    """The world with prices on all there is, warmed up for a week: some arrive before the cohort, some after it."""
    data = plain.data
    for name, team in data["pathways"]["p"]["teams"].items():
        hours = plain.pathways["p"].teams[name].open_hours_a_week
        team |= {"gbp_per_worked_hour": 20} | ({} if "rota" in team else {"hours_per_week": hours})
    for stage in data["pathways"]["p"]["stages"].values():
        stage |= {"fee_gbp": 30, "purpose": "helping"} if "delay_days" in stage else {}
    data["pathways"]["p"]["contract"] = CONTRACT
    data["run"]["weeks"] = {"warm_up": 1, "cohort": 1, "follow_up": 8}
    return Scenario.from_data("priced", {**data, "crisis": CRISIS, "discount_rate": HIGH_RATE})


@cache
def generated() -> list[Record]:
    """Generated worlds with prices, each with and without its service."""
    made: list[Record] = []
    for seed in range(10 * WORLDS):
        drawn = world(seed)
        if drawn is not None and len(made) < 2 * WORLDS:
            scenario, citizens = priced(drawn), crowd(seed)
            made += [
                Record(scenario, name, citizens, simulate(compiled(scenario, name), citizens)) for name in ("p", None)
            ]
    return made


@cache
def records() -> list[Record]:
    """These and the village."""
    return [*generated(), *(ran(pathway) for pathway in PATHWAYS)]


def test_there_is_enough_to_go_by() -> None:
    assert len(generated()) == 2 * WORLDS
    states = {name: sum(lives(made)[f"state_{name}"].sum() for made in records()) for name in STATES}
    assert min(states.values()) > 5, states
    assert sum(len(made.cohort) for made in generated()) > 500
    assert sum(made.visits.citizen.size for made in generated()) > 3000


def test_everyone_is_in_exactly_one_state_at_the_end_of_follow_up() -> None:
    for made in records():
        columns = lives(made)
        together = sum(columns[f"state_{state}"] for state in STATES)
        assert np.array_equal(together, np.ones(len(made.cohort)))


def test_states_agree_with_what_is_owed_and_with_what_was_reached() -> None:
    for made in records():
        columns = lives(made)
        over = sum(columns[f"state_{state}"] for state in ("resolved", "recovered", "died_or_moved"))
        assert np.array_equal(columns["owed_in_need"], 1 - over)
        assert (columns["state_recovered"] <= np.isfinite(columns["day_recovered"])).all()
        once = ~np.isin(np.arange(len(made.cohort)), Followed(made).changes.citizen[relapses(made)])
        assert np.array_equal(columns["state_recovered"][once], np.isfinite(columns["day_recovered"])[once])
        assert np.array_equal(columns["state_died_or_moved"], np.isfinite(columns["day_left"]))
        assert np.array_equal(columns["never_helped"], np.isinf(columns["day_helped"]))
        assert (columns["state_resolved"] <= columns["right_helped"]).all()
        assert (columns["days_to_help"] <= columns["days_in_need"] + 1e-9).all()


def relapses(made: Record) -> Any:
    return Followed(made).changes.cause == CAUSES.index("relapsed")


def test_spells_share_out_all_time_from_arrival_on() -> None:
    for made in records():
        spells = made.spells
        assert isinstance(spells, Spells)
        same = spells.citizen[1:] == spells.citizen[:-1]
        assert np.array_equal(spells.begin[1:][same], spells.end[:-1][same])
        assert np.array_equal(spells.begin[np.append(True, ~same)], made.citizens.arrival)
        assert np.isinf(spells.end[np.append(~same, True)]).all()
        followed = Followed(made)
        days = np.bincount(followed.spells.citizen, followed.spells.end - followed.spells.begin, followed.count)
        assert days == pytest.approx(np.full(followed.count, made.scenario.run.weeks.follow_up_days))


def test_hours_add_up_over_neighbouring_windows() -> None:
    for made in records():
        low, high = made.scenario.run.weeks.cohort_from, made.scenario.run.weeks.horizon
        middle = (low + high) / 2
        parts = hours_within(made.visits, low, middle) + hours_within(made.visits, middle, high)
        assert parts == pytest.approx(hours_within(made.visits, low, high))


def test_citizens_of_every_world_bear_what_is_paid_to_the_penny() -> None:
    for made in generated():
        money = account(made)
        assert borne(made, money) == pytest.approx(paid(money), abs=PENNY)


def test_discounted_money_agrees_with_a_sum_over_slices_of_time() -> None:
    """Each pound by its day, at a rate of 90% so that it shows: evenly accruing money in 200 slices, no integral."""
    lost = 0.0
    for made in generated():
        life, money = Followed(made), account(made)
        found = discounted_cost(life, money)
        plain = lives(made, money)["public_cost"]
        for place in range(len(made.cohort)):
            worked = day_by_day(made, money, made.cohort.first + place)
            assert found[place] == pytest.approx(worked, rel=1e-6, abs=1e-6)
            assert 0 <= found[place] <= plain[place] + 1e-9
            lost += plain[place] - found[place]
    assert lost > 1000


def day_by_day(made: Record, money: Account, citizen: int) -> float:
    """What one citizen costs, each pound discounted by its day [GBP]."""
    arrival = float(made.citizens.arrival[citizen])
    end = arrival + made.scenario.run.weeks.follow_up_days
    whole, service = money.whole, evenly(money.whole.idle, arrival, end, arrival)
    for place in np.flatnonzero(made.visits.citizen == citizen).tolist():
        row = {name: column[place].item() for name, column in made.visits._asdict().items()}
        if row["started"] <= end:
            service += whole.fee[place] * worth(row["started"] - arrival)
            stop = min(end, row["due"] if math.isnan(row["ended"]) else min(row["ended"], row["due"]))
            borne = _hours({**row, "ended": stop}, end) * whole.rate[place]
            service += evenly(borne, row["started"], stop, arrival)
    contract = service * whole.contract_factor + evenly(whole.contract_each, arrival, end, arrival)
    return float(service + contract + crisis_by_day(made, citizen, arrival, end))


def worth(day: float) -> float:
    return float((1 + HIGH_RATE) ** (-day / 365.25))


def evenly(gbp: float, begin: float, end: float, arrival: float) -> float:
    """A sum that accrues evenly from one day to another, in slices each worth what it is at its middle [GBP]."""
    if not gbp or end <= begin:
        return gbp * worth(begin - arrival)
    slices = 200
    middles = (begin + (at + 0.5) * (end - begin) / slices for at in range(slices))
    return gbp / slices * sum(worth(day - arrival) for day in middles)


def crisis_by_day(made: Record, citizen: int, arrival: float, end: float) -> float:
    """What the crises of one citizen cost, from entry to entry [GBP]."""
    price = made.scenario.crisis
    assert price is not None
    moves = np.flatnonzero(made.changes.citizen == citizen).tolist()
    days = [arrival, *(made.changes.day[place].item() for place in moves)]
    levels = [int(made.citizens.level[citizen]), *(int(made.changes.to_level[place]) for place in moves)]
    total = 0.0
    for day, until, level in zip(days, [*days[1:], math.inf], levels, strict=True):
        if level == 4 and day <= end:
            stop = min(until, end)
            total += price.gbp_per_entry * worth(day - arrival)
            total += evenly(price.gbp_per_day * (stop - day), day, stop, arrival)
    return total


def test_curves_rise_to_their_measures_and_never_over_everyone() -> None:
    for made in records():
        reduction, columns = reduced(made)
        assert (np.diff(reduction.curves, axis=1) >= 0).all()
        assert (reduction.curves <= len(made.cohort)).all()
        weeks = made.scenario.run.weeks.follow_up
        for row, name in zip(reduction.curves, ("helped", "right_help", "recovered", "gave_up", "left"), strict=True):
            for days in (28, 364):
                if days <= 7 * weeks:
                    assert row[days // 7] == columns[f"{name}_by_{days}_days"].sum()
            assert row[-1] == np.isfinite(columns[f"day_{name}"]).sum()


# -- a second reckoning -----------------------------------------------------------------------------------------------


def life(made: Record, citizen: int) -> dict[str, float]:
    """Some of the figures of one citizen, found by walking through what happened to them."""
    arrival = float(made.citizens.arrival[citizen])
    end = arrival + made.scenario.run.weeks.follow_up_days
    rows = [row for row in _rows(made, citizen) if row["joined"] <= end]
    helping = [stage.help is not None for stage in made.stages]
    working = [stage.team is not None for stage in made.stages]
    started = [row for row in rows if row["started"] <= end and row["attended"]]
    travel = [stage.travel_hours or 0.0 for stage in made.stages]
    right = [row["started"] for row in rows if row["outcome"] == "helped_fit" and row["ended"] <= end]
    approaches = [[row for row in rows if row["approach"] == n] for n in sorted({row["approach"] for row in rows})]
    over = [one for one in approaches if one[-1]["ended"] <= end]
    level, need, crisis, crises, ended = _course(made, citizen, arrival, end)
    return {
        "days_in_need": need,
        "days_in_crisis": crisis,
        "crises": crises,
        "days_to_help": min([*right, ended]) - arrival,
        "owed_in_need": float(level > 0),
        "contacts": sum(working[row["stage"]] for row in started),
        "never_helped": float(not any(helping[row["stage"]] for row in started)),
        "approaches": len(approaches),
        "failure_approaches": sum(
            before[-1]["level_ended"] > 0 and not _relapsed(made, citizen, before[-1]["ended"], after[0]["joined"])
            for before, after in pairwise(approaches)
        ),
        "approaches_ended": len(over),
        "approaches_ended_unhelped": sum(
            not any(helping[row["stage"]] and row["started"] <= end and row["attended"] for row in one) for one in over
        ),
        "refusals": sum(row["outcome"].startswith("refused") and row["ended"] <= end for row in rows),
        "gave_up": float(any(row["outcome"] == "gave_up" and row["ended"] <= end for row in rows)),
        "citizen_hours": sum(_hours(row, end) + travel[row["stage"]] for row in started),
        "handoffs": sum(_handoffs(made, [row for row in one if row in started]) for one in approaches),
        **{f"state_{state}": float(level == 0 and _last_cause(made, citizen, end) == cause) for state, cause in OVER},
        "state_in_help": float(level > 0 and any(helping[row["stage"]] and not row["ended"] <= end for row in started)),
    }


def _rows(made: Record, citizen: int) -> list[dict[str, Any]]:
    places = np.flatnonzero(made.visits.citizen == citizen).tolist()
    rows = [{name: column[place].item() for name, column in made.visits._asdict().items()} for place in places]
    return [{**row, "outcome": OUTCOMES[row["outcome"]]} for row in rows]


def _course(made: Record, citizen: int, arrival: float, end: float) -> tuple[int, float, float, int, float]:
    """Level at the end, days in need and in crisis, entries to crisis, and when need first ended or follow-up did."""
    moves = [
        (float(made.changes.day[place]), int(made.changes.to_level[place]), int(made.changes.cause[place]))
        for place in np.flatnonzero(made.changes.citizen == citizen)
        if made.changes.day[place] <= end
    ]
    level, since, ended = int(made.citizens.level[citizen]), arrival, end
    need = crisis = 0.0
    crises = int(level == 4)
    for day, new, cause in [*moves, (end, level, -1)]:
        need += day - since if level > 0 else 0.0
        crisis += day - since if level == 4 else 0.0
        if cause >= 0:
            level, since = new, day
            crises += new == 4
            ended = min(ended, day) if new == 0 and cause in (1, 3) else ended
    return level, need, crisis, crises, ended


OVER = (("recovered", "eased"), ("resolved", "helped"), ("died_or_moved", "left_area"))


def _last_cause(made: Record, citizen: int, end: float) -> str:
    """The cause of the last level change; empty if there was none."""
    places = [place for place in np.flatnonzero(made.changes.citizen == citizen) if made.changes.day[place] <= end]
    return CAUSES[made.changes.cause[places[-1]]] if places else ""


def _relapsed(made: Record, citizen: int, after: float, before: float) -> bool:
    """Whether the citizen's need came back between two days."""
    return any(
        after <= made.changes.day[place] <= before and CAUSES[made.changes.cause[place]] == "relapsed"
        for place in np.flatnonzero(made.changes.citizen == citizen)
    )


def _hours(row: dict[str, Any], end: float) -> float:
    planned = row["due"] - row["started"]
    stop = min(end, row["due"] if math.isnan(row["ended"]) else row["ended"])
    return float(row["staff_hours"] * ((stop - row["started"]) / planned if planned else 1.0))


def _handoffs(made: Record, rows: list[dict[str, Any]]) -> int:
    teams = [made.stages[row["stage"]].team for row in rows if made.stages[row["stage"]].team]
    return sum(one != other for one, other in pairwise(teams))


def test_a_second_reckoning_finds_the_same_lives() -> None:
    found = 0
    for made in generated():
        columns = lives(made)
        for place in range(len(made.cohort)):
            for name, value in life(made, made.cohort.first + place).items():
                assert columns[name][place] == pytest.approx(value, abs=1e-9), (name, place)
                found += bool(value)
    assert found > 3000
