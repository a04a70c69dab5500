"""Catalogues of words: what a site says otherwise, what it cannot, and how numbers are told."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from briefing.build import Request, build
from briefing.model.words import Words, words_for
from briefing.read.theme import read_theme
from briefing.theme.words import Said
from tests.commands import REPOSITORY, small_site
from tests.samples import first_of
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
    "a form that numbers never have in English": (
        "count:\n  claims: {one: '{n}', few: '{n}', other: '{n}'}\n",
        [("bad-value", "2:24", "has a form for `few`, of which the language `en` makes no use", "take the form out")],
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


@pytest.mark.parametrize("case", first_of(4, WRONG))
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


@pytest.mark.parametrize("case", first_of(4, FINE))
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
    assert '<html lang="de">' in page
    assert '">Bilanz</a>' in page
    assert '">Figures</a>' in page


def test_what_a_region_does_not_say_is_said_as_its_language_does(tmp_path: Path) -> None:
    files = {
        "config.yaml": "title: Desk\nlanguage: ja-JP\n",
        "templates/words/ja-JP.yaml": "nav:\n  ledger: 元帳\n",
    }
    page = (built(tmp_path, PAPERS, files) / "index.html").read_text(encoding="utf-8")
    assert '<html lang="ja-JP">' in page
    assert '">元帳</a>' in page
    assert '">数値</a>' in page


# The language of a site, its own catalogue for it, and what a build says of that.
MISSING: dict[str, tuple[str, str | None, str | None]] = {
    "English": ("en", None, None),
    "British": ("en-GB", None, None),
    "Japanese": ("ja", None, None),
    "Japanese with a word of its own": ("ja", "nav: {ledger: 元帳}\n", None),
    "a region of the same": ("ja-JP", "nav: {ledger: 元帳}\n", None),
    "no catalogue": ("de", None, 'no words in `de`: pages say theirs in English, and are marked `lang="en"`'),
    "some words": ("de", "nav: {ledger: Bilanz}\n", "are missing, and said in English: `site.style`, `site.skip`, "),
    "a region of no language": ("de-AT", None, "there are no words in `de-AT`"),
}


@pytest.mark.parametrize("case", first_of(4, MISSING))
def test_a_site_is_told_of_words_that_are_missing(case: str, tmp_path: Path) -> None:
    language, words, expected = MISSING[case]
    root = small_site(tmp_path, "Desk", "about")
    (root / "config.yaml").write_text(f"title: Desk\nlanguage: {language}\n", encoding="utf-8")
    if words:
        (root / "templates/words").mkdir(parents=True)
        (root / f"templates/words/{language}.yaml").write_text(words, encoding="utf-8")
    problems = build(Request(root), tmp_path / "site").outcome().problems
    told = [(one.code, one.severity, str(one.place)) for one in problems]
    assert told == ([("words-missing", "warning", "config.yaml:2:11")] if expected else [])
    assert expected is None or expected in problems[0].message


def test_a_catalogue_with_all_words_is_of_its_language_and_told_of_nothing(tmp_path: Path) -> None:
    """What docs/theming.md leads through: the English file, copied, and each of its words put into another language."""
    english = (REPOSITORY / EN).read_text(encoding="utf-8")
    root = small_site(tmp_path)
    (root / "config.yaml").write_text("title: Stol\nlanguage: cs\n", encoding="utf-8")
    (root / "templates/words").mkdir(parents=True)
    (root / "templates/words/cs.yaml").write_text(english.replace("ledger: Ledger", "ledger: Kniha"), encoding="utf-8")
    outcome = build(Request(root), tmp_path / "site").outcome()
    assert (outcome.problems, outcome.failed) == ((), False)
    page = (tmp_path / "site/index.html").read_text(encoding="utf-8")
    assert '<html lang="cs">' in page
    assert '">Kniha</a>' in page


def test_a_page_in_a_language_that_runs_from_the_right_says_so(tmp_path: Path) -> None:
    files = {"config.yaml": "title: مكتب\nlanguage: ar\n", "templates/words/ar.yaml": "nav:\n  ledger: سجل\n"}
    page = (built(tmp_path, PAPERS, files) / "articles/talks.html").read_text(encoding="utf-8")
    assert '<html lang="ar" dir="rtl">' in page
    assert '">مكتب</a>' in page  # in the language of the page, and so without marks


# --- The theme's own ------------------------------------------------------------------------------------------

THEMES = sorted(file.stem for file in (REPOSITORY / "templates/words").glob("*.yaml"))
FORMS = {"zero", "one", "two", "few", "many", "other"}


def entries(language: str, data: Any = None, way: str = "") -> Iterator[tuple[str, dict[str, str]]]:
    """The words of a catalogue as YAML has them: each with its forms, one text as that for all numbers."""
    if data is None:
        text = (REPOSITORY / f"templates/words/{language}.yaml").read_text(encoding="utf-8")
        data = yaml.load(text, Loader=yaml.CBaseLoader)
    for key, value in data.items():
        if isinstance(value, str) or FORMS.issuperset(value):
            yield f"{way}{key}", {"other": value} if isinstance(value, str) else value
        else:
            yield from entries(language, value, f"{way}{key}.")


def places(text: str) -> set[str]:
    return set(re.findall(r"\{(\w+)\}", text))


def test_the_theme_has_no_mistake_in_its_own_words() -> None:
    theme, problems = read_theme(REPOSITORY)
    assert problems == []
    assert {"en", "ja"} <= set(THEMES)
    assert len(theme.words["en"]) > 400


@pytest.mark.parametrize("language", THEMES)
def test_every_catalogue_has_every_word_and_no_other(language: str) -> None:
    english, own = dict(entries("en")), dict(entries(language))
    missing, superfluous = sorted(english.keys() - own.keys()), sorted(own.keys() - english.keys())
    assert missing == [], f"write these words in templates/words/{language}.yaml"
    assert superfluous == [], f"take these words out of templates/words/{language}.yaml"
    lost = {key: places(english[key]["other"]) ^ places(forms["other"]) for key, forms in own.items()}
    assert {key: sorted(names) for key, names in lost.items() if names} == {}, "places in one of both only"


def test_every_word_in_japanese_is_japanese() -> None:
    """But for what has no words: signs, the style sheet, and names with a number."""
    plain = {key: forms["other"] for key, forms in entries("ja")}
    other = [key for key, text in plain.items() if not re.search("[\u3041-\u30ff\u4e00-\u9fff、。「（：；〜]", text)]
    assert sorted(other) == ["figure.amount", "ledger.quarter", "site.style", "voice.post"]
    half = {
        key: text
        for key, text in plain.items()
        if re.search(r"[\u3041-\u9fff][,;:()!?]|[,;:()!?][\u3041-\u9fff]", text)
    }
    assert half == {}, "signs of full width stand beside Japanese words"
