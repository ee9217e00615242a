"""Quantile functions: one uniform number in, one value of the law out.

A law is compiled to a row (kind, a, b, c, table); both engines read the same rows. Laws without a closed quantile
become a table when compiled: log-quantile at 4,097 equal normal scores from -8.3 to 8.3, linear between. The table of
an empirical law holds the cumulative shares of its values in rising order, then these values.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import optimize, special

from sim.scenario.laws import Law

FIXED, EXPONENTIAL, LOGNORMAL, UNIFORM, TABLE, WEIBULL, TRIANGULAR, EMPIRICAL = range(8)

TABLE_POINTS = 4097
TABLE_REACH = 8.3

KEPT_TABLES = 64
"""So many tables of a kind are kept: every replication compiles the same laws."""

Floats = NDArray[np.float64]


class LawRow(NamedTuple):
    """A law ready to draw from: kind, its parameters in the engine's unit, and the amount for each further need."""

    kind: int
    a: float
    b: float
    c: float
    table: int
    each_further_need: float


def compiled_law(law: Law, scale: float, tables: list[Floats]) -> LawRow:
    """`law` in units `scale` times smaller than the engine's; its table, if it needs one, is added to `tables`."""
    extra = law.each_further_need * scale
    kind, a, b, c = _parameters(law, scale)
    table = _table(law, scale)
    if table is None:
        return LawRow(kind, a, b, c, -1, extra)
    tables.append(table)
    return LawRow(kind, a, b, c, len(tables) - 1, extra)


def _parameters(law: Law, scale: float) -> tuple[int, float, float, float]:
    """Kind and parameters of a law."""
    if law.law == "fixed":
        return FIXED, (law.fixed or 0.0) * scale, 0.0, 0.0
    if law.law == "empirical":
        return EMPIRICAL, 0.0, 0.0, 0.0
    if law.law in ("uniform", "triangular"):
        low, high = (law.low or 0.0) * scale, (law.high or 0.0) * scale
        rising = 0.0 if law.mode is None else (law.mode * scale - low) / (high - low)
        return UNIFORM if law.mode is None else TRIANGULAR, low, high - low, rising
    mean, sd = (law.mean or 0.0) * scale, (law.sd or 0.0) * scale
    if law.law == "exponential":
        return EXPONENTIAL, mean, 0.0, 0.0
    if law.law == "lognormal":
        variance = math.log1p((sd / mean) ** 2)
        return LOGNORMAL, math.log(mean) - variance / 2, math.sqrt(variance), 0.0
    if law.law == "weibull":
        power = weibull_power(sd / mean)
        return WEIBULL, mean / math.gamma(1 + power), power, 0.0
    return TABLE, sd * sd / mean if law.law == "gamma" else mean, 0.0, 0.0


def _table(law: Law, scale: float) -> Floats | None:
    """The table a law is drawn from; None for a law with a closed quantile."""
    if law.law == "gamma":
        return gamma_table(((law.mean or 0.0) / (law.sd or 1.0)) ** 2)
    if law.law == "hyperexponential":
        return hyperexponential_table((law.sd or 0.0) / (law.mean or 1.0))
    return empirical_table(law, scale) if law.law == "empirical" else None


def weibull_power(variation: float) -> float:
    """1 / shape of the Weibull law with this coefficient of variation, to about 1 part in 10^10.

    Solves log(1 + variation^2) = log Gamma(1 + 2 x) - 2 log Gamma(1 + x) for x.
    """
    wanted = math.log1p(variation**2)
    least = min(variation / 2, 0.05)
    return float(optimize.brentq(lambda x: _log_ratio(x) - wanted, least, 8.0, xtol=1e-15 * least))


def _log_ratio(x: float) -> float:
    """Logarithm of Gamma(1 + 2 x) / Gamma(1 + x)^2; for small x by its series, where a difference loses digits."""
    if x > 1e-3:
        return math.lgamma(1 + 2 * x) - 2 * math.lgamma(1 + x)
    return x * x * (_ZETA_2 - 2 * _ZETA_3 * x + 3.5 * _ZETA_4 * x * x)


_ZETA_2, _ZETA_3, _ZETA_4 = (float(special.zeta(power)) for power in (2, 3, 4))


@lru_cache(maxsize=KEPT_TABLES)
def hyperexponential_table(variation: float) -> Floats:
    """Log-quantiles of the hyperexponential law of mean 1 and this coefficient of variation, above 1.

    Two phases with balanced means: p with mean 1 / (2 p), the rest with mean 1 / (2 (1 - p)), where
    p = (1 + sqrt((v^2 - 1) / (v^2 + 1))) / 2. Whitt, W. (1982), Operations Research 30(1), 125-147, section 3.
    Solved by bisection of the logarithm, between the quantiles of the two phases.
    """
    squared = variation * variation
    short = (1 + math.sqrt((squared - 1) / (squared + 1))) / 2
    long = 1 / (squared + 1) / (2 * short)
    scores = np.linspace(-TABLE_REACH, TABLE_REACH, TABLE_POINTS)
    below, above = special.ndtr(scores), special.ndtr(-scores)
    hazard = np.log(-special.log_ndtr(-scores))
    low, high = hazard - math.log(2 * short), hazard - math.log(2 * long)
    for _ in range(BISECTIONS):
        middle = (low + high) / 2
        ends_short, ends_long = np.exp(middle) * (2 * short), np.exp(middle) * (2 * long)
        ended = -short * np.expm1(-ends_short) - long * np.expm1(-ends_long)
        going_on = short * np.exp(-ends_short) + long * np.exp(-ends_long)
        too_low = np.where(scores < 0, ended < below, going_on > above)
        low, high = np.where(too_low, middle, low), np.where(too_low, high, middle)
    return np.asarray((low + high) / 2, dtype=np.float64)


BISECTIONS = 60


def empirical_table(law: Law, scale: float) -> Floats:
    """Cumulative shares of an empirical law's values in rising order, then these values."""
    pairs = sorted(zip(law.values or (), law.shares or (), strict=True))
    totals = np.cumsum([share for _, share in pairs])
    return np.concatenate([totals / totals[-1], np.array([value for value, _ in pairs]) * scale])


@lru_cache(maxsize=KEPT_TABLES)
def gamma_table(shape: float) -> Floats:
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
    if kind == TABLE:
        return law[1] * math.exp(read_table(tables[law[4]], normal_score(u)))
    if kind == UNIFORM:
        return law[1] + law[2] * u
    if kind == WEIBULL:
        return law[1] * float((-math.log1p(-u)) ** law[2])
    return triangular(law[1], law[2], law[3], u) if kind == TRIANGULAR else _step(tables[law[4]], u)


def read_table(table: list[float], score: float) -> float:
    """The log-quantile at a normal score, linear between the points of the table."""
    place = (score + TABLE_REACH) * ((TABLE_POINTS - 1) / (2 * TABLE_REACH))
    below = min(max(int(place), 0), TABLE_POINTS - 2)
    return table[below] + (table[below + 1] - table[below]) * (place - below)


def triangular(low: float, width: float, rising: float, u: float) -> float:
    """Quantile of the triangular law from `low`, `width` wide, a share `rising` of it below its mode."""
    if u < rising:
        return low + width * math.sqrt(u * rising)
    return low + width * (1.0 - math.sqrt((1.0 - u) * (1.0 - rising)))


def _step(table: list[float], u: float) -> float:
    """The least value whose cumulative share reaches `u`."""
    number = len(table) // 2
    return table[number + min(bisect_left(table, u, 0, number), number - 1)]


def normal_score(u: float) -> float:
    """The standard normal quantile of `u`, to about 1 part in 10^16.

    Algorithm AS 241, PPND16: Wichura, M. J. (1988), Applied Statistics 37(3), 477-484.
    """
    q = u - 0.5
    if abs(q) <= 0.425:
        r = 0.180625 - q * q
        return q * ratio(r, _CENTRE_TOP, _CENTRE_BOTTOM)
    r = math.sqrt(-math.log(u if q < 0 else 1.0 - u))
    value = ratio(r - 1.6, _MIDDLE_TOP, _MIDDLE_BOTTOM) if r <= 5.0 else ratio(r - 5.0, _TAIL_TOP, _TAIL_BOTTOM)
    return -value if q < 0 else value


def ratio(r: float, top: tuple[float, ...], bottom: tuple[float, ...]) -> float:
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
