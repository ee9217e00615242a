"""Prices of other years, brought to the file's price year: by hand, by formula, and what may not be."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from sim.reporting.explain import explained
from sim.scenario.facts import Fact
from sim.scenario.inputs import inputs_table, with_inputs
from sim.scenario.scenario import Scenario, load
from sim.scenario.writing import written
from tests.scenario.files import Data, edited, faults, village

PRICE = "pathways.local.teams.workers.gbp_per_worked_hour"
INDICES = {
    "gdp_deflator": {"title": "d", "source": "made-up-census", "years": {"2008-09": 64, "2018-19": 81, "2024-25": 100}},
    "wages": {"title": "w", "source": "made-up-costs", "years": {"2013-14": 40, "2024-25": 54}},
}


def priced(**number: object) -> Data:
    return edited(village(), ("price_indices", INDICES), (PRICE, number))


def fact(data: Data) -> Fact:
    return next(fact for fact in Scenario.from_data("test", data).facts if fact.path == PRICE)


def test_a_price_of_an_old_year_is_its_value_times_the_rise_of_the_index() -> None:
    data = priced(value=30, range=[28, 32], price_year="2013-14", index="wages", source="made-up-census")
    scenario = Scenario.from_data("test", data)
    assert scenario.pathways["local"].teams["workers"].gbp_per_worked_hour == pytest.approx(30 * 54 / 40)
    found = fact(data)
    assert found.range == pytest.approx((28 * 1.35, 32 * 1.35))
    assert found.original is not None
    assert (found.original.value, found.original.price_year, found.original.index) == (30, "2013-14", "wages")
    assert found.original.factor == pytest.approx(1.35)
    assert found.grade == "C", "no better than the index"


def test_between_two_years_of_the_index_growth_is_even_and_leaves_a_c() -> None:
    found = fact(priced(value=30, price_year="2013-14", source="made-up-census"))
    assert found.original is not None
    assert found.original.factor == pytest.approx(100 / (64 * 81) ** 0.5), "half way: the geometric mean"
    assert found.original.is_interpolated
    assert found.grade == "C"
    known = fact(priced(value=30, price_year="2018-19", source="made-up-census"))
    assert known.original is not None
    assert (known.original.factor, known.original.is_interpolated, known.grade) == (100 / 81, False, "A")


def test_a_price_of_the_files_own_year_stands_as_it_is() -> None:
    found = fact(priced(value=30, price_year="2024-25", source="made-up-census"))
    assert (found.value, found.original, found.grade) == (30, None, "A")


def test_a_number_may_be_graded_below_its_source_and_not_above() -> None:
    assert fact(priced(value=30, grade="D", source="made-up-census")).grade == "D"
    (fault,) = faults(priced(value=30, grade="A", source="made-up-costs"))
    assert (fault.path, "lower than its source" in fault.remedy) == (f"{PRICE}.grade", True)
    (fault,) = faults(priced(value=30, grade="D"))
    assert fault.path == f"{PRICE}.grade"


@pytest.mark.parametrize(
    ("number", "where", "said"),
    [
        ({"price_year": "2013-14", "index": "wagse"}, "index", "`wages`"),
        ({"price_year": "2024-25", "index": "wages"}, "index", "drop it"),
        ({"index": "wages"}, "index", "drop it"),
        ({"price_year": "1999-00"}, "price_year", "runs from 2008-09 to 2024-25"),
        ({"price_year": "2013"}, "price_year", "write a year as 2013-14"),
        ({"price_year": "2013-15"}, "price_year", "write a year as 2013-14"),
    ],
)
def test_a_price_that_cannot_be_brought_is_told(number: dict[str, object], where: str, said: str) -> None:
    (fault,) = faults(priced(value=30, **number))
    assert fault.path == f"{PRICE}.{where}"
    assert said in f"{fault.problem} {fault.remedy}"


def test_a_price_year_on_what_is_no_price_is_told() -> None:
    data = edited(village(), ("place.adults", {"value": 8000, "price_year": "2013-14"}), ("price_indices", INDICES))
    (fault,) = faults(data)
    assert (fault.path, fault.remedy) == ("place.adults.price_year", "drop it")


def test_an_index_with_a_year_that_is_none_is_told() -> None:
    data = edited(priced(value=30), ("price_indices.wages.years", {"2013": 40, "2024-25": 54}))
    assert [fault.path for fault in faults(data)] == ["price_indices.wages.years"]


def test_a_range_is_tried_at_its_ends() -> None:
    (fault,) = faults(priced(value=1, range=[-1, 2], price_year="2013-14", index="wages"))
    assert "low end of its range, -1, may not stand" in fault.problem


def test_explain_shows_the_value_published_its_year_and_the_factor() -> None:
    scenario = Scenario.from_data("test", priced(value=30, price_year="2013-14", index="wages"))
    text = " ".join(explained(scenario).split())
    assert "40.5 GBP" in text
    assert "published as £30 in 2013-14; × 1.350 (wages)" in text


def test_written_and_read_again_a_price_is_not_raised_twice() -> None:
    scenario = Scenario.from_data("test", priced(value=30, price_year="2013-14", index="wages"))
    again = Scenario.from_data("test", tomllib.loads(written(scenario)))
    assert again.model_dump() == scenario.model_dump()


def test_a_range_edited_in_a_spreadsheet_is_in_the_files_prices(tmp_path: Path) -> None:
    scenario = Scenario.from_data("test", priced(value=30, range=[28, 32], price_year="2013-14", index="wages"))
    lines = inputs_table(scenario).splitlines()
    place = next(at for at, line in enumerate(lines) if line.startswith(PRICE))
    cells = lines[place].split(",")
    assert float(cells[3]) == pytest.approx(40.5)
    cells[5] = "50"
    file = tmp_path / "mine.csv"
    file.write_text("\n".join([*lines[:place], ",".join(cells), *lines[place + 1 :]]), encoding="utf-8")
    changed = next(one for one in with_inputs(scenario, file).facts if one.path == PRICE)
    assert changed.value == pytest.approx(40.5)
    assert changed.range == pytest.approx((28 * 1.35, 50))


def test_the_shipped_indices_chain_as_published() -> None:
    """NHS cost inflation 2015-16 to 2024-25 multiplies to 1.295; the deflator of 2008-09 is 66.84 of 100."""
    indices = load("anytown").price_indices
    nhs = indices["nhs_cost"].years
    assert nhs["2024-25"] / nhs["2014-15"] == pytest.approx(1.295, abs=5e-4)
    assert indices["gdp_deflator"].years["2008-09"] == 66.84


@pytest.mark.parametrize("given", [30, 40.5, 31])
def test_what_is_set_is_a_price_of_the_files_own_year(given: float) -> None:
    """Setting the figure that was published long ago, or what it has become, is no different from any other figure."""
    data = priced(value=30, price_year="2013-14", index="wages", source="made-up-census")
    data["changes"] = {"set": {PRICE: given}}
    scenario = Scenario.from_data("test", data)
    for other in (scenario.with_values({PRICE: given}), scenario.with_change("set")):
        assert other.pathways["local"].teams["workers"].gbp_per_worked_hour == given
        kept = next(fact for fact in other.facts if fact.path == PRICE).original is not None
        assert kept is (given == 40.5), "its evidence stands only where the price does"
