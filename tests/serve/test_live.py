"""What is served and told while files change: pages as a build would write them, and what is wrong in the meantime."""

import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from briefing.addresses import accept
from briefing.build import Request, build
from briefing.incremental.cache import open_cache
from briefing.serve.checking import command
from briefing.serve.problems import Told, counts, still_told, told_by_check
from tests.commands import add_page, small_site, wait_until
from tests.outputs import visible
from tests.serve.serving import ANNOTATIONS, ARTICLE, PAGE, Here, answering, started
from tests.sites.test_sites import CASES, SITES

pytestmark = pytest.mark.slow

CLAIM = "claims:\n  - quote: {quote}\n    text: {text}\n    topics: [defense]\n"
GOOD = CLAIM.format(quote="will meet on Friday", text="They meet.")
WRONG = CLAIM.format(quote="will part on Monday", text="They part.")


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    return small_site(tmp_path / "desk")


@pytest.fixture
def here(desk: Path) -> Iterator[Here]:
    with answering(desk) as here:
        yield here


def drafts(case: str) -> bool:
    options = SITES / case / "options.txt"
    return options.exists() and "--drafts" in options.read_text(encoding="utf-8")


@pytest.mark.parametrize("case", [case for case in CASES if case.startswith("good-")])
def test_golden_sites_are_served_as_they_are_built(case: str, tmp_path: Path) -> None:
    shutil.copytree(SITES / case, tmp_path / "desk")
    assert build(Request(tmp_path / "desk", drafts=drafts(case)), tmp_path / "site").written
    written = visible(tmp_path / "site")
    with answering(tmp_path / "desk", drafts=drafts(case)) as here:
        assert {path: here.page(f"/{path}") for path in written} == written


def test_a_saved_change_is_in_the_next_answer(here: Here, desk: Path) -> None:
    before = here.ask(PAGE).headers["ETag"]
    here.write(desk, ANNOTATIONS, GOOD)
    after = here.ask(PAGE)
    assert "They meet." in after.text
    assert after.headers["ETag"] != before
    here.write(desk, ARTICLE, (desk / ARTICLE).read_text(encoding="utf-8") + "\nAnd more was said.\n")
    assert "And more was said." in here.ask(PAGE).text
    here.write(desk, "config.yaml", "title: Another title\n")
    assert "Another title" in here.ask("/").text


def test_a_page_that_a_change_does_not_touch_stays_the_same(here: Here, desk: Path) -> None:
    before = here.ask("/figures.html")
    here.write(desk, ANNOTATIONS, GOOD)
    assert here.ask("/figures.html").headers["ETag"] == before.headers["ETag"]


def test_files_come_and_go_and_get_other_names(here: Here, desk: Path) -> None:
    assert here.ask("/about.html").status == 404
    add_page(desk, "about")
    here.site.changed(["content/pages/about.md"])
    assert here.ask("/about.html").status == 200
    (desk / "content/pages/about.md").rename(desk / "content/pages/desk.md")
    here.site.changed(["content/pages/about.md", "content/pages/desk.md"])
    assert (here.ask("/about.html").status, here.ask("/desk.html").status) == (404, 200)
    (desk / "content/pages/desk.md").unlink()
    here.site.changed(["content/pages/desk.md"])
    assert here.ask("/desk.html").status == 404


def test_topics_and_templates_come_and_go(here: Here, desk: Path) -> None:
    here.write(desk, "config.yaml", "title: Small site\ntopics: [defense, fish]\n")
    assert here.ask("/topics/fish.html").status == 200
    here.write(desk, "config.yaml", "title: Small site\ntopics: [defense]\n")
    assert here.ask("/topics/fish.html").status == 404
    here.write(desk, "templates/404.html", '{% extends "base.html" %}{% block main %}<p>Lost?</p>{% endblock %}')
    assert "Lost?" in here.ask("/none.html").text
    (desk / "templates/404.html").unlink()
    here.site.changed(["templates/404.html"])
    assert "Lost?" not in here.ask("/none.html").text


def test_a_change_beside_the_pages_makes_them_others_and_is_served(here: Here, desk: Path) -> None:
    before = here.ask(PAGE).headers["ETag"]
    here.write(desk, "templates/assets/custom.css", "p { color: red }\n")
    [style] = re.findall(r'"\.\.(/assets/custom\.[^"]+)"', here.ask(PAGE).text)
    assert here.ask(style).text == "p { color: red }\n"
    assert here.ask(PAGE).headers["ETag"] != before
    before = here.ask(PAGE).headers["ETag"]
    here.write(desk, "content/media/notes.txt", "One\n")
    assert here.ask("/media/notes.txt").text == "One\n"
    assert here.ask(PAGE).headers["ETag"] != before


def test_a_mistake_is_told_over_the_last_good_page_and_goes_when_it_is_mended(here: Here, desk: Path) -> None:
    here.write(desk, ANNOTATIONS, GOOD)
    good = here.page(PAGE)
    here.write(desk, ANNOTATIONS, WRONG)
    news = here.state()
    assert news["problems"].startswith("error[quote-not-found]: quote is not in the article\n")
    assert f"--> {ANNOTATIONS}:2:12" in news["problems"]
    assert "= help: write `quote: " in news["problems"]
    assert (news["counts"], news["has_errors"], news["is_checked"]) == ("1 error", True, False)
    assert here.page(PAGE) == good
    assert [one.path for one in here.shown[-1][0]] == [ANNOTATIONS]
    here.write(desk, ANNOTATIONS, GOOD)
    assert here.state()["problems"] == ""
    assert here.page(PAGE) == good


def test_a_template_that_fails_is_told_when_its_page_is_asked_for(here: Here, desk: Path) -> None:
    good = here.ask(PAGE)
    theme = (Path(__file__).parents[2] / "templates/article.html").read_text(encoding="utf-8")
    here.write(
        desk, "templates/article.html", theme.replace("{% block main %}", "{% block main %}{{ nothing.at_all }}")
    )
    assert here.state()["problems"] == ""
    failed = here.ask(PAGE)
    assert (failed.status, failed.page, failed.headers["ETag"]) == (200, good.page, good.headers["ETag"])
    assert "error[template-error]" in here.state()["problems"]
    assert "templates/article.html" in here.state()["problems"]
    assert here.ask("/").status == 200
    here.write(desk, "templates/article.html", theme.replace("{% block main %}", "{% block main %}Mended"))
    assert here.state()["problems"] == ""
    assert "Mended" in here.ask(PAGE).text


def test_a_page_that_never_was_right_says_what_is_wrong_and_comes_by_itself(here: Here, desk: Path) -> None:
    here.write(desk, "templates/figures.html", "{{ nothing.at_all }}")
    failed = here.ask("/figures.html")
    assert failed.status == 503
    assert b"error[template-error]" in failed.body or "error[template-error]" in here.state()["problems"]
    assert b"_briefing/main.js" in failed.body
    (desk / "templates/figures.html").unlink()
    here.site.changed(["templates/figures.html"])
    mended = here.ask("/figures.html")
    assert (mended.status, mended.headers["ETag"] != failed.headers["ETag"]) == (200, True)


@pytest.mark.parametrize(
    "broken",
    [{"config.yaml": None}, {"config.yaml": "titel: x\n"}, {ANNOTATIONS: WRONG}, {"templates/base.html": "{% if %}"}],
    ids=["no configuration", "a wrong one", "a wrong quote", "a wrong template"],
)
def test_a_site_that_is_wrong_from_the_beginning_is_served_once_it_is_mended(
    broken: dict[str, str | None], desk: Path
) -> None:
    was = {path: (desk / path).read_text() if (desk / path).exists() else None for path in broken}
    for path, text in broken.items():
        (desk / path).parent.mkdir(exist_ok=True)
        (desk / path).unlink() if text is None else (desk / path).write_text(text)
    with answering(desk) as here:
        here.site.changed([])
        assert "error[" in here.state()["problems"]
        first = here.ask(PAGE)
        assert first.status in (200, 503)
        if first.status == 503:
            assert b"error[" in first.body
            assert b"_briefing/main.js" in first.body
        for path, text in was.items():
            (desk / path).unlink() if text is None else (desk / path).write_text(text)
        here.site.changed(list(was))
        assert here.state()["problems"] == ""
        assert here.ask(PAGE).status == 200


def test_what_may_not_be_looked_at_is_told_and_followed_once_it_may(
    here: Here, desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    good = here.page(PAGE)

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied", "content/articles")

    (desk / ANNOTATIONS).write_text(GOOD, encoding="utf-8")
    with monkeypatch.context() as patched:
        patched.setattr("briefing.read.sources.os.walk", refuse_walk)
        here.site.changed([ANNOTATIONS, "content/articles/new.md"])
    assert here.state()["problems"].startswith("briefing: content/articles: permission denied; ")
    assert here.page(PAGE) == good
    here.site.changed([])
    assert here.state()["problems"] == ""
    assert "They meet." in here.ask(PAGE).text


def refuse_walk(folder: object, onerror: object) -> Iterator[object]:
    assert callable(onerror)
    onerror(PermissionError(13, "Permission denied", "content/articles"))
    yield from ()


def test_after_a_mistake_of_ours_the_site_is_read_anew(
    here: Here, desk: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    good = here.page(PAGE)
    with monkeypatch.context() as patched:
        patched.setattr("briefing.resident.list_content", lambda _: 1 / 0)
        here.write(desk, "content/articles/new.md", "")
    assert "ZeroDivisionError" in capfd.readouterr().err
    assert here.state()["problems"].startswith("briefing: this is a mistake of briefing")
    assert here.page(PAGE) == good
    (desk / "content/articles/new.md").unlink()
    here.write(desk, ANNOTATIONS, GOOD)
    assert here.state()["problems"] == ""
    assert "They meet." in here.ask(PAGE).text


def test_what_a_check_tells_is_told_until_it_may_be_mended(here: Here, desk: Path) -> None:
    due = "warning[review-due]: it is due\n --> content/annotations/other.yaml:3:1\n  = help: look again"
    here.site._checked(1, f"{due}\n\n1 warning\n", "No errors.")
    news = here.state()
    assert (news["problems"], news["counts"], news["has_errors"], news["is_checked"]) == (due, "1 warning", False, True)
    here.write(desk, ANNOTATIONS, GOOD)
    assert (here.state()["problems"], here.state()["is_checked"]) == (due, False)
    here.site._checked(1, "", "No errors.")
    assert here.state()["is_checked"] is False  # of another state
    here.write(desk, "content/annotations/other.yaml", "claims: []\n")
    assert due not in here.state()["problems"]


def test_the_terminal_is_told_once_and_also_when_all_is_well(here: Here, desk: Path) -> None:
    here.site._tell()
    here.write(desk, ANNOTATIONS, WRONG)
    here.write(desk, ARTICLE, (desk / ARTICLE).read_text(encoding="utf-8") + "\nMore.\n")
    assert [end for _, end in here.shown] == ["1 error"]
    here.write(desk, ANNOTATIONS, GOOD)
    here.site._checked(4, "", "No errors. 1 claim.")
    assert [end for _, end in here.shown] == ["1 error", "No errors. 1 claim."]


BLOCK = "{kind}[some-code]: what\n --> content/a.yaml:1:1\n  |\n1 | x\n  | ^\n  = help: y"


def test_what_a_check_prints_is_taken_apart_and_counted() -> None:
    blocks = [
        BLOCK.format(kind="error"),
        BLOCK.format(kind="warning"),
        "content/a.yaml: 1,200 more errors and 1 more warning",
    ]
    told = told_by_check("\n\n".join([*blocks, "1201 errors and 2 warnings\n"]))
    assert [one.text for one in told] == blocks
    assert {one.path for one in told} == {"content/a.yaml"}
    assert counts(told) == "1201 errors and 2 warnings"
    assert counts(told_by_check("content/b.yaml: 1 more warning\n")) == "1 warning"
    assert counts(told_by_check("briefing: content: permission denied; change it\n")) == "1 error"
    assert told_by_check("") == []
    assert still_told(told, [told[0]], []) == told[1:]
    assert still_told([*told, Told("briefing: x; y")], [], ["content/a.yaml"]) == []


def test_of_very_many_problems_the_first_are_told_at_once_and_all_are_counted(here: Here, desk: Path) -> None:
    claims = "".join(f"  - quote: nothing {number}\n    topics: [defense]\n" for number in range(40))
    paths = []
    for number in range(10):
        for path, text in ((ARTICLE, None), (ANNOTATIONS, f"claims:\n{claims}")):
            paths.append(path.replace("talks", f"talks-{number}"))
            (desk / paths[-1]).write_text(text or (desk / path).read_text(encoding="utf-8"), encoding="utf-8")
    here.site.changed(paths)
    news = here.state()
    assert news["counts"] == "400 errors"
    assert news["problems"].count("error[") == 100
    assert news["problems"].endswith("\n\nother files: 300 more errors")


def test_the_check_is_that_of_the_edition_that_is_served(tmp_path: Path) -> None:
    assert command(Request(tmp_path))[2:] == ["-m", "briefing", "-C", str(tmp_path), "check", "--jobs=1"]
    assert command(Request(tmp_path, drafts=True))[-1] == "--drafts"
    assert os.path.basename(command(Request(tmp_path))[0]).startswith("python")


def test_an_address_that_a_renaming_loses_is_told_with_the_lines_to_write_and_where(desk: Path) -> None:
    """When one of them is written, the old address leads on, or says that it is gone."""
    request = Request(desk)
    assert accept(request, open_cache(request, request.output)).new
    with started(desk) as server:
        assert server.wait_for(lambda news: news["is_checked"])["problems"] == ""
        new = [path.replace("talks", "gas-talks") for path in (ANNOTATIONS, ARTICLE)]
        for old, path in zip((ANNOTATIONS, ARTICLE), new, strict=True):
            (desk / old).rename(desk / path)
        told = server.wait_for(lambda news: news["is_checked"] and news["problems"])
        assert (told["counts"], told["has_errors"]) == ("1 error", True)
        assert (
            told["problems"].splitlines()[0].startswith("error[address-lost]: articles/talks.html has been published")
        )
        assert f"  = in {new[1]}:2 write, if that is what it is now\n    aliases: [talks]\n" in told["problems"]
        gone = "gone: [{address: articles/talks.html, why: ...}]"
        assert f"  = in config.yaml:1 write, if it is to go\n    {gone}\n" in told["problems"]
        assert (server.ask(PAGE).status, server.ask("/articles/gas-talks.html").status) == (404, 200)
        text, config = ((desk / path).read_text(encoding="utf-8") for path in (new[1], "config.yaml"))
        (desk / new[1]).write_text(text.replace("---\n", "---\naliases: [talks]\n", 1), encoding="utf-8")
        server.wait_for(lambda news: news["is_checked"] and not news["problems"])
        assert 'href="gas-talks.html"' in server.ask(PAGE).text
        (desk / new[1]).write_text(text, encoding="utf-8")
        (desk / "config.yaml").write_text(f"{config}\n{gone}\n", encoding="utf-8")
        wait_until(lambda: server.ask(PAGE).status == 200 and "gas-talks" not in server.ask(PAGE).text)
        server.wait_for(lambda news: news["is_checked"] and not news["problems"])
