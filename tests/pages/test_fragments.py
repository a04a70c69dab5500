"""What `each` puts on pages: what a loop would, whatever page it is on, and made once; and nothing can forge it."""

import posixpath
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urldefrag

import pytest
from click.testing import CliRunner

from briefing.build import Request, Run, build
from briefing.cli import main
from briefing.diagnostics import Diagnostic
from briefing.link.scope import Scope
from briefing.link.site import LinkedArticle, link
from briefing.model.config import Config
from briefing.pages.page import Context, Page, Section, SiteView
from briefing.read.content import Content
from briefing.theme.fragments import Fragments
from briefing.theme.markup import Href
from briefing.theme.rendering import RenderedPage, Renderer, UnrenderedPage
from briefing.theme.templates import Templates
from briefing.views.listed import Kind, Listed
from briefing.views.phrases import unmarked
from tests.samples import first_of
from tests.sites.desks import Paper, words_of, write_desk
from tests.sites.rich import write_rich_site

FRAME = SiteView(
    *(unmarked("Desk"), None, None, "en", (), (), "en", None, None),
    with_drafts=False,
    is_internal=False,
    base_url="https://example.org/a&b/",
    search="claims",
)
CONFIG = Config(unmarked("Desk"))
SCOPE = link(Content(CONFIG), CONFIG).scope(())
ROW = '<a href="{{ href(thing.path) }}">{{ thing.text }}</a>;'


@dataclass(frozen=True)
class Thing:
    """Something that lists show, with a page of its own; it is its own view."""

    path: str
    text: str = "x"
    scope: Scope = SCOPE

    @property
    def about(self) -> "Thing":
        return self

    @property
    def digest(self) -> bytes:
        return f"{self.path} {self.text}".encode()


def lists(things: Listed, others: Listed) -> Context:
    """What a page is given."""
    return {"things": things, "others": others}


def _no_article(id: str) -> LinkedArticle:
    raise KeyError(id)


class Theme:
    """A theme of a page template and of one for rows; it counts how often a view of each thing is made."""

    def __init__(self, page: str = "{{ each(things) }}", row: str = ROW) -> None:
        self.templates = Templates({"page.html": page, "parts/thing-row.html": row})
        self.kind, self.seen = Kind("thing-row", "thing", self._view), Counter[Thing]()
        self.renderer = Renderer(self.templates, Fragments(self.templates, _no_article), FRAME)

    def _view(self, thing: Thing) -> Thing:
        self.seen[thing] += 1
        return thing

    def made(
        self, path: str, things: Sequence[Thing], others: Sequence[Thing] = (), is_rootless: bool = False
    ) -> RenderedPage | UnrenderedPage:
        context = partial(lists, Listed(self.kind, things), Listed(self.kind, others))
        page = Page(path, "page.html", unmarked("Title"), context, "", is_rootless=is_rootless)
        section = Section(path, lambda page: [page], lambda: page)
        [rendered] = self.renderer.section(section, {}).pages
        return rendered

    def page(self, path: str, things: Sequence[Thing], others: Sequence[Thing] = (), is_rootless: bool = False) -> str:
        rendered = self.made(path, things, others, is_rootless)
        assert isinstance(rendered, RenderedPage), rendered
        assert rendered.data is not None
        return rendered.data.decode()

    def problem(self, things: Sequence[Thing]) -> Diagnostic:
        rendered = self.made("index.html", things)
        assert isinstance(rendered, UnrenderedPage), rendered
        return rendered.problem


# --- Links

TARGETS = [
    "index.html",
    "ledger.html",
    "articles/a.html",
    "articles/a.html#c1",
    "archive/topics/x.html",
    "assets/a&b.css",
]
PAGES = ["index.html", "ledger.html", "articles/a.html", "articles/b.html", "archive/x.html", "archive/topics/x.html"]
THINGS = [Thing(target) for target in TARGETS]


def hrefs(page: str) -> list[str]:
    return [piece.partition('"')[0].replace("&amp;", "&") for piece in page.split('href="')[1:]]


@pytest.mark.parametrize("path", PAGES)
def test_links_lead_to_the_same_place_from_every_page(path: str) -> None:
    theme = Theme()
    for other in PAGES:
        theme.page(other, THINGS)
    rendered = theme.made(path, THINGS)
    assert isinstance(rendered, RenderedPage)
    assert rendered.data
    for href, target in zip(hrefs(rendered.data.decode()), TARGETS, strict=True):
        file, fragment = urldefrag(href)
        place = posixpath.normpath(posixpath.join(posixpath.dirname(path), file)) if file else path
        assert (place, fragment) == (*urldefrag(target),)
    assert list(rendered.targets) == TARGETS


def test_links_of_the_page_without_a_place_begin_at_the_root() -> None:
    theme = Theme('<a href="{{ href("ledger.html") }}"></a>{{ each(things) }}')
    theme.page("articles/a.html", THINGS)
    page = theme.page("404.html", THINGS[1:], is_rootless=True)
    assert "/a&b/" not in page
    assert hrefs(page) == [f"/a&b/{target}" for target in ["ledger.html", *TARGETS[1:]]]


@pytest.mark.parametrize("path", PAGES)
def test_the_words_are_those_of_a_loop(path: str) -> None:
    row = "\n  {% set mark = '!' %}\n<li>{{ thing.text }} " + ROW + "{{ mark }}</li>\n\n"
    things = [Thing(target, 'an "a" & <b>') for target in TARGETS]
    loop = Templates({"row.html": row})
    href = Href(path, None)
    rows = [loop.render("row.html", {"thing": thing, "href": href.to}, path) for thing in things]
    expected = "".join(f"{row.text.strip()}\n" for row in rows if not isinstance(row, Diagnostic))
    assert expected.count("an &#34;a&#34; &amp; &lt;b&gt;") == 2 * len(things)
    assert Theme(row=row).page(path, things) == expected


# --- Lists

ONE, TWO = [Thing("a.html", "one")], [Thing("b.html", "two")]
SHOWN = {"one": '<a href="a.html">one</a>;\n', "two": '<a href="b.html">two</a>;\n'}


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("[{{ each(things) }}|{{ each(others) }}]", "[{one}|{two}]"),
        ("{% set rows = each(things) %}[{{ each(others) }}|{{ rows }}]", "[{two}|{one}]"),
        ("{% set rows = each(things) %}[{{ rows }}|{{ rows }}]", "[{one}|{one}]"),
        ("{% set rows = each(things) %}[{{ each(others) }}]", "[{two}]"),
        ("{% set box %}({{ each(things) }}){% endset %}[{{ each(others) }}{{ box }}]", "[{two}({one})]"),
        (
            "{% macro box(list) %}({{ each(list) }}){% endmacro %}[{{ box(others) }}{{ box(things) }}]",
            "[({two})({one})]",
        ),
        ("[{{ each(things)|indent|trim }}]", "[{one}]"),
        ("[{{ things|length }}{% if not others %}none{% endif %}]", "[1none]"),
    ],
)
def test_a_list_stands_where_and_as_often_as_it_is_put_out(page: str, expected: str) -> None:
    others = [] if "none" in expected else TWO
    assert Theme(page).page("index.html", ONE, others) == expected.format(**SHOWN)


def test_a_list_of_nothing_is_nothing() -> None:
    page = "[{% if each(others) %}some{% else %}none{% endif %}{{ each(others) }}]"
    assert Theme(page).page("index.html", ONE) == "[none]"


def test_the_ids_of_a_list_that_is_put_out_twice_are_there_twice() -> None:
    rendered = Theme("{{ each(things) }}{{ each(things) }}", '<p id="{{ thing.text }}"></p>').made("index.html", ONE)
    assert isinstance(rendered, RenderedPage)
    assert rendered.ids == ("one", "one")


def test_an_item_is_made_once_however_often_a_section_shows_it() -> None:
    theme = Theme("{{ each(things) }}{{ each(things) }}")
    things = [Thing(f"{number}.html", str(number)) for number in range(1201)]
    expected = "".join(f'<a href="{number}.html">{number}</a>;\n' for number in range(1201))
    assert [theme.page(f"p{page}.html", things) for page in range(3)] == [2 * expected] * 3
    new = Thing("new.html", "new")
    assert theme.page("p4.html", [*things[7:9], new]).count("\n") == 6
    shown = Counter(dict.fromkeys(things, 3)) + Counter([*things[7:9], new])
    assert theme.seen == shown, "each page is a section of its own here"


def test_a_row_of_a_claim_is_made_once_for_all_pages_of_a_site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made: Counter[tuple[str, str]] = Counter()
    original = Templates.fragments

    def counted(self: Templates, name: str, variable: str, views: Sequence[Any]) -> object:
        if name in ("parts/claim-row.html", "parts/ledger-row.html"):
            made.update((name, view.ref) for view in views)
        return original(self, name, variable, views)

    monkeypatch.setattr(Templates, "fragments", counted)
    root = write_rich_site(tmp_path / "sources")
    assert not build(Request(root, clean=True), tmp_path / "site").failed
    assert set(made.values()) == {1}
    pages = [path.read_text(encoding="utf-8") for path in (tmp_path / "site").rglob("*.html")]
    rows = [len(re.findall(r'<li data-claim="|<tr data-claim="[^"]+"><td><a href="[^"]+#', page)) for page in pages]
    assert sum(rows) > 2 * len(made) > 20


# --- What is forged

MARKS = "\x01\x02\x03\x04\x05\x06\x07"
TOLD = "it puts out a control character, which no page can hold"


@pytest.mark.parametrize(
    "forged",
    [
        *(rf"{{{{ '\x0{number}' }}}}" for number in range(1, 8)),
        *(f"{{{{ '%c'|format({number}) }}}}" for number in range(1, 8)),
        *(f"{{{{ '{{:c}}'.format({number})|safe }}}}" for number in range(1, 8)),
        r"{{ '\x05a\x05' }}",
        r"{{ '\x06a\x06' }}",
        r"{% call(list) sources() %}{{ list }}{{ '\x06' }}{% endcall %}",
        r"{% call(list) sources() %}{{ list }}{% endcall %}{{ '\x07' }}",
        r"{{ '\x021\x03' }}",
        r"{{ '\x0299999999999999999999999\x03' }}",
        r"{{ '\x02-1\x03' }}{{ '\x02' ~ each(things) }}",
        r"{{ each(things)[:-1] }}",
    ],
)
def test_no_page_can_put_out_what_stands_for_links_and_places(forged: str) -> None:
    problem = Theme("{{ each(things) }}\n" + forged).problem(ONE)
    assert (problem.code, str(problem.place)) == ("template-error", "templates/page.html:1:1")
    assert problem.message == f"{TOLD} (while rendering index.html)"


@pytest.mark.parametrize("number", range(2, 8))
@pytest.mark.parametrize("things", [ONE, [*ONE, *TWO]], ids=["one", "two"])
def test_no_part_can_put_out_what_stands_for_places_and_ends(number: int, things: list[Thing]) -> None:
    problem = Theme(row=ROW + f"{{{{ '%c'|format({number}) }}}}").problem(things)
    assert (problem.code, str(problem.place)) == ("template-error", "templates/parts/thing-row.html:1:1")
    assert problem.message == TOLD


@pytest.mark.parametrize(
    "forged", [r"{{ '\x05a\x05' }}", r"{{ '\x05' }}a{{ '\x05' }}{{ '\x05' }}", r"{{ '\x05\x05' }}"]
)
def test_no_part_can_put_out_the_number_of_a_source_that_it_does_not_cite(forged: str) -> None:
    problem = Theme(row=ROW + forged).problem(ONE)
    assert (problem.code, str(problem.place)) == ("template-error", "templates/parts/thing-row.html:1:1")
    assert problem.message == TOLD


@pytest.mark.parametrize("value", ["thing", "'talks'", "namespace(article='talks')"])
def test_a_source_is_that_of_a_citation(value: str) -> None:
    problem = Theme(row=f"{ROW}\n{{{{ source({value}) }}}}").problem(ONE)
    assert (problem.code, str(problem.place)) == ("template-error", "templates/parts/thing-row.html:2:1")
    assert problem.message.startswith("`source` is given a citation, and not a value of type")


def test_no_list_can_stand_in_what_a_page_shows_of_its_sources() -> None:
    problem = Theme("\n{% call(list) sources() %}{{ each(things) }}{% endcall %}").problem(ONE)
    assert (problem.code, str(problem.place)) == ("template-error", "templates/page.html:2:1")
    assert problem.message.startswith("no list of `each` can stand in what `sources` puts out")


def test_what_stands_for_a_link_in_a_part_makes_the_link_that_href_makes() -> None:
    theme = Theme(row=r"""<a href="{{ '\x01' }}{{ thing.path }}">{{ thing.text }}</a>;""")
    assert theme.page("articles/x.html", ONE) == Theme().page("articles/x.html", ONE)


def test_text_that_looks_like_a_link_or_a_place_stays_text() -> None:
    page = Theme().page("topics/t.html", [Thing("a.html", r"<from here>a {{ each(things) }} \x020\x03 &#2;0&#3;")])
    assert r"&lt;from here&gt;a {{ each(things) }} \x020\x03 &amp;#2;0&amp;#3;" in page


HELD = "[a](https://example.org/%01%02) &#1; &#2;0&#3; &#x4; &#x1d; <b title='&#2;0&#3;'>"


@pytest.mark.parametrize("mark", first_of(6, MARKS))
@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("config.yaml", "title: A{}0\ntopics: [trade]\n"),
        ("config.yaml", 'title: "A\\x0{:x}0"\ntopics: [trade]\n'),
        ("config.yaml", 'title: Desk\ntopics: {{trade: "\\u000{:x}0"}}\n'),
        ("content/articles/talks.md", "---\ntitle: Talks {}\nsource: wire\npublished: 2025-01-05\n---\nThey met.\n"),
        ("content/articles/talks.md", '---\ntitle: "\\x0{:x}"\nsource: wire\npublished: 2025-01-05\n---\nThey met.\n'),
        ("content/articles/talks.md", "---\ntitle: Talks\nsource: wire\npublished: 2025-01-05\n---\nThey {} met.\n"),
        (
            "content/annotations/talks.yaml",
            'claims: [{{id: a, quote: the claim a ends, text: "\\U0000000{:x}", topics: [trade]}}]\n',
        ),
        ("templates/parts/claim-row.html", "<li>{}</li>"),
        ("templates/home.html", "{}"),
        ("templates/words/en.yaml", "nav: {{ledger: A{}0}}\n"),
        ("templates/words/en.yaml", 'nav: {{ledger: "A\\x0{:x}0"}}\n'),
    ],
)
def test_no_file_can_hold_them_and_no_escape_can_bring_them_in(mark: str, file: str, text: str, tmp_path: Path) -> None:
    run = built(tmp_path, {file: text.format(ord(mark) if "{:x}" in text else mark)})
    problems = run.outcome().problems
    assert "bad-characters" in {problem.code for problem in problems}
    assert {str(problem.place).partition(":")[0] for problem in problems if problem.code == "bad-characters"} == {file}
    assert not (tmp_path / "site").exists()


@pytest.mark.parametrize("mark", first_of(4, MARKS))
def test_no_name_of_a_file_and_no_address_can_hold_them(mark: str, tmp_path: Path) -> None:
    for number, file in enumerate(
        [f"content/media/a{mark}0.png", f"content/pages/a{mark}.md", f"templates/a{mark}.html"]
    ):
        run = built(tmp_path / str(number), {file: "---\ntitle: A\n---\n"})
        assert [problem.code for problem in run.problems] == ["bad-id"]
    options = ["-C", str(tmp_path / "0"), "build", "--base-url", f"https://example.org/{mark}0/"]
    ended = CliRunner().invoke(main, options, catch_exceptions=False)
    assert ended.exit_code == 2
    assert "a character that cannot be seen" in ended.output


def test_entities_and_escapes_in_texts_are_no_characters_of_ours(tmp_path: Path) -> None:
    article = (
        f"---\ntitle: 'Talks &#2;0&#3; \\x02'\nsource: wire\npublished: 2025-01-05\n---\nHere {words_of('a')}. {HELD}\n"
    )
    run = built(tmp_path, {"content/articles/talks.md": article})
    assert [problem.message for problem in run.problems] == []
    pages = [path.read_text(encoding="utf-8") for path in (tmp_path / "site").rglob("*.html")]
    assert any("Talks &amp;#2;0&amp;#3; \\x02" in page for page in pages)
    assert not [mark for mark in MARKS for page in pages if mark in page]


def built(root: Path, files: dict[str, str]) -> Run:
    """A build of a small desk with some files in place of its own."""
    return build(Request(write_desk(root, {"talks": Paper("2025-01-05", {"a": {}})}, files)), root / "site")


# --- Mistakes


def test_a_mistake_in_a_part_has_its_line() -> None:
    problem = Theme(row="{# A row. #}\n\n{{ thing.nothing }}").problem(ONE)
    assert (problem.code, str(problem.place)) == ("template-error", "templates/parts/thing-row.html:3:1")
    assert "nothing" in problem.message


@pytest.mark.parametrize(
    ("row", "place"),
    [
        ("\n{% if %}", "templates/parts/thing-row.html:2:1"),
        ("\n{# A row.", "templates/parts/thing-row.html:2:1"),
        ("\n\n{% include 'parts/thing-row.html' %}", "templates/parts/thing-row.html"),
        ("\n{% extends 'page.html' %}", "templates/parts/thing-row.html:2:1"),
        ("\n{{ each([thing]) }}", "templates/parts/thing-row.html:2:1"),
        ("\n{{ 'x' * 10**10 }}", "templates/parts/thing-row.html:2:1"),
        ("\n{{ things }}", "templates/parts/thing-row.html:2:1"),
    ],
)
def test_whatever_is_wrong_with_a_part_is_told_at_its_place(row: str, place: str) -> None:
    problem = Theme(row=row).problem(ONE)
    assert problem.code == "template-error"
    assert str(problem.place).startswith(place)


@pytest.mark.parametrize(
    ("page", "message"),
    [
        ("\n{{ each(site.nav) }}", "`each` puts out what the page has a list of, and not a value of type `tuple`"),
        ("\n{{ each(3) }}", "`each` puts out what the page has a list of, and not a value of type `int`"),
        ("\n{{ each(nowhere) }}", "'nowhere' is undefined"),
    ],
)
def test_what_is_no_list_is_told(page: str, message: str) -> None:
    problem = Theme(page).problem(ONE)
    assert (problem.code, str(problem.place)) == ("template-error", "templates/page.html:2:1")
    assert problem.message.startswith(message)


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_mistake_in_a_part_that_many_pages_show_is_told_once(jobs: int, tmp_path: Path) -> None:
    root = write_rich_site(tmp_path / "sources")
    part = root / "templates/parts/claim-row.html"
    part.parent.mkdir(parents=True, exist_ok=True)
    part.write_text("<li>\n\n{{ claim.nothing }}</li>\n", encoding="utf-8")
    problems = build(Request(root, jobs=jobs), tmp_path / "site").outcome().problems
    assert [(problem.code, str(problem.place)) for problem in problems] == [
        ("template-error", "templates/parts/claim-row.html:3:1")
    ]
    assert not (tmp_path / "site").exists()
