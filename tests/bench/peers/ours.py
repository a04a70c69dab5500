"""`briefing` itself, as the environment has it that runs the benchmark."""

import sys
from collections.abc import Sequence

from corpus import write_corpus

from peers.installing import from_here
from peers.tool import Tool


def briefing_command() -> Sequence[str]:
    """Without a script, so that it is the package of this very Python."""
    return [sys.executable, "-m", "briefing", "build"]


BRIEFING = Tool(
    name="briefing",
    work="all",
    did="reads four annotated claims an article, finds their words in its text, checks every reference and link; makes"
    " pages of articles, summits, topics, people, sources and figures, a ledger, timelines and what changed",
    package="briefing",
    install=from_here,
    write=write_corpus,
    command=briefing_command,
    built=("site", ".briefing"),
)
