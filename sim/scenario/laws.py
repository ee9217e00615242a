"""Laws of chance, as a file states them: by mean and spread in natural units."""

from __future__ import annotations

import math
from collections import Counter
from typing import Any, ClassVar, Literal, Self

from pydantic import model_validator

from sim.scenario.keys import Detail, NotNegative, Positive, key

MOST_SPREAD = 10.0
"""Largest sd, in means: beyond it a law says little but that nearly all are near 0 and a few are beyond all bounds."""

LawName = Literal[
    "exponential",
    "lognormal",
    "gamma",
    "weibull",
    "hyperexponential",
    "fixed",
    "uniform",
    "triangular",
    "empirical",
]


class Law(Detail):
    """How long something takes. A bare number is an exponential mean; `{ mean, sd }` is lognormal unless `law` says
    `gamma`, `weibull` or `hyperexponential`; `{ fixed }` never varies; `{ low, high }` is uniform,
    `{ low, mode, high }` triangular, `{ values, shares }` empirical.
    """

    may_be_bare: ClassVar[bool] = True

    law: LawName = key(
        "which law: exponential, lognormal, gamma, weibull, hyperexponential (a few much longer than the rest), fixed, "
        "uniform, triangular or empirical",
        default="exponential",
    )
    mean: Positive | None = key("mean", "as the key", default=None)
    sd: Positive | None = key("standard deviation", "as the key", default=None)
    fixed: NotNegative | None = key("the one value of a law that never varies", "as the key", default=None)
    low: NotNegative | None = key("least value of a uniform or triangular law", "as the key", default=None)
    mode: NotNegative | None = key("likeliest value of a triangular law", "as the key", default=None)
    high: Positive | None = key("greatest value of a uniform or triangular law", "as the key", default=None)
    values: list[NotNegative] | None = key("the values of an empirical law", "as the key", default=None)
    shares: list[Positive] | None = key("the share of each of these values; they add up to 1", "share", default=None)
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
        given = [name for name in _EVERY_PARAMETER if getattr(self, name) is not None]
        if sorted(given) != sorted(needed):
            takes = " and ".join(needed)
            stands = " and ".join(given) or "nothing"
            raise ValueError(f"the {self.law} law takes {takes}, but here stands {stands}; give {takes} and no other")
        self._check_ends()
        self._check_spread()
        self._check_shares()
        return self

    def _check_ends(self) -> None:
        if self.low is None or self.high is None:
            return
        if self.low >= self.high:
            raise ValueError(f"low = {self.low:g} is not below high = {self.high:g}; exchange or mend them")
        if self.mode is not None and not self.low <= self.mode <= self.high:
            ends = f"low = {self.low:g} to high = {self.high:g}"
            raise ValueError(
                f"mode = {self.mode:g} lies outside {ends}; give a mode from {self.low:g} to {self.high:g}"
            )

    def _check_spread(self) -> None:
        if self.sd is None or self.mean is None:
            return
        if self.sd > MOST_SPREAD * self.mean:
            raise ValueError(
                f"sd = {self.sd:g} is over {MOST_SPREAD:g} times the mean {self.mean:g}; "
                "mend one of them: a spread so wide is not a law of time"
            )
        if self.law == "hyperexponential" and self.sd <= self.mean:
            raise ValueError(
                f"the hyperexponential law has an sd above its mean, but sd = {self.sd:g} and mean = {self.mean:g}; "
                'use law = "gamma" or law = "lognormal", which take any sd'
            )

    def _check_shares(self) -> None:
        if self.values is None or self.shares is None:
            return
        if len(self.values) != len(self.shares):
            counts = f"{len(self.values)} values but {len(self.shares)} shares"
            raise ValueError(f"here stand {counts}; give each value its one share")
        if len(self.values) < 2:
            raise ValueError("an empirical law needs two values or more; for one value write { fixed = .. }")
        twice = [value for value, times in Counter(self.values).items() if times > 1]
        if twice:
            raise ValueError(f"the value {twice[0]:g} stands more than once; write it once, with its whole share")
        total = math.fsum(self.shares)
        if abs(total - 1) > 1e-9:
            way = "lower" if total > 1 else "raise"
            raise ValueError(f"the shares add up to {total:.6g}, not 1; {way} one of them by {abs(total - 1):.6g}")

    @property
    def expected(self) -> float:
        """Mean of the law [the unit of its key]."""
        if self.law == "fixed":
            return float(self.fixed or 0)
        if self.law == "uniform":
            return ((self.low or 0.0) + (self.high or 0.0)) / 2
        if self.law == "triangular":
            return ((self.low or 0.0) + (self.mode or 0.0) + (self.high or 0.0)) / 3
        if self.law == "empirical":
            return math.fsum(value * share for value, share in zip(self.values or (), self.shares or (), strict=True))
        return float(self.mean or 0)

    def expected_for(self, needs: float) -> float:
        """Mean of the law for citizens with so many needs open, on average [the unit of its key]."""
        return self.expected + self.each_further_need * (needs - 1)

    @property
    def spread(self) -> float:
        """Standard deviation of the law, `each_further_need` left out [the unit of its key]."""
        low, high = self.low or 0.0, self.high or 0.0
        if self.law == "uniform":
            return (high - low) / math.sqrt(12)
        if self.law == "triangular":
            mode = self.mode or 0.0
            return math.sqrt((low**2 + mode**2 + high**2 - low * mode - low * high - mode * high) / 18)
        if self.law == "empirical":
            pairs = zip(self.values or (), self.shares or (), strict=True)
            return math.sqrt(math.fsum(share * (value - self.expected) ** 2 for value, share in pairs))
        return {"exponential": self.mean, "fixed": 0.0}.get(self.law, self.sd) or 0.0

    def in_words(self, unit: str) -> str:
        """The law as a phrase, such as `about 4.5 hours (standard deviation 3)`."""
        extra = f", and {self.each_further_need:g} more for each further need" if self.each_further_need else ""
        last = {"fixed": self.fixed, "uniform": self.high, "triangular": self.high}.get(self.law, self.mean)
        unit = unit.removesuffix("s") if last == 1 else unit
        seen = {"average": self.expected, "number": len(self.values or ())}
        seen |= {"least": min(self.values or (0,)), "most": max(self.values or (0,))}
        return _PHRASES[self.law].format(unit=unit, **seen, **self.model_dump()) + extra


_EVERY_PARAMETER = ("mean", "sd", "fixed", "low", "mode", "high", "values", "shares")

_PARAMETERS: dict[str, tuple[str, ...]] = {
    "exponential": ("mean",),
    "lognormal": ("mean", "sd"),
    "gamma": ("mean", "sd"),
    "weibull": ("mean", "sd"),
    "hyperexponential": ("mean", "sd"),
    "fixed": ("fixed",),
    "uniform": ("low", "high"),
    "triangular": ("low", "mode", "high"),
    "empirical": ("values", "shares"),
}

_PHRASES = {
    "exponential": "on average {mean:g} {unit}, varying widely (exponential)",
    "lognormal": "on average {mean:g} {unit} (standard deviation {sd:g}, lognormal)",
    "gamma": "on average {mean:g} {unit} (standard deviation {sd:g}, gamma)",
    "weibull": "on average {mean:g} {unit} (standard deviation {sd:g}, Weibull)",
    "hyperexponential": "on average {mean:g} {unit}, most much less and a few much more (standard deviation {sd:g}, "
    "hyperexponential)",
    "fixed": "always {fixed:g} {unit}",
    "uniform": "between {low:g} and {high:g} {unit}, any as likely as another",
    "triangular": "between {low:g} and {high:g} {unit}, most likely {mode:g}",
    "empirical": "one of {number} values from {least:g} to {most:g} {unit}, on average {average:g}",
}


def _implied(given: dict[str, Any]) -> LawName:
    if "fixed" in given:
        return "fixed"
    if "values" in given or "shares" in given:
        return "empirical"
    if "mode" in given:
        return "triangular"
    if "low" in given or "high" in given:
        return "uniform"
    return "lognormal" if "sd" in given else "exponential"
