"""The recipe: files to records, records to a checked site, the site to pages, pages into their folder."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path

from briefing.diagnostics import Diagnostic, Place, Problems
from briefing.link.as_of import as_known_on
from briefing.link.clock import last_recorded
from briefing.link.figures import stale_figures
from briefing.link.review import due_for_review
from briefing.link.site import Site, link
from briefing.read.content import read_content
from briefing.read.places import Locator
from briefing.read.sources import read_bytes
from briefing.read.theme import read_theme
from briefing.render.links import LinkCheck, Made, made
from briefing.render.page import Page
from briefing.render.plan import collisions, plan
from briefing.render.templates import Templates
from briefing.work import spread
from briefing.write.publish import Written, finish, output_folder

Progress = Callable[[list[Page]], Iterable[Page]]


@dataclass(frozen=True, slots=True)
class Request:
    """A site's folder and what the command line says: `strict` makes warnings errors."""

    root: Path
    base_url: str | None = None
    drafts: bool = False
    strict: bool = False
    jobs: int = 1
    as_of: date | None = None


@dataclass(slots=True)
class Run:
    """One run: the problems so far, and what has been made. `written` is set once the output is complete."""

    request: Request
    problems: Problems = field(default_factory=Problems)
    site: Site | None = None
    pages: list[Page] = field(default_factory=list)
    assets: dict[str, bytes] = field(default_factory=dict)
    templates: Templates = field(default_factory=lambda: Templates({}))
    written: Written | None = None

    @property
    def failed(self) -> bool:
        return bool(self.problems.errors or (self.request.strict and self.problems.warnings))

    def diagnostics(self) -> tuple[list[Diagnostic], Locator]:
        """All problems with their places, and what shows the lines they are on."""
        locator = Locator(self.request.root)
        return _in_order([locator.located(problem) for problem in self.problems]), locator


def _in_order(diagnostics: list[Diagnostic]) -> list[Diagnostic]:
    """File by file, in the order they were read, and from top to bottom; then what is due, the oldest first."""
    files = {path: number for number, path in enumerate(dict.fromkeys(str(d.place.path) for d in diagnostics))}

    def key(diagnostic: Diagnostic) -> tuple[bool, int, int, int]:
        place = diagnostic.place
        if diagnostic.code == "review-due" or not isinstance(place, Place):
            return True, 0, 0, 0
        return False, files[place.path], place.line, place.column

    return sorted(diagnostics, key=key)


def build(request: Request, output: Path, progress: Progress | None = None) -> Run:
    """Build the site into `output`. With any error nothing is written but what an earlier build left to be moved.

    Raises EnvironmentProblem where the disk or the state of the output stands in the way.
    """
    finish(request.root, output)
    run = prepare(request)
    if run.site is not None and (today := last_recorded(run.site)):
        run.problems.extend(stale_figures(run.site, today))
    if not run.failed:
        with output_folder(request.root, output) as staging:
            render(run, staging.add, progress)
            if not run.failed:
                run.written = staging.commit()
    return run


def check(request: Request, on: date | None = None, progress: Progress | None = None) -> Run:
    """Everything that `build` checks, and what is due for review on a day. Writes nothing."""
    run = prepare(request)
    if not run.failed:
        render(run, lambda path, data: None, progress)
    if on is not None and run.site is not None:
        run.problems.extend(due_for_review(run.site, on))
        run.problems.extend(stale_figures(run.site, on))
    return run


def prepare(request: Request) -> Run:
    """Everything up to the plan of pages."""
    run = Run(request)
    in_processes = partial(spread, jobs=request.jobs)
    content, run.problems = read_content(request.root, request.drafts, request.as_of, in_processes)
    theme, problems = read_theme(request.root)
    run.problems.extend(problems)
    run.templates = Templates(theme.templates)
    run.problems.extend(run.templates.check())
    if content.config is None:
        return run
    config = content.config
    if request.base_url:
        config = config.model_copy(update={"base_url": request.base_url})
    if request.as_of:
        content, config, problems = as_known_on(content, config, request.as_of)
        run.problems.extend(problems)
    run.site, problems = link(content, config)
    run.site.as_of = request.as_of
    run.problems.extend(problems)
    if run.problems.errors:
        return run
    run.pages = plan(run.site)
    run.assets = theme.assets | _media(run, content.media)
    origins = {path: theme.origins.get(path, f"content/{path}") for path in run.assets}
    run.problems.extend(collisions(run.pages, origins))
    return run


def render(run: Run, keep: Callable[[str, bytes], None], progress: Progress | None = None) -> None:
    """Make every page, hand it to `keep`, and check the links between them all."""
    links = LinkCheck()
    broken: set[object] = set()
    for path, data in run.assets.items():
        keep(path, data)
    results = spread(partial(_make, run.templates), run.pages, run.request.jobs)
    for page, result in zip(progress(run.pages) if progress else run.pages, results, strict=True):
        if isinstance(result, Diagnostic):
            if result.place not in broken:
                run.problems.add(result)
            broken.add(result.place)
            continue
        links.add(page, result)
        keep(page.path, result.data)
    if not run.failed:
        run.problems.extend(links.finish(run.assets))


def _make(templates: Templates, page: Page) -> Made | Diagnostic:
    text = templates.render(page)
    return text if isinstance(text, Diagnostic) else made(page, text)


def _media(run: Run, paths: Iterable[str]) -> dict[str, bytes]:
    media: dict[str, bytes] = {}
    for path in paths:
        data = read_bytes(run.request.root, f"content/{path}")
        if isinstance(data, Diagnostic):
            run.problems.add(data)
        else:
            media[path] = data
    return media
