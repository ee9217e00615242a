"""An engine watched at every event: nobody is lost or counted twice, and no team serves more than it may."""

from __future__ import annotations

from collections import Counter
from itertools import chain, pairwise

import numpy as np

from sim.engine.calendars import open_time
from sim.engine.citizens import Citizen, Visit
from sim.engine.clock import Due
from sim.engine.instants import A_DAY, A_WEEK
from sim.engine.lines import Cell
from sim.engine.model import Model
from sim.engine.population import Population
from sim.engine.reference import Reference
from sim.engine.tables import CAUSES, OUTCOMES, Tables
from sim.scenario.vocabulary import NONE


class Watched(Reference):
    """The reference engine, checked after every event and every start of work."""

    def __init__(self, model: Model, population: Population) -> None:
        super().__init__(model, population)
        self.arrived = self.gone = self.events = self.fullest = self.passed_by = self.moved = 0
        self.interrupted = self.after_hours = self.lent = self.risen = 0
        self.tables: Tables
        step = self.clock.step

        def step_and_check() -> None:
            step()
            self.events += 1
            self.check()

        self.clock.step = step_and_check  # type: ignore[method-assign]

    def arrive(self, event: Due) -> None:
        self.arrived += 1
        super().arrive(event)

    def leave(self, citizen: Citizen) -> None:
        super().leave(citizen)
        self.gone += citizen.number not in self.present

    def start_work(self) -> None:
        """Starting fills posts up to the number there are and no further, and leaves none idle before a line."""
        before = [cell.busy for cell in self.teams.cells]
        lines = [[visit for visit in waiting_in(cell) if visit not in cell.kept] for cell in self.teams.cells]
        self.passed_by += sum(len(cell.kept) for cell in self.teams.cells)
        super().start_work()
        for cell, busy in zip(self.teams.cells, before, strict=True):
            assert cell.busy <= max(cell.capacity, busy)
            assert not cell.kept
            covered = self.teams.cells if self.model.covers[cell.team] else [cell]
            assert cell.busy >= cell.capacity or not any(waiting_in(one) for one in covered if one.team == cell.team)
            self.fullest = max(self.fullest, cell.busy)
        for line in lines:
            self.check_order(line)
        self.check()

    def _start(self, visit: Visit) -> None:
        """Work starts while the team is open, and is done when the hours it needs have been open hours."""
        super()._start(visit)
        assert visit.cell is not None
        team, now = visit.cell.team, self.clock.now
        self.lent += self.model.cell[team, visit.citizen.neighbourhood] != visit.cell.place % self.model.cell.shape[1]
        first = self.model.first_calendar[team]  # the open time is the same in all calendars of a team
        mine = slice(*self.model.first_shift[first : first + 2])
        begins, ends = self.model.shift_begins[mine], self.model.shift_ends[mine]
        if self.model.is_caseload[team] or not begins.size:
            return
        need = round(visit.staff_hours / self.speed[team] * A_DAY)
        passed = int(np.diff(open_time(begins, ends, np.array([now, visit.due])))[0])
        week = now % A_WEEK
        assert ((begins <= week) & (week < ends)).any()
        if self.model.same_day[team]:
            assert abs(visit.due - (now + need)) <= 1
            self.after_hours += passed < need
        else:
            assert abs(passed - need) <= 1
            self.interrupted += visit.due > now + need + 1

    def take_course(self, event: Due) -> None:
        visit = event.subject.visit
        turn = visit.turn if visit is not None else 0
        super().take_course(event)
        self.moved += visit is not None and visit.turn != turn

    def move_up(self, event: Due) -> None:
        visit = event.subject
        rank = visit.rank
        super().move_up(event)
        self.risen += visit.rank < rank

    def check_order(self, line: list[Visit]) -> None:
        """Of those who stood in a line none was started before another who by rule 11 goes first."""
        started = [self.turn(visit) for visit in line if not visit.waiting]
        left = [self.turn(visit) for visit in line if visit.waiting]
        assert not started or not left or max(started) < min(left)

    def turn(self, visit: Visit) -> tuple[float, float, int]:
        """What puts a visit before another (rule 11), read off the citizen as they are now."""
        citizen, team = visit.citizen, self.stages.team[visit.stage]
        up = self.model.moves_up[visit.stage] <= self.clock.now - visit.joined
        by_group = max(0, int(self.model.group_rank[team, citizen.group]) - up)
        key = (0, -min(4, citizen.seen + up), -min(4, citizen.level + up), by_group)[int(self.model.order[team])]
        return key, visit.joined, citizen.number

    def check(self) -> None:
        """Arrived = waiting + in work or delay + away or not yet asked + well + gone; cells know whom they have."""
        states = Counter(map(state, self.present.values()))
        assert self.arrived == sum(states.values()) + self.gone
        visits = [citizen.visit for citizen in self.present.values() if citizen.visit is not None]
        for cell in self.teams.cells:
            here = [visit for visit in visits if visit.cell is cell]
            assert {id(visit) for visit in here if visit.waiting} == {id(visit) for visit in waiting_in(cell)}
            places = sum(citizen.kept.count(cell) for citizen in self.present.values())
            assert cell.busy == sum(visit.occupies for visit in here) + places


def state(citizen: Citizen) -> str:
    """Where someone who is not gone is; exactly one of five."""
    visit = citizen.visit
    if visit is None and citizen.level == NONE:
        assert not citizen.kept and citizen.leaving is not None and citizen.leaving.event is None
        return "well, and may relapse"
    if visit is None:
        assert citizen.coming is not None and citizen.level != NONE and not citizen.kept
        return "away" if citizen.approach else "not yet asked"
    assert visit.citizen is citizen and citizen.coming is None
    return "waiting" if visit.waiting else "in work or delay"


def waiting_in(cell: Cell) -> list[Visit]:
    entries = chain((visit for *_, turn, visit in cell.line._heap if turn == visit.turn), cell.kept)
    return [visit for visit in entries if visit.waiting]


def watched(model: Model, population: Population) -> Watched:
    """A run that has passed every check, its tables too."""
    engine = Watched(model, population)
    engine.tables = engine.run()
    check_tables(engine.tables, population, engine)
    return engine


def check_tables(tables: Tables, population: Population, engine: Watched) -> None:
    """What must hold of the two tables of any run."""
    assert engine.arrived == len(population)
    _check_times(tables, population)
    _check_lives(tables)
    _check_levels(tables, population)
    _check_ends(tables, population, engine)


def _check_times(tables: Tables, population: Population) -> None:
    visits = tables.visits
    started, ended = ~np.isnan(visits.started), ~np.isnan(visits.ended)
    assert (visits.joined >= population.arrival[visits.citizen]).all()
    assert (visits.started[started] >= visits.joined[started]).all()
    assert (visits.due[started] >= visits.started[started]).all()
    assert (visits.ended[ended] >= visits.joined[ended]).all()
    assert (visits.ended[started & ended] >= visits.started[started & ended]).all()
    assert (visits.ended[started & ended] <= visits.due[started & ended]).all()
    assert np.array_equal(started, ~np.isnan(visits.due))
    assert (visits.staff_hours >= 0).all() and not visits.staff_hours[~started].any()
    outcome = visits.outcome
    assert np.array_equal(outcome == OUTCOMES.index("open"), ~ended)
    assert not started[np.isin(outcome, [OUTCOMES.index("gave_up"), OUTCOMES.index("full")])].any()
    full = outcome == OUTCOMES.index("full")
    assert np.array_equal(visits.joined[full], visits.ended[full])
    broken_off = [OUTCOMES.index(name) for name in ("recovered", "left_area", "gave_up", "full", "open")]
    whole = ~np.isin(outcome, broken_off)
    assert np.array_equal(visits.ended[whole], visits.due[whole])


def _check_lives(tables: Tables) -> None:
    """Visits of one citizen follow each other without overlap; within an approach without a gap."""
    visits = tables.visits
    for one, two in pairwise(range(len(visits))):
        if visits.citizen[one] != visits.citizen[two]:
            assert visits.seq[two] == visits.approach[two] == 1
        elif visits.approach[one] == visits.approach[two]:
            assert visits.joined[two] == visits.ended[one] and visits.seq[two] == visits.seq[one] + 1
        else:
            assert visits.joined[two] > visits.ended[one] and visits.approach[two] == visits.approach[one] + 1


def _check_levels(tables: Tables, population: Population) -> None:
    """Changes link up from the level at arrival, and visits saw the levels they say."""
    changes = tables.changes
    level = population.level.copy()
    day = population.arrival.copy()
    for citizen, when, old, new, cause in zip(*(column.tolist() for column in changes), strict=True):
        assert level[citizen] == old != new and when >= day[citizen]
        assert (old == NONE) == (CAUSES[cause] == "relapsed")
        step = {"worsened": 1, "eased": -1, "relapsed": 1}.get(CAUSES[cause])
        assert step is None or new - old == step
        level[citizen], day[citizen] = new, when
    visits = tables.visits
    assert (visits.needs_ended <= visits.needs_joined).all()
    assert ((visits.level_joined >= 1) & (visits.needs_joined >= 1)).all()


def _check_ends(tables: Tables, population: Population, engine: Watched) -> None:
    """Read off the tables alone, everyone is in one state, and as many are gone as the engine says."""
    if not engine.model.has_levels:
        return
    changes = tables.changes
    level, cause = population.level.copy(), np.full(len(population), -1)
    level[changes.citizen], cause[changes.citizen] = changes.to_level, changes.cause  # of several the last stays
    may = np.isfinite(engine.model.relapses)[population.group] & (cause != CAUSES.index("left_area"))
    none = set(np.flatnonzero((level == NONE) & ~may).tolist())
    open_still = set(tables.visits.citizen[tables.visits.outcome == OUTCOMES.index("open")].tolist())
    assert len(population) - engine.gone == len(set(range(len(population))) - (none - open_still))
