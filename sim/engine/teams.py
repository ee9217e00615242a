"""Who works: the posts and places of every team, and the lines before them."""

from __future__ import annotations

from collections.abc import Iterator

from sim.engine.citizens import Citizen, Visit
from sim.engine.codes import GROUP_RANK, NEED_SEEN, TRUE_NEED
from sim.engine.lines import Cell
from sim.engine.model import Model


class Teams:
    """The cells of a model: teams in file order, in each the neighbourhoods in order.

    A cell is called when it may have work to start; it looks at its line when everything due at the instant is done.
    """

    def __init__(self, model: Model) -> None:
        columns = (model.places, model.part_top, model.part_bottom)
        posts = zip(*(column.ravel().tolist() for column in columns), strict=True)
        self.cells = [Cell(place, whole, (top, bottom)) for place, (whole, top, bottom) in enumerate(posts)]
        self.varying = [cell for cell in self.cells if cell.varies]
        width = self._width = model.cell.shape[1]
        self._of = [[self.cells[team * width + at] for at in row] for team, row in enumerate(model.cell.tolist())]
        self._order: list[int] = model.order.tolist()
        self._group_rank: list[list[int]] = model.group_rank.tolist()
        self._keeps = model.keeps.tolist()
        self.called: set[int] = set()
        """Places of the cells that may have work to start."""

    def await_work(self, visit: Visit, team: int) -> None:
        """Join the line of a team; those for whom it holds a place pass the line by."""
        cell = visit.cell = self._of[team][visit.citizen.neighbourhood]
        visit.waiting = True
        visit.keeps = self._keeps[team]
        if cell in visit.citizen.kept:
            cell.kept.append(visit)
            self.called.add(cell.place)
        else:
            visit.rank = self._rank(visit.citizen, team)
            cell.line.join(visit)
            if cell.busy < cell.capacity:
                self.called.add(cell.place)

    def reorder(self, citizen: Citizen) -> None:
        """The citizen's level has changed: another place in the line, where that goes by the true level (rule 8)."""
        visit = citizen.visit
        if visit is None or not visit.waiting or visit.cell is None or visit.cell in citizen.kept:
            return
        team = visit.cell.place // self._width
        if self._order[team] == TRUE_NEED:
            visit.cell.line.move(visit, self._rank(citizen, team))

    def is_full(self, visit: Visit, team: int, limit: int) -> bool:
        """Whether someone who comes now is turned away: no post is free, and `limit` others wait (rule 19).

        As many as there are free posts are about to start, and count neither as waiting nor as leaving a post free.
        """
        cell: Cell = self._of[team][visit.citizen.neighbourhood]
        if cell in visit.citizen.kept:
            return False
        return cell.line.waiting - max(0, cell.capacity - cell.busy) >= limit

    def stop_waiting(self, visit: Visit) -> None:
        """Leave the line without having been served."""
        visit.waiting = False
        if visit.cell is not None and visit.cell not in visit.citizen.kept:
            visit.cell.line.forget()

    def starting(self) -> Iterator[Visit]:
        """The visits whose work starts now, one after another; each has its post or place when it comes out."""
        places, self.called = sorted(self.called), set()
        for place in places:
            cell = self.cells[place]
            if cell.kept:
                yield from _kept(cell)
            while cell.busy < cell.capacity and (visit := cell.line.first()) is not None:
                _occupy(visit, cell)
                yield visit

    def free(self, visit: Visit) -> None:
        """Give back the post or place, if it was held for this visit alone."""
        if visit.occupies and visit.cell is not None:
            self._free(visit.cell)

    def release(self, citizen: Citizen) -> None:
        """Give back the places held for the citizen until now."""
        for cell in citizen.kept:
            self._free(cell)
        citizen.kept = ()

    def begin_day(self, day: int) -> None:
        """Fractions of posts are there on that day or not."""
        for cell in self.varying:
            cell.begin_day(day)
            self.called.add(cell.place)

    def _rank(self, citizen: Citizen, team: int) -> int:
        """The citizen's rank before a team: the lowest is served first (rule 11)."""
        order = self._order[team]
        if order == GROUP_RANK:
            return self._group_rank[team][citizen.group]
        return -citizen.level if order == TRUE_NEED else -citizen.seen if order == NEED_SEEN else 0

    def _free(self, cell: Cell) -> None:
        cell.busy -= 1
        if cell.line:
            self.called.add(cell.place)


def _kept(cell: Cell) -> Iterator[Visit]:
    """Those for whom a place is held, by joined and citizen."""
    kept, cell.kept = cell.kept, []
    for visit in sorted(kept, key=lambda visit: (visit.joined, visit.citizen.number)):
        if visit.waiting:
            visit.waiting = False
            yield visit


def _occupy(visit: Visit, cell: Cell) -> None:
    """Take a post, or a place: for this visit, or until the approach ends."""
    cell.busy += 1
    visit.waiting = False
    if visit.keeps:
        visit.citizen.kept += (cell,)
    else:
        visit.occupies = True
