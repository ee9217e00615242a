"""The reference engine: a pathway on SimPy's clock, written to be read.

The methods of `Reference` are what happens to a citizen, in the order a life meets them: the need arises, they come
forward, join a stage, start, end, are refused or helped or routed on, leave, come back; meanwhile their level changes.
Everything that happens is written down as visits and level changes, and nothing is counted here.
"""

from __future__ import annotations

import numpy as np

from sim.engine.citizens import Citizen, Visit, newcomers
from sim.engine.clock import (
    ARRIVAL,
    COMING,
    END_OF_DELAY,
    END_OF_PATIENCE,
    END_OF_WORK,
    LEAVING_AREA,
    LEVEL_CHANGE,
    MOVING_UP,
    SHIFT_CHANGE,
    WILL_NOT_WAIT,
    Clock,
    Due,
)
from sim.engine.codes import AWAY, DELAY, PATIENCE, WEEKS, WORK
from sim.engine.instants import NEVER, day_of, span
from sim.engine.memory import collector_at_rest
from sim.engine.model import Model
from sim.engine.needs import Needs
from sim.engine.outcomes import onward, outcome
from sim.engine.population import Population
from sim.engine.stages import Stages
from sim.engine.tables import FULL, GAVE_UP, LEFT_AREA, OPEN, RECOVERED, VISIT_ROW, Batch, Tables, Written, gathered
from sim.engine.teams import Teams
from sim.scenario.vocabulary import NONE


class Reference:
    """One run of one pathway over one population."""

    def __init__(self, model: Model, population: Population) -> None:
        self.model = model
        self.clock = Clock(
            model.horizon,
            {
                LEVEL_CHANGE: self.take_course,
                LEAVING_AREA: self.leave_area,
                END_OF_WORK: self.end,
                SHIFT_CHANGE: self.change_shift,
                MOVING_UP: self.move_up,
                END_OF_PATIENCE: self.give_up,
                END_OF_DELAY: self.end,
                COMING: self.come,
                ARRIVAL: self.arrive,
                WILL_NOT_WAIT: self.give_up,
            },
        )
        self.stages, self.teams = Stages(model), Teams(model)
        self.needs = Needs(model, self.clock)
        self.slows = [bool(helps) and model.pace_during_help < 1 for helps in model.has_help]
        self.speed, self.asks = model.speed.tolist(), model.asks.tolist()
        self.newcomers = newcomers(population, model.waiting_from)
        self.present: dict[int, Citizen] = {}
        self.visits = Written(VISIT_ROW)

    def run(self) -> Tables:
        """Let everyone live until the horizon.

        Returns
        -------
        Tables
            Visits and level changes, those still open at the horizon among them.
        """
        return gathered([self.written()])

    def written(self) -> Batch:
        """The same, as it is written down."""
        self._expect_next_arrival()
        for team in self.teams.weeks:
            self._expect_change_of_shift(team)
        self.clock.run_by_instants(self.start_work)
        for citizen in self.present.values():
            if citizen.visit is not None:
                self._write(citizen.visit, NEVER, OPEN)
        nobody = np.empty(0, np.int32)
        return Batch(self.visits.rows(), self.needs.changes.rows(), lambda: (nobody, nobody))

    # -- arriving, coming forward and coming back ---------------------------------------------------------------------

    def _expect_next_arrival(self) -> None:
        for comes_in, citizen in self.newcomers:
            self.clock.at(comes_in, ARRIVAL, citizen.number, citizen)
            return

    def arrive(self, event: Due) -> None:
        """The need arises; or they come to the line they wait in already (rule 18)."""
        citizen: Citizen = event.subject
        self.present[citizen.number] = citizen
        self._expect_next_arrival()
        if self.model.has_levels:
            self.needs.arise(citizen)
        if citizen.arrival < 0 and self.model.waiting_at != AWAY:
            self._approach(citizen, self.model.waiting_at)
        elif self.asks[citizen.level] == 0:
            self._approach(citizen, self.model.start)
        else:
            self.needs.asks_later(citizen)

    def come(self, event: Due) -> None:
        """A citizen comes forward for the first time, or comes back."""
        citizen: Citizen = event.subject
        citizen.coming = None
        self._approach(citizen, self.model.start)

    def _approach(self, citizen: Citizen, stage: int) -> None:
        citizen.approach += 1
        self.join(citizen, stage)

    # -- a visit: joined, started, ended ------------------------------------------------------------------------------

    def join(self, citizen: Citizen, stage: int) -> None:
        """A citizen comes to a stage: a delay begins at once, work waits for a post.

        Who waits already joined so many days before, whatever the limit of the line; their patience begins now.
        """
        luck = self.stages.luck[stage]
        count = citizen.counts.get(luck, 0)
        citizen.counts[luck] = count + 1
        citizen.seq += 1
        waited = citizen.arrival < 0 and citizen.seq == 1
        joined = self.clock.now + (citizen.arrival if waited else 0)
        visit = citizen.visit = Visit(citizen, stage, count, joined)
        team = self.stages.team[stage]
        if team == AWAY:
            self._begin(visit, self.clock.now + span(self.stages.drawn(visit, DELAY)), END_OF_DELAY)
        elif not waited and self.teams.is_full(visit, team, self.stages.queue_limit[stage]):
            self._finish(visit, FULL)
            self._go(citizen, self.stages.when_full[stage])
        else:
            self.teams.await_work(visit, team)
            if self.stages.law(visit, PATIENCE) is not None:
                patience = span(self.stages.drawn(visit, PATIENCE))
                kind = END_OF_PATIENCE if patience else WILL_NOT_WAIT
                visit.event = self.clock.at(self.clock.now + patience, kind, citizen.number, visit)
            if self.stages.moves_up[stage] != NEVER:
                due = max(self.clock.now, visit.joined + self.stages.moves_up[stage])
                self.clock.at(due, MOVING_UP, citizen.number, visit)

    def start_work(self) -> None:
        """Teams in file order, neighbourhoods in order, start work while they can."""
        if self.teams.called:
            for visit in self.teams.starting():
                self._start(visit)

    def _start(self, visit: Visit) -> None:
        """Work starts: a post is busy for as long as its hours take, a place on a caseload for weeks."""
        if visit.event is not None:
            visit.event.cancel()
        stages, now = self.stages, self.clock.now
        visit.attended = stages.is_attended(visit)
        visit.staff_hours = stages.drawn(visit, WORK)
        if stages.law(visit, WEEKS) is not None:
            due = now + span(stages.drawn(visit, WEEKS))
        else:
            team = stages.team[visit.stage]
            due = self.teams.done(team, now, span(visit.staff_hours / self.speed[team]))
        self._begin(visit, due, END_OF_WORK)

    def _begin(self, visit: Visit, due: int, kind: int) -> None:
        visit.started, visit.due = self.clock.now, due
        visit.event = self.clock.at(due, kind, visit.citizen.number, visit)
        if self.slows[visit.stage] and visit.attended:
            self.needs.set_pace(visit.citizen, self.model.pace_during_help)

    def end(self, event: Due) -> None:
        """Work or a delay is over: gate, help, and the way on."""
        visit: Visit = event.subject
        self.teams.free(visit)
        if self.slows[visit.stage] and visit.attended:
            self.needs.set_pace(visit.citizen, 1.0)
        what = outcome(visit, self.stages, self.needs)
        target = onward(visit, what, self.stages)
        self._finish(visit, what)
        self._go(visit.citizen, target)

    def _finish(self, visit: Visit, what: int) -> None:
        """Write the visit down; the citizen is between stages."""
        self._write(visit, self.clock.now, what)
        visit.event = visit.citizen.visit = None

    def _write(self, visit: Visit, ended: int, what: int) -> None:
        citizen = visit.citizen
        self.visits.write(
            citizen.number, citizen.approach, visit.seq, visit.stage, citizen.neighbourhood, day_of(visit.joined),
            day_of(visit.started), day_of(visit.due), day_of(ended), visit.staff_hours, visit.needs, visit.level,
            citizen.needs, citizen.level, visit.seen, visit.attended, what,
        )  # fmt: skip

    def _go(self, citizen: Citizen, target: int) -> None:
        if target != AWAY:
            self.join(citizen, target)
        else:
            self.leave(citizen)

    def leave(self, citizen: Citizen) -> None:
        """The approach is over; who has need open will come back, and who has none may have one again."""
        self.teams.release(citizen)
        if self.model.has_levels and citizen.level != NONE:
            self.needs.comes_back_later(citizen)
        elif self.needs.may_relapse(citizen):
            self.needs.relapses_later(citizen)
        else:
            del self.present[citizen.number]

    # -- what ends a visit before its time ----------------------------------------------------------------------------

    def give_up(self, event: Due) -> None:
        """Patience is at an end, or there was none and no work could start at once (rule 10)."""
        visit: Visit = event.subject
        self.teams.stop_waiting(visit)
        self._finish(visit, GAVE_UP)
        self._go(visit.citizen, self.stages.on_give_up[visit.stage])

    def move_up(self, event: Due) -> None:
        """Who has waited so long counts one rank higher, if they still wait."""
        self.teams.move_up(event.subject)

    def take_course(self, event: Due) -> None:
        """The level moves by itself; what follows depends on where the citizen is (rule 8)."""
        citizen: Citizen = event.subject
        self.needs.take_course(citizen)
        if citizen.level == NONE:
            self._recovered(citizen)
        else:
            self.teams.reorder(citizen)

    def _recovered(self, citizen: Citizen) -> None:
        """The need has ended by itself: who is away or queues or waits out a delay is gone; work runs on to its end."""
        visit = citizen.visit
        if visit is None:
            self.leave(citizen)
        elif visit.waiting or visit.cell is None:
            self._break_off(visit, RECOVERED)
            self.leave(citizen)

    def leave_area(self, event: Due) -> None:
        """Death or moving away ends everything."""
        citizen: Citizen = event.subject
        if citizen.visit is not None:
            self._break_off(citizen.visit, LEFT_AREA)
        self.needs.end(citizen)
        self.leave(citizen)

    def _break_off(self, visit: Visit, what: int) -> None:
        """A visit ends before its time."""
        if visit.event is not None:
            visit.event.cancel()
        if visit.waiting:
            self.teams.stop_waiting(visit)
        else:
            self.teams.free(visit)
        self._finish(visit, what)

    # -- the teams ----------------------------------------------------------------------------------------------------

    def _expect_change_of_shift(self, team: int) -> None:
        self.clock.at(self.teams.weeks[team].next_change, SHIFT_CHANGE, team, team)

    def change_shift(self, event: Due) -> None:
        """A team opens or closes, or others come on shift; fractions of posts may be there or not."""
        team: int = event.subject
        self.teams.change_shift(team)
        self._expect_change_of_shift(team)


def simulate(model: Model, population: Population) -> Tables:
    """What happens to `population` in the pathway of `model`: visits and level changes."""
    return gathered([written(model, population)])


def written(model: Model, population: Population) -> Batch:
    """The same, as it is written down."""
    with collector_at_rest():
        return Reference(model, population).written()
