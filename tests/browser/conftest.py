"""A headless Chromium, where this machine has one, and the pages it is shown."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from sim.reporting.report import write_report
from tests.reporting.folders import FINDINGS, Made, write_folder

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
QUIETLY = ("--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update")
WIDE, NARROW = 1280, 390
"""Widths of a desk and of a phone [px]."""


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A browser; the test is skipped, and says so, where there is none."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        pytest.skip("no Chromium on this machine: nothing was looked at in a browser")
    root = getattr(os, "geteuid", lambda: 1)() == 0
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=found, args=[*QUIETLY, *(["--no-sandbox"] if root else [])]
        )
        yield started
        started.close()


@contextmanager
def opened(browser: Browser, file: Path, width: int = WIDE) -> Iterator[tuple[Page, list[str]]]:
    """A page with the network off, and all that it asked for or complained of, as it goes on."""
    context = browser.new_context(viewport={"width": width, "height": 900}, offline=True, locale="en-GB")
    page, told = context.new_page(), list[str]()
    page.on("request", lambda asked: told.append(f"asks for {asked.url}") if is_elsewhere(asked.url, file) else None)
    page.on("pageerror", lambda error: told.append(f"fails: {error}"))
    page.on("console", lambda said: told.append(f"says: {said.text}") if said.type in ("error", "warning") else None)
    page.goto(file.as_uri(), wait_until="load")
    yield page, told
    context.close()


def is_elsewhere(address: str, file: Path) -> bool:
    """Whether an address is neither the page itself nor something that lies in it."""
    return not address.startswith((file.as_uri(), "data:", "blob:"))


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A results folder with everything in it; its numbers mean nothing."""
    return write_folder(tmp_path_factory.mktemp("page") / "village", Made(FINDINGS))


@pytest.fixture(scope="session")
def report(folder: Path) -> Path:
    """The report made from that folder."""
    return write_report(folder)
