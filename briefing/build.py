"""The recipe: files to records, records to a checked site, the site to pages, pages into their folder."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Any

from briefing.diagnostics import Diagnostic, EnvironmentProblem, Problems
from briefing.fulltext import add_fulltext
from briefing.incremental.cache import PAGES, TEMPLATES, Cache, open_cache
from briefing.incremental.page_cache import PageCache
from briefing.incremental.promises import Promises
from briefing.interrupts import held
from briefing.link.checks import Checks, check_records
from briefing.link.clock import clock_of
from briefing.link.editions import in_edition
from briefing.link.figures import stale_figures
from briefing.link.lists import Lists
from briefing.link.review import due_for_review
from briefing.link.site import Site, connections, link
from briefing.model.config import Config
from briefing.model.digests import digest as digest_of
from briefing.model.registries import REGISTRIES
from briefing.model.words import words_for
from briefing.model.zones import day_in
from briefing.pages.page import File, Page, Section, site_view
from briefing.pages.plan import Plan, collisions, plan
from briefing.pages.previews import check_can_draw, undrawn_previews
from briefing.parallel.here import rendered_here
from briefing.parallel.pool import WORTH_IT, Progress, spread, untold
from briefing.parallel.remote import rendered_remotely
from briefing.read.content import CONFIG, Content, read_content
from briefing.read.places import Locator
from briefing.read.record_places import record_place
from briefing.read.sources import read_media
from briefing.read.theme import check_words, read_theme
from briefing.request import Counts, Outcome, Request, in_order
from briefing.theme.assets import Names, changed_names, names_of, published, with_names
from briefing.theme.fragments import Fragments
from briefing.theme.links import check_links
from briefing.theme.rendering import Keys, RenderedSection, Renderer, UnrenderedPage
from briefing.theme.templates import Templates
from briefing.theme.written_links import Written, check_written_links
from briefing.write.editions import check_edition
from briefing.write.fulltext import FOLDER as INDEX
from briefing.write.ownership import digest_at, read_manifest
from briefing.write.publish import PublishResult, finish, output_folder
from briefing.write.removal import much_removed
from briefing.write.stages import Nowhere, Stage

__all__ = ["Request", "Run", "build", "check", "prepare"]


@dataclass(slots=True)
class Run:
    """One run: the problems so far, and what has been made. `written` is set once the output is complete."""

    request: Request
    problems: Problems = field(default_factory=Problems)
    site: Site | None = None
    counts: Counts | None = None
    facts: bytes = b""
    plan: Plan = field(default_factory=dict)
    assets: dict[str, bytes] = field(default_factory=dict)
    origins: dict[str, str] = field(default_factory=dict)
    templates: Templates = field(default_factory=lambda: Templates({}))
    pages: PageCache = field(default_factory=PageCache)
    promises: Promises = field(default_factory=lambda: Promises(Path(), ()))
    written: PublishResult | None = None

    @property
    def failed(self) -> bool:
        return bool(self.problems.errors or (self.request.strict and self.problems.warnings))

    @property
    def withholds(self) -> bool:
        """Whether there are internal records, which are not in it."""
        return self.site is not None and self.site.content.withheld is not None

    def outcome(self) -> Outcome:
        """What there is to tell of it."""
        locator = Locator(self.request.root)
        problems = in_order([locator.located(problem) for problem in self.problems])
        return Outcome(tuple(problems), self.failed, self.counts, self.written)


def _counts(site: Site) -> Counts:
    forward = [linked.is_open for linked in site.claims.values() if linked.is_forward]
    return Counts(len(site.claims), sum(forward), len(forward) - sum(forward))


def build(
    request: Request,
    output: Path,
    progress: Progress = untold,
    cache: Cache | None = None,
    executor: Executor | None = None,
) -> Run:
    """Build the site into `output`. With any error nothing is written but what an earlier build left to be moved.

    The executor makes the pages where they are many; without one, as many processes as the request says.
    Raises EnvironmentProblem where the disk or the state of the output stands in the way.
    """
    finish(request.root, output)
    check_edition(output, request.internal)
    cache = cache or open_cache(request, output)
    run = _checked(request, cache, progress)
    if not run.failed:
        with output_folder(request.root, output, cache.outputs, request.adopt, request.internal) as staging:
            render(run, staging, progress, executor)
            if not run.failed:
                add_fulltext(run.site, run.pages, staging, cache)
            _check_removal(run, staging.published, staging.files)
            if not run.failed:
                progress("Writing", (), 0)
                run.written = staging.commit()
                kept = {PAGES: run.pages.data, TEMPLATES: run.templates.codes}
                with held():
                    cache.save(output, staging.listed(), staging.untouched, run.outcome(), kept)
    elif not run.problems.errors:
        render(run, Nowhere(), progress)  # for what else is wrong
    return run


def _checked(request: Request, cache: Cache, progress: Progress = untold) -> Run:
    """What is to be built, with the figures that have grown old by the newest day in the records."""
    run = prepare(request, cache, progress)
    if run.site is not None:
        run.problems.extend(cache.once("stale figures", run.facts, partial(_stale, run.site)))
    return run


def _check_removal(run: Run, published: Collection[str], planned: Collection[str]) -> None:
    """Have much of a site removed only if that is what is asked for."""
    removed = None if run.failed or run.request.allow_removal else much_removed(published, planned)
    run.problems.extend([removed] if removed else [])


def _stale(site: Site) -> list[Diagnostic]:
    today = site.clock.day
    return list(stale_figures(site, today)) if today else []


def check(
    request: Request,
    on: date | None = None,
    progress: Progress = untold,
    now: datetime | None = None,
    cache: Cache | None = None,
) -> Run:
    """Everything that `build` checks, and what is due for review on a day: that of the edition, or that of `now`
    where the site is. Writes nothing."""
    run = prepare(request, cache or open_cache(request, request.output), progress)
    if not run.problems.errors:
        render(run, Nowhere(), progress)
    if run.site is not None and now is not None:
        on = on or request.as_of or day_in(run.site.config.timezone, now)
    if run.site is not None and on is not None:
        run.problems.extend(due_for_review(run.site, on))
        run.problems.extend(stale_figures(run.site, on))
    return run


def verify(request: Request, output: Path, outcome: Outcome) -> list[str]:
    """What a build has left or told that a clean one would not: the paths of files, or a word for what it told."""
    clean = replace(request, clean=True)
    run, expected = _checked(clean, open_cache(clean, output)), Nowhere()
    try:
        published = read_manifest(output)
        if not run.problems.errors:
            render(run, expected)
        if not run.failed:
            _check_removal(run, published, expected.files)
        told = replace(outcome, written=None) == run.outcome()
        files = expected.files.keys() | published.keys() if not run.failed else ()
        ours = sorted(path for path in files if not path.startswith(INDEX))  # Pagefind's files are not made again
        wrong = [path for path in ours if digest_at(output, path) != expected.files.get(path)]
    except OSError as error:
        raise EnvironmentProblem.of(error, output) from error
    return wrong if told else [*wrong, "its messages"]


def prepare(request: Request, cache: Cache, progress: Progress = untold) -> Run:
    """Everything up to the plan of pages."""
    run = Run(request)
    reading = cache.remembering(partial(spread, jobs=request.jobs, progress=progress))
    content, run.problems = read_content(request.root, request.edition, reading)
    config = content.config
    if config is not None:
        content, config, problems = in_edition(content, config, request.base_url)
        run.problems.extend(problems)
    theme, problems = read_theme(request.root)
    run.problems.extend(problems)
    media, problems = read_media(request.root, content.media)
    run.problems.extend(problems)
    run.assets = theme.assets | media
    run.origins = {path: content.media.get(path) or theme.origins[path] for path in run.assets}
    language = config.language if config else "en"
    run.problems.extend(check_words(theme, language, CONFIG))
    words = words_for(language, theme.words)
    run.templates = Templates(theme.templates, cache.kept(TEMPLATES), words)
    run.problems.extend(run.templates.check())
    if config is None:
        return run
    progress("Checking", (), 0)
    run.facts = facts_of(content, config, request.as_of)
    run.pages = PageCache.of(cache.kept(PAGES))
    is_promising = request.as_of is None and not request.internal
    run.promises = Promises.of(request.root, cache.sources if is_promising else {}, config.gone)
    run.problems.extend(run.promises.faults(run.pages))
    connected = cache.once("connections", run.facts, partial(connections, content))
    clock = cache.once("clock", run.facts, lambda: clock_of(content.articles.values(), request.as_of))
    run.site = link(content, config, request.as_of, connected, clock, words)
    run.problems.extend(cache.once("checks", run.facts, partial(_checks, run, cache)).all)
    run.counts = cache.once("counts", run.facts, partial(_counts, run.site))
    if run.problems.errors:
        run.problems.extend(_written_links(run))
    else:
        check_can_draw(config)
        said = digest_of((run.facts, words.digest))
        run.problems.extend(cache.once("previews", said, partial(undrawn_previews, run.site)))
        run.plan = plan(Lists(run.site))
    return run


def _checks(run: Run, cache: Cache) -> Checks:
    """What is wrong with the records, without looking again at articles of which nothing is another than it was."""
    assert run.site is not None
    before, site = cache.before("checks"), run.site
    if not isinstance(before, Checks):
        return check_records(site.content, site.config)
    kept = run.pages.kept
    same = {article.id for article in site.articles if kept.get(article.id, (b"",))[0] == article.digest}
    return check_records(site.content, site.config, before, same)


def render(run: Run, stage: Stage, progress: Progress = untold, executor: Executor | None = None) -> None:
    """Make every page that is not there already just as it would be, and check the links between them all."""
    assert run.site is not None
    site, cache, names = run.site, run.pages, names_of(run.assets)
    changed, base_url = changed_names(cache.names, names), site.config.base_url
    for path, data in published(run.assets, names).items():
        stage.add(path, data)
    fragments = Fragments(run.templates, site.article)
    renderer = Renderer(run.templates, fragments, site_view(site))
    are_same = (run.facts, renderer.theme) == (cache.facts, cache.theme)
    if renderer.theme == cache.theme:
        fragments.remember(cache.kept)

    there = stage.there(cache.digests).difference(run.assets)
    outdated = cache.outdated(run.plan, run.facts, renderer.theme, run.templates.digest, there)
    for path in cache.pages:
        _keep(path, stage, cache, changed, base_url)
    results = _rendered(run, renderer, outdated, cache.keys(there), executor)
    broken: dict[str, Diagnostic] = {}
    for _, rendered in progress("Rendering", zip(outdated, results, strict=True), len(outdated)):
        for page in rendered.pages:
            if isinstance(page, UnrenderedPage):
                broken.setdefault(rendered.name, page.problem)
            elif page.path in cache.pages or page.path in run.assets:
                cache.add_collision(rendered.name, page)
            elif page.data is None:
                cache.add_same(rendered.name, page)
                _keep(page.path, stage, cache, changed, base_url)
            else:
                cache.add(rendered.name, page, stage.add(page.path, with_names(page.path, page.data, names, base_url)))
    progress("Checking links", (), 0)
    # A template's mistake is told once, of the first page that shows it.
    told: dict[object, Diagnostic] = {}
    for section in outdated:
        if section.name in broken:
            told.setdefault(broken[section.name].place, broken[section.name])
    run.problems.extend(told.values())
    if run.problems.errors:
        run.problems.extend(_written_links(run))
    else:
        run.problems.extend(collisions(run.plan, [*cache.paths(), *cache.twice], run.origins))
        run.problems.extend(check_links(cache.paths(), partial(_page_at, run), cache, run.assets))
        run.problems.extend(run.promises.problems(cache, partial(record_place, site.content)))
    cache.names = names
    cache.finish(run.assets, run.templates.digest, cache.kept if are_same else fragments.kept(site.articles))


def _keep(path: str, stage: Stage, cache: PageCache, changed: Names, base_url: str | None) -> None:
    """Leave a page as it is, but for the names of assets that have changed."""
    known = cache.digest_of(path)
    if changed and path.endswith(".html"):
        again = partial(with_names, path, names=changed, base_url=base_url)
        cache.put_digest(path, stage.change(path, known, again))
    else:
        stage.keep(path, known)


def _page_at(run: Run, path: str) -> Page | File:
    pages = run.plan[run.pages.section_of(path)].planned()
    return next(page for page in pages if page.path == path)


def _written_links(run: Run) -> list[Diagnostic]:
    """What can be said of links and promised addresses where pages cannot be made."""
    assert run.site is not None
    content, topics = run.site.content, run.site.config.topics
    wrong = {problem.place.path for problem in run.problems if problem.severity == "error"}
    written = Written(content, topics, [*run.assets, *content.media], wrong)
    return [*check_written_links(written), *run.promises.surely_lost(written, run.pages)]


def _rendered(
    run: Run, renderer: Renderer, sections: Sequence[Section[Any]], keys: Mapping[str, Keys], executor: Executor | None
) -> Iterator[RenderedSection]:
    """The sections as they come."""
    if executor is None or run.site is None or len(sections) < WORTH_IT:
        return rendered_here(renderer, sections, keys, run.request.jobs)
    return rendered_remotely(executor, run.site, run.templates, [section.name for section in sections])


def facts_of(content: Content, config: Config, as_of: date | None) -> bytes:
    """The digest of all records; of an article its head and its claims, but not its text."""
    articles = [file.digest for file in content.articles.values()]
    files = (content.summits, content.topics, content.pages)
    registries = tuple(getattr(content, name) for name in REGISTRIES)
    known = (content.files, content.known, content.drafts, content.edition, content.fonts)
    # What is withheld has no part in pages, but in what is told of those that name it.
    withheld = facts_of(content.withheld, config, as_of) if content.withheld else b""
    return digest_of(articles, files, registries, known, config, as_of, withheld)
