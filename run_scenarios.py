"""The command line: `python run_scenarios.py --help`."""

import sys

from sim.command_line.main import main

if __name__ == "__main__":
    sys.exit(main())
