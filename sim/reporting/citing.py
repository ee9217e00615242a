"""How a run is cited: a sentence and an entry for BibTeX; and how one of its numbers is checked."""

from __future__ import annotations

from sim.reporting import cautions, wording
from sim.reporting import evidence_wording as words
from sim.reporting.amounts import exact_number
from sim.reporting.results import Results

_ESCAPED = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "%": r"\%", "&": r"\&", "#": r"\#", "_": r"\_", "$": r"\$",
    "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
}  # fmt: skip


def citation(results: Results) -> str:
    """A run in one sentence: program, version, scenario, run code, seed, date; and whether it was changed or quick."""
    told = results.manifest
    changed = words.CHANGED.format(changed=results.unlike_its_file) if results.unlike_its_file else ""
    return words.CITATION.format(
        year=_date(results)[:4],
        version=version(results),
        title=told["title"],
        changed=changed,
        code=results.run_code,
        seed=told["seed"],
        replications=cautions.replications(results),
        date=_date(results),
        quick=words.QUICK.format(warning=wording.NOT_COMPARABLE) if results.quick else "",
    )


def bibtex(results: Results) -> str:
    """The same as an entry for BibTeX, whatever the title holds."""
    told = results.manifest
    changed = words.CHANGED.format(changed=results.unlike_its_file) if results.unlike_its_file else ""
    quick = f"{wording.NOT_COMPARABLE}. " if results.quick else ""
    note = f"{quick}Run {results.run_code}, seed {told['seed']}, {cautions.replications(results)}{changed}"
    fields = {
        "author": "{The service-pathways authors}",
        "title": _escaped(f"Service pathways: {told['title']}"),
        "version": _escaped(version(results)),
        "year": _date(results)[:4],
        "note": _escaped(note),
    }
    lines = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items())
    return f"@software{{service-pathways-{results.run_code},\n{lines}\n}}"


def version(results: Results) -> str:
    """The version of the program that made the run."""
    return str(results.manifest["versions"].get("service-pathways", "unknown"))


def check_one(results: Results) -> str:
    """Where one number of the results comes from, file by file; nothing where there is no headline to take."""
    for measure in results.headlines:
        row = results.overall(results.bases[0], results.compared[0], measure)
        if row is not None and not cautions.nobody(results):
            return words.CHECK_ONE.format(
                basis=row["basis"],
                pathway=row["pathway"],
                measure=measure,
                mean=exact_number(float(row["mean"])),
                replications=results.manifest["replications"],
            )
    return ""


def _date(results: Results) -> str:
    return str(results.manifest["started"])[:10]


def _escaped(text: str) -> str:
    return "".join(_ESCAPED.get(sign, sign) for sign in text)
