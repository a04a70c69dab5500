"""Loaded into a Dask worker: when it has made as many sections as one task has, it makes no more until a file is there.

So a test that does something in the middle of a build does not have to be quick.
"""

import os
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from briefing.pages.page import Section
from briefing.parallel import remote
from briefing.parallel.pool import CHUNK
from briefing.theme.rendering import Keys, RenderedSection, Renderer

GATE, PARENT = Path(os.environ["GATE"]), os.getppid()
_made = 0


class _Gated(Renderer):
    def section(self, section: Section[Any], keys: Mapping[str, Keys]) -> RenderedSection:
        global _made  # noqa: PLW0603 - a worker of one thread
        _made += 1
        while _made > CHUNK and not GATE.exists():
            if os.getppid() != PARENT:
                os._exit(1)
            time.sleep(0.01)
        return super().section(section, keys)


vars(remote)["Renderer"] = _Gated
