"""The recipe of `briefing urls accept`: the addresses that a site has now are promised, with those that it had."""

from collections.abc import Iterator
from dataclasses import dataclass

from briefing.build import Run, check
from briefing.incremental.cache import Cache
from briefing.model.addresses import FIGURES, is_promised, page_path
from briefing.parallel.pool import Progress, untold
from briefing.read.folders import URLS
from briefing.read.urls import read_urls, urls_bytes
from briefing.request import Outcome, Request
from briefing.write.additions import change, write_new


@dataclass(frozen=True, slots=True)
class Accepted:
    """What was found: the problems; the addresses that were not promised before, and how many there are now."""

    outcome: Outcome
    new: tuple[str, ...] = ()
    count: int = 0


def accept(request: Request, cache: Cache, progress: Progress = untold, write: bool = True) -> Accepted:
    """Promise all addresses of the site, if nothing is wrong with it, and `write` them down.

    Nothing that was promised is taken back: that is done by hand, in the file.
    Raises EnvironmentProblem where the file cannot be written.
    """
    run = check(request, progress=progress, cache=cache)
    outcome = run.outcome()
    errors = {problem.code for problem in run.problems if problem.severity == "error"}
    # Where all that is wrong is that addresses would be lost, the new ones tell what they may be now.
    if run.failed and (write or errors != {"address-lost"}):
        return Accepted(outcome)
    root = request.root
    before = read_urls(root)[0] if run.promises.key else None
    promised = before.addresses if before else frozenset()
    found = frozenset(published(run))
    data = urls_bytes(promised | found)
    new = Accepted(outcome, tuple(sorted(found - promised)), len(found | promised))
    if not write:
        return new
    if before is None:
        write_new(root, {URLS: data})
    elif (old := (root / URLS).read_bytes()) != data:
        change(root, URLS, old, data)
    return new


def published(run: Run) -> Iterator[str]:
    """The addresses of a site of which all pages were made, that are to last; not those of what is gone."""
    assert run.site is not None
    pages, gone = run.pages, {one.address for one in run.site.config.gone}
    yield from (path for path in pages.pages if is_promised(path) and path not in gone)
    for id, file in run.site.content.articles.items():
        path = page_path("articles", id)
        ids = frozenset(pages.ids_of(path))
        for anchored in file.claims:
            names = (anchored.id, *anchored.claim.former_ids)
            yield from (f"{path}#{name}" for name in names if name in ids)
    yield from (f"{FIGURES}#{id}" for id in pages.ids_of(FIGURES) if id.startswith("measure_"))
