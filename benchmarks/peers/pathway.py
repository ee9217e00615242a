"""W1 and W2 as numbers in a row, for the general program in C: `generic.c` reads them in this order."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from scipy import special

from benchmarks.plain_simpy import LINE, REFERRAL
from sim.engine.luck import name_hash

NEVER, EXPONENTIAL, LOGNORMAL, TABLE = range(4)
POINTS, REACH = 4097, 8.3
DELAY = LEAVE = -1
CONTACT, TURNED_AWAY, ASSESSMENT, ELSEWHERE, HELP, PRESENT_AGAIN = range(6)


class Law(NamedTuple):
    """Kind, place of its table, two parameters; in days for arrivals, delays and patience, in hours for work."""

    kind: int = NEVER
    a: float = 0.0
    b: float = 0.0
    table: int = 0

    def words(self, name: str) -> str:
        """As the program reads it, with the name its draws go by."""
        return f"{self.kind} {self.table} {self.a!r} {self.b!r} {name_hash(name)}"


class Stage(NamedTuple):
    """Work by a team, or a delay; where citizens go next by share, the last taking the rest."""

    team: int
    takes: Law
    routes: tuple[tuple[float, int], ...]
    patience: Law = Law()
    is_help: bool = False

    def words(self, name: str) -> str:
        """As the program reads it."""
        totals = np.cumsum([share for share, _ in self.routes])
        routes = " ".join(f"{float(total)!r} {to}" for total, (_, to) in zip(totals, self.routes, strict=True))
        return (
            f"{self.team} {int(self.is_help)} {name_hash(name + '/route')} {self.takes.words(name + '/takes')} "
            f"{self.patience.words(name + '/patience')} {len(self.routes)} {routes}"
        )


def line() -> str:
    """W1."""
    desk = Stage(0, Law(EXPONENTIAL, LINE.work_mean_hours), ((1.0, LEAVE),))
    return _written(1 / LINE.arrivals_per_day, (LINE.posts,), (desk,), ())


def referral() -> str:
    """W2, its stages in the order of their names above; teams in the order in which a citizen meets them."""
    f = REFERRAL
    back = f.turned_away * f.turned_away_back
    again = (1 - f.not_eligible) * f.assessed_again
    stages = (
        Stage(
            0,
            Law(EXPONENTIAL, f.contact_mean_hours),
            ((back, TURNED_AWAY), (f.turned_away - back, LEAVE), (1 - f.turned_away, ASSESSMENT)),
        ),
        Stage(DELAY, Law(EXPONENTIAL, f.turned_away_back_mean_days), ((1.0, CONTACT),)),
        Stage(
            1,
            _lognormal(f.assessment_mean_hours, f.assessment_sd_hours),
            ((f.not_eligible, LEAVE), (again, ELSEWHERE), (1 - f.not_eligible - again, HELP)),
            patience=Law(EXPONENTIAL, f.patience_mean_days),
        ),
        Stage(2, _lognormal(f.elsewhere_mean_hours, f.elsewhere_sd_hours), ((1.0, HELP),)),
        Stage(
            3,
            Law(TABLE, f.help_sd_hours**2 / f.help_mean_hours),
            ((f.present_again, PRESENT_AGAIN), (1 - f.present_again, LEAVE)),
            is_help=True,
        ),
        Stage(DELAY, Law(EXPONENTIAL, f.present_again_mean_days), ((1.0, CONTACT),)),
    )
    posts = (f.contact_posts, f.assessment_posts, f.elsewhere_posts, f.help_posts)
    return _written(1 / f.arrivals_per_day, posts, stages, ((f.help_mean_hours / f.help_sd_hours) ** 2,))


def _lognormal(mean: float, sd: float) -> Law:
    variance = math.log1p((sd / mean) ** 2)
    return Law(LOGNORMAL, math.log(mean) - variance / 2, math.sqrt(variance))


def _written(
    days_between_arrivals: float, posts: tuple[int, ...], stages: tuple[Stage, ...], gamma_shapes: tuple[float, ...]
) -> str:
    rows = [
        Law(EXPONENTIAL, days_between_arrivals).words("arrival"),
        f"{len(posts)} {len(stages)} {len(gamma_shapes)}",
        " ".join(map(str, posts)),
        *(stage.words(f"stage {place}") for place, stage in enumerate(stages)),
        *(_gamma_table(shape) for shape in gamma_shapes),
    ]
    return "\n".join(rows) + "\n"


def _gamma_table(shape: float) -> str:
    """Log-quantiles of the gamma law of scale 1 at equal normal scores."""
    scores = np.linspace(-REACH, REACH, POINTS)
    lower = special.gammaincinv(shape, special.ndtr(scores))
    upper = special.gammainccinv(shape, special.ndtr(-scores))
    return " ".join(repr(float(value)) for value in np.log(np.where(scores < 0, lower, upper)))
