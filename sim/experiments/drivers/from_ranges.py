"""From plausible ranges to the study: the draws to learn from, and how a number that moves takes others with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from sim.engine.engines import DEFAULT, Engine
from sim.experiments.drivers.asking import Asker, Difference, places_of
from sim.experiments.drivers.study import Begin, Drawn, studied, unheard
from sim.experiments.drivers.tables import Tables, study_tables
from sim.experiments.outcomes import differences
from sim.experiments.ranges.compositions import Values, composed
from sim.experiments.ranges.drawing import Drawing
from sim.experiments.ranges.draws import Draws
from sim.experiments.ranges.noise import noise_variance
from sim.experiments.workers import Crew
from sim.measures.arrays import Floats
from sim.scenario.correlations import normal_matrix, pairs


def drawn_of(draws: Draws, judged: Sequence[Difference]) -> Drawn:
    """What there is to learn from draws: the chances and values of each number, the differences, and their noise."""
    deck = draws.drawing
    scenario, places = deck.scenario, places_of(deck.scenario, judged)
    chances = deck.chances(0, int(draws.points.max()) + 1)[draws.points]
    again = [differences(scenario, one)[:, *places] for one in draws.again]
    noise = np.nan_to_num(noise_variance(again))
    return Drawn(
        numbers=deck.numbers,
        quantiles=chances,
        values=np.column_stack([draws.numbers[number.path] for number in deck.numbers]),
        results=differences(scenario, draws.values)[:, *places],
        noise=noise,
        together=correlation_of(deck),
    )


def correlation_of(deck: Drawing) -> Floats:
    """The correlation of the normal scores of all numbers drawn (numbers, numbers)."""
    paths, matrix = normal_matrix(pairs(deck.scenario.data, deck.scenario.correlations.values()))
    known = [number.path for number in deck.numbers]
    kept = [place for place, path in enumerate(paths) if path in known]
    at = [known.index(paths[place]) for place in kept]
    together = np.eye(len(known))
    together[np.ix_(at, at)] = matrix[np.ix_(kept, kept)]
    return together


def spelt(deck: Drawing, moved: Mapping[str, float]) -> dict[str, Any]:
    """What is to be set where these numbers move and all others are as given.

    The other numbers of its law move in proportion with a number, and the shares beside it give way, as in a draw.
    """
    values: Values = {path: np.array([value]) for path, value in moved.items()}
    for number in deck.numbers:
        if number.path in moved:
            values |= {path: np.array([at * moved[number.path] / number.value]) for path, at in number.moves}
    for mix in deck.compositions:
        shares = {**mix.given, **mix.free}
        if shares.keys() & moved.keys():
            values |= composed(mix, {path: np.array([share]) for path, share in shares.items()} | values, 1)
    return deck.settings(_whole(deck, values))[0] if values else {}


def _whole(deck: Drawing, values: Values) -> Values:
    """The values, those of numbers that are whole rounded."""
    whole = {number.path for number in deck.numbers if number.is_whole}
    return {path: np.rint(value) if path in whole else value for path, value in values.items()}


def study_of_draws(
    draws: Draws, replications: int, hands: Crew, begin: Begin = unheard, engine: Engine = DEFAULT
) -> Tables:
    """What the answer of a scenario hangs on, and what would change it, as tables by the name of their file.

    The draws tell the shares; the rest is run, in so many replications with the numbers of a run's first. Without a
    judged difference, or without numbers that vary, there are none.
    """
    deck = draws.drawing
    asker = Asker(deck.scenario, hands, lambda moved: spelt(deck, moved), engine)
    if not asker.judged or not deck.numbers:
        return {}
    study = studied(drawn_of(draws, asker.judged), asker, replications, begin)
    return study_tables(deck.scenario, asker.judged, study)
