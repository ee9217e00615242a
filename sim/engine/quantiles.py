"""Quantile functions: one uniform number in, one value of the law out.

A law is compiled to a row (kind, a, b, table); both engines read the same rows. Laws without a closed quantile become
a table when compiled: log-quantile at 4,097 equal normal scores from -8.3 to 8.3, linear between.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import special

from sim.scenario.laws import Law

FIXED, EXPONENTIAL, LOGNORMAL, UNIFORM, TABLE = range(5)

TABLE_POINTS = 4097
TABLE_REACH = 8.3


class LawRow(NamedTuple):
    """A law ready to draw from: kind, its parameters in the engine's unit, and the amount for each further need."""

    kind: int
    a: float
    b: float
    table: int
    each_further_need: float


def compiled_law(law: Law, scale: float, tables: list[NDArray[np.float64]]) -> LawRow:
    """`law` in units `scale` times smaller than the engine's; its table, if it needs one, is added to `tables`."""
    extra = law.each_further_need * scale
    if law.law == "fixed":
        return LawRow(FIXED, (law.fixed or 0.0) * scale, 0.0, -1, extra)
    if law.law == "uniform":
        low, high = (law.low or 0.0) * scale, (law.high or 0.0) * scale
        return LawRow(UNIFORM, low, high - low, -1, extra)
    mean, sd = (law.mean or 0.0) * scale, (law.sd or 0.0) * scale
    if law.law == "exponential":
        return LawRow(EXPONENTIAL, mean, 0.0, -1, extra)
    if law.law == "lognormal":
        variance = math.log1p((sd / mean) ** 2)
        return LawRow(LOGNORMAL, math.log(mean) - variance / 2, math.sqrt(variance), -1, extra)
    tables.append(gamma_table((mean / sd) ** 2))
    return LawRow(TABLE, sd * sd / mean, 0.0, len(tables) - 1, extra)


def gamma_table(shape: float) -> NDArray[np.float64]:
    """Log-quantiles of the gamma law of this shape and scale 1, at equal normal scores."""
    scores = np.linspace(-TABLE_REACH, TABLE_REACH, TABLE_POINTS)
    lower = special.gammaincinv(shape, special.ndtr(scores))
    upper = special.gammainccinv(shape, special.ndtr(-scores))
    with np.errstate(divide="ignore"):
        logs = np.log(np.where(scores < 0, lower, upper))
    small = ~np.isfinite(logs)
    logs[small] = (np.log(special.ndtr(scores[small])) + special.gammaln(shape + 1)) / shape
    return np.asarray(logs, dtype=np.float64)


def quantile(law: LawRow, tables: list[list[float]], u: float) -> float:
    """The value below which the law lies with probability `u`, 0 < u < 1 [the engine's unit]."""
    kind = law[0]
    if kind == EXPONENTIAL:
        return -law[1] * math.log(1.0 - u)
    if kind == LOGNORMAL:
        return math.exp(law[1] + law[2] * normal_score(u))
    if kind == FIXED:
        return law[1]
    if kind == UNIFORM:
        return law[1] + law[2] * u
    table = tables[law[3]]
    place = (normal_score(u) + TABLE_REACH) * ((TABLE_POINTS - 1) / (2 * TABLE_REACH))
    below = min(max(int(place), 0), TABLE_POINTS - 2)
    return law[1] * math.exp(table[below] + (table[below + 1] - table[below]) * (place - below))


def normal_score(u: float) -> float:
    """The standard normal quantile of `u`, to about 1 part in 10^16.

    Algorithm AS 241, PPND16: Wichura, M. J. (1988), Applied Statistics 37(3), 477-484.
    """
    q = u - 0.5
    if abs(q) <= 0.425:
        r = 0.180625 - q * q
        return q * _ratio(r, _CENTRE_TOP, _CENTRE_BOTTOM)
    r = math.sqrt(-math.log(u if q < 0 else 1.0 - u))
    value = _ratio(r - 1.6, _MIDDLE_TOP, _MIDDLE_BOTTOM) if r <= 5.0 else _ratio(r - 5.0, _TAIL_TOP, _TAIL_BOTTOM)
    return -value if q < 0 else value


def _ratio(r: float, top: tuple[float, ...], bottom: tuple[float, ...]) -> float:
    """Ratio of two polynomials of degree 7 in `r`, by Horner's rule."""
    a0, a1, a2, a3, a4, a5, a6, a7 = top
    b0, b1, b2, b3, b4, b5, b6, b7 = bottom
    return (((((((a7 * r + a6) * r + a5) * r + a4) * r + a3) * r + a2) * r + a1) * r + a0) / (
        ((((((b7 * r + b6) * r + b5) * r + b4) * r + b3) * r + b2) * r + b1) * r + b0
    )


_CENTRE_TOP = (
    3.3871328727963666080, 1.3314166789178437745e2, 1.9715909503065514427e3, 1.3731693765509461125e4,
    4.5921953931549871457e4, 6.7265770927008700853e4, 3.3430575583588128105e4, 2.5090809287301226727e3,
)  # fmt: skip
_CENTRE_BOTTOM = (
    1.0, 4.2313330701600911252e1, 6.8718700749205790830e2, 5.3941960214247511077e3,
    2.1213794301586595867e4, 3.9307895800092710610e4, 2.8729085735721942674e4, 5.2264952788528545610e3,
)  # fmt: skip
_MIDDLE_TOP = (
    1.42343711074968357734, 4.63033784615654529590, 5.76949722146069140550, 3.64784832476320460504,
    1.27045825245236838258, 2.41780725177450611770e-1, 2.27238449892691845833e-2, 7.74545014278341407640e-4,
)  # fmt: skip
_MIDDLE_BOTTOM = (
    1.0, 2.05319162663775882187, 1.67638483018380384940, 6.89767334985100004550e-1,
    1.48103976427480074590e-1, 1.51986665636164571966e-2, 5.47593808499534494600e-4, 1.05075007164441684324e-9,
)  # fmt: skip
_TAIL_TOP = (
    6.65790464350110377720, 5.46378491116411436990, 1.78482653991729133580, 2.96560571828504891230e-1,
    2.65321895265761230930e-2, 1.24266094738807843860e-3, 2.71155556874348757815e-5, 2.01033439929228813265e-7,
)  # fmt: skip
_TAIL_BOTTOM = (
    1.0, 5.99832206555887937690e-1, 1.36929880922735805310e-1, 1.48753612908506148525e-2,
    7.86869131145613259100e-4, 1.84631831751005468180e-5, 1.42151175831644588870e-7, 2.04426310338993978564e-15,
)  # fmt: skip
