"""Every key has an effect: changing it changes the model, the population, or (texts, money, plan) the scenario itself.

A key that a new model class or field adds fails here until it has a row. That prices and plans reach results is tested
where those are computed; here it is shown that they reach nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import Any

import numpy as np
import pytest
from pydantic import BaseModel

from sim.engine.model import compiled
from sim.engine.population import population
from sim.scenario.arrivals import MonthShares, WeekdayShares
from sim.scenario.correlations import Correlation
from sim.scenario.key_table import tables
from sim.scenario.paths import model_at
from sim.scenario.plans import NumberTable
from sim.scenario.scenario import Scenario
from tests.scenario.files import GONE, LINE, Data, edited, village

MODEL, POPULATION, SCENARIO = "model", "population", "scenario"

OUT = "pathways.outsourced"
CALL, ASSESSMENT, PACKAGE = (f"{OUT}.stages.{name}" for name in ("call", "assessment", "package"))
WORKERS = "pathways.local.teams.workers"
EXTRA = "pathways.extra"
OLD = "groups.older_people"
CHECK, SOURCE, TARGET = "checks.no_direct_support", "sources.made-up-costs", "targets.requests"


def full() -> Data:
    """The village and a pathway with all that the village does not use."""
    teams = {
        "bought": {"title": "Bought in", "posts": 5.5, "gbp_per_worked_hour": 0},
        "other": {"works": "caseload", "posts": 9, "cases_each": 5},
    }
    form = {
        "delay_days": {"low": 3, "high": 9},
        "delay_days_by_group": {"older_people": {"fixed": 5}},
        "next_by_level": {"high": {"visit": 0.5, "leave": "rest"}},
        "next": {"visit": "rest"},
    }
    visit = {
        "team": "bought",
        "purpose": "helping",
        "hours": {"law": "gamma", "mean": 2, "sd": 1},
        "fee_gbp": 90,
        "gives_up_after_days": {"fixed": 40},
        "on_give_up": "late",
        "queue_limit": 30,
        "moves_up_after_days": 60,
        "when_full": "form",
        "luck": "visiting",
        "hours_by_group": {"older_people": 3},
        "gives_up_after_days_by_group": {"older_people": 50},
        "missed": {"share": 0.1},
        "travel_hours": 1,
        "order": ["working_age"],
        "next_by_group": {"older_people": {"late": 0.5, "leave": "rest"}},
    }
    late = {
        "team": "other",
        "purpose": "running",
        "hours": 1,
        "weeks": 3,
        "weeks_by_group": {"older_people": 4},
        "next_by_needs": {"three": {"form": 0.1, "leave": "rest"}},
    }
    teams["clinic"] = {
        "rota": {"mon-fri": {"08:00-12:00": 3, "12:00-18:00": 5}},
        "finish": "same day",
        "per_neighbourhood": True,
        "gbp_per_worked_hour": 40,
        "gbp_per_overtime_hour": 60,
    }
    teams["desk"] = {"posts": 3, "open": {"mon-fri": "08:00-18:00"}, "finish": "next day"}
    clinic = {"team": "clinic", "purpose": "deciding", "minutes": 30, "next": {"desk": "rest"}}
    desk = {"team": "desk", "purpose": "deciding", "minutes": 10}
    late["next"] = {"clinic": 0.5, "leave": "rest"}
    stages = {"form": form, "visit": visit, "late": late, "clinic": clinic, "desk": desk}
    extra = {"starts_at": "form", "waiting_at": "visit", "teams": teams, "stages": stages}
    extra |= {"one_off": {"set_up": {"gbp": 1000}}}
    waiting = {"people": 20, "days_waited": {"mean": 90, "sd": 60}}
    index = {"title": "i", "source": "made-up-costs", "years": {"2013-14": 80, "2024-25": 100}}
    target = {"pathway": "outsourced", "measure": "approaches", "published": 1.2, "source": "made-up-costs"}
    plans = (
        ("targets.requests", {**target, "fits": f"{OUT}.teams.assessors.posts"}),
        ("price_indices.gdp_deflator", index),
    )
    return edited(village(), ("pathways.extra", extra), ("waiting_at_start", waiting), *plans)


def plain_line() -> Data:
    return LINE


def weekly_line() -> Data:
    return edited(LINE, ("arrivals", {"per_week": 70}))


def renewal_line() -> Data:
    return edited(LINE, ("arrivals", {"days_between": {"law": "gamma", "mean": 0.1, "sd": 0.2}}))


DAYS, MONTHS = WeekdayShares.model_fields, MonthShares.model_fields


def profiled_line() -> Data:
    """Its run of a year sees every month."""
    hours = {"08:00-12:00": 0.6, "12:00-18:00": "rest"}
    profile = {"weekly": {"mon": 0.2, "sun": "rest"}, "daily": hours, "yearly": {"jan": 0.2, "dec": "rest"}}
    weeks = {"warm_up": 0, "cohort": 1, "follow_up": 51}
    return edited(LINE, ("arrivals", {"per_day": 10, **profile}), ("run.weeks", weeks))


def own_arrivals() -> Data:
    groups = (("older_people", {"per_week": 24}), ("working_age", {"days_between": 0.5}))
    own = [(f"groups.{name}.arrivals", arrivals) for name, arrivals in groups]
    return edited(village(), ("arrivals", GONE), *[(f"groups.{name}.share", GONE) for name, _ in groups], *own)


def triangular_line() -> Data:
    return edited(LINE, ("pathways.line.stages.desk.hours", {"low": 0.5, "mode": 1, "high": 3}))


def empirical_line() -> Data:
    return edited(LINE, ("pathways.line.stages.desk.hours", {"values": [1, 3], "shares": [0.5, 0.5]}))


FILES = {
    "full": full,
    "line": plain_line,
    "weekly": weekly_line,
    "renewal": renewal_line,
    "profiled": profiled_line,
    "own arrivals": own_arrivals,
    "triangular": triangular_line,
    "empirical": empirical_line,
}

ROWS: list[tuple[str, str, Any, set[str]]] = [
    ("full", "title", "Another", {SCENARIO}),
    ("full", "question", "Another?", {SCENARIO}),
    ("full", "compare", ["local", "outsourced"], {SCENARIO}),
    ("full", "bases", ["as_specified"], {SCENARIO}),
    ("full", "price_year", "2023-24", {SCENARIO}),
    ("full", "gbp_per_day_in_need", [0.0, 30.0], {SCENARIO}),
    ("full", "discount_rate", 0.02, {SCENARIO}),
    ("full", "wait_targets_days", [28, 126, 364], {SCENARIO}),
    # the plan
    ("full", "run.seed", 7, {SCENARIO, POPULATION}),
    ("full", "run.weeks.warm_up", 27, {SCENARIO, MODEL, POPULATION}),
    ("full", "run.weeks.cohort", 14, {SCENARIO, MODEL, POPULATION}),
    ("full", "run.weeks.follow_up", 27, {SCENARIO, MODEL, POPULATION}),
    ("full", "run.replications", 7, {SCENARIO}),
    ("full", "run.most_replications", 13, {SCENARIO}),
    ("full", "run.precision.public_cost", 5.0, {SCENARIO}),
    ("full", "run.matters.public_cost", 5.0, {SCENARIO}),
    *[("full", f"run.quick.{key}", 9, {SCENARIO}) for key in ("warm_up", "cohort", "follow_up", "replications")],
    # place and arrivals
    ("full", "place.adults", 9000, {SCENARIO, POPULATION}),
    ("full", "place.households.north", 2600, {SCENARIO, MODEL, POPULATION}),
    ("full", "place.band_d_homes", 3600, {SCENARIO}),
    ("full", "place.band_d_bill", 2100, {SCENARIO}),
    ("full", "arrivals.per_1000_adults_a_year", 250, {SCENARIO, POPULATION}),
    ("line", "arrivals.per_day", 11, {SCENARIO, POPULATION}),
    ("weekly", "arrivals.per_week", 71, {SCENARIO, POPULATION}),
    ("renewal", "arrivals.days_between.mean", 0.2, {SCENARIO, POPULATION}),
    ("renewal", "arrivals.days_between.sd", 0.1, {SCENARIO, POPULATION}),
    *[("profiled", "arrivals.weekly", {day: 0.9, other: "rest"}, {SCENARIO, POPULATION})
      for day, other in zip(DAYS, (*list(DAYS)[1:], "mon"), strict=True)],
    *[("profiled", "arrivals.yearly", {month: 0.9, other: "rest"}, {SCENARIO, POPULATION})
      for month, other in zip(MONTHS, (*list(MONTHS)[1:], "jan"), strict=True)],
    ("profiled", "arrivals.daily.08:00-12:00", 0.5, {SCENARIO, POPULATION}),
    ("profiled", "arrivals.daily", {"22:30-24:00": 1.0}, {SCENARIO, POPULATION}),
    ("own arrivals", f"{OLD}.arrivals.per_week", 25, {SCENARIO, POPULATION}),
    ("own arrivals", "groups.working_age.arrivals.weekly", {"mon": 1.0}, {SCENARIO, POPULATION}),
    ("full", "waiting_at_start.at", "cohort", {SCENARIO, MODEL}),
    ("full", "waiting_at_start.people", 21, {SCENARIO, POPULATION}),
    ("full", "waiting_at_start.days_waited.sd", 50, {SCENARIO, POPULATION}),
    # citizens
    ("full", f"{OLD}.title", "Elders", {SCENARIO}),
    ("full", f"{OLD}.share", 0.5, {SCENARIO, POPULATION}),
    *[("full", f"{OLD}.level_at_arrival", {level: 1.0}, {SCENARIO, POPULATION})
      for level in ("low", "moderate", "high", "crisis")],
    *[("full", f"{OLD}.number_of_needs", {count: 0.3, other: "rest"}, {SCENARIO, POPULATION})
      for count, other in (("one", "two"), ("two", "one"), ("three", "one"), ("four", "one"))],
    *[("full", f"{OLD}.worsens_after_days.{level}", 99, {SCENARIO, MODEL}) for level in ("low", "moderate", "high")],
    *[("full", f"{OLD}.{key}.{level}", 99, {SCENARIO, MODEL})
      for key in ("eases_after_days", "leaves_after_days") for level in ("low", "moderate", "high", "crisis")],
    ("full", f"{OLD}.relapses_after_days", 99, {SCENARIO, MODEL}),
    ("full", "course.pace_during_help", 0.5, {SCENARIO, MODEL}),
    *[("full", f"crisis.{key}", 99, {SCENARIO}) for key in ("gbp_per_entry", "gbp_per_day")],
    *[("full", f"crisis.{key}", "somebody", {SCENARIO}) for key in ("payer", "receiver")],
    ("full", "crisis.cashable", 0.2, {SCENARIO}),
    # a pathway
    *[("full", f"{OUT}.{key}", "somebody", {SCENARIO}) for key in ("title", "payer", "provider")],
    ("full", f"{EXTRA}.starts_at", "visit", {SCENARIO, MODEL}),
    ("full", f"{EXTRA}.waiting_at", "late", {SCENARIO, MODEL}),
    ("full", f"{OUT}.asks_after_days.low", 99, {SCENARIO, MODEL}),
    ("full", f"{OUT}.comes_back_after_days.low", 99, {SCENARIO, MODEL}),
    # teams
    ("full", f"{EXTRA}.teams.bought.title", "Bought", {SCENARIO}),
    ("full", f"{WORKERS}.posts", 27, {SCENARIO, MODEL}),
    ("full", f"{WORKERS}.per_neighbourhood", False, {SCENARIO, MODEL}),
    ("full", f"{EXTRA}.teams.clinic.rota.mon-fri.08:00-12:00", 4, {SCENARIO, MODEL}),
    ("full", f"{EXTRA}.teams.clinic.cover", True, {SCENARIO, MODEL}),
    ("full", f"{EXTRA}.teams.clinic.gbp_per_overtime_hour", 61, {SCENARIO}),
    ("full", f"{EXTRA}.teams.desk.open.mon-fri", ["08:00-12:00", "13:00-18:00"], {SCENARIO, MODEL}),
    ("full", f"{EXTRA}.teams.desk.finish", "same day", {SCENARIO, MODEL}),
    ("full", f"{WORKERS}.cases_each", 9, {SCENARIO, MODEL}),
    ("full", f"{WORKERS}.keeps", False, {SCENARIO, MODEL}),
    ("full", f"{OUT}.teams.assessors.hours_per_week", 36, {SCENARIO, MODEL}),
    ("full", f"{OUT}.teams.assessors.weeks_per_year", 41, {SCENARIO, MODEL}),
    ("full", f"{OUT}.teams.assessors.share_with_citizens", 0.5, {SCENARIO, MODEL}),
    ("full", f"{OUT}.teams.assessors.other_work", 0.1, {SCENARIO, MODEL}),
    ("full", f"{OUT}.teams.assessors.posts_from_week", {"26": 9}, {SCENARIO, MODEL}),
    ("full", f"{OUT}.teams.assessors.gbp_per_worked_hour_from_week", {"26": 60}, {SCENARIO}),
    ("full", f"{WORKERS}.gbp_per_worked_hour", 46, {SCENARIO}),
    ("full", f"{WORKERS}.includes", ["salary"], {SCENARIO}),
    ("full", f"{WORKERS}.cashable", 0.6, {SCENARIO}),
    # stages
    ("full", f"{CALL}.title", "A call", {SCENARIO}),
    ("full", f"{CALL}.purpose", "running", {SCENARIO}),
    ("full", f"{OUT}.stages.second_assessment.team", "call_handlers", {SCENARIO, MODEL}),
    ("full", f"{CALL}.minutes.mean", 13, {SCENARIO, MODEL}),
    ("full", f"{CALL}.minutes.sd", 9, {SCENARIO, MODEL}),
    ("full", f"{CALL}.minutes.each_further_need", 1, {SCENARIO, MODEL}),
    ("full", f"{EXTRA}.stages.visit.hours.law", "lognormal", {SCENARIO, MODEL}),
    *[("full", f"{EXTRA}.stages.visit.hours", law, {SCENARIO, MODEL})
      for law in ({"law": "weibull", "mean": 2, "sd": 1}, {"law": "hyperexponential", "mean": 2, "sd": 3},
                  {"values": [1, 3], "shares": [0.5, 0.5]})],
    ("full", f"{EXTRA}.stages.form.delay_days", {"low": 3, "mode": 5, "high": 9}, {SCENARIO, MODEL}),
    ("triangular", "pathways.line.stages.desk.hours.mode", 2, {SCENARIO, MODEL}),
    ("empirical", "pathways.line.stages.desk.hours.values", [1, 4], {SCENARIO, MODEL}),
    ("empirical", "pathways.line.stages.desk.hours.shares", [0.4, 0.6], {SCENARIO, MODEL}),
    ("full", f"{EXTRA}.stages.late.weeks", 4, {SCENARIO, MODEL}),
    ("full", f"{EXTRA}.stages.form.delay_days.low", 4, {SCENARIO, MODEL}),
    ("full", f"{EXTRA}.stages.form.delay_days.high", 10, {SCENARIO, MODEL}),
    ("full", f"{CALL}.minutes_by_group", {"older_people": 20}, {SCENARIO, MODEL}),
    ("full", f"{EXTRA}.stages.visit.hours_by_group.older_people", 2, {SCENARIO, MODEL}),
    ("full", f"{EXTRA}.stages.visit.hours_by_group.older_people.mean", 4, {SCENARIO, MODEL}),
    ("full", f"{EXTRA}.stages.late.weeks_by_group.older_people", 5, {SCENARIO, MODEL}),
    ("full", f"{EXTRA}.stages.form.delay_days_by_group.older_people.fixed", 6, {SCENARIO, MODEL}),
    ("full", f"{EXTRA}.stages.visit.gives_up_after_days_by_group.older_people", 51, {SCENARIO, MODEL}),
    ("full", f"{EXTRA}.stages.visit.missed.share", 0.2, {SCENARIO, MODEL}),
    ("full", f"{EXTRA}.stages.visit.missed.then", "leave", {SCENARIO, MODEL}),
    ("full", f"{EXTRA}.stages.visit.travel_hours", 2, {SCENARIO}),
    *[("full", f"{EXTRA}.stages.visit.order", order, {SCENARIO, MODEL})
      for order in ("most in true need first", ["older_people"])],
    ("full", f"{CALL}.order", "most in need first", {SCENARIO, MODEL}),
    ("full", f"{EXTRA}.stages.visit.gives_up_after_days.fixed", 41, {SCENARIO, MODEL}),
    ("full", f"{EXTRA}.stages.visit.on_give_up", "form", {SCENARIO, MODEL}),
    ("full", f"{EXTRA}.stages.visit.queue_limit", 31, {SCENARIO, MODEL}),
    ("full", f"{EXTRA}.stages.visit.moves_up_after_days", 90, {SCENARIO, MODEL}),
    ("full", f"{EXTRA}.stages.visit.when_full", "late", {SCENARIO, MODEL}),
    ("full", f"{EXTRA}.stages.visit.fee_gbp", 91, {SCENARIO}),
    ("full", f"{EXTRA}.stages.visit.fee_cashable", 0.6, {SCENARIO}),
    ("full", f"{EXTRA}.stages.visit.luck", "another", {SCENARIO, MODEL}),
    ("full", f"{CALL}.gate.eligible_from", "high", {SCENARIO, MODEL}),
    ("full", f"{CALL}.gate.seen_too_low", 0.2, {SCENARIO, MODEL}),
    ("full", f"{CALL}.gate.seen_too_high", 0.3, {SCENARIO, MODEL}),
    ("full", f"{ASSESSMENT}.gate.most_needs", 2, {SCENARIO, MODEL}),
    ("full", f"{CALL}.gate.outside_criteria", 0.2, {SCENARIO, MODEL}),
    ("full", f"{CALL}.gate.called", "not for us", {SCENARIO}),
    *[("full", f"{PACKAGE}.help.fits.{count}", 0.1, {SCENARIO, MODEL}) for count in ("one", "two", "three", "four")],
    ("full", f"{PACKAGE}.help.meets", "all", {SCENARIO, MODEL}),
    ("full", f"{PACKAGE}.help.eases_levels", 2, {SCENARIO, MODEL}),
    ("full", f"{ASSESSMENT}.next.second_assessment", 0.5, {SCENARIO, MODEL}),
    ("full", f"{EXTRA}.stages.form.next_by_level.high.visit", 0.6, {SCENARIO, MODEL}),
    ("full", f"{EXTRA}.stages.visit.next_by_group.older_people.late", 0.6, {SCENARIO, MODEL}),
    ("full", f"{EXTRA}.stages.late.next_by_needs.three.form", 0.2, {SCENARIO, MODEL}),
    # money
    ("full", f"{OUT}.contract.bidding.gbp_a_year", 1, {SCENARIO}),
    ("full", "pathways.local.contract.coordination.share_of_staff", 0.1, {SCENARIO}),
    ("full", f"{OUT}.contract.margin.share_of_all", 0.01, {SCENARIO}),
    ("full", f"{OUT}.contract.margin.receiver", "somebody", {SCENARIO}),
    ("full", f"{OUT}.contract.margin.cashable", 0.6, {SCENARIO}),
    *[("full", f"{EXTRA}.one_off.set_up.{key}", value, {SCENARIO})
      for key, value in (("gbp", 1), ("receiver", "somebody"), ("cashable", 0.6))],
    # published remission, checks and sources
    *[("full", f"published_remission.followed.by_{months}_months", 0.01, {SCENARIO}) for months in (3, 6, 12)],
    ("full", "published_remission.followed.source", "made-up-costs", {SCENARIO}),
    ("full", "published_remission.followed.note", "other", {SCENARIO}),
    *[("full", f"{CHECK}.{key}", "other", {SCENARIO}) for key in ("title", "measure", "note")],
    ("full", f"{CHECK}.pathway", "local", {SCENARIO}),
    ("full", f"{CHECK}.stage", "call", {SCENARIO}),
    ("full", f"{CHECK}.team", "assessors", {SCENARIO}),
    *[("full", f"{figure}.{key}", value, {SCENARIO}) for figure in (CHECK, TARGET)
      for key, value in (("not_through", "call"), ("ending", "gave up"), ("days", 90))],
    ("full", f"{CHECK}.source", "made-up-costs", {SCENARIO}),
    *[("full", f"{CHECK}.{key}", 0.5, {SCENARIO}) for key in ("published", "tolerance")],
    *[("full", f"{TARGET}.{key}", "other", {SCENARIO}) for key in ("title", "measure", "note")],
    ("full", f"{TARGET}.pathway", "local", {SCENARIO}),
    ("full", f"{TARGET}.stage", "call", {SCENARIO}),
    ("full", f"{TARGET}.team", "assessors", {SCENARIO}),
    ("full", f"{TARGET}.source", "made-up-census", {SCENARIO}),
    ("full", f"{TARGET}.published", 0.5, {SCENARIO}),
    ("full", f"{TARGET}.fits", "place.adults", {SCENARIO}),
    *[("full", f"price_indices.gdp_deflator.{key}", "other", {SCENARIO}) for key in ("title", "note")],
    ("full", "price_indices.gdp_deflator.source", "made-up-census", {SCENARIO}),
    ("full", "price_indices.gdp_deflator.years", {"2013-14": 80, "2024-25": 110}, {SCENARIO}),
    *[("full", f"{SOURCE}.{key}", "other", {SCENARIO})
      for key in ("title", "publisher", "link", "licence", "weakness")],
    ("full", f"{SOURCE}.year", 1999, {SCENARIO}),
    ("full", f"{SOURCE}.grade", "D", {SCENARIO}),
    ("full", "sources.made-up-requests.checked", date(2020, 1, 1), {SCENARIO}),
]  # fmt: skip


@cache
def base(file: str) -> Scenario:
    return Scenario.from_data(file, FILES[file]())


def equal(one: Any, other: Any) -> bool:
    """Whether two compiled things are equal, arrays by their elements."""
    if isinstance(one, tuple):
        return len(one) == len(other) and all(equal(left, right) for left, right in zip(one, other, strict=True))
    return np.array_equal(one, other)


def changed(before: Scenario, after: Scenario) -> set[str]:
    """What a change of the scenario changed."""
    found = {SCENARIO} if before.model_dump() != after.model_dump() else set()
    if not all(equal(compiled(before, name), compiled(after, name)) for name in before.pathways):
        found.add(MODEL)
    if not equal(population(before, 0), population(after, 0)):
        found.add(POPULATION)
    return found


@pytest.mark.parametrize(("file", "path", "value", "expected"), ROWS, ids=[f"{row[1]}={row[2]}" for row in ROWS])
def test_changing_a_key_changes_what_it_says(file: str, path: str, value: Any, expected: set[str]) -> None:
    scenario = base(file)
    assert changed(scenario, scenario.with_values({path: value})) == expected


def test_how_a_team_works_changes_the_model() -> None:
    late = full()["pathways"]["extra"]["stages"]["late"]
    late = {key: value for key, value in late.items() if not key.startswith("weeks")}
    team = {"works": "appointments", "posts": 9}
    after = base("full").with_values({f"{EXTRA}.teams.other": team, f"{EXTRA}.stages.late": late})
    assert changed(base("full"), after) == {SCENARIO, MODEL}


TESTED_APART = {
    ("Team", "works"),
    ("Scenario", "correlations"),  # what is drawn together, no engine reads: experiments/ranges/test_drawing.py
    *(("Correlation", name) for name in Correlation.model_fields),
}


def passed(path: str) -> Iterator[tuple[str, str]]:
    """Every (table, key) on the way of a path."""
    parts = path.split(".")
    for place, name in enumerate(parts):
        model = model_at(Scenario, parts[:place])
        if model is not None:
            yield model.__name__, name


def test_every_key_of_the_language_has_a_row() -> None:
    paths = [path for _, path, _, _ in ROWS]
    paths += [f"{path}.{name}" for _, path, value, _ in ROWS if isinstance(value, dict) for name in value]
    tested = {key for path in paths for key in passed(path)} | TESTED_APART
    language: list[type[BaseModel]] = [model for _, model in tables() if model is not NumberTable]
    missing = {(model.__name__, key) for model in language for key in model.model_fields} - tested
    assert not missing


NUMBER = {"range": [7000, 9000], "source": "made-up-costs", "note": "n", "certain": "yes"}


INDICES = {
    "gdp_deflator": {"title": "d", "source": "made-up-costs", "years": {"2013-14": 80, "2024-25": 100}},
    "social_work_wages": {"title": "w", "source": "made-up-costs", "years": {"2013-14": 40, "2024-25": 54}},
}
OF_PRICES = ("price_year", "index")
AFTER = {"price_year": "index"}
"""Keys that mean nothing without another."""


@pytest.mark.parametrize("key", [key for key in NumberTable.model_fields if key not in (*OF_PRICES, "grade")])
def test_every_key_of_a_number_changes_its_fact(key: str) -> None:
    plain = Scenario.from_data("test", edited(village(), ("place.adults", {"value": 8000})))
    other = {"value": 8000, key: NUMBER.get(key, 8001)}
    known = Scenario.from_data("test", edited(village(), ("place.adults", other)))
    (before,) = [fact for fact in plain.facts if fact.path == "place.adults"]
    (after,) = [fact for fact in known.facts if fact.path == "place.adults"]
    assert getattr(before, key) != getattr(after, key)


PRICE = "pathways.local.teams.workers.gbp_per_worked_hour"


@pytest.mark.parametrize("key", OF_PRICES)
def test_every_key_of_a_price_changes_the_price(key: str) -> None:
    number = {"value": 40, "price_year": "2013-14", "index": "social_work_wages"}
    with_it, without = (
        Scenario.from_data("test", edited(village(), ("price_indices", INDICES), (PRICE, given)))
        for given in (number, {name: value for name, value in number.items() if name not in (key, AFTER.get(key))})
    )
    assert (
        with_it.pathways["local"].teams["workers"].gbp_per_worked_hour
        != without.pathways["local"].teams["workers"].gbp_per_worked_hour
    )
