"""Which peers are installed, in words."""

from __future__ import annotations

from importlib import import_module

from benchmarks.work import MissingError


def imported(*names: str) -> None:
    """Import these packages, before any clock starts.

    Raises
    ------
    MissingError
        Naming the first that is not there.
    """
    for name in names:
        try:
            import_module(name)
        except ImportError:
            raise MissingError(f"{name} is not installed (it comes with the extra `bench`)") from None
