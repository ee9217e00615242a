"""A gate of a stage: who may pass on from there, and how well the level of need is seen."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import model_validator

from sim.scenario.keys import Part, Share, key

LevelName = Literal["low", "moderate", "high", "crisis"]

GATE_TESTS = ("eligible_from", "most_needs", "outside_criteria")
"""Keys of a gate by which citizens are refused."""

_TESTS_IN_WORDS = "`eligible_from`, `most_needs` and `outside_criteria`"


class Gate(Part):
    """Who may pass. Tests in the order level, needs, criteria; the first failed is the reason of a refusal."""

    eligible_from: LevelName = key("lowest level seen that passes", default="low")
    seen_too_low: Share = key("chance that the level is seen one lower than it is", "share", default=0.0)
    seen_too_high: Share = key("chance that the level is seen one higher than it is", "share", default=0.0)
    most_needs: Literal[1, 2, 3, 4] | None = key(
        "more needs than this are refused as too complex", "needs", default=None
    )
    outside_criteria: Share = key("share of citizens judged outside the criteria, for life", "share", default=0.0)
    called: str = key("what the refusal is called", default="")

    @model_validator(mode="after")
    def _errors_fit(self) -> Self:
        if self.seen_too_low + self.seen_too_high > 1:
            raise ValueError("seen_too_low and seen_too_high add up to more than 1; lower one of them")
        if self.called and not self.may_refuse:
            raise ValueError(f"`called` has no effect: nobody is refused; drop it, or give one of {_TESTS_IN_WORDS}")
        return self

    @property
    def may_refuse(self) -> bool:
        """Whether it has a test that a citizen may fail, whatever number stands there now."""
        return bool(self.model_fields_set & set(GATE_TESTS))
