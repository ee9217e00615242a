"""A picture of 100 people, told apart by what became of them: inline SVG in system fonts, with no script."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import chain, repeat

from markupsafe import Markup

IN_A_ROW = 10
WIDE, HIGH = 20, 24
"""The room of one person [units of the picture]."""

HEAD = '<circle cx="10" cy="5.4" r="3.9"/>'
BODY = '<path d="M3 22v-4.6a6 6 0 0 1 6-6h2a6 6 0 0 1 6 6V22z"/>'
PERSON = HEAD + BODY
STRIPES = (
    '<pattern id="person-stripes" width="3.6" height="3.6" patternUnits="userSpaceOnUse" '
    'patternTransform="rotate(45)"><rect width="3.6" height="3.6" fill="#fff"/>'
    '<rect width="1.9" height="3.6" fill="#2f7f8f"/></pattern>'
)
PEOPLE = {
    "right_help_by_28_days": f'<g fill="#123c46" stroke="#123c46" stroke-width="1.4">{PERSON}</g>',
    "right_help_later": f'<g fill="url(#person-stripes)" stroke="#2f7f8f" stroke-width="1.4">{PERSON}</g>',
    "recovered": f'<g fill="#b39a55" stroke="#8a7433" stroke-width="1.4">{PERSON}</g>',
    "left": '<path d="M5.5 8.5l9 9m0-9l-9 9" fill="none" stroke="#6d737c" stroke-width="2"/>',
    "never": f'<g fill="#fff" stroke="#8c1d40" stroke-width="1.9">{PERSON}</g>',
}
"""One person by fate: told apart by fill and shape, so also in grey; no colour here is that of a pathway."""


def symbols() -> Markup:
    """The people that pictures are made of; to stand once on the page, before the first picture."""
    drawn = "".join(
        f'<symbol id="person-{fate}" viewBox="0 0 {WIDE} {HIGH}">{body}</symbol>' for fate, body in PEOPLE.items()
    )
    hidden = 'width="0" height="0" style="position: absolute" aria-hidden="true" focusable="false"'
    return Markup(f"<svg {hidden}>{STRIPES}{drawn}</svg>")  # noqa: S704


def one_person(fate: str) -> Markup:
    """A single person, for the key."""
    size = f'width="{WIDE}" height="{HIGH}" viewBox="0 0 {WIDE} {HIGH}"'
    return Markup(f'<svg {size} aria-hidden="true" focusable="false">{_use(fate, 0)}</svg>')  # noqa: S704


def hundred_people(counts: Mapping[str, int], said: str) -> Markup:
    """So many people of each fate, in rows of ten and in the order of `counts`; `said` is the picture in words."""
    everyone = chain.from_iterable(repeat(fate, count) for fate, count in counts.items())
    people = Markup("").join(_use(fate, place) for place, fate in enumerate(everyone))
    rows = -(-sum(counts.values()) // IN_A_ROW)
    box = f"0 0 {IN_A_ROW * WIDE} {rows * HIGH}"
    return Markup('<svg class="people" viewBox="{}" role="img" aria-label="{}">{}</svg>').format(box, said, people)


def _use(fate: str, place: int) -> Markup:
    row, column = divmod(place, IN_A_ROW)
    where = f'x="{column * WIDE}" y="{row * HIGH}" width="{WIDE}" height="{HIGH}"'
    return Markup(f'<use href="#person-{fate}" {where}/>')  # noqa: S704
