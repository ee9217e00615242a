"""The words of `agree`: whether the two engines gave the same, and if not where they part."""

from __future__ import annotations

from collections.abc import Iterator

from sim.experiments.agreement import Agreement


def agreement_in_words(found: Agreement) -> Iterator[str]:
    """A line on a pathway in one replication; where the engines differ, the two rows under it."""
    what = f"{found.pathway}, replication {found.replication}: {found.visits:,} visits"
    what += f" and {found.level_changes:,} changes of level" if found.level_changes else ""
    if found.different is None:
        yield f"{what}, the same to the last bit"
        return
    yield f"{what}, DIFFERENT; the first of the {found.different.replace('_', ' ')} that differs:"
    for engine, row in found.rows.items():
        yield f"    {engine}: " + (", ".join(f"{name} {value}" for name, value in row.items()) or "has no such row")
