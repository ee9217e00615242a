"""The briefing: one page of A4 with the question, three sentences, a picture, and what it does not show."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sim.experiments.steadiness import GROWING
from sim.measures.limits_wording import NOT_SUITABLE_FOR
from sim.reporting import briefing_wording as said
from sim.reporting import cautions, favour, hundred, quote_wording
from sim.reporting.amounts import counted, listed
from sim.reporting.names import spoken
from sim.reporting.quote_draws import read_draws
from sim.reporting.quote_wording import COMMAND, STRENGTH
from sim.reporting.quotes import OF_100, Quote
from sim.reporting.quotes_section import is_main
from sim.reporting.report import environment, own
from sim.reporting.results import Results
from sim.reporting.sentences import checks, years
from sim.reporting.verdict_wording import SURVIVES
from sim.scenario.vocabulary import VARIANTS

SENTENCES = 3
LONGEST = {"title": 130, "question": 260, "sentence": 420, "limit": 300}
"""So many signs of each are shown, so that a page stays a page."""
WAYS = ("sooner_or_less", "later_or_more")


def render(results: Results, found: Sequence[Quote]) -> str:
    """The whole page as text, with nothing fetched from anywhere."""
    picture = hundred.section(results)
    chosen = three(results, found)
    return (
        environment()
        .get_template("briefing.html.j2")
        .render(
            words=said,
            title=shortened(results.manifest["title"], "title"),
            question=shortened(results.manifest["question"], "question"),
            quick=results.quick,
            sentences=[_shown(one) for one in chosen],
            none_said=quote_wording.NO_QUOTES,
            carry=said.NONE_MAY if all(one.strength == "do_not_quote" for one in chosen) else said.ALL_CARRY,
            drawn=said.PICTURE.format(basis=quote_wording.BASIS[results.bases[0]]),
            picture=picture.more if picture else None,
            limits=[shortened(one, "limit") for one in limits(results, found)],
            check=[
                line.format(command=COMMAND.format(code=one.code)) for one in chosen[:1] for line in said.CHECK_LINES
            ],
            not_suitable=NOT_SUITABLE_FOR,
            foot=_foot(results),
            style=own("report.css"),
            page_style=own("briefing.css"),
        )
    )


def shortened(text: str, kind: str) -> str:
    """A text of no more signs than its kind may have."""
    most = LONGEST[kind]
    return text if len(text) <= most else text[: most - 1].rstrip() + said.CUT


def _shown(one: Quote) -> dict[str, str]:
    return {"sentence": shortened(one.sentence, "sentence"), "code": one.code, "strength": STRENGTH[one.strength]}


def three(results: Results, found: Sequence[Quote]) -> list[Quote]:
    """The sentences of a briefing.

    Of two pathways the headlines on the first basis, money in the second place; where another basis turns one round,
    that one takes the last place. Of more pathways the first headline of each, as far as three go. Of a plain network
    what waits are.
    """
    of_first = [one for one in found if is_main(results, one) and one.measure not in (*OF_100, *quote_wording.WHEN)]
    main = [*of_first[:1], *sorted(of_first[1:], key=lambda one: not one.unit.startswith("GBP"))]
    pathways = list(dict.fromkeys(one.pathway for one in main))
    if len(pathways) > 1:
        return [next(one for one in of_first if one.pathway == name) for name in pathways[:SENTENCES]]
    turned = [one for one in found if _turned(one, main)]
    return [*main[: SENTENCES - 1], *turned[:1]] if turned else main[:SENTENCES]


def _turned(one: Quote, main: Sequence[Quote]) -> bool:
    """Whether a quote says the opposite of the main one of the same measure."""
    of = [
        each for each in main if (each.measure, each.pathway, each.against) == (one.measure, one.pathway, one.against)
    ]
    opposite = {one.verdict, *(each.verdict for each in of)} == set(WAYS)
    return opposite and one.by == "all" and one.strength != "do_not_quote"


def limits(results: Results, found: Sequence[Quote]) -> list[str]:
    """What the sentences do not show, shortest first what matters most."""
    facts = results.scenario.facts
    assumed = sum(fact.grade == "D" for fact in facts)
    told = [said.ASSUMED.format(assumed=assumed, numbers=len(facts)), _drawn(results, found), _checked(results)]
    told += [stands(results, name) for name in results.compared[1:2]]
    told += [said.UNSTEADY.format(years=years(results))] if _grows(results, three(results, found)) else []
    told += [said.INDIVIDUALS] if any(one.measure in quote_wording.WHEN for one in found) else []
    more = len(results.compared) - 1 - SENTENCES
    told += [said.MORE_PATHWAYS.format(pathways=counted(more, "pathway"))] if more > 0 else []
    return [one for one in told if one]


def _drawn(results: Results, found: Sequence[Quote]) -> str:
    """In how many of 100 draws the first sentence is so; or that plausible ranges have not been run."""
    if read_draws(results.folder) is None:
        return said.NO_DRAWS
    shares = [one.share_of_draws for one in three(results, found)]
    return said.DRAWN.format(draws=round(100 * shares[0])) if shares and shares[0] is not None else said.NOT_DRAWN


def stands(results: Results, pathway: str) -> str:
    """In which of the variants that were run whom it favours stays the same on every basis, and in which not."""
    said_of = {case: favour.survives(results, pathway, case) for case in VARIANTS}
    ran = [case for case, survives in said_of.items() if survives not in (SURVIVES["not_run"], SURVIVES["nothing"])]
    lost = [case for case in ran if favour.lost_on(results, pathway, case)]
    kept = [case for case in ran if case not in lost]
    told = [said.CHANGES.format(variants=listed(lost))] if lost else []
    told += [said.STAYS.format(variants=listed(kept))] if kept else []
    return said.STANDS.format(told=listed(told)) if told else ""


def _checked(results: Results) -> str:
    unchecked = [spoken(name) for name in results.compared if not favour.checks_of(results, name)]
    told = said.CHECKS.format(checks=checks(results))
    if unchecked and len(results.checks):
        return f"{told} {said.UNCHECKED.format(pathways=listed(unchecked))}"
    return told


def _grows(results: Results, shown: Sequence[Quote]) -> bool:
    """Whether a backlog grows where any of the sentences shown is of it."""
    arms = {(one.basis, name) for one in shown for name in (one.pathway, one.against)}
    notices = results.manifest["notices"]
    return any(one["kind"] == GROWING and (one["basis"], one["pathway"]) in arms for one in notices)


def _foot(results: Results) -> str:
    told: dict[str, Any] = dict(results.manifest)
    changed = said.CHANGED.format(changed=results.unlike_its_file) if results.unlike_its_file else ""
    return said.FOOT.format(
        scenario=told["scenario"],
        changed=changed,
        seed=told["seed"],
        replications=cautions.replications(results),
        citizens=counted(round(float(told["cohort_mean"])), "citizen"),
        run=results.run_code,
        started=str(told["started"])[:10],
    )
