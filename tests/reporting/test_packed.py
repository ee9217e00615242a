"""Plotly's script takes little room in a page, and comes out of it whole."""

from __future__ import annotations

import base64
import zlib

import pytest
from plotly.offline import get_plotlyjs

from sim.reporting import library_page
from sim.reporting.packed import packed_plotly
from sim.reporting.report import render
from sim.reporting.results import Results

from .conftest import Maker
from .test_sentences import plain_network

MOST_BYTES = 3_000_000


def test_the_script_comes_out_whole() -> None:
    assert zlib.decompress(base64.b64decode(packed_plotly(), validate=True)).decode() == get_plotlyjs()


def test_it_takes_less_than_half_the_room() -> None:
    assert len(packed_plotly()) < len(get_plotlyjs().encode()) / 2


def test_nothing_of_it_can_end_the_element_it_stands_in() -> None:
    assert set("<>&") & set(get_plotlyjs()) and not set("<>&") & set(packed_plotly())


@pytest.mark.parametrize("name", ["plain", "real", "nobody", "delays"])
def test_a_page_is_light(name: str, request: pytest.FixtureRequest) -> None:
    assert len(render(request.getfixturevalue(name)).encode()) < MOST_BYTES


def test_two_renderings_are_the_same_bytes(plain: Results, plain_page: str) -> None:
    first, overview = plain_page, library_page.render([plain])
    packed_plotly.cache_clear()
    assert render(plain) == first and library_page.render([plain]) == overview


def test_a_page_without_charts_does_not_carry_it(made: Maker, plain_page: str) -> None:
    assert 'id="packed-plotly"' in plain_page
    page = render(made(edit=plain_network, checks_pass=()))
    assert "data-chart=" not in page and 'id="packed-plotly"' not in page
