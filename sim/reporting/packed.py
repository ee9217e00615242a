"""Plotly's script made small enough to stand in every page: compressed here, inflated by the browser."""

from __future__ import annotations

import base64
import zlib
from functools import cache

from markupsafe import Markup
from plotly.offline import get_plotlyjs

CLOSEST = 9


@cache
def packed_plotly() -> Markup:
    """The script that draws charts as the base64 of its zlib stream: what `DecompressionStream("deflate")` reads.

    A zlib stream, unlike a gzip file, holds no time and no name of a system: the same script gives the same bytes.
    """
    return Markup(base64.b64encode(zlib.compress(get_plotlyjs().encode(), CLOSEST)).decode())  # noqa: S704
