"""Who comes, how often and when, as a file says it: what is refused with which remedy, and what is said of the rest."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from sim.errors import RequestError, ScenarioError
from sim.reporting.explain import explained
from sim.scenario.drafting import most_telling
from sim.scenario.inputs import inputs_table, with_inputs
from sim.scenario.scenario import Scenario
from sim.scenario.settings import setting
from sim.scenario.shifts import minutes_named
from sim.scenario.writing import written
from tests.scenario.files import GONE, LINE, Data, edited, faults, only_fault, village

OLD, YOUNG = "groups.older_people", "groups.working_age"
HOURS = {"08:00-12:00": 0.6, "12:00-18:00": "rest"}
PROFILE = {"per_day": 10, "weekly": {"mon": 0.4, "sun": "rest"}, "daily": HOURS, "yearly": {"jan": 0.5, "dec": "rest"}}
LIST = {"people": 20, "days_waited": 30}
TWO_GROUPS: Data = {"a": {"share": 0.5}, "b": {"share": "rest"}}


def line(*changes: tuple[str, Any]) -> Data:
    return edited(LINE, *changes)


def own(*arrivals: Data) -> Data:
    """The village, its groups with arrivals of their own."""
    groups = zip((OLD, YOUNG), arrivals, strict=True)
    without = [("arrivals", GONE), (f"{OLD}.share", GONE), (f"{YOUNG}.share", GONE)]
    return edited(village(), *without, *[(f"{group}.arrivals", given) for group, given in groups])


# -- what is refused --------------------------------------------------------------------------------------------------

GAMMA = {"law": "gamma", "mean": 0.1, "sd": 0.2}
REFUSED: dict[str, tuple[Data, tuple[str, ...]]] = {
    "no arrivals at all": (line(("arrivals", GONE)), ("arrivals: `arrivals` is missing", "add it: how often needs")),
    "two ways": (
        line(("arrivals.days_between", 2)),
        ("arrivals: here stand per_day and days_between", "per_1000_adults_a_year, per_week, per_day and days_between"),
    ),
    "a profile alone": (line(("arrivals", {"weekly": {"mon": 1.0}})), ("says how many", "give exactly one of")),
    "no time between": (
        line(("arrivals", {"days_between": {"fixed": 0}})),
        ("arrivals.days_between: no time from one arrival to the next", "give a mean above 0"),
    ),
    "needs of those who come": (
        line(("arrivals", {"days_between": {"mean": 1, "each_further_need": 2}})),
        ("arrivals.days_between: `each_further_need` has no effect here", "drop it"),
    ),
    "shares of a renewal process": (
        line(("arrivals", {"days_between": GAMMA}), ("groups", TWO_GROUPS)),
        ("arrivals.days_between: shares of arrivals with a gamma time between them", "groups.NAME.arrivals"),
    ),
    "a week under 1": (line(("arrivals.weekly", {"mon": 0.5})), ("arrivals.weekly: the shares add up to 0.5", "rest")),
    "no such day": (line(("arrivals.weekly", {"mond": 1.0})), ("arrivals.weekly.mond", "did you mean `mon`?")),
    "no such month": (line(("arrivals.yearly", {"janu": 1.0})), ("arrivals.yearly.janu", "did you mean `jan`?")),
    "a year over 1": (
        line(("arrivals.yearly", {"jan": 0.7, "dec": 0.7})),
        ("arrivals.yearly: the shares add up to 1.4", "lower one of them by 0.4"),
    ),
    "no hours": (
        line(("arrivals.daily", {"8-12": 1.0})),
        ("arrivals.daily: '8-12' names no hours of a day", "expected such as '08:00-18:00'"),
    ),
    "hours backwards": (
        line(("arrivals.daily", {"18:00-08:00": 1.0})),
        ("arrivals.daily: the hours '18:00-08:00' do not end after they begin", "past midnight write two"),
    ),
    "hours that overlap": (
        line(("arrivals.daily", {"12:00-18:00": 0.5, "08:00-13:00": 0.5})),
        ("arrivals.daily: '08:00-13:00' and '12:00-18:00' overlap", "let the second begin where the first ends"),
    ),
    "a share of hours": (
        line(("arrivals.daily", {"08:00-12:00": 2})),
        ("arrivals.daily.08:00-12:00: 2 is not allowed", "expected a share from 0 to 1, or 'rest'"),
    ),
    "for all and for a group": (
        edited(village(), (f"{OLD}.arrivals", {"per_day": 1}), (f"{OLD}.share", GONE), (f"{YOUNG}.share", GONE)),
        ("arrivals: stands beside `arrivals` of its own in older_people, working_age", "drop it and give every group"),
    ),
    "for some groups": (
        line(("arrivals", GONE), ("groups", {"a": {"arrivals": {"per_day": 1}}, "b": {}})),
        ("groups.b.arrivals: is missing: a has `arrivals` of its own", "give one [arrivals] for all"),
    ),
    "a share and arrivals": (
        edited(own({"per_day": 1}, {"per_day": 2}), (f"{OLD}.share", 0.5)),
        (f"{OLD}: `share` has no effect on a group with `arrivals` of its own", "drop one of the two"),
    ),
    "a group's arrivals": (
        own({"per_day": 1}, {"per_day": -2}),
        (f"{YOUNG}.arrivals.per_day: -2 is not allowed", "expected at least 0 [people]"),
    ),
    "adults of a group's arrivals": (
        line(("arrivals", GONE), ("groups", {"a": {"arrivals": {"per_1000_adults_a_year": 20}}})),
        ("place.adults: is missing, but arrivals are per 1,000 adults", "adults living in the area [people]"),
    ),
    "too many of a group": (
        own({"per_day": 1e7}, {"per_day": 1}),
        (f"{OLD}.arrivals: a run of 65 weeks would hold 4.55e+09 citizens", "expected at most 1,000,000,000"),
    ),
    "too long a list": (
        line(("waiting_at_start", {**LIST, "people": 1_000_000_000})),
        ("waiting_at_start.people: a run of 3 weeks would hold 1e+09 citizens", "at most 1,000,000,000"),
    ),
    "a list without days": (
        line(("waiting_at_start", {"people": 3})),
        ("waiting_at_start.days_waited: `days_waited` is missing", "[days]"),
    ),
    "half a person on a list": (
        line(("waiting_at_start", {**LIST, "people": 2.5})),
        ("waiting_at_start.people: 2.5 is not allowed", "expected a whole number [people]"),
    ),
    "a place to wait without a list": (
        line(("pathways.line.waiting_at", "desk")),
        ("pathways.line.waiting_at: has no effect: nobody waits when the run begins", "give [waiting_at_start]"),
    ),
    "no such place to wait": (
        line(("waiting_at_start", LIST), ("pathways.line.waiting_at", "desc")),
        ("pathways.line.waiting_at: there is no stage `desc`", "did you mean `desk`?"),
    ),
    "waiting in a delay": (
        edited(village(), ("waiting_at_start", LIST), ("pathways.outsourced.waiting_at", "booking")),
        ("pathways.outsourced.waiting_at: nobody can wait at `booking` for a team: it is a delay", "name a stage"),
    ),
    "waiting for unlimited posts": (
        line(("waiting_at_start", LIST), ("pathways.line.teams.clerks.posts", "unlimited")),
        ("pathways.line.waiting_at: nobody waits at `desk`: `clerks` has unlimited posts", "with a number of posts"),
    ),
    "relapses without levels": (
        line(("groups", {"a": {"relapses_after_days": 30}})),
        ("groups.a: a course is given but no `level_at_arrival`", "say at which levels needs arise"),
    ),
    "relapses of needs that never end": (
        line(("groups", {"a": {"level_at_arrival": {"low": 1.0}, "relapses_after_days": 30}}),
             ("pathways.line.stages.desk.purpose", "running")),
        ("groups.a.relapses_after_days: has no effect: no need ends", "give eases_after_days.low, or drop it"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_what_makes_no_sense_is_refused_with_a_remedy(case: str) -> None:
    data, said = REFUSED[case]
    message = only_fault(data)
    assert all(words in message for words in said), message


@pytest.mark.parametrize(
    "data",
    [
        line(("arrivals", PROFILE)),
        line(("arrivals", {"days_between": GAMMA})),
        line(("arrivals", {"days_between": 2}), ("groups", TWO_GROUPS)),
        line(("arrivals.daily", {"00:00-24:00": 1.0})),
        line(("waiting_at_start", LIST)),
        own({"per_week": 3, "weekly": {"mon": 1.0}}, {"days_between": GAMMA}),
        edited(village(), (f"{OLD}.relapses_after_days", 99), ("waiting_at_start", LIST)),
    ],
)
def test_what_makes_sense_is_taken(data: Data) -> None:
    assert not faults(data)


@pytest.mark.parametrize(
    ("span", "minutes"),
    [("00:00-24:00", (0, 1440)), ("08:30-12:05", (510, 725)), ("23:59-24:00", (1439, 1440)), ("8:00-9:30", (480, 570))],
)
def test_a_span_of_hours_is_read_in_minutes(span: str, minutes: tuple[int, int]) -> None:
    assert minutes_named(span) == minutes


@pytest.mark.parametrize("span", ["08:00-08:00", "24:00-24:00", "8-9", "08:00-24:30", "08:60-09:00", "", "x"])
def test_what_is_no_span_of_hours_is_refused(span: str) -> None:
    with pytest.raises(ValueError, match=r"names no hours of a day|do not end after"):
        minutes_named(span)


# -- inherited --------------------------------------------------------------------------------------------------------


def test_a_group_like_another_has_its_arrivals_or_its_share_but_never_both() -> None:
    """The second group is like the first, which has a share; its own arrivals, or share, take the other's place."""
    both = edited(own({"per_day": 1}, {"per_day": 2}), (f"{YOUNG}.like", "older_people"))
    assert Scenario.from_data("own", both).arrivals_a_day == {"older_people": 1, "working_age": 2}
    inherited = edited(both, (f"{YOUNG}.arrivals", GONE))
    assert Scenario.from_data("own", inherited).arrivals_a_day == {"older_people": 1, "working_age": 1}
    mixed = edited(village(), (f"{YOUNG}.arrivals", {"per_day": 2}), (f"{YOUNG}.share", GONE))
    assert f"{YOUNG}: `share` has no effect" not in str(faults(mixed))
    assert "arrivals: stands beside `arrivals` of its own in working_age" in only_fault(mixed)


def test_a_stage_where_only_those_wait_who_were_there_is_reached() -> None:
    stages = {"old_list": {"team": "clerks", "hours": 1}, "desk": {"team": "clerks", "hours": 1}}
    unreached = line(("pathways.line.stages", stages))
    assert "no route leads to this stage" in only_fault(unreached)
    assert not faults(edited(unreached, ("waiting_at_start", LIST), ("pathways.line.waiting_at", "old_list")))


def test_a_change_listed_by_a_pathway_may_say_where_its_people_wait() -> None:
    listed = edited(village(), ("waiting_at_start", LIST), ("changes.wait", {"waiting_at": "support"}),
                    ("pathways.local.changes", ["wait"]))  # fmt: skip
    assert Scenario.from_data("listed", listed).pathways["local"].waiting_at == "support"


# -- shares of arrivals, by either form -------------------------------------------------------------------------------


def test_arrivals_a_day_and_shares_agree_in_either_form() -> None:
    all_together = Scenario.from_data("v", edited(village(), ("arrivals", {"per_day": 10})))
    assert all_together.arrivals_a_day == pytest.approx({"older_people": 6, "working_age": 4})
    apart = Scenario.from_data("v", own({"per_week": 42}, {"days_between": {"fixed": 0.25}}))
    assert apart.arrivals_a_day == pytest.approx(all_together.arrivals_a_day)
    assert apart.group_shares == pytest.approx(all_together.group_shares)
    nobody = Scenario.from_data("v", own({"per_day": 0}, {"per_day": 0}))
    assert nobody.group_shares == {"older_people": 0.5, "working_age": 0.5}


def test_the_numbers_asked_first_are_how_many_come_in_either_form() -> None:
    paths = [
        fact.path for fact in most_telling(Scenario.from_data("v", own({"per_week": 42}, {"days_between": GAMMA})))
    ]
    assert paths[:2] == [f"{OLD}.arrivals.per_week", f"{YOUNG}.arrivals.days_between.mean"]


# -- paths that hold hours --------------------------------------------------------------------------------------------

PATH = "arrivals.daily.08:00-12:00"


@pytest.fixture
def profiled() -> Scenario:
    return Scenario.from_data("line", line(("arrivals", PROFILE)))


@pytest.mark.parametrize(
    "typed", [f"{PATH}=0.7", 'arrivals.daily."08:00-12:00" = 0.7', "arrivals.daily.'08:00-12:00'=0.7"]
)
def test_a_share_by_hours_is_set_by_its_path_with_or_without_quotation_marks(profiled: Scenario, typed: str) -> None:
    path, value = setting(typed)
    assert path == PATH
    changed = profiled.with_settings({path: value}).arrivals
    assert changed is not None and changed.daily == {"08:00-12:00": 0.7, "12:00-18:00": "rest"}


def test_hours_that_are_not_there_are_answered_with_the_closest(profiled: Scenario) -> None:
    with pytest.raises(ScenarioError, match=r"there is no such path; did you mean `arrivals\.daily\.08:00-12:00`\?"):
        profiled.with_settings({"arrivals.daily.08:00-13:00": 0.5})
    with pytest.raises(RequestError, match="expected PATH=VALUE"):
        setting("arrivals.daily.08:00-12:00")


def test_a_table_of_inputs_takes_shares_by_hours_there_and_back(profiled: Scenario, tmp_path: Path) -> None:
    file = tmp_path / "numbers.csv"
    file.write_text(inputs_table(profiled).replace(",share,0.6,", ",share,0.7,"), encoding="utf-8")
    assert PATH in file.read_text(encoding="utf-8")
    assert with_inputs(profiled, file).settings == {PATH: "0.7"}
    file.write_text(inputs_table(profiled).replace(",share,0.6,", ",share,1.7,"), encoding="utf-8")
    with pytest.raises(ScenarioError, match=r"rows? \d+: arrivals\.daily\.08:00-12:00: 1\.7 is not allowed"):
        with_inputs(profiled, file)


def test_a_written_scenario_reads_the_same() -> None:
    for data in (
        line(("arrivals", PROFILE), ("waiting_at_start", LIST)),
        own({"per_day": 1, "daily": HOURS}, {"days_between": GAMMA}),
    ):
        scenario = Scenario.from_data("x", data)
        again = Scenario.from_data("x", tomllib.loads(written(scenario)))
        assert again.model_dump() == scenario.model_dump()


def test_ranges_of_shares_by_hours_are_tried_at_both_ends() -> None:
    ranged = line(
        ("arrivals", {**PROFILE, "daily": {"08:00-12:00": {"value": 0.6, "range": [0.5, 1.2]}, "12:00-18:00": "rest"}})
    )
    assert "the high end of its range, 1.2, may not stand" in only_fault(ranged)


# -- in words ---------------------------------------------------------------------------------------------------------


def said(data: Data) -> str:
    return " ".join(explained(Scenario.from_data("x", data)).split())


def test_explain_says_how_and_when_people_come() -> None:
    words = said(line(("arrivals", PROFILE)))
    assert "On average 70 people arrive each week (Poisson arrivals)." in words
    assert "of a week's arrivals come 2 in 5 on Monday, 3 in 5 on Sunday." in words
    assert "of a day's arrivals come 3 in 5 from 08:00 to 12:00, 2 in 5 from 12:00 to 18:00." in words
    assert "of a year's arrivals come 1 in 2 in January, 1 in 2 in December" in words
    renewal = said(line(("arrivals", {"days_between": GAMMA})))
    assert "each week; from one to the next it is on average 0.1 days (standard deviation 0.2, gamma)." in renewal
    assert "(Poisson arrivals)" in said(line(("arrivals", {"days_between": 0.1})))


def test_explain_says_how_many_come_of_each_group() -> None:
    words = said(own({"per_week": 24}, {"per_week": 8}))
    assert "the need of 32 people begins each week." in words
    assert "the need of 24 people in the group Older people begins each week (Poisson arrivals)." in words
    assert "Older people: about 75 in 100 of those whose need begins" in words


def test_explain_says_who_waits_where_and_whose_need_comes_back() -> None:
    words = said(edited(village(), ("waiting_at_start", LIST), ("pathways.outsourced.waiting_at", "assessment"),
                        (f"{OLD}.relapses_after_days", 400)))  # fmt: skip
    assert "When the run begins 20 people wait already" in words
    assert "how long each has waited: on average 30 days" in words
    assert "Those who already wait when the run begins wait for “assessment”." in words
    assert "Those who already wait when the run begins wait for “conversation”." in words
    assert "the need is back at level low after 400 days on average" in words
