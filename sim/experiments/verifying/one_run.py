"""One run of each arm, in the file's own windows, looked at from four sides: what must hold of its tables exactly."""

from __future__ import annotations

from typing import NamedTuple

from sim.experiments.verifying.citizens import MOMENTS, nobody_lost
from sim.experiments.verifying.findings import NOT_APPLICABLE, Finding, Part, counted, gathered, not_applicable
from sim.experiments.verifying.littles_law import Found, queues_of
from sim.experiments.verifying.posts import kept_to
from sim.experiments.verifying.pounds import balanced
from sim.experiments.verifying.subject import Run, Subject, runs

CITIZENS = "Citizens in and out"
POUNDS = "Pounds in and out"
LITTLE = "Little's law"
POSTS = "Posts and places"


class Look(NamedTuple):
    """What one run shows."""

    citizens: Part
    pounds: Part | None
    queues: list[Found]
    posts: list[Part]


def looks(subject: Subject) -> list[Look]:
    """What one run of each arm shows, run when first asked for."""
    if "looks" not in subject.known:
        subject.known["looks"] = subject.crew.each(look, runs(subject.scenario, subject.arms))
    found: list[Look] = subject.known["looks"]
    return found


def look(run: Run) -> Look:
    """Run one arm and look at it."""
    record = run.record
    pounds = balanced(record) if record.scenario.has_money else None
    return Look(nobody_lost(record), pounds, queues_of(record), kept_to(record))


def conserved(subject: Subject) -> Finding:
    """Who arrived is at a stage, away in need, or out, at several times; visits follow one another without gap."""
    tried = f"arrived = at a stage + away in need + out, {MOMENTS} times in a run; and each visit against the next"
    parts = [one.citizens for one in looks(subject)]
    good = f"nobody is lost in any of {counted(len(parts), 'arm')}; {parts[0].of}, {parts[0].found}"
    return gathered(CITIZENS, tried, parts, when_good=good)


def paid(subject: Subject) -> Finding:
    """The ledger by payer and by receiver, against a second reckoning, against what citizens bear, and the measures."""
    tried = (
        "the ledger by payer and by receiver; each line reckoned again from posts, prices, visits and level changes; "
        "its sum against what citizens bear and the measures"
    )
    parts = [one.pounds for one in looks(subject) if one.pounds is not None]
    return gathered(POUNDS, tried, parts, when_none="nothing here has a price")


def littles_law(subject: Subject) -> Finding:
    """L = lambda W for every stage and team, L by integration, W visit by visit; and the measures say the same L."""
    weeks = counted(subject.scenario.run.weeks.cohort, "week")
    tried = (
        f"number waiting = arrivals x mean wait, in every queue over {weeks}, what crosses the edges counted exactly"
    )
    found = [queue for one in looks(subject) for queue in one.queues]
    if not found:
        return not_applicable(LITTLE, tried, "there is no team to wait for")
    longest = max(found, key=lambda one: one.queue.number)
    good = f"it holds to rounding in {counted(len(found), 'queue')}; the longest, {longest.of}: {longest.queue}"
    return gathered(LITTLE, tried, [one.part for one in found], when_good=good)


def posts_kept(subject: Subject) -> Finding:
    """At no moment are more served than there are posts or places, and none waits while one is free."""
    tried = "at every moment: no more served than posts or places there are, and nobody waiting while one is free"
    parts = [part for one in looks(subject) for part in one.posts]
    held = sum(part.verdict != NOT_APPLICABLE for part in parts)
    return gathered(
        POSTS,
        tried,
        parts,
        when_good=f"both hold all the time for {counted(held, 'team')}",
        when_none="there is no team",
    )
