"""The command line: the program, one module for each of its commands, and what they have in common."""

from briefing.cli.program import main, run

__all__ = ["main", "run"]
