"""What a signal has left of a site, as its folder tells."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from briefing.interrupts import Interrupted, leaves, undisguised
from briefing.write.journal import JOURNAL
from briefing.write.ownership import MANIFEST, digest_at


@contextmanager
def interruption_explained(output: Path) -> Iterator[None]:
    """Have an interruption of the body say how it has left the output."""
    before = _manifest(output)
    try:
        with undisguised():
            yield
    except Interrupted as end:
        if (output / JOURNAL).exists():
            end.left = "the site was being put in place; the next build completes it"
        elif _manifest(output) == before:
            end.left = "the site is as it was"
        else:
            end.left = "the new site is in place"
        raise
    leaves("the build had ended")


def _manifest(output: Path) -> str | None:
    with suppress(OSError):
        return digest_at(output, MANIFEST)
    return None
