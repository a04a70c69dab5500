"""A site kept in memory. After an edit only what it touches is read and linked again, and a page is made when it is
asked for. What it gives for a path is what a build would write there."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from briefing.diagnostics import Diagnostic
from briefing.file_state import stamp_of
from briefing.link.clock import Clock
from briefing.link.editions import in_edition
from briefing.link.lists import Lists
from briefing.link.published import check_published
from briefing.link.references import References
from briefing.link.relinking import changes_since, look_up, relinked
from briefing.link.site import LinkedArticle, Site, connections, link
from briefing.model.config import Config
from briefing.model.words import Words, words_for
from briefing.pages.page import File, Page, Section, site_view
from briefing.pages.plan import PageKind, sections_for
from briefing.parallel.pool import spread
from briefing.read.articles import ArticleFile, ArticleJob
from briefing.read.content import CONFIG, Content, Listing, list_content, read_content
from briefing.read.folders import TEMPLATES
from briefing.read.sources import read_published
from briefing.read.theme import check_words, read_theme
from briefing.request import Request
from briefing.theme.assets import names_of, published, with_names
from briefing.theme.fragments import Fragments
from briefing.theme.rendering import Renderer, UnrenderedPage
from briefing.theme.templates import Templates


class _Readings:
    """What was read, by the first file of each job, until one of the files of that is another."""

    def __init__(self, jobs: int) -> None:
        self.jobs = jobs
        self._read: dict[str, Any] = {}
        self._first: dict[str, str] = {}  # of the files that are read together

    def forget(self, paths: Iterable[str]) -> None:
        """Have some files read again."""
        for path in paths:
            self._read.pop(self._first.get(path, path), None)

    def spread(self, function: Callable[[Any], Any], items: Sequence[Any], /) -> list[Any]:
        """The function's results for all items, in their order."""
        missing = [item for item in items if not self._is_known(item)]
        for item, result in zip(missing, spread(function, missing, self.jobs), strict=True):
            self._read[item.path] = result
            self._first.update(dict.fromkeys(item.files, item.path))
        return [self._read[item.path] for item in items]

    def _is_known(self, item: Any) -> bool:
        found = self._read.get(item.path)
        return found is not None and (found.job is item or found.job == item)


class Resident:
    """A site, loaded by the first refresh. `problems` are those of its files, each on its own, of references and of
    templates. Records with an error among them stay as they were, and templates too."""

    def __init__(self, request: Request) -> None:
        """Read the site that is asked for."""
        self.request = request
        self._readings = _Readings(request.jobs)
        self._listing: Listing | None = None
        self._recorded: dict[str, tuple[ArticleFile, date]] = {}
        self._lists: Lists | None = None
        self._sections: dict[str, tuple[PageKind, str]] = {}  # by the paths of pages that were found
        self._media: Mapping[str, str] = {}
        self._renderer: Renderer | None = None
        self._language = "en"
        self._read_theme()
        self._templates = Templates({})
        self._fragments = Fragments(self._templates, self._article)
        self._read_content([])
        self._make_templates()
        if self._lists is not None:
            look_up(self._lists.site)
        # From now on there may be other threads, of which a fork would keep the locks and lose the rest.
        self._readings.jobs = 1

    @property
    def problems(self) -> list[Diagnostic]:
        """What is wrong now."""
        return [*self._of_content, *self._of_theme]

    @property
    def is_loaded(self) -> bool:
        """Whether there has been a site without errors."""
        return self._lists is not None

    @property
    def site(self) -> Site | None:
        """The site as it was when it was last without errors."""
        return self._lists.site if self._lists else None

    def job(self, article: str) -> ArticleJob | None:
        """The files of an article, by its id."""
        jobs = self._listing.articles if self._listing else []
        return next((job for job in jobs if job.id == article), None)

    @property
    def base_url(self) -> str | None:
        """Where the site will stand, as far as that is known."""
        return self._lists.site.config.base_url if self._lists else None

    def refresh(self, paths: Sequence[str]) -> None:
        """Take notice of files that have changed, by their paths in the site's folder."""
        content = [path for path in paths if not path.startswith(f"{TEMPLATES}/")]
        words, templates, told = self._words(), self._theme.templates, self._of_theme
        if len(content) < len(paths):
            self._read_theme()
        if content or self._words().digest != words.digest:
            self._read_content(content)
        # A saved style sheet leaves all that has been made of templates as it is, unless there is something to tell.
        if (self._theme.templates, self._words().digest) != (templates, words.digest) or told or self._of_theme:
            self._make_templates()

    def _read_theme(self) -> None:
        self._theme, self._of_theme = read_theme(self.request.root)
        self._asset_names = names_of(self._theme.assets)
        self._assets = published(self._theme.assets, self._asset_names)

    def _words(self) -> Words:
        return words_for(self._language, self._theme.words)

    def _make_templates(self) -> None:
        templates = Templates(self._theme.templates, words=self._words())
        self._of_theme = [*self._of_theme, *templates.check()]
        if not _has_errors(self._of_theme):
            self._templates, self._fragments, self._renderer = templates, Fragments(templates, self._article), None

    def _read_content(self, paths: Sequence[str]) -> None:
        root, request = self.request.root, self.request
        self._readings.forget(paths)
        if self._listing is None or not all(self._is_listed(path) for path in paths):
            self._listing = list_content(root)
        content, problems = read_content(root, request.edition, self._readings.spread, self._listing)
        self._of_content, config = list(problems), content.config
        if config is not None:
            content, config, of_edition = in_edition(content, config, request.base_url)
            self._of_content += of_edition
            if not _has_errors(self._of_content):
                self._link(content, config)

    def _is_listed(self, path: str) -> bool:
        """Whether a file is known, and still there."""
        is_known = path == CONFIG or (self._listing is not None and path in self._listing.files)
        return is_known and stamp_of(self.request.root / path) is not None

    def _link(self, content: Content, config: Config) -> None:
        """Link the site again, if every reference leads to a record."""
        found, as_of, last = connections(content), self.request.as_of, self._lists
        clock = Clock(as_of or max(map(self._newest, content.articles.values()), default=None))
        words = words_for(config.language, self._theme.words)
        self._of_content += check_words(self._theme, config.language, CONFIG)
        changes = changes_since(last.site, content, config, found) if last else None
        references = References(content, config)
        self._of_content += [*references.check_site(), *check_published(content)]
        for id in content.articles.keys() & changes.unsure if changes else content.articles:
            self._of_content += references.check_article(content.articles[id])
        if _has_errors(self._of_content):
            return
        if changes is None:
            site = link(content, config, as_of, found, clock, words)
        else:
            site = relinked(changes, content, config, as_of, found, clock, words)
        self._lists, self._renderer, self._language = Lists(site), None, config.language
        self._media = content.media

    def _newest(self, file: ArticleFile) -> date:
        """The newest day on which anything of an article was recorded."""
        known = self._recorded.get(file.id)
        if known is None or known[0] is not file:
            known = self._recorded[file.id] = file, file.recorded
        return known[1]

    def _article(self, id: str) -> LinkedArticle:
        assert self._lists is not None
        return self._lists.site.article(id)

    def page(self, path: str) -> bytes | Diagnostic | None:
        """A page as it is now; what is wrong with its template; or None where there is no such page."""
        page = self._found(self._lists, path) if self._lists else None
        if page is None or self._lists is None:
            return None
        if self._renderer is None:
            self._renderer = Renderer(self._templates, self._fragments, site_view(self._lists.site))
        made = self._renderer.page(page)
        if isinstance(made, UnrenderedPage):
            return made.problem
        return with_names(path, made.data or b"", self._asset_names, self.base_url)

    def file(self, path: str) -> bytes | Diagnostic | None:
        """What a build would write at a path: a page, or a file of the theme or of the media as it is."""
        if path in self._assets:
            return self._assets[path]
        if path in self._media:
            return read_published(self.request.root, self._media[path])
        return self.page(path)

    def _found(self, lists: Lists, path: str) -> Page | File | None:
        """The page at a path: in the section that had it before, or else in one that may have it."""
        if path in self._sections:
            kind, name = self._sections[path]
            section = next((section for section in kind.sections(lists) if section.name == name), None)
            page = _page_of(section, path)
            if page is not None:
                return page
        for kind, section in sections_for(lists, path):
            page = _page_of(section, path)
            if page is not None:
                self._sections[path] = (kind, section.name)
                return page
        return None


def _page_of(section: Section[Any] | None, path: str) -> Page | File | None:
    return next((page for page in section.planned() if page.path == path), None) if section else None


def _has_errors(problems: Iterable[Diagnostic]) -> bool:
    return any(problem.severity == "error" for problem in problems)
