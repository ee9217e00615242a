"""What things of the scenario are called inside a sentence."""

from __future__ import annotations

from sim.reporting import wording
from sim.scenario.vocabulary import NO_SERVICE


def spoken(name: str) -> str:
    """A name of the scenario inside a sentence."""
    return "no service" if name == NO_SERVICE else f"‘{plain_name(name)}’"


def plain_name(name: str) -> str:
    """A name of the scenario as words."""
    return name.replace("_", " ")


def about(measure: str, part: str = "") -> str:
    """What a measure, of a stage or team where one is named, is called inside a sentence."""
    said = wording.ABOUT.get(measure, plain_name(measure))
    return f"{said} at {plain_name(part)}" if part else said
