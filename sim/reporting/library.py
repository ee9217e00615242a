"""The library: what several scenarios found, side by side, as one table and one chart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sim.measures.definitions import DEFINITIONS
from sim.reporting import favour
from sim.reporting.amounts import bare, printed_unit
from sim.reporting.differences import Difference, differences
from sim.reporting.evidence import check_result
from sim.reporting.names import plain_name
from sim.reporting.results import Results
from sim.reporting.tables import estimate
from sim.reporting.verdict_wording import SURVIVES
from sim.reporting.wording import BASIS_SHORT, NOT_COMPARABLE
from sim.scenario.plans import GRADES
from sim.scenario.vocabulary import VARIANTS

NOT_RUN = SURVIVES["not_run"]


@dataclass(frozen=True)
class Entry:
    """One pathway of a scenario set against the first, ready to be told."""

    results: Results
    pathway: str

    @property
    def against(self) -> str:
        """The pathway it is set against."""
        return self.results.compared[0]

    @property
    def name(self) -> str:
        """The scenario's name in words; of a changed run, with what was changed."""
        changed = f" (with {self.results.unlike_its_file})" if self.results.unlike_its_file else ""
        quick = f"{NOT_COMPARABLE}: " if self.results.quick else ""
        return f"{quick}{plain_name(str(self.results.manifest['scenario']))}{changed}"

    @property
    def differences(self) -> list[Difference]:
        """The headline differences from the first pathway, on every basis."""
        return [one for one in differences(self.results, against=self.against) if one.pathway == self.pathway]

    @property
    def verdicts(self) -> list[favour.Verdict]:
        """The verdict on each basis."""
        return favour.verdicts(self.results, self.pathway)

    @property
    def overall(self) -> str:
        """Whom every basis favours, or that it depends."""
        return favour.overall(self.results, self.pathway)

    @property
    def survives(self) -> dict[str, str]:
        """Whether the verdict survives each variant."""
        return {case: favour.survives(self.results, self.pathway, case) for case in VARIANTS}

    @property
    def checks(self) -> str:
        """How many checks passed, of all pathways of the scenario together."""
        return checks_in_words(self.results)

    @property
    def grades(self) -> str:
        """How many numbers have each grade of evidence."""
        return grades_in_words(self.results)

    def difference(self, measure: str, basis: str) -> Difference | None:
        """A headline difference on one basis."""
        return next((one for one in self.differences if (one.measure, one.basis) == (measure, basis)), None)


def entries(found: Sequence[Results]) -> list[Entry]:
    """Every pathway that is set against the first of its scenario."""
    return [Entry(results, pathway) for results in found for pathway in results.compared[1:]]


def checks_in_words(results: Results) -> str:
    """How many checks passed and how many failed."""
    judged = Counter(check_result(results, passed=passed) for passed in results.checks["passed"])
    if not len(results.checks):
        return "none"
    if judged["not_judged"]:
        return "not judged"
    return f"{judged['pass']} passed, {judged['fail']} failed"


def grades_in_words(results: Results) -> str:
    """How many numbers have each grade of evidence, as `A 12, B 9, C 4, D 88`."""
    found = Counter(fact.grade for fact in results.scenario.facts)
    return ", ".join(f"{grade} {found[grade]}" for grade in GRADES)


def headline(results: Results, pathway: str, measure: str) -> str:
    """A headline of a pathway, as specified or on the first basis there is, with its interval."""
    return estimate(results.overall(results.bases[0], pathway, measure)).on_one_line


def difference_in_words(one: Difference | None) -> str:
    """A difference with its interval and no unit."""
    if one is None:
        return "–"
    mean, low, high = (bare(v, one.unit, half_width=one.half_width, signed=True) for v in (one.mean, one.low, one.high))
    return f"{mean} ({low} to {high})"


def measure_with_unit(measure: str) -> str:
    """A headline's name with its unit."""
    return f"{plain_name(measure)} [{printed_unit(DEFINITIONS[measure].unit)}]"


def basis_lines(entry: Entry) -> Iterator[str]:
    """On each basis the verdict in words, and the differences it rests on."""
    for one in entry.verdicts:
        found = [known for known in entry.differences if known.basis == one.basis]
        told = "; ".join(f"{plain_name(known.measure)} {difference_in_words(known)}" for known in found)
        yield f"{BASIS_SHORT[one.basis]}, {one.words}: {told}"


def survival(entry: Entry) -> str:
    """What the verdict survives, as a sentence; empty where no variant was run."""
    ran = [f"{case}, {said}" for case, said in entry.survives.items() if said != NOT_RUN]
    return f"Does it stand? {'; '.join(ran)}." if ran else ""
