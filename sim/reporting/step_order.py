"""The order in which the steps of a pathway are told."""

from __future__ import annotations

from sim.scenario.pathways import Pathway


def in_order(pathway: Pathway) -> list[str]:
    """Stages in the order in which a citizen may first come to them; last those only the first list comes to."""
    found = _from(pathway, [pathway.starts_at])
    waiting = pathway.waiting_at or pathway.starts_at
    return found if waiting in found else _from(pathway, [*found, waiting])


def _from(pathway: Pathway, found: list[str]) -> list[str]:
    """These stages and all they lead to."""
    for name in found:
        stage = pathway.stages[name]
        onward = [target for routes in stage.all_routes for target in routes]
        onward += [stage.on_give_up or "", stage.when_full or ""]
        found += [target for target in dict.fromkeys(onward) if target in pathway.stages and target not in found]
    return found
