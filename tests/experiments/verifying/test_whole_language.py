"""The tests reckon with the whole language: a borough with every kind of key passes, and what breaks it is found."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from pydantic import BaseModel

from sim.engine.citizens import Citizen
from sim.engine.instants import A_DAY
from sim.engine.model import Model, compiled
from sim.engine.population import population
from sim.engine.reference import Reference
from sim.experiments import replications
from sim.experiments.verifying import prices
from sim.experiments.verifying.beyond_shifts import overtime_hours
from sim.experiments.verifying.citizens import balance
from sim.experiments.verifying.closeness import Facts, facts
from sim.experiments.verifying.dossier import Effort, verify
from sim.experiments.verifying.findings import FAIL, NOT_APPLICABLE, PASS, Finding
from sim.experiments.verifying.known import POSTS_KEYS, STAGE_KEYS
from sim.experiments.verifying.littles_law import queue
from sim.experiments.verifying.no_demand import no_demand, without_demand
from sim.experiments.verifying.one_run import conserved, littles_law, paid, posts_kept
from sim.experiments.verifying.openings import posts_there
from sim.experiments.verifying.pressure import fewer_arrivals, more_posts, more_staff
from sim.experiments.verifying.prices import doubled
from sim.experiments.verifying.repetition import half_the_run
from sim.experiments.verifying.theory import theory
from sim.measures import money
from sim.measures.record import Record
from sim.scenario.arrivals import Arrivals
from sim.scenario.citizens import Group
from sim.scenario.gates import Gate
from sim.scenario.pathways import ContractLine, OneOff, Pathway
from sim.scenario.scaling import with_arrivals
from sim.scenario.scenario import Scenario
from sim.scenario.stages import BY_GROUP, Help, Missed, Stage
from sim.scenario.teams import Team
from tests.engine.worlds import days, lived, people, plain
from tests.measures.written import record, visit, visits

from . import broken
from .subjects import line, named, subject

OFFICE = "pathways.office"


def borough(**values: Any) -> Scenario:
    return named("borough", **values)


def failed(finding: Finding, words: str) -> bool:
    return finding.verdict == FAIL and any(words in part.found for part in finding.parts)


def test_the_borough_passes_every_test_or_is_told_why_not() -> None:
    made = verify(borough(), Effort(replications=3, workers=1))
    assert not made.failed, [finding for finding in made.findings if finding.verdict == FAIL]
    why = {finding.test: finding.found for finding in made.findings if finding.verdict == NOT_APPLICABLE}
    assert set(why) == {"Queueing theory", "Warm-up doubled"}
    assert "is set, which the formulas do not know" in why["Queueing theory"]
    assert "the file has no warm-up" in why["Warm-up doubled"]


@pytest.mark.parametrize("test", [conserved, littles_law, paid, posts_kept])
def test_a_borough_counted_after_a_warm_up_holds_too(test: Any) -> None:
    """Overtime, relapse and those who waited then cross the edge of what is counted."""
    finding = test(subject(borough(run__weeks={"warm_up": 3, "cohort": 4, "follow_up": 4})))
    assert finding.verdict == PASS, finding.found


def test_the_borough_uses_every_key_of_teams_stages_and_money() -> None:
    """A key of the language that it does not use is not shown to be known here: use it there, or say why not."""
    found: dict[type[BaseModel], set[str]] = {}
    collect(borough(), found)
    texts = {"title", "called", "includes"}
    elsewhere: dict[type[BaseModel], set[str]] = {
        Stage: {"hours_by_group"},  # as minutes_by_group
        Arrivals: {"per_1000_adults_a_year", "per_day"},  # as per_week; in the village and the line
        Group: {"share"},  # in the village
    }
    for kind in (Team, Stage, Gate, Help, Missed, Arrivals, Group, Pathway, ContractLine, OneOff):
        missing = set(kind.model_fields) - found[kind] - texts - elsewhere.get(kind, set())
        assert not missing, f"{kind.__name__}: {sorted(missing)}"


def collect(part: object, found: dict[type[BaseModel], set[str]]) -> None:
    """The keys set anywhere in a scenario, by the type they are keys of."""
    if isinstance(part, BaseModel):
        found.setdefault(type(part), set()).update(part.model_fields_set)
        for name in part.model_fields_set:
            collect(getattr(part, name), found)
    elif isinstance(part, dict):
        for value in part.values():
            collect(value, found)


def test_every_key_of_teams_and_stages_is_known_to_posts_or_to_theory() -> None:
    """But for laws by group, of which theory says that it does not know them."""
    assert set(Team.model_fields) == POSTS_KEYS
    assert set(Stage.model_fields) - STAGE_KEYS == {*BY_GROUP.values(), "delay_days"}


# -- citizens ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"after_missed": lambda made: made.after_missed * 0 - 1}, "followed by one that no route leads to"),
        ({"waiting_at": lambda made: made.start}, "begin an approach elsewhere"),
    ],
    ids=["the missed are not asked again", "they wait elsewhere"],
)
def test_a_model_that_sends_citizens_elsewhere_is_found(
    monkeypatch: pytest.MonkeyPatch, change: dict[str, Any], words: str
) -> None:
    altered(monkeypatch, **change)
    assert failed(conserved(subject(borough())), words)


def altered(patch: pytest.MonkeyPatch, **change: Any) -> None:
    """The office's model has other arrays."""
    broken.model(
        patch,
        lambda made, name: made._replace(**{key: of(made) for key, of in change.items()}) if name == "office" else made,
    )


def test_who_waits_at_the_start_and_is_forgotten_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    honest = Reference._approach

    def forgets(self: Reference, citizen: Citizen, stage: int) -> None:
        if citizen.arrival >= 0 or citizen.number % 7:
            honest(self, citizen, stage)

    monkeypatch.setattr(Reference, "_approach", forgets)
    assert failed(conserved(subject(borough())), "did not come forward when they should have")


def test_who_was_not_there_though_nothing_is_missed_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    def unattended(columns: dict[str, Any]) -> None:
        columns["attended"][np.flatnonzero(columns["stage"] == 0)[0]] = 0

    broken.visits(monkeypatch, unattended)
    assert failed(conserved(subject(borough())), "missed or attended against what the stage says")


def test_a_need_that_returns_without_a_relapse_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sim.engine.needs.RELAPSED", 0)
    assert failed(conserved(subject(borough())), "from a level the citizen was not at")


def test_who_waited_before_the_run_is_in_the_balance_and_in_littles_law() -> None:
    """One has waited since day -3 and is served first, for 2 days; the other comes on day 1 and waits until 2.

    Over the first week: from day 0 nobody waits, from day 1 to 2 one does: 1 day in 7. At the edges there is nothing,
    for the first is served at once when the run begins.
    """
    world = plain({"desk": {"team": "t", "hours": days(2)}}, {"t": {"posts": 1}})
    crowd = people(-3.0, 1.0)
    record = Record(world, "p", crowd, lived(world, crowd))
    assert balance(record, 1.5).holds and balance(record, 1.5).at_a_stage == 2
    found = queue(record, np.ones(2, np.bool_))
    assert found.number * found.days == pytest.approx(1.0)
    assert found.joined == 1 and found.edges == 0


# -- pounds -----------------------------------------------------------------------------------------------------------


def test_overtime_paid_wrongly_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    honest = money.overtime_pay
    monkeypatch.setattr(money, "overtime_pay", lambda *given: 1.01 * honest(*given))
    assert failed(paid(subject(borough())), "line `handlers`")


def test_overtime_by_hand() -> None:
    """Open on Mondays and Tuesdays from 9 to 17; work from 16:00 to 18:30, and from 16:00 on Tuesday for 3 hours.

    The first goes on for 1.5 hours after closing, the second for 2. With one post from 17:00 on of a longer day no hour
    of either lies beyond it; of two begun at once one does.
    """

    def late(team: dict[str, Any], *begun: tuple[float, float]) -> float:
        stage = {"team": "clerks", "hours": 1}
        run = {"weeks": {"warm_up": 0, "cohort": 1, "follow_up": 1}}
        world = plain({"desk": stage}, {"clerks": team}, run=run)
        rows = [
            visit(at, 0, start, start, due=start + hours / 24, hours=hours) for at, (start, hours) in enumerate(begun)
        ]
        return overtime_hours(record(world, people(*[0.0] * len(rows)), visits(*rows)), "clerks", (0.0, 14.0))

    monday, tuesday = (16 / 24, 2.5), (1 + 16 / 24, 3.0)
    team = {"posts": 2, "open": {"mon-tue": "09:00-17:00"}, "finish": "same day"}
    assert late(team, monday, tuesday) == pytest.approx(1.5 + 2)
    rota = {"rota": {"mon-tue": {"09:00-17:00": 2, "17:00-20:00": 1}}}
    assert late(rota, monday, tuesday) == pytest.approx(0)
    assert late(rota, monday, monday, tuesday) == pytest.approx(1.5)


def test_cashable_fees_that_are_not_what_the_file_says_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    honest = money._fee_entries

    def all_cashable(*given: Any) -> list[money.Entry]:
        return [replace(one, cashable_gbp=one.gbp) for one in honest(*given)]

    monkeypatch.setattr(money, "_fee_entries", all_cashable)
    assert failed(paid(subject(borough())), "the cashable part of line `clinic`")


def test_costs_paid_once_that_are_left_out_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sim.experiments.spending.one_off_entries", lambda pathway: ())
    finding = paid(subject(borough()))
    assert failed(finding, "costs paid once £0.00, not £5,000.00")


def test_a_price_of_overtime_that_pays_nobody_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Team, "gbp_per_hour_of_overtime", property(lambda team: team.gbp_per_worked_hour))
    assert failed(doubled(subject(borough())), "gbp_per_overtime_hour doubled, line `handlers`")


def test_a_cashable_share_that_changes_a_cost_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    honest = money._amount
    monkeypatch.setattr(money, "_amount", lambda contract, *rest: honest(contract, *rest) * contract.cashable)
    assert failed(doubled(subject(borough())), "bidding.cashable halved, line `bidding` goes from")


def test_a_sum_paid_once_that_its_price_does_not_move_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    fixed = money.one_off_entries(borough().pathways["office"])
    monkeypatch.setattr(prices, "one_off_entries", lambda pathway: fixed if "exit" in pathway.one_off else ())
    assert failed(doubled(subject(borough())), "one_off.exit.gbp doubled, line `exit, paid once`")


def test_spend_without_demand_is_the_pay_of_a_rota_too(monkeypatch: pytest.MonkeyPatch) -> None:
    empty = without_demand(borough())
    assert not len(population(empty, 0))
    assert no_demand(subject(borough())).verdict == PASS
    broken.pay(monkeypatch, lambda gbp: gbp + 1)
    assert failed(no_demand(subject(borough())), "though posts and contract cost")


# -- posts ------------------------------------------------------------------------------------------------------------


def of(made: Model, team: int, name: str, change: Any) -> Any:
    """An array of shifts with those of one team changed."""
    column = getattr(made, name).copy()
    rows = slice(*made.first_shift[made.first_calendar[team : team + 2]])
    column[rows] = change(column[rows])
    return column


@pytest.mark.parametrize(
    ("team", "name", "change", "words"),
    [
        (0, "shift_ends", lambda ends: ends + A_DAY // 24, "begun while nobody was there"),
        (1, "shift_begins", lambda begins: begins - A_DAY // 24, "begun while nobody was there"),
        (2, "shift_ends", lambda ends: ends - 9 * A_DAY // 24, "while a post or place was free"),
        (0, "shift_whole", lambda whole: whole + 1, "served at once by"),
        (1, "shift_whole", lambda whole: whole + 1, "served at once by"),
        (1, "shift_whole", lambda whole: whole - 1, "while a post or place was free"),
        (1, "shift_top", lambda top: top * 0, "while a post or place was free"),
    ],
    ids=[
        "late",
        "early",
        "bought, and closed too soon",
        "one more on the rota",
        "one more",
        "one fewer",
        "no fractions",
    ],
)
def test_other_hours_or_posts_than_the_file_says_are_found(
    monkeypatch: pytest.MonkeyPatch, team: int, name: str, change: Any, words: str
) -> None:
    altered(monkeypatch, **{name: lambda made: of(made, team, name, change)})
    assert failed(posts_kept(subject(borough())), words)


def test_neighbours_who_do_not_cover_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    altered(monkeypatch, covers=lambda made: np.zeros_like(made.covers))
    assert failed(posts_kept(subject(borough())), "while a post or place was free")


def test_posts_by_hand() -> None:
    """Of 4.5 posts a third is 1.5: of the daily stretches every other has the second, floor((k + 1)/2) > floor(k/2)."""
    team = Team.model_validate({"posts": 4.5, "open": {"mon-tue": "12:00-24:00"}, "per_neighbourhood": True})
    there = posts_there(team, Fraction(1, 3), 14.0)
    assert there.since.tolist() == [0, 0.5, 1, 1.5, 2, 7.5, 8, 8.5, 9]
    assert there.least.tolist() == there.most.tolist() == [0, 1, 0, 2, 0, 1, 0, 2, 0]


# -- pressure and repetition ------------------------------------------------------------------------------------------


def test_more_on_a_rota_is_one_more_in_every_shift() -> None:
    grown = more_posts(borough(), "office", "handlers").pathways["office"].teams["handlers"]
    assert grown.rota == {"mon-fri": {"08:00-12:00": 2.5, "12:00-18:00": 3.0}, "sat": {"09:00-12:00": 2.0}}


def test_staff_on_a_rota_that_get_in_each_others_way_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    altered(monkeypatch, speed=lambda made: made.speed * np.array([9 / made.shift_whole[0, 0] ** 4, 1, 1]))
    assert failed(more_staff(subject(borough())), "1.755 to 2.755 posts: waiting")


LAWS: list[Any] = [
    2.0,
    {"mean": 2, "sd": 1},
    {"fixed": 2},
    {"low": 1, "high": 3},
    {"low": 1, "mode": 2, "high": 3},
    {"values": [1, 3], "shares": [0.5, 0.5]},
]


@pytest.mark.parametrize("law", LAWS)
def test_fewer_arrivals_are_the_same_law_further_apart(law: Any) -> None:
    town = borough(groups__working_age__arrivals={"days_between": law})
    sparse = with_arrivals(town, 0.8)
    for group in town.groups:
        assert sparse.arrivals_a_day[group] == pytest.approx(0.8 * town.arrivals_a_day[group])
    one, other = (of.arrivals_of("working_age").days_between for of in (town, sparse))
    assert one is not None and other is not None and one.law == other.law
    assert other.spread == pytest.approx(one.spread / 0.8)
    assert sparse.arrivals_of("older_people").weekly == town.arrivals_of("older_people").weekly


def test_more_waiting_with_fewer_arrivals_of_each_group_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """All who work here are slow once fewer come."""
    usual = sum(borough().arrivals_a_day.values())

    def slower(scenario: Scenario, name: str | None) -> Model:
        made = compiled(scenario, name)
        return made._replace(speed=made.speed / 20) if sum(scenario.arrivals_a_day.values()) < 0.9 * usual else made

    monkeypatch.setattr(replications, "compiled", slower)
    assert failed(fewer_arrivals(subject(borough(), 6)), "waiting, from")


def test_appointments_missed_because_the_run_ends_soon_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    altered(monkeypatch, missed=lambda made: made.missed * (made.horizon > 40 * A_DAY))
    assert failed(half_the_run(subject(borough())), "other number of visits")


# -- theory -----------------------------------------------------------------------------------------------------------

TWO = {"groups": {"a": {"share": 0.3}, "b": {"share": "rest"}}}
STILL_KNOWN: dict[str, tuple[Scenario, str]] = {
    "an order by group": (line({"order": ["b"]}, **TWO), "Erlang C gives"),
    "missed and gone": (line({"missed": {"share": 0.3, "then": "leave"}}), "Erlang C gives"),
}


@pytest.mark.parametrize("kind", STILL_KNOWN)
def test_what_changes_who_waits_but_not_how_many_is_a_known_queue(monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    scenario, words = STILL_KNOWN[kind]
    finding = theory(subject(scenario, 8))
    assert finding.verdict == PASS and words in finding.found, finding.found
    broken.service(monkeypatch, 4 / 3)
    assert theory(subject(scenario, 8)).verdict == FAIL


UNSTEADY: list[tuple[Scenario, str]] = [
    (line({"missed": {"share": 0.1}}), "waits again"),
    (line({}, {"open": {"mon-sun": "00:00-12:00"}}), "`open` is set"),
    (line({"hours_by_group": {"a": 0.5}}, **TWO), "`hours_by_group` is set"),
    (line(arrivals={"per_day": 30, "daily": {"08:00-12:00": 1}}), "more often at some times"),
    (line(arrivals={"days_between": {"fixed": 0.1}}), "Poisson process"),
    (line(waiting_at_start={"people": 3, "days_waited": 9}), "people wait when the run begins"),
]


@pytest.mark.parametrize(("scenario", "why"), UNSTEADY, ids=[why for _, why in UNSTEADY])
def test_what_no_formula_knows_of_the_new_keys_is_said(scenario: Scenario, why: str) -> None:
    assert why in str(facts(scenario, "line", "clerks"))


def test_hours_of_one_team_shape_who_comes_to_another() -> None:
    """The clerks are open all the time; but who calls them has passed a door that is shut at night."""
    data = line().data
    way = data["pathways"]["line"]
    way["teams"]["porters"] = {"posts": 9, "open": {"mon-sun": "00:00-12:00"}}
    way["stages"]["door"] = {"team": "porters", "hours": 0.1, "next": {"desk": "rest"}}
    way["starts_at"] = "door"
    assert "the hours of `porters`" in str(facts(Scenario.from_data("line", data), "line", "clerks"))
    assert isinstance(facts(line(), "line", "clerks"), Facts)


def test_dates_and_a_list_that_count_from_the_cohort_window_are_known_to_every_test_of_one_run() -> None:
    """Half the run keeps the warm-up, from whose end both count; the other tests see who comes when."""
    values = {"run.weeks": {"warm_up": 4, "cohort": 6, "follow_up": 10}, "waiting_at_start.at": "cohort"}
    tried = subject(borough().with_values(values))
    for test in (half_the_run, conserved, littles_law, paid, posts_kept):
        assert test(tried).verdict == PASS, test.__name__
