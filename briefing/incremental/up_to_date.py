"""Whether anything has changed since the last build: told in a moment, before anything heavy is imported."""

import os
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from briefing.diagnostics import Locked
from briefing.file_state import Seen, stamp_of
from briefing.incremental.cache import Cache
from briefing.request import Outcome, Request
from briefing.write.journal import STAGE
from briefing.write.lock import locked
from briefing.write.ownership import MANIFEST, Untouched, closed_folders, digest_at, is_open
from briefing.write.publish import PublishResult


def unchanged(request: Request, output: Path, cache: Cache) -> Outcome | None:
    """What the last build told, if a build would now read the same files and find all that it would write."""
    last = cache.last
    if last is None or MANIFEST not in last.outputs or (request.strict and last.outcome.warnings):
        return None
    digests = {name: seen.digest for name, seen in cache.sources.items()}
    if not all(digests.values()) or digests != {name: seen.digest for name, seen in last.sources.items()}:
        return None
    if os.path.lexists(output / STAGE):  # left by a build that was killed, to be tidied away
        return None
    try:
        if any(closed_folders(output, last.outputs)):
            return None
        outputs = _as_they_are(output, last.outputs)
    except OSError:  # to be told by a build that comes to this file
        return None
    if outputs is None:
        return None
    if (outputs, cache.sources) != (last.outputs, last.sources):
        # Files that were read to find that they are the same need not be read the next time.
        with suppress(Locked, OSError), locked(output, wait=0):
            cache.refresh(outputs)
    return replace(last.outcome, written=PublishResult(unchanged=len(outputs) - 1))


def _as_they_are(output: Path, files: dict[str, Seen]) -> dict[str, Seen] | None:
    """The files with the stamps that they have now; None if one is not what it was."""
    untouched, found = Untouched(output), {}
    for path, seen in files.items():
        if untouched.is_so(path, seen.stamp):
            found[path] = seen
        elif digest_at(output, path) == seen.digest and is_open(output, path):
            found[path] = seen._replace(stamp=stamp_of(f"{output}/{path}") or seen.stamp)
        else:
            return None
    return found
