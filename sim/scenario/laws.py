"""Laws of chance, as a file states them: by mean and spread in natural units."""

from __future__ import annotations

from typing import Any, Literal, Self

from pydantic import model_validator

from sim.scenario.keys import Detail, NotNegative, Positive, key

MOST_SPREAD = 10.0
"""Largest sd, in means: beyond it a law says little but that nearly all are near 0 and a few are beyond all bounds."""

LawName = Literal["exponential", "lognormal", "gamma", "fixed", "uniform"]


class Law(Detail):
    """How long something takes. A bare number is an exponential mean; `{ mean, sd }` is lognormal unless `law` says
    `gamma`; `{ fixed }` never varies; `{ low, high }` is uniform.
    """

    law: LawName = key("which law: exponential, lognormal, gamma, fixed or uniform", default="exponential")
    mean: Positive | None = key("mean", "as the key", default=None)
    sd: Positive | None = key("standard deviation", "as the key", default=None)
    fixed: NotNegative | None = key("the one value of a law that never varies", "as the key", default=None)
    low: NotNegative | None = key("least value of a uniform law", "as the key", default=None)
    high: Positive | None = key("greatest value of a uniform law", "as the key", default=None)
    each_further_need: NotNegative = key("added for each need beyond the first", "as the key", default=0.0)

    @model_validator(mode="before")
    @classmethod
    def _named(cls, given: Any) -> Any:
        """Give a bare number and a table without `law` the law they imply."""
        if isinstance(given, (int, float)) and not isinstance(given, bool):
            return {"law": "exponential", "mean": given}
        if isinstance(given, dict) and "law" not in given:
            return {"law": _implied(given), **given}
        return given

    @model_validator(mode="after")
    def _complete(self) -> Self:
        needed = _PARAMETERS[self.law]
        given = [name for name in ("mean", "sd", "fixed", "low", "high") if getattr(self, name) is not None]
        if sorted(given) != sorted(needed):
            takes = " and ".join(needed)
            stands = " and ".join(given) or "nothing"
            raise ValueError(f"the {self.law} law takes {takes}, but here stands {stands}; give {takes} and no other")
        if self.low is not None and self.high is not None and self.low >= self.high:
            raise ValueError(f"low = {self.low:g} is not below high = {self.high:g}; exchange or mend them")
        if self.sd is not None and self.mean is not None and self.sd > MOST_SPREAD * self.mean:
            raise ValueError(
                f"sd = {self.sd:g} is over {MOST_SPREAD:g} times the mean {self.mean:g}; "
                "mend one of them: a spread so wide is not a law of time"
            )
        return self

    @property
    def expected(self) -> float:
        """Mean of the law [the unit of its key]."""
        if self.law == "fixed":
            return float(self.fixed or 0)
        if self.law == "uniform":
            return ((self.low or 0.0) + (self.high or 0.0)) / 2
        return float(self.mean or 0)

    def in_words(self, unit: str) -> str:
        """The law as a phrase, such as `about 4.5 hours (standard deviation 3)`."""
        extra = f", and {self.each_further_need:g} more for each further need" if self.each_further_need else ""
        last = self.fixed if self.law == "fixed" else self.high if self.law == "uniform" else self.mean
        unit = unit.removesuffix("s") if last == 1 else unit
        return _PHRASES[self.law].format(unit=unit, **self.model_dump()) + extra


_PARAMETERS: dict[str, tuple[str, ...]] = {
    "exponential": ("mean",),
    "lognormal": ("mean", "sd"),
    "gamma": ("mean", "sd"),
    "fixed": ("fixed",),
    "uniform": ("low", "high"),
}

_PHRASES = {
    "exponential": "on average {mean:g} {unit}, varying widely (exponential)",
    "lognormal": "on average {mean:g} {unit} (standard deviation {sd:g}, lognormal)",
    "gamma": "on average {mean:g} {unit} (standard deviation {sd:g}, gamma)",
    "fixed": "always {fixed:g} {unit}",
    "uniform": "between {low:g} and {high:g} {unit}, any as likely as another",
}


def _implied(given: dict[str, Any]) -> LawName:
    if "fixed" in given:
        return "fixed"
    if "low" in given or "high" in given:
        return "uniform"
    return "lognormal" if "sd" in given else "exponential"
