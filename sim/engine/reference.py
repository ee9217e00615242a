"""The reference engine: a pathway on SimPy's clock, written to be read.

The methods of `Reference` are what happens to a citizen, in the order a life meets them: the need arises, they come
forward, join a stage, start, end, are refused or helped or routed on, leave, come back; meanwhile their level changes.
Everything that happens is written down as visits and level changes, and nothing is counted here.
"""

from __future__ import annotations

import math
from array import array
from typing import Any

import simpy

from sim.engine import tables as t
from sim.engine.clock import Clock, Kind, cancel
from sim.engine.course import Course, Exponential
from sim.engine.lines import Cell
from sim.engine.luck import name_hash, uniform
from sim.engine.model import AWAY, CRITERIA, DELAY, FIT, PATIENCE, ROUTE, SEEN, WEEKS, WORK, Model
from sim.engine.population import Population
from sim.engine.quantiles import quantile
from sim.scenario.vocabulary import CRISIS, LEVELS, LOW, NONE

_WORSENS = [name_hash(f"course.{level}/worsens") for level in LEVELS]
_EASES = [name_hash(f"course.{level}/eases") for level in LEVELS]
_LEAVES = name_hash("citizen/leaves")
_ASKS = name_hash("citizen/asks")
_COMES_BACK = name_hash("citizen/comes_back")


class Citizen:
    """A person as the engine sees them now."""

    __slots__ = (
        "approach", "base", "coming", "counts", "course", "entries", "group", "kept", "leaving", "level", "needs",
        "neighbourhood", "number", "seq", "visit",
    )  # fmt: skip

    def __init__(self, number: int, group: int, neighbourhood: int, level: int, needs: int, base: int) -> None:
        self.number, self.group, self.neighbourhood = number, group, neighbourhood
        self.level, self.needs, self.base = level, needs, base
        self.approach = self.seq = 0
        self.visit: Visit | None = None
        self.course = Course()
        self.coming: Exponential | None = None
        self.leaving: Exponential | None = None
        self.counts: dict[int, int] = {}
        self.entries = [0] * len(LEVELS)
        self.kept: list[Cell] = []


class Visit:
    """One citizen at one stage once, while it lasts."""

    __slots__ = (
        "cell", "citizen", "count", "due", "event", "joined", "level", "needs", "occupies", "seen", "seq", "stage",
        "staff_hours", "started", "waiting",
    )  # fmt: skip

    def __init__(self, citizen: Citizen, stage: int, count: int, now: float) -> None:
        self.citizen, self.stage, self.count, self.joined = citizen, stage, count, now
        self.seq, self.level, self.needs = citizen.seq, citizen.level, citizen.needs
        self.started = self.due = math.nan
        self.staff_hours = 0.0
        self.seen = 0
        self.cell: Cell | None = None
        self.event: simpy.Event | None = None
        self.waiting = self.occupies = False


class Reference:
    """One run of one pathway over one population."""

    def __init__(self, model: Model, population: Population) -> None:
        self.model = model
        self.clock = Clock(model.horizon)
        self.visits: array[float] = array("d")
        self.changes: array[float] = array("d")
        self.people = list(zip(*(column.tolist() for column in population), strict=True))
        self.present: dict[int, Citizen] = {}
        self.ready: set[tuple[int, int]] = set()
        self.starting_at = -math.inf
        self._read(model)

    def _read(self, model: Model) -> None:
        """Plain lists of what is looked up at every step: they are faster than arrays, one number at a time."""
        self.stage_team, self.stage_luck = model.stage_team.tolist(), model.stage_luck.tolist()
        self.draws, self.stage_law = model.stage_draw.tolist(), model.stage_law.tolist()
        self.laws, self.law_tables = model.laws, [table.tolist() for table in model.law_tables]
        self.route_row, self.route_to = model.route_row.tolist(), model.route_to.tolist()
        self.route_edge, self.fits = model.route_edge.tolist(), model.fits.tolist()
        self.gate_level, self.has_help = model.gate_level.tolist(), model.has_help.tolist()
        self.keeps, self.speed = model.keeps.tolist(), model.speed.tolist()
        self.worsens, self.eases, self.leaves = model.worsens.tolist(), model.eases.tolist(), model.leaves.tolist()
        self.asks, self.comes_back = model.asks.tolist(), model.comes_back.tolist()
        self.cell_of = model.cell.tolist()
        self.cells = {
            (team, place): Cell((team, place), int(model.places[team, place]), (int(top), int(bottom)))
            for team, row in enumerate(zip(model.part_top, model.part_bottom, strict=True))
            for place, (top, bottom) in enumerate(zip(*row, strict=True))
        }

    def run(self) -> t.Tables:
        """Let everyone live until the horizon.

        Returns
        -------
        Tables
            Visits and level changes, those still open at the horizon among them.
        """
        self._expect_arrival(0)
        if any(cell.varies for cell in self.cells.values()):
            self.clock.at(1.0, Kind.SHIFT_CHANGE, 0, self.begin_day, 1)
        self.clock.run()
        for citizen in self.present.values():
            if citizen.visit is not None:
                self._write(citizen.visit, math.nan, t.OPEN)
        return t.Tables(t.visits_table(self.visits), t.changes_table(self.changes))

    # -- arriving, coming forward and coming back ---------------------------------------------------------------------

    def _expect_arrival(self, number: int) -> None:
        if number < len(self.people):
            self.clock.at(self.people[number][0], Kind.ARRIVAL, number, self.arrive, number)

    def arrive(self, event: simpy.Event) -> None:
        """The need arises."""
        number: int = event.value
        citizen = self.present[number] = Citizen(number, *self.people[number][1:])
        self._expect_arrival(number + 1)
        now = self.clock.now
        if self.model.has_levels:
            self._enter_level(citizen)
            u = uniform(citizen.base, _LEAVES, 0)
            citizen.leaving = Exponential(u, self.leaves[citizen.group], now, citizen.level)
            self._expect(citizen, citizen.leaving, Kind.LEAVING_AREA, self.leave_area)
        if self.asks[citizen.level] == 0:
            self._approach(citizen)
        else:
            citizen.coming = Exponential(uniform(citizen.base, _ASKS, 0), self.asks, now, citizen.level)
            self._expect(citizen, citizen.coming, Kind.COMING, self.come)

    def _expect(self, citizen: Citizen, time: Exponential, kind: Kind, action: Any) -> None:
        cancel(time.event)
        time.event = self.clock.at(time.due, kind, citizen.number, action, citizen)

    def come(self, event: simpy.Event) -> None:
        """A citizen comes forward for the first time, or comes back."""
        event.value.coming = None
        self._approach(event.value)

    def _approach(self, citizen: Citizen) -> None:
        citizen.approach += 1
        self.join(citizen, self.model.start)

    # -- a visit: joined, started, ended ------------------------------------------------------------------------------

    def join(self, citizen: Citizen, stage: int) -> None:
        """A citizen comes to a stage: a delay begins at once, work waits for a post."""
        luck = self.stage_luck[stage]
        count = citizen.counts.get(luck, 0)
        citizen.counts[luck] = count + 1
        citizen.seq += 1
        visit = citizen.visit = Visit(citizen, stage, count, self.clock.now)
        team = self.stage_team[stage]
        if team == AWAY:
            self._begin_delay(visit)
            return
        cell = visit.cell = self.cells[team, self.cell_of[team][citizen.neighbourhood]]
        visit.waiting = True
        if cell in citizen.kept:
            cell.kept.append(visit)
        else:
            cell.line.join(visit)
        if self.stage_law[stage][PATIENCE] != AWAY:
            due = self.clock.now + self._drawn(visit, PATIENCE, needs=1)
            visit.event = self.clock.at(due, Kind.PATIENCE, citizen.number, self.give_up, visit)
        self._call_to_work(cell)

    def _drawn(self, visit: Visit, what: int, needs: int) -> float:
        """The visit's value of a law: days, or staff hours for WORK."""
        law = self.laws[self.stage_law[visit.stage][what]]
        u = uniform(visit.citizen.base, self.draws[visit.stage][what], visit.count)
        return quantile(law, self.law_tables, u) + law.each_further_need * (needs - 1)

    def _begin_delay(self, visit: Visit) -> None:
        visit.started = self.clock.now
        visit.due = visit.started + self._drawn(visit, DELAY, visit.citizen.needs)
        visit.event = self.clock.at(visit.due, Kind.END_OF_DELAY, visit.citizen.number, self.end, visit)
        self._set_pace(visit.citizen)

    def _call_to_work(self, cell: Cell) -> None:
        """See to it that the team looks at its line before this instant is over."""
        self.ready.add(cell.place)
        if self.starting_at != self.clock.now:
            self.starting_at = self.clock.now
            self.clock.at(self.clock.now, Kind.START_OF_WORK, 0, self.start_work, None)

    def start_work(self, _: simpy.Event) -> None:
        """Teams in file order, neighbourhoods in order, start work while they can."""
        self.starting_at = -math.inf
        called, self.ready = sorted(self.ready), set()
        for place in called:
            cell = self.cells[place]
            kept, cell.kept = cell.kept, []
            for visit in sorted(kept, key=lambda held: (held.joined, held.citizen.number)):
                if visit.waiting:
                    self._start(visit, occupies=False)
            while cell.busy < cell.capacity and (first := cell.line.first()) is not None:
                self._start(first, occupies=True)

    def _start(self, visit: Visit, *, occupies: bool) -> None:
        cell, citizen = visit.cell, visit.citizen
        assert cell is not None
        cancel(visit.event)
        visit.waiting, visit.occupies, visit.started = False, occupies, self.clock.now
        cell.busy += occupies
        team = cell.place[0]
        if occupies and self.keeps[team]:
            citizen.kept.append(cell)
            visit.occupies = False
        visit.staff_hours = self._drawn(visit, WORK, citizen.needs)
        caseload = self.stage_law[visit.stage][WEEKS] != AWAY
        days = self._drawn(visit, WEEKS, citizen.needs) if caseload else visit.staff_hours / self.speed[team]
        visit.due = visit.started + days
        visit.event = self.clock.at(visit.due, Kind.END_OF_WORK, citizen.number, self.end, visit)
        self._set_pace(citizen)

    def end(self, event: simpy.Event) -> None:
        """Work or a delay is over: gate, help, and the way on."""
        visit: Visit = event.value
        citizen = visit.citizen
        self._free(visit)
        outcome = self._outcome(visit)
        target = AWAY
        if citizen.level != NONE and outcome in (t.ROUTED, t.HELPED_FIT, t.HELPED_UNFIT):
            target = self._route(visit)
        self._finish(visit, outcome)
        self._go(citizen, target)

    def _free(self, visit: Visit) -> None:
        if visit.occupies and visit.cell is not None:
            visit.cell.busy -= 1
            self._call_to_work(visit.cell)

    def _outcome(self, visit: Visit) -> int:
        """What the visit came to, with the level and needs at its end."""
        if visit.citizen.level == NONE:
            return t.RECOVERED
        refusal = self._refusal(visit) if self.gate_level[visit.stage] else None
        if refusal is not None:
            return refusal
        return self._helped(visit) if self.has_help[visit.stage] else t.ROUTED

    def _refusal(self, visit: Visit) -> int | None:
        """The reason of a refusal at the gate, None if the citizen passes (rule 12)."""
        model, stage, citizen = self.model, visit.stage, visit.citizen
        u = uniform(citizen.base, self.draws[stage][SEEN], visit.count)
        error = -1 if u < model.gate_too_low[stage] else u >= 1 - model.gate_too_high[stage]
        visit.seen = min(max(citizen.level + int(error), LOW), CRISIS)
        if visit.seen < self.gate_level[stage]:
            return t.REFUSED_LEVEL
        if citizen.needs > model.gate_most_needs[stage]:
            return t.REFUSED_NEEDS
        if uniform(citizen.base, self.draws[stage][CRITERIA], 0) < model.gate_outside[stage]:
            return t.REFUSED_CRITERIA
        return None

    def _helped(self, visit: Visit) -> int:
        """Whether the help fitted; a fit takes needs and the level down (rule 13)."""
        model, stage, citizen = self.model, visit.stage, visit.citizen
        if uniform(citizen.base, self.draws[stage][FIT], visit.count) >= self.fits[stage][citizen.needs]:
            return t.HELPED_UNFIT
        citizen.needs = 0 if model.meets_all[stage] else citizen.needs - 1
        level = NONE if citizen.needs == 0 else max(LOW, citizen.level - int(model.eases_levels[stage]))
        if level != citizen.level:
            self._change_level(citizen, level, t.HELPED)
        return t.HELPED_FIT

    def _route(self, visit: Visit) -> int:
        citizen = visit.citizen
        level = visit.seen or citizen.level
        row = self.route_row[visit.stage][level][citizen.group][citizen.needs]
        targets, edges = self.route_to[row], self.route_edge[row]
        if edges[0] >= 1.0:
            return int(targets[0])
        u = uniform(citizen.base, self.draws[visit.stage][ROUTE], visit.count)
        return int(next(target for target, edge in zip(targets, edges, strict=True) if u < edge))

    def _finish(self, visit: Visit, outcome: int) -> None:
        """Write the visit down; the citizen is between stages."""
        self._write(visit, self.clock.now, outcome)
        visit.citizen.visit = None
        self._set_pace(visit.citizen)

    def _write(self, visit: Visit, ended: float, outcome: int) -> None:
        citizen = visit.citizen
        self.visits.extend(
            (citizen.number, citizen.approach, visit.seq, visit.stage, citizen.neighbourhood, visit.joined,
             visit.started, visit.due, ended, visit.staff_hours, visit.needs, visit.level, citizen.needs,
             citizen.level, visit.seen, outcome)
        )  # fmt: skip

    def _go(self, citizen: Citizen, target: int) -> None:
        if target != AWAY:
            self.join(citizen, target)
        else:
            self.leave(citizen)

    def leave(self, citizen: Citizen) -> None:
        """The approach is over; who has need open will come back."""
        for cell in citizen.kept:
            cell.busy -= 1
            self._call_to_work(cell)
        citizen.kept = []
        if not self.model.has_levels:
            del self.present[citizen.number]
        elif citizen.level == NONE:
            self.present.pop(citizen.number, None)
        else:
            u = uniform(citizen.base, _COMES_BACK, citizen.approach)
            citizen.coming = Exponential(u, self.comes_back, self.clock.now, citizen.level)
            self._expect(citizen, citizen.coming, Kind.COMING, self.come)

    def give_up(self, event: simpy.Event) -> None:
        """Patience is at an end."""
        visit: Visit = event.value
        self._stop_waiting(visit)
        self._finish(visit, t.GAVE_UP)
        self._go(visit.citizen, int(self.model.on_give_up[visit.stage]))

    def _stop_waiting(self, visit: Visit) -> None:
        visit.waiting = False
        if visit.cell is not None and visit.cell not in visit.citizen.kept:
            visit.cell.line.forget()

    def begin_day(self, event: simpy.Event) -> None:
        """A new day: fractions of posts may be there or not."""
        day: int = event.value
        for cell in self.cells.values():
            if cell.varies and cell.begin_day(day):
                self._call_to_work(cell)
        self.clock.at(float(day + 1), Kind.SHIFT_CHANGE, 0, self.begin_day, day + 1)

    # -- the course of the need ---------------------------------------------------------------------------------------

    def _enter_level(self, citizen: Citizen) -> None:
        """Draw when the new level worsens and when it eases; the earlier acts (rule 7)."""
        level, course = citizen.level, citizen.course
        cancel(course.event)
        if level == NONE:
            return
        count = citizen.entries[level]
        citizen.entries[level] += 1
        course.enter(
            self.clock.now,
            _days(uniform(citizen.base, _WORSENS[level], count), self.worsens[citizen.group][level]),
            _days(uniform(citizen.base, _EASES[level], count), self.eases[citizen.group][level]),
        )
        self._expect_level_change(citizen)

    def _expect_level_change(self, citizen: Citizen) -> None:
        course = citizen.course
        course.event = self.clock.at(course.due, Kind.LEVEL_CHANGE, citizen.number, self.take_course, citizen)

    def _set_pace(self, citizen: Citizen) -> None:
        """Worsening runs slower, or as fast, while help is under way."""
        visit, course = citizen.visit, citizen.course
        helping = visit is not None and not visit.waiting and self.has_help[visit.stage]
        pace = self.model.pace_during_help if helping else 1.0
        if pace != course.pace:
            course.set_pace(self.clock.now, pace)
            cancel(course.event)
            if citizen.level != NONE:
                self._expect_level_change(citizen)

    def take_course(self, event: simpy.Event) -> None:
        """The level moves by itself; what follows depends on where the citizen is (rule 8)."""
        citizen: Citizen = event.value
        step = citizen.course.step
        self._change_level(citizen, citizen.level + step, t.WORSENED if step > 0 else t.EASED)
        visit = citizen.visit
        if citizen.level != NONE:
            return
        citizen.needs = 0
        if visit is None:
            self.present.pop(citizen.number, None)
        elif visit.waiting or visit.cell is None:
            self._break_off(visit, t.RECOVERED)
            self.leave(citizen)

    def _change_level(self, citizen: Citizen, level: int, cause: int) -> None:
        """The level changes: its own times are drawn anew, those that depend on it go on at another rate."""
        old, citizen.level = citizen.level, level
        self.changes.extend((citizen.number, self.clock.now, old, level, cause))
        self._enter_level(citizen)
        for time, kind, action in (
            (citizen.leaving, Kind.LEAVING_AREA, self.leave_area),
            (citizen.coming, Kind.COMING, self.come),
        ):
            if time is not None:
                time.change(self.clock.now, old, level)
                self._expect(citizen, time, kind, action)

    def _break_off(self, visit: Visit, outcome: int) -> None:
        """A visit ends before its time."""
        cancel(visit.event)
        if visit.waiting:
            self._stop_waiting(visit)
        else:
            self._free(visit)
        self._finish(visit, outcome)

    def leave_area(self, event: simpy.Event) -> None:
        """Death or moving away ends everything."""
        citizen: Citizen = event.value
        if citizen.visit is not None:
            self._break_off(citizen.visit, t.LEFT_AREA)
        self.changes.extend((citizen.number, self.clock.now, citizen.level, NONE, t.MOVED_AWAY))
        citizen.level = NONE
        cancel(citizen.course.event)
        if citizen.coming is not None:
            cancel(citizen.coming.event)
        self.leave(citizen)


def _days(u: float, mean: float) -> float:
    """The exponential time of this mean at the uniform `u`; an infinite mean is never."""
    return -math.log(1.0 - u) * mean if mean < math.inf else math.inf


def simulate(model: Model, population: Population) -> t.Tables:
    """What happens to `population` in the pathway of `model`: visits and level changes."""
    return Reference(model, population).run()
