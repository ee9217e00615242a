"""Who works: the posts and places of every team, their week, and the lines before them."""

from __future__ import annotations

from collections.abc import Iterator

from sim.engine.calendars import CLOSED, add_open_time, changes_of_shift, open_time_a_week
from sim.engine.citizens import Citizen, Visit
from sim.engine.codes import GROUP_RANK, NEED_SEEN, TRUE_NEED
from sim.engine.instants import A_WEEK
from sim.engine.lines import Cell
from sim.engine.model import Model
from sim.scenario.vocabulary import CRISIS


class Shifts:
    """The shifts of a team's week while one calendar holds."""

    def __init__(self, model: Model, calendar: int) -> None:
        mine = slice(model.first_shift[calendar], model.first_shift[calendar + 1])
        self.begins, self.ends = model.shift_begins[mine].tolist(), model.shift_ends[mine].tolist()
        columns = (model.shift_whole, model.shift_top, model.shift_bottom)
        self.whole, self.top, self.bottom = (column[mine].tolist() for column in columns)
        self.quantum, self.quanta = model.shift_quantum[mine].tolist(), model.shift_quanta[mine].tolist()
        self.changes = changes_of_shift(self.begins, self.ends)
        self.week = int(model.calendar_week[calendar])


class Week:
    """The week of a team that has shifts: the one it is in, and when that changes."""

    def __init__(self, model: Model, team: int) -> None:
        """Begin with the shift of day 0, if one begins then."""
        first, *later = (Shifts(model, at) for at in range(*model.first_calendar[team : team + 2].tolist()))
        self._now = self._next = first
        self._later = later
        self._open = open_time_a_week(first.begins, first.ends)
        self._pauses = any(shift == CLOSED for _, shift in first.changes) and not model.same_day[team]
        self._week, self._place, self.shift = 0, 0, CLOSED
        if self.next_change == 0:
            self.change()

    @property
    def next_change(self) -> int:
        """When the shift next changes."""
        return A_WEEK * self._week + self._next.changes[self._place][0]

    def change(self) -> None:
        """The next shift begins, or the team closes; a new week may bring another calendar."""
        self._now, self._begun_in = self._next, self._week
        self.shift = self._now.changes[self._place][1]
        self._place += 1
        if self._place == len(self._now.changes):
            self._week, self._place = self._week + 1, 0
            if self._later and self._later[0].week <= self._week:
                self._next = self._later.pop(0)

    def posts(self, neighbourhood: int) -> int:
        """How many are there now: whole posts, and the fraction of one if its turn has come (rule 5)."""
        if self.shift == CLOSED:
            return 0
        here, now = self.shift, self._now
        quantum = now.quantum[here] + now.quanta[here] * self._begun_in
        top, bottom = now.top[here][neighbourhood], now.bottom[here][neighbourhood]
        whole: int = now.whole[here][neighbourhood]
        return whole + int((quantum + 1) * top // bottom > quantum * top // bottom)

    def done(self, now: int, needed: int) -> int:
        """When work that starts now and needs so much open time is done."""
        if not self._pauses:
            return now + needed
        return add_open_time(self._now.begins, self._now.ends, self._open, self.shift, now, needed)


class Teams:
    """The cells of a model: teams in file order, in each the neighbourhoods in order.

    A cell is called when it may have work to start; it looks at its line when everything due at the instant is done.
    """

    def __init__(self, model: Model) -> None:
        self._width = model.cell.shape[1]
        places = enumerate(model.places.ravel().tolist())
        self.cells = [Cell(place, place // self._width, capacity) for place, capacity in places]
        self._of = [[self.cells[team * self._width + at] for at in row] for team, row in enumerate(model.cell.tolist())]
        self._keeps, self._covers = model.keeps.tolist(), model.covers.tolist()
        self._order: list[int] = model.order.tolist()
        self._group_rank: list[list[int]] = model.group_rank.tolist()
        shifts = range(len(self._keeps))
        self.weeks = {
            team: Week(model, team)
            for team, at in zip(shifts, model.first_calendar.tolist(), strict=False)
            if model.first_shift[at] < model.first_shift[at + 1]
        }
        """The week of each team that has shifts."""
        self.called: set[int] = set()
        """Places of the cells that may have work to start."""
        for team in self.weeks:
            self._take_up(team)

    def await_work(self, visit: Visit, team: int) -> None:
        """Join the line of a team; those for whom it holds a place pass the line by."""
        held = _held(visit.citizen, team)
        visit.waiting = True
        visit.keeps = self._keeps[team]
        visit.cell = held or self._of[team][visit.citizen.neighbourhood]
        if held:
            held.kept.append(visit)
            self.called.add(held.place)
        else:
            visit.rank = self._rank(visit, team)
            visit.cell.line.join(visit)
            self._call(visit.cell)

    def _call(self, cell: Cell) -> None:
        """Someone waits in the line of this cell: it may start work, or another for it."""
        for able in self._team(cell.team) if self._covers[cell.team] else (cell,):
            if able.busy < able.capacity:
                self.called.add(able.place)

    def _team(self, team: int) -> list[Cell]:
        return self.cells[team * self._width : (team + 1) * self._width]

    def reorder(self, citizen: Citizen) -> None:
        """The citizen's level has changed: another place in the line, where that goes by the true level (rule 8)."""
        visit = citizen.visit
        if visit is None or not visit.waiting or visit.cell is None or visit.cell in citizen.kept:
            return
        team = visit.cell.team
        if self._order[team] == TRUE_NEED:
            visit.cell.line.move(visit, self._rank(visit, team))

    def move_up(self, visit: Visit) -> None:
        """Who still waits counts one rank higher from now on (rule 10)."""
        if visit.waiting and visit.cell is not None and visit.cell not in visit.citizen.kept:
            visit.moved_up = 1
            visit.cell.line.move(visit, self._rank(visit, visit.cell.team))

    def is_full(self, visit: Visit, team: int, limit: int) -> bool:
        """Whether someone who comes now is turned away: no post is free, and `limit` others wait (rule 19).

        As many as there are free posts are about to start, and count neither as waiting nor as leaving a post free.
        """
        if _held(visit.citizen, team):
            return False
        cell: Cell = self._of[team][visit.citizen.neighbourhood]
        others = [other for other in self._team(team) if other is not cell] if self._covers[team] else []
        lent = sum(max(0, other.free - other.line.waiting) for other in others)
        return cell.line.waiting - cell.free - lent >= limit

    def stop_waiting(self, visit: Visit) -> None:
        """Leave the line without having been served."""
        visit.waiting = False
        if visit.cell is not None and visit.cell not in visit.citizen.kept:
            visit.cell.line.forget()

    def starting(self) -> Iterator[Visit]:
        """The visits whose work starts now, one after another; each has its post or place when it comes out.

        Each cell serves its own line first; then idle posts of teams that cover for each other look further.
        """
        called, self.called = [self.cells[place] for place in sorted(self.called)], set()
        for cell in called:
            if cell.kept:
                yield from _kept(cell)
            while cell.busy < cell.capacity and (visit := cell.line.first()) is not None:
                yield _occupied(visit, cell)
        for cell in called:
            while cell.busy < cell.capacity and (visit := self._from_another(cell)) is not None:
                yield _occupied(visit, cell)

    def _from_another(self, cell: Cell) -> Visit | None:
        """Who is first in line in the next neighbourhood where anyone waits, taken out; None if a team has no cover."""
        if not self._covers[cell.team]:
            return None
        team, at = self._team(cell.team), cell.place % self._width
        visits = (other.line.first() for other in (*team[at + 1 :], *team[:at]))
        return next((visit for visit in visits if visit is not None), None)

    def done(self, team: int, now: int, needed: int) -> int:
        """When work that a team starts now is done, which needs so much open time [microseconds]."""
        week = self.weeks.get(team)
        return now + needed if week is None else week.done(now, needed)

    def free(self, visit: Visit) -> None:
        """Give back the post or place, if it was held for this visit alone."""
        if visit.occupies and visit.cell is not None:
            self._free(visit.cell)

    def release(self, citizen: Citizen) -> None:
        """Give back the places held for the citizen until now."""
        for cell in citizen.kept:
            self._free(cell)
        citizen.kept = ()

    def change_shift(self, team: int) -> None:
        """The team opens, closes or changes the number of its posts."""
        self.weeks[team].change()
        self._take_up(team)

    def _take_up(self, team: int) -> None:
        for at, cell in enumerate(self._team(team)):
            cell.capacity = self.weeks[team].posts(at)
            self.called.add(cell.place)

    def _rank(self, visit: Visit, team: int) -> int:
        """A visit's rank before a team: the lowest is served first (rule 11)."""
        order, citizen = self._order[team], visit.citizen
        if order == GROUP_RANK:
            return max(self._group_rank[team][citizen.group] - visit.moved_up, 0)
        if order in (TRUE_NEED, NEED_SEEN):
            return -min((citizen.level if order == TRUE_NEED else citizen.seen) + visit.moved_up, CRISIS)
        return 0

    def _free(self, cell: Cell) -> None:
        cell.busy -= 1
        if cell.line or self._covers[cell.team]:
            self.called.add(cell.place)


def _held(citizen: Citizen, team: int) -> Cell | None:
    """Where the team holds a place for the citizen already."""
    return next((cell for cell in citizen.kept if cell.team == team), None)


def _kept(cell: Cell) -> Iterator[Visit]:
    """Those for whom a place is held, by joined and citizen."""
    kept, cell.kept = cell.kept, []
    for visit in sorted(kept, key=lambda visit: (visit.joined, visit.citizen.number)):
        if visit.waiting:
            visit.waiting = False
            yield visit


def _occupied(visit: Visit, cell: Cell) -> Visit:
    """The visit with a post, or a place: for itself alone, or until the approach ends."""
    cell.busy += 1
    visit.waiting, visit.cell = False, cell
    if visit.keeps:
        visit.citizen.kept += (cell,)
    else:
        visit.occupies = True
    return visit
