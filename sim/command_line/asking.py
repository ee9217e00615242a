"""Asking a person at a terminal for the numbers that matter most, one by one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sim.errors import RequestError, ScenarioError, printable
from sim.scenario.drafting import most_telling
from sim.scenario.facts import Fact
from sim.scenario.scenario import Scenario
from sim.scenario.typed import taken_number

Tell = Callable[[str], None]


def answered(scenario: Scenario, ask: Callable[[str], str] = input, tell: Tell = print) -> dict[str, Any]:
    """The numbers a person gives, by path; those left as they are not among them.

    An answer that may not stand is refused with the reason, and asked for again.

    Raises
    ------
    RequestError
        If the person ends the input before the last question.
    """
    answers: dict[str, Any] = {}
    asked = most_telling(scenario)
    tell(f"The {len(asked)} numbers that matter most. Enter keeps the present value.")
    for place, fact in enumerate(asked, start=1):
        tell(f"\n{place} of {len(asked)}: {_told(fact)}")
        number = _answer(scenario, fact, answers, ask, tell)
        if number is not None:
            answers[fact.path] = number
    return answers


def _told(fact: Fact) -> str:
    stands = f"{fact.source}, grade {fact.grade}" if fact.source else "an assumption"
    note = f"; {fact.note}" if fact.note else ""
    lines = (
        fact.path, fact.meaning, f"now {fact.value} {fact.unit}".rstrip() + f" ({stands}{note})",
    )  # fmt: skip
    return printable(lines[0]) + "".join(f"\n    {printable(line)}" for line in lines[1:])


def _answer(
    scenario: Scenario, fact: Fact, so_far: dict[str, Any], ask: Callable[[str], str], tell: Tell
) -> int | float | None:
    while True:
        try:
            text = ask("    your value: ").strip()
            if not text:
                return None
            number, said = taken_number(text)
            if said:
                tell(f"    {said}")
            scenario.with_settings({**so_far, fact.path: number})
            return number
        except EOFError:
            raise RequestError("The questions were not answered to the end; nothing was written.") from None
        except ValueError as error:
            tell(f"    {error}")
        except ScenarioError as error:
            for fault in error.faults:
                tell(f"    {fault}")
