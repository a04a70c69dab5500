"""Loaded into a Dask worker: when it has made as many pages as one task has, it makes no more until a file is there.

So a test that does something in the middle of a build does not have to be quick.
"""

import os
import time
from pathlib import Path

from briefing.render.making import Result, make
from briefing.render.trace import Trace

from briefing import elsewhere
from briefing.pages.page import Page
from briefing.parallel.pool import CHUNK
from briefing.theme.templates import Templates

GATE, PARENT = Path(os.environ["GATE"]), os.getppid()
_made = 0


def _make(templates: Templates, trace: Trace, page: Page) -> Result:
    global _made  # noqa: PLW0603 - a worker of one thread
    _made += 1
    while _made > CHUNK and not GATE.exists():
        if os.getppid() != PARENT:
            os._exit(1)
        time.sleep(0.01)
    return make(templates, trace, page)


vars(elsewhere)["make"] = _make
