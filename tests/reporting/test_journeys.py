"""Everyone is in one pool on each day, and it is the one in which the files say they are."""

from __future__ import annotations

import math
from collections.abc import Hashable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from sim.reporting.journeys import Film, Journey, film
from sim.reporting.journeys_pools import (
    AWAY,
    FIRST_OF_STAGES,
    LEFT,
    MOST_ROWS,
    RECOVERED,
    RESOLVED,
    UNASKED,
    Pools,
    Row,
    folded,
    pools_of,
)
from sim.reporting.results import Results
from sim.scenario.vocabulary import NO_SERVICE

from .conftest import Maker


@pytest.fixture(scope="module")
def shown(real: Results) -> Film:
    found = film(real)
    assert found
    return found


def read(results: Results, name: str) -> pd.DataFrame:
    table = pd.read_csv(results.folder / f"{name}.csv", keep_default_na=False, na_values={"ended": "", "started": ""})
    return table[table["basis"] == results.bases[0]]


def lives(results: Results, journey: Journey) -> pd.DataFrame:
    table = read(results, "citizens")
    start = 7 * results.manifest["weeks"]["warm_up"]
    mine = table[table["pathway"] == journey.pathway].reset_index(drop=True)
    days = ("day_right_help", "day_recovered", "day_left")
    found = {name: start * -1 + mine["arrival"] + pd.to_numeric(mine[name]) for name in days}
    return mine.assign(arrival=mine["arrival"] - start, **found)


def test_everyone_whose_need_has_arisen_is_somewhere(real: Results, shown: Film) -> None:
    assert shown.of == len(shown.people) < 2000, "all of the village's cohort is shown"
    for journey in shown.journeys:
        arrival = lives(real, journey)["arrival"].to_numpy()
        arisen = [(arrival <= day).sum() for day in range(shown.days + 1)]
        assert journey.counts.sum(axis=1).tolist() == arisen and arisen[0] < arisen[-1] == len(arrival)
        assert (journey.counts >= 0).all()


def test_the_helped_recovered_and_left_are_those_of_the_lives(real: Results, shown: Film) -> None:
    for journey in shown.journeys:
        life = lives(real, journey)
        for day in range(0, shown.days + 1, 7):
            by_then = {name: int((life[name] <= day).sum()) for name in ("day_right_help", "day_recovered", "day_left")}
            assert journey.helped[day] == by_then["day_right_help"]
            assert journey.counts[day, RECOVERED] == by_then["day_recovered"]
            assert journey.counts[day, LEFT] == by_then["day_left"]
    assert any(journey.helped[-1] for journey in shown.journeys)


def test_a_need_that_is_over_stays_over(real: Results, shown: Film) -> None:
    """Nobody here relapses: whoever the film leaves resolved or recovered is so at the end of follow-up."""
    for journey in shown.journeys:
        state = lives(real, journey)["state_at_end"]
        last = np.append(journey.moves.citizen[1:] != journey.moves.citizen[:-1], True)
        pool = pd.Series(journey.moves.pool[last], index=journey.moves.citizen[last])
        assert set(state[pool[pool == RESOLVED].index]) <= {"resolved"}
        assert set(state[pool[pool == RECOVERED].index]) <= {"recovered"}


def where(visits: pd.DataFrame, life: Mapping[Hashable, Any], pools: Pools, day: float) -> int:
    """Where a citizen is on a day, from the files, one rule after another."""
    if life["day_left"] <= day:
        return LEFT
    if life["day_recovered"] <= day:
        return RECOVERED
    mine = visits[visits["joined"] <= day]
    if mine.empty:
        return UNASKED
    visit = mine.sort_values("seq").iloc[-1]
    row = pools.stages.index(visit["stage"])
    if visit["ended"] <= day:
        return RESOLVED if (visit["outcome"], visit["level_ended"]) == ("helped_fit", "none") else AWAY
    begun = visit["started"] <= day
    return int((pools.in_work if begun else pools.waiting)[row])


def test_where_each_is_follows_from_the_visits(real: Results, shown: Film) -> None:
    visits, start = read(real, "visits"), 7 * real.manifest["weeks"]["warm_up"]
    visits = visits.assign(**{name: pd.to_numeric(visits[name]) - start for name in ("joined", "started", "ended")})
    for journey in shown.journeys:
        mine = visits[visits["pathway"] == journey.pathway]
        by_citizen = dict(iter(mine.groupby("citizen")))
        for day in (0, 9, 30, 61, shown.days):
            here = np.zeros(journey.pools.count, dtype=int)
            for life in lives(real, journey).to_dict("records"):
                if life["arrival"] <= day:
                    here[where(by_citizen.get(life["citizen"], mine.head(0)), life, journey.pools, day)] += 1
            assert journey.counts[day].tolist() == here.tolist()


START = 7 * 156
"""The first day of the made-up folder's cohort."""

NOBODY = {"day_right_help": math.nan, "day_recovered": math.nan, "day_left": math.nan}


def citizens(pathway: str, differs: dict[int, dict[str, float]]) -> list[dict[str, Any]]:
    return [
        {"basis": "as_specified", "pathway": pathway, "citizen": number, "arrival": START + arrival,
         "group": "older_people", "level_at_arrival": "moderate", **NOBODY, **differs.get(number, {})}
        for number, arrival in ((50, 0.5), (51, 2.2), (52, 3.0))
    ]  # fmt: skip


def visit(
    citizen: int, seq: int, stage: str, times: tuple[float, float, float], outcome: str = "routed", level: str = "high"
) -> dict[str, Any]:
    joined, started, ended = (START + time for time in times)
    return {
        "basis": "as_specified", "pathway": "outsourced", "citizen": citizen, "seq": seq, "stage": stage,
        "joined": joined, "started": started, "ended": ended, "level_ended": level, "outcome": outcome,
    }  # fmt: skip


def write(folder: Path, visits: list[dict[str, Any]], differs: dict[int, dict[str, float]]) -> None:
    rows = [row for name in ("outsourced", "local", NO_SERVICE) for row in citizens(name, differs)]
    pd.DataFrame(rows).to_csv(folder / "citizens.csv", index=False)
    pd.DataFrame(visits).to_csv(folder / "visits.csv", index=False)


def outsourced(results: Results) -> Journey:
    found = film(results)
    assert found and found.days == 728 and found.year == 364
    return found.journeys[0]


def test_a_life_by_hand(made: Maker) -> None:
    """Need on day 0.5, asks on day 4, waits to day 6.5; then in help until it fits on day 20.25 and need is over."""
    results = made()
    names = results.scenario.pathways["outsourced"].stages
    first = next(name for name, stage in names.items() if stage.team and not stage.help)
    helps = next(name for name, stage in names.items() if stage.help)
    write(
        results.folder,
        [
            visit(50, 1, first, (4.0, 6.5, 6.9)),
            visit(50, 2, helps, (6.9, 6.9, 20.25), "helped_fit", "none"),
        ],
        {50: {"day_right_help": 6.4}},
    )
    journey = outsourced(results)
    row, other = (journey.pools.stages.index(name) for name in (first, helps))
    one = journey.moves.within(journey.moves.citizen == 0)
    waiting, in_help = int(journey.pools.waiting[row]), int(journey.pools.in_work[other])
    assert list(zip(one.day.tolist(), one.pool.tolist(), strict=True)) == [
        (1, UNASKED), (4, waiting), (7, in_help), (21, RESOLVED),
    ]  # fmt: skip
    assert journey.helped[[6, 7, 728]].tolist() == [0, 1, 1]
    assert journey.counts[[0, 1, 2, 3, 21], UNASKED].tolist() == [0, 1, 1, 3, 2]


def test_who_recovers_during_a_visit_is_not_still_in_it(made: Maker) -> None:
    """Recovered on day 2.2 + 8 = 10.2, while the visit runs from 5 to 30; it says so again when it ends."""
    results = made()
    stage = next(name for name, one in results.scenario.pathways["outsourced"].stages.items() if one.team)
    write(results.folder, [visit(51, 1, stage, (5.0, 5.0, 30.0), "recovered", "none")], {51: {"day_recovered": 8.0}})
    one = outsourced(results).moves
    assert one.day[one.citizen == 1].tolist() == [3, 5, 11]
    assert one.pool[one.citizen == 1][-1] == RECOVERED


def test_who_is_refused_is_with_nobody_until_they_ask_again(made: Maker) -> None:
    results = made()
    stage = next(name for name, one in results.scenario.pathways["outsourced"].stages.items() if one.team)
    write(
        results.folder,
        [visit(52, 1, stage, (5.0, 5.5, 8.5), "refused_level"), visit(52, 2, stage, (40.0, 40.0, 41.5), "left_area")],
        {52: {"day_left": 38.5}},
    )
    journey = outsourced(results)
    one = journey.moves.within(journey.moves.citizen == 2)
    assert one.day.tolist() == [3, 5, 6, 9, 40, 42]
    assert one.pool.tolist()[3] == AWAY and one.pool.tolist()[-1] == LEFT


@pytest.mark.parametrize("gone", ["visits.csv", "citizens.csv"])
def test_without_the_files_there_is_no_film(made: Maker, gone: str) -> None:
    results = made()
    write(results.folder, [], {})
    (results.folder / gone).unlink()
    assert film(results) is None


def test_rows_with_the_fewest_share_the_last() -> None:
    """Ten stages: the three with the lowest peaks (a, c and j) become one row, all others keep their order."""
    names = "abcdefghij"
    pools = Pools(tuple(names), tuple(Row(name, "work") for name in names))
    peaks = np.array([0] * FIRST_OF_STAGES + [1, 0, 5, 5, 0, 2, *[9, 9] * 6, 0, 3])
    fewer, becomes = folded(pools, peaks)
    assert [row.title for row in fewer.rows] == ["b", "d", "e", "f", "g", "h", "i", "all other steps"]
    assert len(fewer.rows) == MOST_ROWS and becomes[:FIRST_OF_STAGES].tolist() == list(range(FIRST_OF_STAGES))
    last = fewer.count - 2
    for name, row in (("a", last), ("b", FIRST_OF_STAGES), ("c", last), ("i", last - 2), ("j", last)):
        wait = FIRST_OF_STAGES + 2 * names.index(name)
        assert becomes[[wait, wait + 1]].tolist() == [row, row + 1]


def test_without_a_pathway_there_are_the_shared_pools_alone() -> None:
    assert pools_of(None).count == FIRST_OF_STAGES and pools_of(None).in_work.dtype.kind == "i"
