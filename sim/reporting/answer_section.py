"""The first section: the question, the answer at one glance, in two or three sentences, and in full."""

from __future__ import annotations

from sim.reporting import brief, brief_wording, glance, sentences
from sim.reporting.colours import look
from sim.reporting.names import plain_name
from sim.reporting.page import Section
from sim.reporting.results import Results
from sim.reporting.wording import BASIS
from sim.scenario.vocabulary import NO_SERVICE


def answer(results: Results) -> Section:
    """The question and the answer."""
    found = brief.answer(results)
    more: dict[str, object] = {
        "question": found.question,
        "pathways": [(look(results, name).line, plain_name(name), _title(results, name)) for name in results.pathways],
        "cards": glance.cards(results),
        "basis": brief_wording.GLANCE.format(basis=BASIS[results.bases[0]]),
        "in_full": sentences.answer(results).sentences,
        "in_full_heading": brief_wording.IN_FULL,
    }
    return Section("answer", "The answer", found.sentences, template="answer.html.j2", more=more)


def _title(results: Results, name: str) -> str:
    if name == NO_SERVICE:
        return "the same citizens, the same course, and nobody helps"
    return results.scenario.pathways[name].title
