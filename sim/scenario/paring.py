"""Paring: a scenario with no more in it than its comparison needs, so that it is changed quickly and often."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sim.scenario.origins import origin
from sim.scenario.paths import Data
from sim.scenario.scenario import Scenario

NOT_RUN = ("checks", "targets", "published_remission")


def pared(scenario: Scenario) -> Scenario:
    """The scenario without pathways that are neither compared nor inherited from, and without what is said of them:
    checks, targets, changes and correlations.

    What is compared runs as it would in the whole file, to the last bit.
    """
    data = {name: value for name, value in scenario.data.items() if name not in NOT_RUN}
    kept = _needed(data["pathways"], scenario.compare)
    data["pathways"] = {name: pathway for name, pathway in data["pathways"].items() if name in kept}
    listed = {change for pathway in data["pathways"].values() for change in pathway.get("changes", ())}
    data["changes"] = {name: change for name, change in data.get("changes", {}).items() if name in listed}
    data["correlations"] = dict(_correlations(data))
    lean = {name: value for name, value in data.items() if value or name not in ("changes", "correlations")}
    return type(scenario).from_data(scenario.name, lean, is_tried=True)


def _needed(pathways: Data, names: Iterable[str]) -> set[str]:
    """These pathways and those they are like."""
    found: set[str] = set()
    todo = list(names)
    while todo:
        name = todo.pop()
        if name not in found:
            found.add(name)
            todo += [pathways[name]["like"]] if "like" in pathways[name] else []
    return found


def _correlations(data: Data) -> Iterable[tuple[str, Any]]:
    """The correlations as far as their numbers are still there."""
    for name, one in data.get("correlations", {}).items():
        left = [path for path in one["between"] if origin(data, path) is not None]
        if len(left) > 1:
            yield name, {**one, "between": left}
