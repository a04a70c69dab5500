"""Catalogues of words: what a site says otherwise, what it cannot, and how numbers are told."""

from pathlib import Path

import pytest

from briefing.build import Request, build
from briefing.model.words import Words, words_for
from briefing.read.theme import read_theme
from briefing.theme.words import Said
from tests.commands import REPOSITORY, small_site
from tests.sites.desks import Paper, built

EN = "templates/words/en.yaml"
PAPERS = {"talks": Paper("2025-02-05", {"gas": {}, "oil": {}})}


def test_a_site_says_one_thing_otherwise_and_all_else_as_the_theme_does(tmp_path: Path) -> None:
    plain = built(tmp_path / "plain", PAPERS)
    other = built(tmp_path / "other", PAPERS, {EN: "nav:\n  ledger: Promises & more\n"})
    for path in ("index.html", "ledger.html", "articles/talks.html"):
        before, after = ((site / path).read_text(encoding="utf-8") for site in (plain, other))
        assert '">Promises &amp; more</a>' in after
        assert after.replace("Promises &amp; more</a>", "Ledger</a>") == before


def test_words_that_change_change_all_pages_of_the_next_build(tmp_path: Path) -> None:
    built(tmp_path, PAPERS, {EN: "count:\n  articles: {other: '{n} texts'}\n"})
    site = built(tmp_path, PAPERS, {EN: "count:\n  articles: {other: '{n} papers'}\n"})
    assert "1 papers" in (site / "articles/index.html").read_text(encoding="utf-8")
    (tmp_path / EN).unlink()
    assert "1 article<" in (built(tmp_path, PAPERS) / "articles/index.html").read_text(encoding="utf-8")


# What a site writes, and what is told of it: the code, the line and column, a part of the message, and of the help.
WRONG: dict[str, tuple[str, list[tuple[str, str, str, str]]]] = {
    "a key that is not there": (
        "nav:\n  legder: L\n",
        [("unknown-key", "2:3", "the theme has no words `nav.legder`", "write `nav.ledger`")],
    ),
    "a group that is not there": (
        "navigation:\n  x: L\n",
        [("unknown-key", "2:3", "the theme has no words `navigation.x`", "")],
    ),
    "a text in place of a group": ("nav: L\n", [("unknown-key", "1:1", "the theme has no words `nav`", "")]),
    "a place of which nothing is known": (
        "list:\n  cut: '{shown} of {total}'\n",
        [("bad-value", "2:8", "`list.cut` has a place for {total}", "write it as the theme does")],
    ),
    "a place without a name": ("list:\n  cut: '{} of {count}'\n", [("bad-value", "2:8", "has a place for {}", "")]),
    "an attribute of a value": (
        "list:\n  cut: '{shown.real}'\n",
        [("bad-value", "2:8", "has a place for {shown.real}", "")],
    ),
    "a brace that is not closed": ("list:\n  cut: '{shown'\n", [("bad-value", "2:8", "a brace", "")]),
    "a list": ("nav:\n  ledger: [1, 2]\n", [("bad-value", "2:11", "`nav.ledger` is no text", "")]),
    "no form for other": (
        "count:\n  claims: {one: '{n} claim'}\n",
        [("bad-value", "2:11", "`count.claims` has no form for `other`", "")],
    ),
    "forms for one text": (
        "nav:\n  ledger: {one: L, other: Ls}\n",
        [("bad-value", "2:11", "`nav.ledger` is one text, without forms", "")],
    ),
    "a form that CLDR does not have": (
        "count:\n  claims: {single: '{n} claim', other: '{n}'}\n",
        [
            ("unknown-key", "2:12", "the theme has no words `count.claims.single`", ""),
            ("unknown-key", "2:33", "the theme has no words `count.claims.other`", ""),
        ],
    ),
    "a form that is no text": (
        "count:\n  claims: {other: [x]}\n",
        [("bad-value", "2:11", "`count.claims` is no text", "")],
    ),
    "no mapping": ("- nav\n", [("wrong-type", "1:1", "words are no mapping of keys to texts", "write `key: text`")]),
    "a mistake in YAML": ("nav: [\n", [("bad-yaml", "2:1", "", "")]),
    "several mistakes": (
        "nav:\n  legder: L\nlist:\n  cut: '{total}'\n",
        [("unknown-key", "2:3", "", ""), ("bad-value", "4:8", "", "")],
    ),
}


@pytest.mark.parametrize("case", WRONG)
def test_a_mistake_in_words_is_told_at_its_place(case: str, tmp_path: Path) -> None:
    text, expected = WRONG[case]
    root = small_site(tmp_path)
    (root / EN).parent.mkdir(parents=True)
    (root / EN).write_text(text, encoding="utf-8")
    found = build(Request(root), tmp_path / "site").outcome().problems
    assert [(one.code, str(one.place)) for one in found] == [(code, f"{EN}:{at}") for code, at, _, _ in expected]
    for one, (_, _, message, help) in zip(found, expected, strict=True):
        assert message in one.message
        assert help in one.help
    assert not (tmp_path / "site").exists()


# What is fine, and what a page then says.
FINE: dict[str, tuple[str, str]] = {
    "a number is a text": ("nav:\n  ledger: 5\n", '">5</a>'),
    "one text in place of forms": ("count:\n  articles: 'articles: {n}'\n", ">articles: 1<"),
    "a place left out": ("count:\n  articles: {other: some articles}\n", ">some articles<"),
    "a place twice": ("count:\n  articles: {other: '{n} {n}'}\n", ">1 1<"),
    "doubled braces": ("nav:\n  ledger: '{{L}}'\n", '">{L}</a>'),
    "nothing": ("", '">Ledger</a>'),
    "a key without a value": ("nav:\n  ledger:\n", '">Ledger</a>'),
    "markup": ("nav:\n  ledger: <b>L</b> & \"'\n", '">&lt;b&gt;L&lt;/b&gt; &amp; &#34;&#39;</a>'),
}


@pytest.mark.parametrize("case", FINE)
def test_what_can_be_said_is_said_as_text(case: str, tmp_path: Path) -> None:
    text, shown = FINE[case]
    assert shown in (built(tmp_path, PAPERS, {EN: text}) / "articles/index.html").read_text(encoding="utf-8")


def test_each_number_has_the_form_of_its_language() -> None:
    forms = {"one": "{n} soubor", "few": "{n} soubory", "many": "{n} souboru", "other": "{n} souborů"}
    czech = Said(Words("cs", {"files": forms}))
    assert [czech.say("files", n) for n in (0, 1, 2, 5)] == ["0 souborů", "1 soubor", "2 soubory", "5 souborů"]
    assert Said(Words("ja", {"files": {"one": "never", "other": "{n}件"}})).say("files", 1) == "1件"
    assert Said(Words("en", {"files": {"other": "{n} files"}})).say("files", 1) == "1 files"


@pytest.mark.parametrize("language", ["tlh", "x-none", "de-1901", "zh-Hant-TW"])
def test_a_language_that_has_no_rules_known_counts_all_the_same(language: str) -> None:
    said = Said(Words(language, {"files": {"one": "{n} file", "other": "{n} files"}}))
    assert said.say("files", 7) == "7 files"
    assert said.say("files", 12_345).endswith(" files")


def test_large_numbers_are_written_as_the_language_does() -> None:
    entries = {"files": {"other": "{n}"}}
    assert [Said(Words(language, entries)).say("files", 12_345) for language in ("en", "de")] == ["12,345", "12.345"]
    assert Said(Words("en", entries)).say("files", 9_999) == "9999"


def test_what_is_filled_in_is_escaped_once() -> None:
    said = Said(Words("en", {"cut": "<{shown}> & {count}"}))
    assert said.say("cut", shown="<b>", count=3) == "&lt;&lt;b&gt;&gt; &amp; 3"
    assert said.say("cut", shown=said.say("cut", shown=1, count=2), count=3) == "&lt;&lt;1&gt; &amp; 2&gt; &amp; 3"


@pytest.mark.parametrize(("asked", "message"), [("t('nope')", "no words `nope`"), ("t('list.cut')", "no value for {")])
def test_a_template_that_asks_for_what_is_not_there_is_told_so(asked: str, message: str, tmp_path: Path) -> None:
    root = small_site(tmp_path)
    (root / "templates").mkdir()
    (root / "templates/articles.html").write_text(f"<p>\n{{{{ {asked} }}}}</p>\n", encoding="utf-8")
    [problem] = build(Request(root), tmp_path / "site").outcome().problems
    assert (problem.code, str(problem.place)) == ("template-error", "templates/articles.html:2:1")
    assert message in problem.message


def test_the_words_of_a_site_are_those_of_its_region_else_of_its_language_else_english() -> None:
    catalogues = {"en": {"a": "en"}, "de": {"a": "de"}, "de-AT": {"a": "at"}}
    found = {language: words_for(language, catalogues).language for language in ("de-AT", "de-CH", "de", "fr", "en-GB")}
    assert found == {"de-AT": "de-AT", "de-CH": "de", "de": "de", "fr": "en", "en-GB": "en"}


def test_a_language_of_the_site_own_may_leave_to_english_what_it_does_not_say(tmp_path: Path) -> None:
    files = {"config.yaml": "title: Desk\nlanguage: de\n", "templates/words/de.yaml": "nav:\n  ledger: Bilanz\n"}
    page = (built(tmp_path, PAPERS, files) / "index.html").read_text(encoding="utf-8")
    assert '">Bilanz</a>' in page
    assert '">Figures</a>' in page


def test_the_theme_has_no_mistake_in_its_own_words() -> None:
    theme, problems = read_theme(REPOSITORY)
    assert problems == []
    assert len(theme.words["en"]) > 200
