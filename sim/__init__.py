"""A fair comparison of service pathways: the same citizens sent through each.

>>> from sim import compare, load
>>> answer = compare(load("anytown"), replications=30)  # doctest: +SKIP
>>> answer.differences  # doctest: +SKIP
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sim.answer import Answer, compare
    from sim.errors import SimError
    from sim.scenario.scenario import Scenario, load

__all__ = ["Answer", "Scenario", "SimError", "compare", "load"]

_HOMES = {
    "Answer": "sim.answer",
    "compare": "sim.answer",
    "SimError": "sim.errors",
    "Scenario": "sim.scenario.scenario",
    "load": "sim.scenario.scenario",
}


def __getattr__(name: str) -> object:
    """Fetch a public name from its home when it is first asked for, so that importing `sim` costs nothing."""
    from importlib import import_module

    if name not in _HOMES:
        raise AttributeError(f"module 'sim' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
