"""What a quote rests on, looked up in the results, and said as its qualification."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from sim.experiments.steadiness import GROWING
from sim.reporting import favour, wording
from sim.reporting import quote_wording as said
from sim.reporting.amounts import counted, listed
from sim.reporting.differences import Difference, difference_of
from sim.reporting.names import spoken
from sim.reporting.quote_draws import DrawsSaid, is_claim, read_draws
from sim.reporting.quote_strength import Standing, reasons
from sim.reporting.results import Results
from sim.reporting.sentences import years
from sim.scenario.vocabulary import NO_SERVICE, VARIANTS

CLEAR = ("sooner_or_less", "later_or_more", "no_difference_that_matters")
UNCHECKED_WARM_UP = "not_checked"


@dataclass(frozen=True)
class Ground:
    """What all quotes of a folder rest on."""

    results: Results

    @cached_property
    def grades(self) -> list[str]:
        """The grade of every number of the scenario."""
        return [fact.grade for fact in self.results.scenario.facts]

    @cached_property
    def draws(self) -> DrawsSaid | None:
        """What draws from plausible ranges say; None where they have not been run."""
        return read_draws(self.results.folder)

    @property
    def assumptions(self) -> int:
        """How many of the numbers are assumptions."""
        return self.grades.count("D")

    @property
    def checks_failed(self) -> int:
        """How many checks against published figures failed."""
        return int((~self.results.checks["passed"].astype(bool)).sum())

    @cached_property
    def variants(self) -> dict[tuple[str, ...], dict[str, str]]:
        """By basis, pathway, against and measure: what each variant that was run says of it, as a verdict."""
        found: dict[tuple[str, ...], dict[str, str]] = {}
        for row in self.results.variants.to_dict("records"):
            where = tuple(str(row[name]) for name in ("basis", "pathway", "against", "measure"))
            found.setdefault(where, {})[str(row["variant"])] = str(row["verdict"])
        return found

    def notices(self, basis: str, pathways: set[str]) -> set[str]:
        """The kinds of notice that concern these pathways on this basis."""
        told = self.results.manifest["notices"]
        return {one["kind"] for one in told if one["basis"] in ("", basis) and one["pathway"] in ("", *pathways)}

    def standing(self, one: Difference, *, of_everyone: bool = True, is_individual: bool = False) -> Standing:
        """What a quote of a difference rests on."""
        pathways = {one.pathway, one.against} - {NO_SERVICE}
        kinds = self.notices(one.basis, pathways)
        return Standing(
            is_individual=is_individual,
            is_quick=self.results.quick,
            is_made_equal=one.verdict == "not_judged",
            is_settled="warm_up" not in kinds,
            is_warm_up_checked=self.results.manifest["warm_up"]["outcome"] != UNCHECKED_WARM_UP,
            is_steady=GROWING not in kinds and one.verdict != "unsteady",
            is_nearly_full="nearly_full" in kinds,
            is_clear=is_clear(one),
            is_of_plain_file=not self.results.unlike_its_file,
            is_strict=not one.strict.startswith("does not stand"),
            assumed=self._assumed(one) if of_everyone else self._share_assumed,
            are_ranges_run=self.draws is not None,
            is_claim=is_claim(one) or not of_everyone,
            share_of_draws=self.draws.agreeing(one) if self.draws and of_everyone else None,
            variants=self._variants(one) if of_everyone else {},
            checks_failed=self.checks_failed,
            unchecked=tuple(name for name in sorted(pathways) if not favour.checks_of(self.results, name)),
        )

    @property
    def _share_assumed(self) -> float:
        return self.assumptions / max(1, len(self.grades))

    def _assumed(self, one: Difference) -> float:
        """Share of the uncertainty that rests on assumptions, where that was studied; else share of the numbers."""
        studied = self.draws.assumed(one) if self.draws else None
        return self._share_assumed if studied is None else studied

    def _variants(self, one: Difference) -> dict[str, bool]:
        """Whether each variant gives the same verdict; one without a verdict to keep says nothing."""
        found = self.variants.get((one.basis, one.pathway, one.against, one.measure), {})
        return {name: found[name] == one.verdict for name in VARIANTS if name in found}

    def why(self, standing: Standing) -> tuple[str, ...]:
        """Each reason not to quote plainly, in words."""
        words = {
            "assumed": self._assumed_in_words(standing),
            "draws": round(100 * (standing.share_of_draws or 0)),
            "flipped": listed([name for name, holds in standing.variants.items() if not holds]),
            "years": years(self.results),
            "failed": standing.checks_failed,
            "checks": len(self.results.checks),
            "unchecked": listed([spoken(name) for name in standing.unchecked]),
            "changed": self.results.unlike_its_file,
        }
        return tuple(said.WHY[rule.reason].format(**words) for rule in reasons(standing))

    def _assumed_in_words(self, standing: Standing) -> str:
        if standing.assumed == self._share_assumed:
            return said.ASSUMED_OF_NUMBERS.format(assumed=self.assumptions, numbers=len(self.grades))
        return said.ASSUMED_OF_UNCERTAINTY.format(share=round(100 * standing.assumed))

    def rests_on(self, standing: Standing) -> dict[str, object]:
        """What a quote rests on, as plain data."""
        return {
            "numbers": len(self.grades),
            "assumptions": self.assumptions,
            "share_assumed": round(standing.assumed, 2),
            "checks": len(self.results.checks),
            "checks_failed": standing.checks_failed,
            "unchecked": list(standing.unchecked),
            "variants": {name: "stands" if holds else "does not stand" for name, holds in standing.variants.items()},
            "replications": int(self.results.manifest["replications"]),
            "citizens": counted(round(float(self.results.manifest["cohort_mean"])), "citizen"),
        }


def is_clear(one: Difference) -> bool:
    """Whether a difference is clear: by its verdict, or where it has none by its interval."""
    judged = one.verdict in wording.VERDICTS and one.verdict not in ("", "unsteady", "not_judged")
    return one.verdict in CLEAR if judged else not one.low <= 0 <= one.high


def difference_in(results: Results, *where: str) -> Difference | None:
    """The difference of (basis, pathway, against, measure) for all citizens; None where there is none."""
    basis, pathway, against, measure = where
    row = results.difference(basis, pathway, against, measure)
    return None if row is None else difference_of(row, results.scenario.price_year)
