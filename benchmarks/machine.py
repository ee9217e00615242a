"""What the numbers were measured on: processor, system and versions, and nothing that says whose it is."""

from __future__ import annotations

import os
import platform
from importlib import metadata
from pathlib import Path

from benchmarks.peers import programs, with_simmer
from benchmarks.work import MissingError

PACKAGES = ("numba", "numpy", "simpy", "ciw", "salabim")


def described() -> str:
    """The machine in one line."""
    parts = [
        f"{processor()}, {os.cpu_count()} cores",
        f"{platform.system()} on {platform.machine()}",
        f"Python {platform.python_version()}",
        *(f"{name} {version}" for name in PACKAGES if (version := _version(name))),
        *(said for describe in (_compiler, _simmer) if (said := describe())),
    ]
    return "; ".join(parts)


def processor() -> str:
    """The processor's own name for itself, as far as the system tells."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        lines = []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor() or platform.machine()


def _version(package: str) -> str | None:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return None


def _compiler() -> str | None:
    try:
        return f"{programs.version()}, {' '.join(programs.OPTIONS)}"
    except OSError:
        return None


def _simmer() -> str | None:
    try:
        return with_simmer.version()
    except MissingError:
        return None
