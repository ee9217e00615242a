"""What is decided at a stage: how long it takes, who passes the gate, whether help fits, where to next."""

from __future__ import annotations

from sim.engine.citizens import Visit
from sim.engine.codes import AWAY, CRITERIA, FIT, MISSED, ROUTE, SEEN
from sim.engine.luck import uniform
from sim.engine.model import Model
from sim.engine.quantiles import LawRow, quantile
from sim.engine.tables import REFUSED_CRITERIA, REFUSED_LEVEL, REFUSED_NEEDS
from sim.scenario.vocabulary import CRISIS, LOW


class Stages:
    """A model's stages. Every answer follows from the visit, the citizen's level and needs now, and their luck."""

    def __init__(self, model: Model) -> None:
        """Keep plain lists of what is looked up at every step: one number at a time they are faster than arrays."""
        self.team, self.luck = model.stage_team.tolist(), model.stage_luck.tolist()
        self.on_give_up, self.when_full = model.on_give_up.tolist(), model.when_full.tolist()
        self.queue_limit, self.moves_up = model.queue_limit.tolist(), model.moves_up.tolist()
        self.has_gate, self.has_help = (model.gate_level > 0).tolist(), model.has_help.tolist()
        self.meets_all, self.eases_levels = model.meets_all.tolist(), model.eases_levels.tolist()
        self.after_missed: list[int] = model.after_missed.tolist()
        self._missed: list[float] = model.missed.tolist()
        rows: list[list[list[int]]] = model.stage_law.tolist()
        self._laws = [[[model.laws[row] if row != AWAY else None for row in of] for of in stage] for stage in rows]
        self._draws, self._tables = model.stage_draw.tolist(), [table.tolist() for table in model.law_tables]
        self._gate_level, self._most_needs = model.gate_level.tolist(), model.gate_most_needs.tolist()
        self._too_low, self._too_high = model.gate_too_low.tolist(), model.gate_too_high.tolist()
        self._outside = model.gate_outside.tolist()
        self._fits: list[list[float]] = model.fits.tolist()
        self._route_row = model.route_row.tolist()
        self._route_to: list[list[int]] = model.route_to.tolist()
        self._route_edge: list[list[float]] = model.route_edge.tolist()

    def law(self, visit: Visit, what: int) -> LawRow | None:
        """The stage's law for `what`, as it holds for the citizen's group; None if there is none."""
        return self._laws[visit.stage][visit.citizen.group][what]

    def drawn(self, visit: Visit, what: int) -> float:
        """The visit's value of the stage's law for `what`, with the needs open now [days, or staff hours for WORK]."""
        law, citizen = self.law(visit, what), visit.citizen
        assert law is not None
        value = quantile(law, self._tables, uniform(citizen.base, self._draws[visit.stage][what], visit.count))
        return value + law.each_further_need * (citizen.needs - 1) if law.each_further_need else value

    def is_attended(self, visit: Visit) -> bool:
        """Whether the citizen will be there."""
        share = self._missed[visit.stage]
        return share == 0.0 or self._uniform(visit, MISSED) >= share

    def seen(self, visit: Visit) -> int:
        """The level as the gate sees it: one too low, one too high or true (rule 12)."""
        stage, level = visit.stage, visit.citizen.level
        u = self._uniform(visit, SEEN)
        if u < self._too_low[stage]:
            return max(level - 1, LOW)
        return min(level + 1, CRISIS) if u >= 1.0 - self._too_high[stage] else level

    def refusal(self, visit: Visit) -> int | None:
        """The reason of a refusal at the gate; None if the citizen passes. The first test failed is the reason."""
        stage, citizen = visit.stage, visit.citizen
        if visit.seen < self._gate_level[stage]:
            return REFUSED_LEVEL
        if citizen.needs > self._most_needs[stage]:
            return REFUSED_NEEDS
        if uniform(citizen.base, self._draws[stage][CRITERIA], 0) < self._outside[stage]:
            return REFUSED_CRITERIA
        return None

    def fits(self, visit: Visit) -> bool:
        """Whether the help given fits, with the needs then open (rule 13)."""
        return self._uniform(visit, FIT) < self._fits[visit.stage][visit.citizen.needs]

    def route(self, visit: Visit) -> int:
        """The next stage, or AWAY; by the level seen where a gate has looked."""
        citizen = visit.citizen
        row: int = self._route_row[visit.stage][visit.seen or citizen.level][citizen.group][citizen.needs]
        edges, targets = self._route_edge[row], self._route_to[row]
        if edges[0] >= 1.0:
            return targets[0]
        u = self._uniform(visit, ROUTE)
        return next(target for target, edge in zip(targets, edges, strict=True) if u < edge)

    def _uniform(self, visit: Visit, what: int) -> float:
        return uniform(visit.citizen.base, self._draws[visit.stage][what], visit.count)
