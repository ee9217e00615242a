"""How heavy a report is and how soon it is seen: `python -m benchmarks.pages results/anytown ...`.

Rebuilds each report from its folder, in a process of its own, and opens it in a headless Chromium with an empty cache.
Needs what `pip install -e '.[test]'` brings, and a Chromium. Medians over some openings.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import NamedTuple

from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
OPENINGS = 5
NAMES = ("chromium", "chromium-browser", "google-chrome", "msedge")


class Seen(NamedTuple):
    """One page: its size [bytes], and the seconds to rebuild it, to see anything of it, and to have loaded it all."""

    name: str
    size: int
    rebuilt: float
    painted: float
    loaded: float


def seen(browser: Browser, folder: Path) -> Seen:
    """What rebuilding the report of a results folder and opening it takes; the folder is left as it is."""
    with TemporaryDirectory(prefix="benchmark-") as place:
        copy = Path(shutil.copytree(folder, Path(place) / folder.name))
        began = perf_counter()
        subprocess.run([sys.executable, ROOT / "run_scenarios.py", "report", copy], check=True, capture_output=True)
        rebuilt, page = perf_counter() - began, copy / "report.html"
        painted, loaded = zip(*(_opened(browser, page) for _ in range(OPENINGS)), strict=True)
        return Seen(folder.name, page.stat().st_size, rebuilt, statistics.median(painted), statistics.median(loaded))


def _opened(browser: Browser, file: Path) -> tuple[float, float]:
    """Seconds from the beginning of navigation to the first contentful paint, and to the end of loading."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, offline=True)
    page = context.new_page()
    page.goto(file.as_uri(), wait_until="load")
    page.wait_for_function("performance.getEntriesByName('first-contentful-paint').length")
    painted, loaded = page.evaluate(
        "[performance.getEntriesByName('first-contentful-paint')[0].startTime,"
        " performance.getEntriesByType('navigation')[0].loadEventEnd]"
    )
    context.close()
    return painted / 1000, loaded / 1000


def _rows(folders: list[Path]) -> Iterator[Seen]:
    found = next(filter(None, map(shutil.which, NAMES)), None)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=["--disable-gpu", "--no-sandbox"])
        for folder in folders:
            yield seen(browser, folder)


def main() -> None:
    """Print a line a page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path)
    print(f"{'page':28} {'MB':>6} {'rebuilt, s':>11} {'first paint, s':>15} {'loaded, s':>10}")
    for row in _rows(parser.parse_args().folders):
        print(f"{row.name:28} {row.size / 1e6:6.2f} {row.rebuilt:11.2f} {row.painted:15.2f} {row.loaded:10.2f}")


if __name__ == "__main__":
    main()
