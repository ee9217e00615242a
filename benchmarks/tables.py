"""What was measured, as tables in Markdown. The same measurements always give the same text."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from benchmarks.anytown import Beside, Part
from benchmarks.growth import Growth
from benchmarks.measured import Measured
from benchmarks.rounds import STANDARD_ERRORS, YARDSTICK_RUNS, Comparison
from benchmarks.start_up import CACHED_STARTS, StartUp
from benchmarks.targets import targets
from benchmarks.threads import Threads
from benchmarks.whole_run import WholeRun
from benchmarks.work import TITLES


def written(measured: Measured) -> str:
    """All tables, those of parts that were left out left out too."""
    parts = [
        f"Measured on {measured.day}. {measured.machine}.",
        _targets(measured),
        *(_comparison(each) for each in measured.comparisons),
        _absent(measured),
        _agreement(measured.comparisons),
        *([_anytown(measured.anytown)] if measured.anytown else []),
        _growth("## Cost by length of run", "citizens", measured.by_length),
        _growth("## Giving up from the middle of one line", "waiting", measured.by_line),
        *([_start_up(measured.start_up)] if measured.start_up else []),
        *([_threads(measured.threads)] if measured.threads else []),
        *([_whole_run(measured.whole_run)] if measured.whole_run else []),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def number(value: float) -> str:
    """Three figures, or all before the point; nothing where there is none."""
    if math.isnan(value):
        return ""
    if value == 0:
        return "0"
    return f"{value:,.{max(0, 2 - math.floor(math.log10(abs(value))))}f}"


def table(heads: Sequence[str], rows: Iterable[Sequence[str]], *, words: int = 1) -> str:
    """A table whose first `words` columns are words, the others numbers."""
    marks = ["---" if place < words else "--:" for place in range(len(heads))]
    return "\n".join(f"| {' | '.join(row)} |".replace("  ", " ") for row in (heads, marks, *rows))


def _targets(measured: Measured) -> str:
    rows = [
        (each.what, f"{each.bound} {each.wanted:g} {each.unit}", number(each.found), each.verdict)
        for each in targets(measured)
    ]
    return "## What is to be reached\n\n" + table(("what", "wanted", "measured", ""), rows, words=2)


def _comparison(found: Comparison) -> str:
    heads = ("engine", "citizens", "user s", "system s", "as fast as SimPy", "times C by hand", "times C any pathway")
    rows = [
        (
            row.engine,
            f"{row.citizens:,}",
            *map(number, (row.user, row.system, row.as_fast_as_simpy, row.times_tuned, row.times_generic)),
        )
        for row in found.rows
    ]
    said = (
        f"Processor seconds per million citizens, medians of {found.rounds} rounds; ratios are of both added within "
        "a round, medians too."
    )
    return f"## {TITLES[found.workload]}\n\n{said}\n\n{table(heads, rows)}"


def _absent(measured: Measured) -> str:
    return "\n".join(f"Not run: {each.name}; {each.why}." for each in measured.absent)


def _agreement(comparisons: Sequence[Comparison]) -> str:
    """For each engine the mean that is farthest off."""
    rows = []
    for found in comparisons:
        for row in found.rows:
            verdicts = [verdict for verdict in found.verdicts if verdict.engine == row.engine]
            worst = max(verdicts, key=lambda verdict: verdict.errors)
            word = "agrees" if worst.agrees else "DISAGREES"
            means = (number(worst.mean), number(worst.yardstick), f"{worst.errors:.1f}")
            rows.append((TITLES[found.workload].partition(",")[0], row.engine, word, f"`{worst.measure}`", *means))
    if not rows:
        return ""
    said = (
        f"Means of each engine against {YARDSTICK_RUNS} runs of the compiled one at the same length, other seeds: "
        f"agreed if within {STANDARD_ERRORS:.0f} standard errors. The one farthest off:"
    )
    heads = ("", "engine", "", "farthest off", "mean", "yardstick", "standard errors")
    return f"## Do all do the same work?\n\n{said}\n\n{table(heads, rows, words=4)}"


def _anytown(found: Beside) -> str:
    rows = [_beside(compiled, reference) for compiled, reference in zip(found.compiled, found.reference, strict=True)]
    rows.append(("whole replication", "", "", "", "", number(found.ratio)))
    rows.append(("engine alone", "", "", "", "", number(found.engine_ratio)))
    heads = ("part", "visits", "compiled user s", "compiled system s", "reference user s", "times as fast")
    return (
        f"## W3, `anytown` with everything on\n\nOne replication of every arm, with {found.warm_up_weeks} weeks of "
        f"warm-up.\n\n{table(heads, rows)}"
    )


def _beside(compiled: Part, reference: Part) -> tuple[str, ...]:
    visits = "" if compiled.visits is None else f"{compiled.visits:,}"
    ratio = reference.cpu.both / compiled.cpu.both if compiled.visits is not None else math.nan
    return (
        compiled.name,
        visits,
        *map(number, (compiled.cpu.user, compiled.cpu.system, reference.cpu.user, ratio)),
    )


def _growth(title: str, unit: str, found: Sequence[Growth]) -> str:
    if not found:
        return ""
    sizes = max((each.sizes for each in found), key=len)
    rows = []
    for each in found:
        costs = dict(zip(each.sizes, each.costs, strict=True))
        cells = [f"{number(cost.user)} + {number(cost.system)}" if (cost := costs.get(size)) else "" for size in sizes]
        rows.append((each.what, *cells, number(each.spread)))
    heads = ("", *(f"{size:,} {unit}" for size in sizes), "dearest over cheapest")
    return f"{title}\n\nProcessor microseconds a citizen, user + system; compared by their sum.\n\n{table(heads, rows)}"


def _start_up(found: StartUp) -> str:
    rows = (
        ("first ever: compiles the engine", *map(number, (found.cold.wall, found.cold.processor))),
        (f"later (median of {CACHED_STARTS})", *map(number, (found.cached.wall, found.cached.processor))),
        ("of that, Python and imports", *map(number, (found.imports.wall, found.imports.processor))),
    )
    heads = ("start", "wall s", "processor s")
    return f"## Start-up\n\nA new process that sends 100 citizens through W2.\n\n{table(heads, rows)}"


def _threads(found: Threads) -> str:
    rows = (("1", number(found.one), ""), ("2", number(found.two), number(found.ratio)))
    return (
        f"## Threads\n\n{found.replications} replications of W2 with {found.citizens:,} citizens: population, engine "
        f"and lives.\n\n{table(('threads', 'wall s', 'times as fast'), rows)}"
    )


def _whole_run(found: WholeRun) -> str:
    total = sum(share.seconds for share in found.shares)
    rows = [(share.name, number(share.seconds), f"{share.seconds / total:.0%}") for share in found.shares]
    rows.append(("all phases", number(total), ""))
    said = (
        f"`run anytown --replications {found.replications}` from its start to its end, compiled code in its cache, "
        f"{found.workers} workers: **{number(found.seconds)} s** wall, {number(found.processor)} s of the processors. "
        "Its phases, measured on one thread; all but tables and report are shared among the workers. Peak memory "
        f"{number(found.peak_megabytes)} MB."
    )
    heads = ("phase", "processor s", "share")
    return f"## A whole run\n\n{said}\n\n{table(heads, rows)}"
