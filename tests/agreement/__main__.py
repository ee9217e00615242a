"""How often each feature of the language was met where both engines agree: `python -m tests.agreement [WORLDS]`."""

from __future__ import annotations

import sys

from ..engine.generated import POSSIBLE
from .test_engines import WORLDS, agree_on


def main(words: list[str]) -> None:
    """Print the features, rarest first, with the share of worlds that met each."""
    number = int(words[0]) if words else WORLDS
    met = agree_on(number)
    print(f"both engines agree to the last bit on {number:,} generated worlds (seeds from 0), which met")
    for name in sorted(POSSIBLE, key=lambda name: met[name]):
        print(f"  {met[name] / number:6.1%}  {name}")


if __name__ == "__main__":
    main(sys.argv[1:])
