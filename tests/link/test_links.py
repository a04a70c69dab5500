"""Links: between records, between claims, and between the pages made of them."""

import posixpath
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.build import Request, Run, check, prepare
from briefing.diagnostics import Location
from briefing.incremental.cache import open_cache
from briefing.link.circles import circles as circles_of
from briefing.link.review import due_for_review
from briefing.link.site import Site, curated
from briefing.model.addresses import content_page, page_path, relative
from tests.samples import first_of

# Paths of pages


PARTS = st.sampled_from(["a", "b", "index", "会談", "a-b"])
PATHS = st.lists(PARTS, min_size=1, max_size=3).map(lambda parts: "/".join(parts) + ".html")


@given(PATHS, PATHS, st.sampled_from(["", "#x", "#s-会"]))
def test_a_relative_link_leads_where_it_should(page: str, target: str, fragment: str) -> None:
    link = relative(page, target + fragment)
    path, mark, _ = link.partition("#")
    resolved = posixpath.normpath(posixpath.join(posixpath.dirname(page), path)) if path else page
    assert resolved == target
    assert link.endswith(fragment)
    assert not link.startswith("/")
    assert bool(mark) == bool(fragment)


@pytest.mark.parametrize(
    ("path", "page"),
    [
        ("content/articles/talks.md", "articles/talks.html"),
        ("content/summits/tokyo.md", "summits/tokyo.html"),
        ("content/topics/trade.md", "topics/trade.html"),
        ("content/pages/about.md", "about.html"),
        ("content/media/notes.md", None),
        ("content/annotations/talks.yaml", None),
        ("content/articles/2025/talks.md", "articles/talks.html"),
        ("content/articles/talks.txt", None),
        ("articles/talks.md", None),
        ("README.md", None),
    ],
)
def test_a_content_file_has_the_page_of_its_record(path: str, page: str | None) -> None:
    assert content_page(path) == page


# Circles


GRAPHS = st.dictionaries(
    st.sampled_from("abcdefg"), st.lists(st.sampled_from("abcdefgz"), unique=True, max_size=3), max_size=7
)


def has_circle(edges: Mapping[str, list[str]]) -> bool:
    """Whether taking away what leads nowhere, again and again, leaves something."""
    left = {id: set(targets) for id, targets in edges.items()}
    while ends := [id for id, targets in left.items() if not targets & left.keys()]:
        for id in ends:
            del left[id]
    return bool(left)


@given(GRAPHS)
def test_a_circle_is_told_exactly_where_there_is_one(edges: dict[str, list[str]]) -> None:
    circles = circles_of(edges)
    assert bool(circles) == has_circle(edges)
    for circle in circles:
        assert circle[0] == min(circle)
        assert len(set(circle)) == len(circle)
        assert all(other in edges[one] for one, other in zip(circle, [*circle[1:], circle[0]], strict=True))


def test_long_chains_are_followed_without_recursion() -> None:
    chain = {f"{number:05}": [f"{number + 1:05}"] for number in range(5000)}
    assert circles_of(chain) == []
    assert [len(circle) for circle in circles_of({**chain, "05000": ["00000"]})] == [5001]


# Sites


FILES = {
    "config.yaml": "title: Test\ntopics: [defense, trade]\n",
    "content/sources.yaml": "gazette: {name: Gazette}\n",
    "content/articles/one.md": (
        "---\ntitle: One\nsource: gazette\npublished: 2025-02-05\nsummits: [tokyo]\n---\n"
        "The two leaders will meet. They will sign a pact. They may trade more.\n"
    ),
    "content/summits/tokyo.md": "---\ntitle: Tokyo\nstart: 2025-02-07\nstatus: held\n---\n",
}


def write(folder: Path, **annotations: str) -> None:
    for path, text in FILES.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    (folder / "content/annotations").mkdir()
    for name, text in annotations.items():
        (folder / f"content/annotations/{name}.yaml").write_text(text, encoding="utf-8")


def site_of(folder: Path) -> Site:
    request = Request(folder)
    run = prepare(request, open_cache(request, folder / "site"))
    assert list(run.problems) == []
    assert run.site is not None
    return run.site


def errors_of(folder: Path, drafts: bool = False) -> list[tuple[str, str]]:
    run = check(Request(folder, drafts=drafts))
    return [(problem.code, str(problem.place)) for problem in run.outcome().problems]


def test_a_claim_belongs_to_its_own_summit_then_the_file_s_then_the_article_s(tmp_path: Path) -> None:
    for summit in ("seoul", "delhi"):
        path = tmp_path / f"content/summits/{summit}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"---\ntitle: {summit}\nstart: 2025-03\n---\n", encoding="utf-8")
    write(tmp_path, one="claims:\n  - {quote: will meet, topics: [trade]}\n")
    assert site_of(tmp_path).claims["one#will-meet"].summit == "tokyo"
    file = tmp_path / "content/annotations/one.yaml"
    file.write_text("summit: seoul\nclaims:\n  - {quote: will meet, topics: [trade]}\n", encoding="utf-8")
    assert site_of(tmp_path).claims["one#will-meet"].summit == "seoul"
    file.write_text(
        "summit: seoul\nclaims:\n  - {quote: will meet, topics: [trade], summit: delhi}\n", encoding="utf-8"
    )
    site = site_of(tmp_path)
    assert [linked.ref for linked in site.by_summit["delhi"]] == ["one#will-meet"]
    assert site.by_summit.get("seoul", []) == []


def test_claims_are_listed_by_topic_and_numbered_as_they_stand(tmp_path: Path) -> None:
    claims = [("sign a pact", "[trade, defense]"), ("two leaders", "[trade]"), ("may trade more", "[trade]")]
    write(tmp_path, one="claims:\n" + "".join(f"  - {{quote: {q}, topics: {t}}}\n" for q, t in claims))
    site = site_of(tmp_path)
    expected = [("two-leaders", 1), ("sign-a-pact", 2), ("may-trade-more", 3)]
    assert [(c.anchored.id, c.anchored.number) for c in site.by_topic["trade"]] == expected
    assert [c.anchored.id for c in site.by_topic["defense"]] == ["sign-a-pact"]
    assert [c.anchored.id for c in curated(site.by_topic["trade"], ["one#two-leaders"])] == [
        "sign-a-pact",
        "may-trade-more",
    ]


def test_articles_and_summits_are_listed_newest_first(tmp_path: Path) -> None:
    write(tmp_path)
    days = {"a": "2025-02-05", "b": "2025-02-06", "c": "2025-02-05T10:00Z", "d": "2025-02-05T18:00+09:00", "e": "2025"}
    for id, day in days.items():
        article = f"---\ntitle: {id}\nsource: gazette\npublished: {day}\n---\nText.\n"
        (tmp_path / f"content/articles/{id}.md").write_text(article, encoding="utf-8")
        summit = f"---\ntitle: {id}\nstart: {day}\n---\n"
        (tmp_path / f"content/summits/{id}.md").write_text(summit, encoding="utf-8")
    site = site_of(tmp_path)
    # 18:00 in Tokyo is 09:00 UTC, before 10:00 UTC.
    assert [article.id for article in site.articles] == ["b", "c", "d", "a", "one", "e"]
    assert [id for id in site.summits if id in "abcd"] == ["b", "c", "d", "a"]


def test_a_site_without_any_article_builds(tmp_path: Path) -> None:
    (tmp_path / "config.yaml").write_text("title: Empty\n", encoding="utf-8")
    (tmp_path / "content").mkdir()
    (tmp_path / "content/sources.yaml").write_text("gazette: {name: Gazette}\n", encoding="utf-8")
    assert errors_of(tmp_path) == []


@pytest.mark.parametrize(
    ("id", "path", "text"),
    [
        ("japan", "content/places.yaml", "japan: {name: Japan}\n"),
        ("nato", "content/organizations.yaml", "nato: {name: NATO}\n"),
        ("ishiba", "content/people.yaml", "ishiba: {name: Ishiba}\n"),
        ("gazette", "content/sources.yaml", "gazette: {name: Gazette}\n"),
    ],
)
def test_a_claim_can_be_about_any_registered_thing(id: str, path: str, text: str, tmp_path: Path) -> None:
    write(tmp_path, one=f"claims:\n  - {{quote: will meet, topics: [trade], about: [{id}]}}\n")
    (tmp_path / path).write_text(text, encoding="utf-8")
    assert errors_of(tmp_path) == []


def test_a_place_cannot_be_the_voice_of_a_claim(tmp_path: Path) -> None:
    write(tmp_path, one="claims:\n  - {quote: will meet, topics: [trade], attribution: [{by: japan}]}\n")
    (tmp_path / "content/places.yaml").write_text("japan: {name: Japan}\n", encoding="utf-8")
    assert errors_of(tmp_path) == [("dangling-reference", "content/annotations/one.yaml:2:60")]


def test_the_page_of_a_topic_does_not_make_it_one(tmp_path: Path) -> None:
    write(tmp_path, one="claims:\n  - {quote: will meet, topics: [health]}\n")
    (tmp_path / "content/topics").mkdir()
    (tmp_path / "content/topics/health.md").write_text("---\ntitle: Health\n---\n", encoding="utf-8")
    assert errors_of(tmp_path) == [
        ("dangling-reference", "content/topics/health.md:2:1"),
        ("dangling-reference", "content/annotations/one.yaml:2:33"),
    ]


def test_drafts_can_be_referred_to_in_a_build_with_drafts(tmp_path: Path) -> None:
    write(
        tmp_path,
        one="claims:\n"
        "  - {quote: will meet, topics: [trade], draft: true}\n"
        "  - {quote: sign a pact, topics: [trade], relations: [{type: updates, to: one#will-meet}]}\n",
    )
    assert errors_of(tmp_path) == [("draft-reference", "content/annotations/one.yaml:3:75")]
    assert errors_of(tmp_path, drafts=True) == []


@pytest.mark.parametrize(
    ("path", "text", "code"),
    [
        pytest.param("content/sources.yaml", "gazette: {name: [x]}\n", "wrong-type", id="entry that is wrong"),
        pytest.param("content/sources.yaml", "gazette: {name: x\n", "bad-yaml", id="registry that cannot be read"),
        pytest.param("content/sources.yaml", "- gazette\n", "wrong-type", id="registry that is a list"),
        pytest.param("content/sources.yaml", "gazette:\n", "missing-key", id="entry without anything"),
        pytest.param("content/summits/tokyo.md", "no front matter\n", "front-matter", id="summit without front matter"),
        pytest.param("content/summits/tokyo.md", "---\ntitle: x\n---\n", "missing-key", id="summit without a date"),
    ],
)
def test_what_cannot_be_read_is_not_called_missing_too(path: str, text: str, code: str, tmp_path: Path) -> None:
    write(tmp_path, one="claims:\n  - {quote: will meet, topics: [trade]}\n")
    (tmp_path / path).write_text(text, encoding="utf-8")
    assert [found for found, _ in errors_of(tmp_path)] == [code]


def test_claims_of_an_article_that_cannot_be_read_are_not_called_missing_too(tmp_path: Path) -> None:
    relation = "relations: [{type: updates, to: one#will-meet}]"
    write(
        tmp_path,
        one="claims:\n  - {quote: will meet, topics: [trade]\n",
        two=f"claims:\n  - {{quote: Another text, topics: [trade], {relation}}}\n",
    )
    two = FILES["content/articles/one.md"].replace("The two", "Another text. The two")
    (tmp_path / "content/articles/two.md").write_text(two, encoding="utf-8")
    assert [code for code, _ in errors_of(tmp_path)] == ["bad-yaml"]


def test_problems_are_told_file_by_file_from_top_to_bottom(tmp_path: Path) -> None:
    write(
        tmp_path,
        one="claims:\n"
        "  - {quote: They may trade, topics: [trad], about: [x]}\n"
        "  - {quote: never said, topics: [trade]}\n"
        "  - {quote: will meet, topics: [trade], history: [{status: fulfilled, on: 2025, why: x}]}\n",
    )
    places = [place.rpartition(":")[0] for _, place in errors_of(tmp_path)]
    assert places == [f"content/annotations/one.yaml:{line}" for line in (2, 2, 3, 4, 4)]


def test_a_broken_link_is_told_for_every_page_that_has_it(tmp_path: Path) -> None:
    write(tmp_path)
    (tmp_path / "content/pages").mkdir()
    for name in ("about", "method"):
        text = f"---\ntitle: {name}\n---\nSee [it](../articles/two.md),\n\nand [again](../articles/two.md).\n"
        (tmp_path / f"content/pages/{name}.md").write_text(text, encoding="utf-8")
    lines = [(code, place.rpartition(":")[0]) for code, place in errors_of(tmp_path)]
    assert lines == [("bad-link", f"content/pages/{name}.md:{line}") for name in ("about", "method") for line in (4, 6)]


PROSE = """\
Text `code
on two lines` and [a](/articles/).

- ![b](../media/b.png), [c](</./c d>)
  and [d][ref] on the
  second line, [![e](e.md)](f.md)

> | g | h |
> |---|---|
> | see [x](/x//y) | [x](/x//y) |

A note^[with [i](i.md)] and another[^1], [j](
/j) and, behind it, [k](/k).

[^1]: Says [l](../topics/../l.md), [ref] too. [m](#s-nothing) [n](//example.org/n)

[ref]: ../articles/ref.md
"""
AT = [  # what is broken, where, and how wide
    ("articles", 2, 19, 15), ("media/b.png", 4, 3, 20), ("c d", 4, 25, 13), ("articles/ref.html", 5, 7, 8),
    ("articles/f.html", 6, 16, 18), ("articles/e.html", 6, 17, 10), ("x/y", 10, 9, 10), ("x/y", 10, 22, 10),
    ("articles/i.html", 12, 14, 9), ("j", 12, 42, 4), ("k", 13, 21, 7), ("l.md", 15, 12, 22),
    ("articles/ref.html", 15, 36, 5), ("#s-nothing", 15, 47, 15), ("//example.org/n", 15, 63, 20),
]  # fmt: skip


@pytest.mark.parametrize("path", first_of(3, ["articles/two", "summits/two", "pages/two", "topics/trade"]))
def test_every_bad_link_names_the_place_it_stands_at(path: str, tmp_path: Path) -> None:
    write(tmp_path)
    facts = {"articles": "source: gazette\npublished: 2025-02-05\n", "summits": "start: 2025-03\n"}
    head = f"---\ntitle: Two\n{facts.get(path.partition('/')[0], '')}---\n"
    file = tmp_path / f"content/{path}.md"
    file.parent.mkdir(exist_ok=True)
    file.write_text(head + PROSE, encoding="utf-8")
    found = [d for d in check(Request(tmp_path)).outcome().problems if d.code == "bad-link"]
    folder, above = path.partition("/")[0] + "/" if not path.startswith("pages") else "", head.count("\n")
    for problem, (named, line, column, width) in zip(found, AT, strict=True):
        assert named.replace("articles/", folder) in problem.message or named in problem.message, problem.message
        assert problem.place == Location(f"content/{path}.md", line + above, column, width), named
        assert problem.help


HELPED = [
    ("/articles/", "write `/articles/index.html`"),
    ("/articles", "write `/articles/index.html`"),
    ("on.md", "write `one.md`"),
    ("../articles/on.md#x", "write `one.md`"),
    ("../articles/on.md#s-first", "write `one.md#s-first`"),
    ("../summit/tokyo.md", "write `../summits/tokyo.md`"),
    ("/summits/toky.html", "write `/summits/tokyo.html`"),
    ("one.md#s-firs", "write `one.md#s-first`"),
    ("/articles/one.html#s-firs", "write `/articles/one.html#s-first`"),
    ("../media/a%20mop.png", "write `../media/a%20map.png`"),
    ("//example.org/y", "write `https://example.org/y`, or begin it with one slash if it is of this site"),
    ("оne.md", "write `one.md`: what is written has U+043E CYRILLIC SMALL LETTER O"),
    ("one\u200b.md", "write `one.md`: what is written has U+200B ZERO WIDTH SPACE"),
    ("/a/b/", "mend the link or add what it leads to"),
]


@pytest.mark.parametrize(("url", "help"), first_of(4, HELPED))
def test_the_help_for_a_bad_link_can_be_pasted_in_its_place(url: str, help: str, tmp_path: Path) -> None:
    write(tmp_path)
    for folder in ("pages", "media"):
        (tmp_path / f"content/{folder}").mkdir()
    (tmp_path / "content/media/a map.png").write_bytes(b"x")
    article = tmp_path / "content/articles/one.md"
    article.write_text(article.read_text(encoding="utf-8") + "\n# First\n", encoding="utf-8")
    two = FILES["content/articles/one.md"] + f"\n[x]({url})\n"
    (tmp_path / "content/articles/two.md").write_text(two, encoding="utf-8")
    (found,) = check(Request(tmp_path)).outcome().problems
    assert (found.code, found.help) == ("bad-link", help)
    if "`" in help:
        two = two.replace(url, help.split("`")[1])
        (tmp_path / "content/articles/two.md").write_text(two, encoding="utf-8")
        assert errors_of(tmp_path) == []


COMPOSED, DECOMPOSED = "caf\u00e9", "cafe\u0301"


@pytest.mark.parametrize("named", [COMPOSED, DECOMPOSED])
@pytest.mark.parametrize("linked", first_of(3, [COMPOSED, DECOMPOSED, "caf%C3%A9", "cafe%CC%81"]))
def test_names_are_the_same_in_both_unicode_forms(named: str, linked: str, tmp_path: Path) -> None:
    """File names as macOS writes them, ids, media and their folders, headings, and links to all of these."""
    write(tmp_path)
    for folder in ("media", f"media/{named}", "topics", "pages"):
        (tmp_path / f"content/{folder}").mkdir()
    config = f"title: Test\ntopics: {{trade: Trade, {named}: Gas}}\n"
    (tmp_path / "config.yaml").write_text(config, encoding="utf-8")
    (tmp_path / f"content/media/{named}/{named}.png").write_bytes(b"x")
    (tmp_path / "content/sources.yaml").write_text(f"gazette: {{name: G}}\n{named}: {{name: G}}\n", encoding="utf-8")
    article = FILES["content/articles/one.md"].replace("source: gazette", f"source: {linked}")
    written = article if "%" not in linked else FILES["content/articles/one.md"]
    body = f"\n## Das {named}\n\n[x](#s-das-{linked}) [y]({linked}.md) [z](/articles/{linked}.html#s-das-{linked})\n"
    for kind in ("summits", "topics", "pages"):
        facts = "start: 2025-03\n" if kind == "summits" else ""
        (tmp_path / f"content/{kind}/{named}.md").write_text(f"---\ntitle: T\n{facts}---\n", encoding="utf-8")
        body += f"[{kind}](../{kind}/{linked}.md) "
    body += f"![picture](../media/{linked}/{linked}.png) [source](/sources/{linked}.html)\n"
    (tmp_path / f"content/articles/{named}.md").write_text(written + body, encoding="utf-8")
    assert errors_of(tmp_path) == []


def test_two_media_files_cannot_have_one_address(tmp_path: Path) -> None:
    write(tmp_path)
    (tmp_path / "content/media").mkdir()
    for name in (COMPOSED, DECOMPOSED):
        (tmp_path / f"content/media/{name}.png").write_bytes(b"x")
    assert errors_of(tmp_path) == [("output-collision", f"content/media/{COMPOSED}.png:1:1")]


def test_links_are_followed_below_an_address_that_is_percent_encoded(tmp_path: Path) -> None:
    write(tmp_path)
    (tmp_path / "config.yaml").write_text("title: T\nbase_url: https://example.org/a%20b/\n", encoding="utf-8")
    assert errors_of(tmp_path) == []


def test_fragments_of_claims_headings_and_footnotes_can_be_linked(tmp_path: Path) -> None:
    write(tmp_path, one="claims:\n  - {quote: will meet, topics: [trade]}\n")
    article = tmp_path / "content/articles/one.md"
    links = "[1](#will-meet) [2](#claim_will-meet) [3](#s-what-会談-means) [4](#fn-1)"
    body = f"\n## What 会談 means[^1]\n\nSee {links}.\n\n[^1]: x\n"
    article.write_text(article.read_text(encoding="utf-8") + body, encoding="utf-8")
    assert errors_of(tmp_path) == []


def test_an_id_that_stands_twice_on_a_page_is_an_error(tmp_path: Path) -> None:
    write(tmp_path)
    (tmp_path / "templates").mkdir()
    text = '{% extends "base.html" %}\n{% block main %}<p id="x"></p><p id="x"></p>{% endblock %}\n'
    (tmp_path / "templates/summits.html").write_text(text, encoding="utf-8")
    assert [code for code, _ in errors_of(tmp_path)] == ["duplicate-id"]


# Review


CLAIMS = """\
claims:
  - {id: due, quote: will meet, topics: [trade], modality: expectation, due: 2025-02-07}
  - {id: month, quote: They will, topics: [trade], modality: commitment, due: 2025-02}
  - {id: review, quote: sign a pact, topics: [trade], modality: proposal, due: 2025-12-31, review_by: 2025-02-20}
  - {id: never, quote: trade more, topics: [trade], modality: expectation}
  - id: done
    quote: The two
    topics: [trade]
    modality: expectation
    due: 2025-02-05
    history: [{status: unratable, on: 2025-02-05, why: Nobody can say.}]
"""


@pytest.mark.parametrize(
    ("on", "due"),
    [
        ("2025-02-06", []),
        ("2025-02-07", ["due"]),
        ("2025-02-20", ["due", "review"]),
        ("2025-02-27", ["due", "review"]),
        ("2025-02-28", ["due", "review", "month"]),
        ("2026-01-01", ["due", "review", "month"]),
    ],
)
def test_open_claims_are_due_on_the_last_day_their_date_can_mean(on: str, due: list[str], tmp_path: Path) -> None:
    write(tmp_path, one=CLAIMS)
    found = due_for_review(site_of(tmp_path), date.fromisoformat(on))
    assert [problem.message.split("`")[1] for problem in found] == due
    assert {problem.severity for problem in found} <= {"warning"}


def test_page_paths_name_the_file() -> None:
    assert page_path("articles", "talks") == "articles/talks.html"
    assert page_path("pages", "about") == "about.html"


def test_every_place_of_a_run_is_in_a_file_of_the_site(tmp_path: Path) -> None:
    write(tmp_path, one="claims:\n  - {quote: never said, topics: [x]}\n")
    run: Run = check(Request(tmp_path))
    diagnostics = run.outcome().problems
    assert diagnostics
    for diagnostic in diagnostics:
        assert isinstance(diagnostic.place, Location)
        assert (tmp_path / diagnostic.place.path).is_file()
