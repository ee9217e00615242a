"""Nothing is silently ignored: each key, put into each of many small files, changes the run or is refused by name.

Prices, texts and plans never reach a model: where they stand without being refused, the file must have what reads them.
"""

from __future__ import annotations

from typing import Any

import pytest

from sim.scenario.key_table import tables
from sim.scenario.plans import NumberTable
from sim.scenario.scenario import Scenario
from tests.scenario.files import LINE, Data, edited, faults
from tests.scenario.test_every_key import changed

P = "pathways.line"
DESK, PAUSE, CLERKS = f"{P}.stages.desk", f"{P}.stages.pause", f"{P}.teams.clerks"
LEVELS = {"level_at_arrival": {"low": 0.5, "high": 0.5}}


def line() -> Data:
    """A plain network of a desk and a delay."""
    pause = {"delay_days": 2, "next": {"desk": 0.5, "leave": "rest"}}
    return edited(LINE, (f"{DESK}.next", {"pause": 0.5, "leave": "rest"}), (PAUSE, pause))


def needy(*edits: tuple[str, Any]) -> Data:
    return edited(line(), ("groups.a", LEVELS), (f"{DESK}.purpose", "deciding"), *edits)


CASELOAD = {"works": "caseload", "posts": 2, "cases_each": 3}
PRICES = (("price_year", "2024-25"), (f"{CLERKS}.hours_per_week", 37), (f"{CLERKS}.gbp_per_worked_hour", 30))
HOURS = {"mon-fri": "09:00-17:00"}
CONTEXTS: dict[str, Data] = {
    "plain network": line(),
    "one group with levels": needy(),
    "two groups": needy(("groups.a.share", 0.5), ("groups.b", {"level_at_arrival": {"low": 1.0}})),
    "caseload": needy((CLERKS, CASELOAD), (f"{DESK}.weeks", 1)),
    "unlimited posts": needy((f"{CLERKS}.posts", "unlimited")),
    "unlimited places": needy((CLERKS, {"works": "caseload", "posts": "unlimited"}), (f"{DESK}.weeks", 1)),
    "staffed team": needy(*PRICES),
    "bought team": needy(("price_year", "2024-25"), (f"{DESK}.fee_gbp", 40)),
    "rota": needy((CLERKS, {"rota": {"mon-fri": {"09:00-17:00": 3}}})),
    "opening hours": needy((f"{CLERKS}.open", HOURS)),
    "one neighbourhood": needy(("place.households", {"north": 5})),
    "teams by neighbourhood": needy(
        ("place.households", {"north": 5, "south": 3}), (f"{CLERKS}.per_neighbourhood", True)
    ),
    "a gate": needy((f"{DESK}.gate", {"eligible_from": "high"})),
}  # fmt: skip

OFF = {"leave": "rest"}
LAW = ({"mean": 3, "sd": 1}, {"law": "gamma", "mean": 3, "sd": 1}, {"fixed": 3}, {"low": 1, "high": 3}, 3)
STAGE: dict[str, list[Any]] = {
    "purpose": ["running"], "team": ["clerks"], "minutes": [9], "hours": list(LAW), "weeks": list(LAW),
    "delay_days": list(LAW), "travel_hours": [1], "missed": [{"share": 0.2}, {"share": 0.2, "then": "leave"}],
    "order": ["most in need first", "most in true need first", ["a"]], "on_give_up": ["pause"], "when_full": ["pause"],
    "moves_up_after_days": [5],
    "gives_up_after_days": list(LAW), "queue_limit": [0, 2], "gate": [{}, {"called": "x"}, {"most_needs": 2},
    {"seen_too_low": 0.3}, {"seen_too_high": 0.3}, {"outside_criteria": 0.2}, {"eligible_from": "moderate"}],
    "help": [{"fits": 0.5}], "fee_gbp": [10], "fee_cashable": [0.5], "next": [OFF], "next_by_group": [{"a": OFF}],
    "next_by_level": [{"high": OFF}], "next_by_needs": [{"one": OFF}], "luck": ["other"],
    **{f"{key}_by_group": [{"a": 7}] for key in ("minutes", "hours", "weeks", "delay_days", "gives_up_after_days")},
}  # fmt: skip
TEAM: dict[str, list[Any]] = {
    "works": ["caseload"], "posts": [3, 2.5, "unlimited"], "open": [{"mon": "09:00-12:00"}],
    "rota": [{"mon": {"09:00-12:00": 2}}], "finish": ["same day"], "per_neighbourhood": [True], "cover": [True],
    "cases_each": [2], "keeps": [True], "hours_per_week": [30], "weeks_per_year": [40], "share_with_citizens": [0.1],
    "other_work": [0.1], "posts_from_week": [{"1": 2}], "gbp_per_worked_hour_from_week": [{"1": 30}],
    "gbp_per_worked_hour": [20], "gbp_per_overtime_hour": [30], "includes": [["salary"]], "cashable": [0.5],
}  # fmt: skip
GROUP: dict[str, list[Any]] = {
    "share": [0.4], "arrivals": [{"per_day": 3}], "level_at_arrival": [{"low": 1.0}], "number_of_needs": [{"two": 1.0}],
    "worsens_after_days": [{"low": 9}], "eases_after_days": [{"low": 9}], "leaves_after_days": [{"low": 9}],
    "relapses_after_days": [9],
}  # fmt: skip
PATHWAY: dict[str, list[Any]] = {
    "payer": ["x"], "provider": ["x"], "starts_at": ["pause"], "waiting_at": ["desk"], "asks_after_days": [{"low": 3}],
    "comes_back_after_days": [{"low": 9}], "one_off": [{"x": {"gbp": 9}}],
    "contract": [{"x": {key: 0.1}} for key in ("gbp_a_year", "share_of_staff", "share_of_all")],
    "teams": [{}], "stages": [{}],
}  # fmt: skip
TOP: dict[str, list[Any]] = {
    "compare": [[]], "bases": [["as_specified", "equal_spend"]], "gbp_per_day_in_need": [[5.0]], "question": ["x"],
    "wait_targets_days": [[7]],
    "discount_rate": [0.02], "waiting_at_start": [{"people": 9, "days_waited": 2}], "arrivals": [{"per_week": 9}],
    "crisis": [{"gbp_per_entry": 9}], "course": [{"pace_during_help": 0.5}], "groups": [{"z": {}}], "pathways": [{}],
    "run": [{"most_replications": 200}], "place": [{"band_d_homes": 9}, {"band_d_bill": 9}, {"households": {"n": 1}}],
    "checks": [{"c": {}}], "published_remission": [{"f": {"source": "nowhere"}}], "sources": [{"s": {}}],
    "targets": [{"t": {}}], "price_indices": [{"i": {}}],
    "price_year": ["2023-24"], "correlations": [{"both": {"between": ["place.adults", "nowhere"], "rank": 0.5}}],
}  # fmt: skip

PLACES: dict[str, tuple[str, dict[str, list[Any]]]] = {
    "desk": (DESK, STAGE), "pause": (PAUSE, STAGE), "team": (CLERKS, TEAM), "group": ("groups.a", GROUP),
    "pathway": (P, PATHWAY), "top": ("", TOP),
}  # fmt: skip

READ_LATER = {
    "purpose": "hours are filed by it", "travel_hours": "the citizen's own time", "payer": "text",
    "wait_targets_days": "waits are measured by it",
    "provider": "text", "question": "text", "price_year": "text", "households": "named in the citizens' table",
}  # fmt: skip
PRICED = {
    "fee_gbp", "fee_cashable", "gbp_per_worked_hour", "gbp_per_overtime_hour", "includes", "cashable", "contract",
    "gbp_per_worked_hour_from_week", "one_off", "discount_rate", "gbp_per_day_in_need", "crisis", "place",
}  # fmt: skip
"""Keys that only money reads: they stand, unless refused, only in a file with prices."""


@pytest.mark.parametrize("where", PLACES)
@pytest.mark.parametrize("context", CONTEXTS)
def test_a_key_changes_the_run_or_is_refused_by_name_with_a_remedy(context: str, where: str) -> None:
    data, (path, keys) = CONTEXTS[context], PLACES[where]
    if where == "group" and "groups" not in data:
        return
    before = Scenario.from_data("test", data)
    for key, values in keys.items():
        for value in values:
            year = [("price_year", "2024-25")] if key in PRICED else []
            with_key = edited(data, *year, (f"{path}.{key}" if path else key, value))
            if with_key == data:
                continue
            found = faults(with_key)
            if found:
                said = " ".join(map(str, found))
                assert key in said or path in said or P in said, (key, value, said)
                assert all(fault.remedy for fault in found), said
                continue
            after = Scenario.from_data("test", with_key)
            assert changed(before, after) - {"scenario"} or _is_read_later(key, value, after), (key, value)


def _is_read_later(key: str, value: Any, after: Scenario) -> bool:
    """Whether something beside the run reads it."""
    if key == "place":
        return "households" in value or after.has_money
    return key in READ_LATER or (key in PRICED and after.has_money)


@pytest.mark.parametrize(("keys", "model"), [(STAGE, "Stage"), (TEAM, "Team"), (GROUP, "Group"), (PATHWAY, "Pathway"),
                                            (TOP, "Scenario")])  # fmt: skip
def test_every_key_is_tried(keys: dict[str, Any], model: str) -> None:
    (fields,) = [one.model_fields for _, one in tables() if one is not NumberTable and one.__name__ == model]
    assert set(fields) - {"title"} == set(keys)


EVERY_LEVEL = dict.fromkeys(("low", "moderate", "high", "crisis"), OFF)
NEITHER = "has no effect: neither the gate nor the routes go by the level seen; give `eligible_from` or `next_by_level`"
HIDDEN: dict[str, tuple[Data, str]] = {
    "next beside routes by all levels": (
        needy((f"{DESK}.next_by_level", EVERY_LEVEL)),
        f"{DESK}: `next` has no effect: all go by `next_by_level`; drop it, or leave someone out there",
    ),
    "next beside routes by all groups": (
        needy((f"{DESK}.next_by_group", {"a": {"pause": 0.5, "leave": "rest"}})),
        f"{DESK}.next: has no effect: each group has routes of its own in `next_by_group`; leave one of them out",
    ),
    "a name of a refusal that never is": (
        needy((f"{DESK}.gate", {"called": "no"})),
        f"{DESK}.gate: `called` has no effect: nobody is refused; drop it, or give one of `eligible_from`, ",
    ),
    "an empty gate": (
        needy((f"{DESK}.gate", {})),
        f"{DESK}.gate: has no effect: it is empty, and everyone passes; give `eligible_from`, or drop it",
    ),
    "an error in seeing what nothing goes by": (
        needy((f"{DESK}.gate", {"seen_too_low": 0.1, "most_needs": 2})),
        f"{DESK}.gate.seen_too_low: {NEITHER}, or drop it",
    ),
    "a delay with a purpose": (
        needy((f"{PAUSE}.purpose", "running")),
        f"{PAUSE}: `purpose` has no effect on a delay without a fee: nobody works there; drop it",
    ),
    "one neighbourhood with a team of its own": (
        needy(("place.households", {"north": 5}), (f"{CLERKS}.per_neighbourhood", True)),
        f"{CLERKS}.per_neighbourhood: has no effect: the place has one neighbourhood only; drop it, or give place",
    ),
    "includes of no price": (
        needy((f"{CLERKS}.includes", ["salary"])),
        f"{CLERKS}: `includes` has no effect on a team without `gbp_per_worked_hour`; give it, or drop it",
    ),
    "a share of staff where none is paid": (
        needy(("price_year", "2024-25"), (f"{P}.contract", {"x": {"share_of_staff": 0.1}})),
        f"{P}.contract.x.share_of_staff: has no effect: no team is paid by the hour; give a team `gbp_per_worked_hour`",
    ),
    "a share of nothing": (
        needy(("price_year", "2024-25"), (f"{P}.contract", {"margin": {"share_of_all": 0.1}})),
        f"{P}.contract.margin.share_of_all: has no effect: there is nothing it could be a share of; give prices",
    ),
    "a pace during no help": (
        needy(("groups.a.worsens_after_days", {"low": 9}), ("course", {"pace_during_help": 0.5})),
        "course.pace_during_help: has no effect: no stage helps; give a stage `help`, or drop it",
    ),
    "a pace of what does not worsen": (
        needy((f"{DESK}.help", {"fits": 1}), ("course", {"pace_during_help": 0.5})),
        "course.pace_during_help: has no effect: nobody's need worsens; give a group `worsens_after_days`, or drop it",
    ),
    "values of a day without prices": (
        needy(("gbp_per_day_in_need", [5.0])),
        "gbp_per_day_in_need: has no effect: nothing in the file has a price; drop it, or give prices",
    ),
    "a tax base without prices": (
        needy(("place.band_d_homes", 50)),
        "place.band_d_homes: has no effect: nothing in the file has a price; drop it, or give prices",
    ),
    "a bill without the homes that pay it": (
        needy(*PRICES, ("place.band_d_bill", 2000)),
        "place.band_d_bill: has no effect without `band_d_homes`, over which what is spent is shared out; give `band_d",
    ),
    "a cap on a second stage that never comes": (
        needy(("run.most_replications", 200)),
        "run: `most_replications` has no effect without a wanted `precision`; drop it, or give `precision`",
    ),
}


@pytest.mark.parametrize("slip", HIDDEN)
def test_what_only_seems_to_have_an_effect_is_refused(slip: str) -> None:
    data, expected = HIDDEN[slip]
    (found,) = faults(data)
    assert expected in str(found)


def test_what_is_inherited_without_effect_falls_away_silently() -> None:
    """`like` gives the delay a purpose, the second desk a `next` that its routes by level leave to nobody."""
    second = {"like": "desk", "next_by_level": EVERY_LEVEL}
    other = {"like": "desk", "delay_days": 1, "next": {"leave": "rest"}}
    on = {"second": 0.5, "other": 0.2, "leave": "rest"}
    made = needy((f"{DESK}.next", on), (f"{P}.stages.second", second), (f"{P}.stages.other", other))
    del made["pathways"]["line"]["stages"]["pause"]
    stages = Scenario.from_data("test", made).pathways["line"].stages
    assert stages["other"].purpose is None
    assert "next" not in stages["second"].model_fields_set
