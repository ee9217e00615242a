"""The section that plays the lives of the cohort: the same citizens moving through every pathway side by side."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from sim.measures.arrays import Ints
from sim.measures.sample import VISITS_OF_CITIZENS
from sim.reporting import journeys_wording as words
from sim.reporting import wording
from sim.reporting.amounts import listed, plain_number
from sim.reporting.colours import Look, look
from sim.reporting.journeys import Film, Journey, film, kept
from sim.reporting.journeys_pools import AWAY, DELAY, ENDS, FIRST_OF_STAGES, UNASKED
from sim.reporting.names import plain_name, spoken
from sim.reporting.page import Section, as_json
from sim.reporting.results import Results
from sim.reporting.tables import Cell, Table
from sim.scenario.vocabulary import LEVELS, NO_SERVICE

NARROWEST = 300
"""The width of a panel on a phone, less its margins [px]."""
LEAST_PITCH, MOST_PITCH = 5, 9
"""From dot to dot: where there are as many as are ever shown, and where there are few [px]."""
LEAST, MARGIN = 16, 6
"""The lowest a bay is, and the room round its dots [px]."""
LEAST_SHARE, LEAST_JAR = 0.22, 0.27
"""Of the width, for a bay that shares its row, and for a jar."""
TABLE_DAYS = 91


@dataclass(frozen=True)
class Bay:
    """Where a pool is drawn: its name in a sentence, how many are in it in the still picture, its share of the row."""

    pool: int
    kind: str
    said: str
    beside: str
    count: int
    share: float


@dataclass(frozen=True)
class Shelf:
    """A row of a panel: a title, how high it is [px], and its bays."""

    title: str
    height: int
    bays: tuple[Bay, ...]


@dataclass(frozen=True)
class Panel:
    """A pathway as it is drawn."""

    name: str
    look: Look
    helped: int
    shelves: tuple[Shelf, ...]
    ends: tuple[Shelf, ...]
    told: str
    table: Table


def journeys(results: Results) -> Section | None:
    """The film of the cohort's year; None without need levels, and where nobody's need arose."""
    if not results.scenario.has_levels:
        return None
    if not kept(results):
        return Section("journeys", words.HEADING, (words.NOT_KEPT,))
    shown = film(results)
    return _section(results, shown) if shown else None


def _section(results: Results, shown: Film) -> Section:
    ends = _heights_of_ends(shown)
    panels = [_panel(results, shown, journey, ends) for journey in shown.journeys]
    more: dict[str, object] = {
        "caution": words.CAUTION,
        "panels": panels,
        "days": shown.days,
        "day": shown.year,
        "day_of": words.DAY_OF.format(day=shown.year, days=shown.days),
        "levels": LEVELS[1:],
        "end_shares": _end_shares(shown),
        "words": words,
        "data": as_json(_data(results, shown, panels)),
    }
    return Section("journeys", words.HEADING, _said(results, shown), template="journeys.html.j2", more=more)


def _said(results: Results, shown: Film) -> tuple[str, ...]:
    """Who is shown, how to read it, and what the still picture shows."""
    basis = results.bases[0]
    is_whole = shown.of == len(shown.people)
    when = (words.IN_THE_YEAR if shown.year < shown.days else words.IN_PART).format(days=shown.year)
    who = (words.SHOWN_ALL if is_whole else words.SHOWN_SOME).format(
        shown=plain_number(len(shown.people), 0),
        of=plain_number(shown.of, 0),
        when=when,
        basis=words.ON_BASIS.format(basis=wording.BASIS_SHORT[basis]) if len(results.bases) > 1 else "",
    )
    may_relapse = any(group.relapses_after_days is not None for group in results.scenario.groups.values())
    return (who, words.READ, *([words.RELAPSE] if may_relapse else []), _told(shown))


def _told(shown: Film) -> str:
    """Who has had right help and who is still in need, with each pathway, on the day of the still picture."""
    day = shown.year
    helped = [
        words.HELPED_WITH.format(n=plain_number(one.helped[day], 0), pathway=spoken(one.pathway))
        for one in shown.journeys
        if one.pathway != NO_SERVICE
    ]
    need = [_need(one, day) for one in shown.journeys]
    when = words.YEAR_ENDS if shown.year < shown.days else ""
    return words.TOLD.format(day=day, when=when, helped=listed(helped), need=listed(need))


def _need(journey: Journey, day: int) -> str:
    """How many are still in need on a day, and where they are; who asks at once is never among those yet to ask."""
    counts, is_asking_at_once = journey.counts[day], not journey.counts[:, UNASKED].any()
    parts = {"unasked": counts[UNASKED], "inside": counts[FIRST_OF_STAGES:].sum(), "away": counts[AWAY]}
    said = [
        words.PARTS[name].format(n=plain_number(n, 0))
        for name, n in parts.items()
        if not (name == "unasked" and is_asking_at_once)
    ]
    template = words.NEED_ALONE if journey.pathway == NO_SERVICE else words.NEED_WITH
    n = plain_number(sum(parts.values()), 0)
    return template.format(n=n, pathway=spoken(journey.pathway), parts=listed(said))


def _panel(results: Results, shown: Film, journey: Journey, ends: int) -> Panel:
    now, peaks = journey.counts[shown.year], journey.counts.max(axis=0)
    shelves = tuple(_shelves(shown, journey, now, peaks))
    jars = tuple(
        Shelf(title, ends, (Bay(pool, "jar", _lower(title), "", int(now[pool]), 1.0),))
        for pool, title in zip(ENDS, words.ENDS, strict=True)
    )
    bays = [bay for shelf in (*shelves, *jars) for bay in shelf.bays]
    parts = words.BETWEEN.join(f"{plain_number(bay.count, 0)} {bay.said}" for bay in bays if bay.count)
    return Panel(
        name=plain_name(journey.pathway),
        look=look(results, journey.pathway),
        helped=int(journey.helped[shown.year]),
        shelves=shelves,
        ends=jars,
        told=words.ALTERNATIVE.format(pathway=plain_name(journey.pathway), day=shown.year, parts=parts),
        table=_table(shown, journey, bays),
    )


def _shelves(shown: Film, journey: Journey, now: Ints, peaks: Ints) -> Iterator[Shelf]:
    """From the top down: who has not asked, the stages in order, and who asked before and is with nobody."""
    served = journey.pathway != NO_SERVICE
    unasked = max((int(one.counts[:, UNASKED].max()) for one in shown.journeys if one.pathway != NO_SERVICE), default=0)
    title = words.UNASKED if served else words.NOBODY
    if unasked or not served:
        yield _shelf(shown, title, UNASKED, now, unasked if served else int(peaks[UNASKED]))
    for place in range(len(journey.pools.rows)):
        yield _stage(shown, journey, place, now, peaks)
    if served:
        away = max(int(one.counts[:, AWAY].max()) for one in shown.journeys)
        yield _shelf(shown, words.AWAY, AWAY, now, away)


def _shelf(shown: Film, title: str, pool: int, now: Ints, peak: int) -> Shelf:
    return Shelf(title, _height(shown, peak), (Bay(pool, "still", _lower(title), "", int(now[pool]), 1.0),))


def _stage(shown: Film, journey: Journey, place: int, now: Ints, peaks: Ints) -> Shelf:
    """The row of a stage: who waits for it, and beside them who is with staff or in help."""
    row, wait = journey.pools.rows[place], FIRST_OF_STAGES + 2 * place
    kinds = {wait: "wait"} if row.kind == DELAY else {wait: "wait", wait + 1: row.kind}
    most = peaks[list(kinds)]
    shares = np.maximum(most / max(most.sum(), 1), LEAST_SHARE)
    bays = tuple(
        Bay(
            pool,
            "wait" if kind == "wait" else "work",
            words.SAID["delay" if row.kind == DELAY else kind].format(stage=row.title),
            "" if row.kind == DELAY else words.BESIDE[kind],
            int(now[pool]),
            round(float(share), 3),
        )
        for (pool, kind), share in zip(kinds.items(), shares, strict=True)
    )
    return Shelf(row.title, max(_height(shown, n / share) for n, share in zip(most, shares, strict=True)), bays)


def _pitch(shown: Film) -> int:
    """From dot to dot [px]: fewer citizens are drawn larger."""
    wanted = LEAST_PITCH * (VISITS_OF_CITIZENS / len(shown.people)) ** 0.5
    return int(min(max(wanted, LEAST_PITCH), MOST_PITCH))


def _height(shown: Film, peak: float) -> int:
    """How high a bay must be for so many dots at its fullest [px]."""
    pitch = _pitch(shown)
    return max(LEAST, pitch * -(-int(np.ceil(peak)) // (NARROWEST // pitch)) + MARGIN)


def _most_at_end(shown: Film) -> Ints:
    most = [one.counts[:, list(ENDS)].max(axis=0) for one in shown.journeys]
    return np.asarray(np.max(most, axis=0), dtype=np.int64)


def _end_shares(shown: Film) -> list[float]:
    """How the jars share the width, in every panel alike."""
    most = _most_at_end(shown)
    return [round(float(share), 3) for share in np.maximum(most / max(most.sum(), 1), LEAST_JAR)]


def _heights_of_ends(shown: Film) -> int:
    shares = np.array(_end_shares(shown))
    return max(_height(shown, n * shares.sum() / share) for n, share in zip(_most_at_end(shown), shares, strict=True))


def _lower(title: str) -> str:
    return title[0].lower() + title[1:]


def _table(shown: Film, journey: Journey, bays: list[Bay]) -> Table:
    """Who is where by quarter of the years shown, and on their last day."""
    days = [*range(0, shown.days, TABLE_DAYS), shown.days]
    lines = [(bay.said[0].upper() + bay.said[1:], journey.counts[days, bay.pool]) for bay in bays]
    lines.append((words.ARISEN, journey.counts[days].sum(axis=1)))
    if journey.pathway != NO_SERVICE:
        lines.append((words.RIGHT_HELP, journey.helped[days]))
    rows = [(Cell(title), *(Cell(plain_number(n, 0), is_number=True) for n in line)) for title, line in lines]
    caption = words.CAPTION.format(pathway=plain_name(journey.pathway).capitalize())
    head = (words.PLACE, *(words.ON_DAY.format(day=day) for day in days))
    return Table(caption, head, tuple(rows), is_open=True)


def _data(results: Results, shown: Film, panels: list[Panel]) -> dict[str, object]:
    """All that the player needs: who the citizens are, and their moves as packed arrays."""
    people, known = shown.people, results.scenario.groups
    groups = list(dict.fromkeys(people["group"]))
    return {
        "days": shown.days,
        "day": shown.year,
        "pitch": _pitch(shown),
        "levels": LEVELS[1:],
        "level": packed([LEVELS.index(level) - 1 for level in people["level_at_arrival"]], "u1"),
        "groups": [known[group].title or plain_name(group) for group in groups],
        "group": packed([groups.index(group) for group in people["group"]], "u1"),
        "number": packed(people["citizen"], "<u4"),
        "words": {
            "play": words.PLAY, "pause": words.PAUSE, "dayOf": words.DAY_OF, "who": words.WHO,
            "notYet": words.NOT_YET, "told": words.ALTERNATIVE, "between": words.BETWEEN,
        },
        "journeys": [_played(journey, panel) for journey, panel in zip(shown.journeys, panels, strict=True)],
    }  # fmt: skip


def _played(journey: Journey, panel: Panel) -> dict[str, object]:
    """A pathway for the player: moves a citizen, then all moves in order of citizen and day."""
    moves, said = journey.moves, [""] * journey.pools.count
    for shelf in (*panel.shelves, *panel.ends):
        for bay in shelf.bays:
            said[bay.pool] = bay.said
    return {
        "name": panel.name,
        "said": said,
        "moves": packed(np.bincount(moves.citizen), "<u2"),
        "day": packed(moves.day, "<u2"),
        "pool": packed(moves.pool, "u1"),
        "helped": packed(journey.helped, "<u4"),
    }


def packed(numbers: object, kind: str) -> str:
    """Whole numbers as bytes of a kind, written in base 64."""
    return base64.b64encode(np.asarray(numbers).astype(kind).tobytes()).decode("ascii")
