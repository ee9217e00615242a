"""What a picture that leaves its page must carry: which run it is of, on what basis, and how far it can be trusted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field

from markupsafe import Markup

from sim.reporting import cautions, favour, sentences, wording
from sim.reporting import library_wording as of_many
from sim.reporting import provenance_wording as said
from sim.reporting.amounts import counted, listed
from sim.reporting.page import as_json
from sim.reporting.results import Results


@dataclass(frozen=True)
class Stamp:
    """What stands on every picture of a page.

    `name` begins the names of its files, `title` stands over it and `warning` above all else, `lines` below it; `basis`
    goes with pictures that name none of their own, and `prices` with those that show money.
    """

    name: str
    title: str
    warning: str
    lines: tuple[str, ...]
    basis: str = ""
    prices: str = ""
    buttons: dict[str, str] = field(default_factory=lambda: dict(said.BUTTONS))
    failed: str = said.FAILED
    not_yet: str = said.NOT_YET
    not_made: str = said.NOT_MADE
    made: str = said.MADE

    @property
    def data(self) -> Markup:
        """The stamp as the page's scripts read it."""
        return as_json(asdict(self))


def stamp(results: Results) -> Stamp:
    """What the pictures of a report carry."""
    year = results.scenario.price_year if results.scenario.has_money else ""
    return Stamp(
        name=f"{results.manifest['scenario']}-{results.run_code}",
        title=results.manifest["title"],
        warning=wording.QUICK.format(replications=cautions.replications(results)).strip() if results.quick else "",
        lines=(*_changed(results), intervals(results), *evidence(results), _of_run(results)),
        basis=basis(*results.bases),
        prices=said.PRICES.format(price_year=year) if year else "",
    )


def stamp_of_many(found: Sequence[Results]) -> Stamp:
    """What the pictures of the overview carry."""
    scenarios = counted(len(found), "scenario")
    made = said.OF_MANY.format(program=said.PROGRAM, scenarios=listed([_code(results) for results in found]))
    warning = of_many.QUICK if any(results.quick for results in found) else ""
    return Stamp("overview", said.ALL, warning, (of_many.CAVEAT.format(scenarios=scenarios), made))


def basis(*bases: str) -> str:
    """The basis a picture is on, as a sentence, or the bases."""
    names = listed([wording.BASIS_SHORT[one] for one in bases])
    return (said.BASIS if len(bases) == 1 else said.BASES).format(basis=names, bases=names)


def of_differences(results: Results, against: str) -> str:
    """The bases of a picture of headline differences, and that their intervals are adjusted where they are."""
    return " ".join(filter(None, (basis(*results.bases), cautions.adjusted(results, against))))


def intervals(results: Results) -> str:
    """What the intervals are, and what they hold."""
    kinds = [kind for kind in results.summary["interval"].unique() if kind] or [said.NOISE_ONLY]
    held = [*kinds, said.NO_RANGES] if kinds == [said.NOISE_ONLY] and results.ranges is None else kinds
    return said.INTERVALS.format(replications=cautions.replications(results), kinds="; ".join(held))


def evidence(results: Results) -> list[str]:
    """What the answer rests on, as the answer says it."""
    unchecked = [] if cautions.nobody(results) else favour.less_checked_sentences(results)
    return [" ".join([sentences.rests_on(results), *unchecked])]


def _changed(results: Results) -> list[str]:
    return [said.CHANGED.format(changed=results.unlike_its_file)] if results.unlike_its_file else []


def _of_run(results: Results) -> str:
    told = results.manifest
    version = told["versions"].get("service-pathways", "")
    return said.OF_RUN.format(
        scenario=told["scenario"],
        code=results.run_code,
        program=said.PROGRAM,
        version=f" {version}" if version else "",
    )


def _code(results: Results) -> str:
    return f"{results.manifest['scenario']} (run {results.run_code})"
