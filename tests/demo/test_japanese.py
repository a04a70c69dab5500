"""The demonstration on a Japanese site: its interface in Japanese, with no word left in English, on screens and paper.

The desk's own texts stay in English, which no such site would have; what is looked at is all that stands around them.
"""

import re
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple
from xml.etree.ElementTree import Element

import pytest
import yaml
from playwright.sync_api import Browser

from briefing.build import Request, build
from tests.commands import REPOSITORY
from tests.demo.browsing import Reader
from tests.demo.reading import CONTENT, read
from tests.markup import parsed

EN = REPOSITORY / "templates/words/en.yaml"
FORMS = {"zero", "one", "two", "few", "many", "other"}
PREVIEW = "articles/2025-02-05-ishiba-trump-preview.html"
# What readers see or hear of an attribute.
FOR_PEOPLE = ("alt", "aria-label", "aria-description", "content", "label", "placeholder", "summary", "title")
# What is no word in any language, or the same in all: names of formats, and numbers in the form of the locale.
SIGNS = re.compile(r"[\W_]*")
NUMBER = re.compile(
    r"[(-]?\d[\d,.]*( ?/ ?\d+)?[)%]?(万|億|兆)?|\d{4}年(\d{1,2}月(\d{1,2}日)?( \d{2}:\d{2})?)?|[0-9a-f]{7,64}…?"
)
NAMES = {"SHA-256", "ICD 203", "Markdown", "BibTeX", "CSL-JSON", "CSV", "JSON", "datapackage.json", "CITATION.cff"}
# What CLDR says in Japanese.
NAMES |= {"英語", "日本語", "米ドル"}


def site_of(folder: Path) -> Path:
    shutil.copytree(CONTENT, folder / "content", ignore=shutil.ignore_patterns("texts"))
    config = (REPOSITORY / "config.yaml").read_text(encoding="utf-8")
    assert "\nlanguage: en\n" in config
    (folder / "config.yaml").write_text(config.replace("\nlanguage: en\n", "\nlanguage: ja\n"), encoding="utf-8")
    return folder


def output_of(folder: Path) -> Path:
    run = build(Request(folder), folder / "site")
    told = [f"{one.place}: {one.message}" for one in run.outcome().problems]
    if told:
        pytest.fail("\n".join(told), pytrace=False)
    return folder / "site"


@pytest.fixture(scope="module")
def japanese(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return output_of(site_of(tmp_path_factory.mktemp("japanese")))


def marked(entry: Any, key: str = "") -> Any:
    """The entry of a catalogue with a mark around each of its words, and no words."""
    if isinstance(entry, dict) and not FORMS.issuperset(entry):
        return {name: marked(value, f"{key}.{name}") for name, value in entry.items()}
    if key == ".site.style":
        return "assets/ja.css"
    text = entry["other"] if isinstance(entry, dict) else entry
    return "".join(f"⟦{place}⟧" for place in re.findall(r"\{\w+\}", text) or [""])


@pytest.fixture(scope="module")
def with_marks(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same site, with a catalogue of which every word is a mark."""
    folder = site_of(tmp_path_factory.mktemp("marked"))
    (folder / "templates/words").mkdir(parents=True)
    catalogue = marked(read(EN.read_text(encoding="utf-8")))
    text = yaml.safe_dump(catalogue, allow_unicode=True, width=1000)
    (folder / "templates/words/ja.yaml").write_text(text, encoding="utf-8")
    return output_of(folder)


class Written(NamedTuple):
    """What people wrote for the demonstration: each text as it is, and all with the prose in one, without markup."""

    texts: set[str]
    prose: str


def strings(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for name, one in value.items():
            yield from (str(name), " ".join(str(name).split("-")[:5]))
            yield from strings(one)
    elif isinstance(value, list):
        for one in value:
            yield from strings(one)
    else:
        yield from (str(value), " ".join(str(value).split("-")[:5]))


@pytest.fixture(scope="module")
def written() -> Written:
    texts, prose = {*strings(read((REPOSITORY / "config.yaml").read_text(encoding="utf-8")))}, ""
    for file in sorted(CONTENT.rglob("*.yaml")):
        texts |= {*strings(read(file.read_text(encoding="utf-8")))}
    for file in sorted(CONTENT.rglob("*.md")):
        _, front, text = file.read_text(encoding="utf-8").split("---\n", 2)
        texts |= {*strings(read(front))}
        prose += re.sub(r"\]\([^)]*\)|[*_`#\[|]", "", text)
    return Written({simple(text) for text in texts}, simple(" ".join([prose, *texts])))


def simple(text: str) -> str:
    return " ".join(text.replace("’", "'").replace("”", '"').replace("“", '"').split())


class Text(NamedTuple):
    words: str
    is_prose: bool = False


def texts(element: Element, is_prose: bool = False, but: str | None = None, lang: str = "") -> Iterator[Text]:
    """Every text of a page, and every one that an attribute holds for people or for scripts to show; but none of one
    language."""
    lang = element.get("lang", lang)
    is_left_out = lang == but
    for name, value in element.attrib.items():
        is_shown = name in FOR_PEOPLE or (element.tag == "script" and name.startswith("data-")) or name == "data-label"
        if (
            not is_left_out
            and is_shown
            and not (name == "content" and element.get("name") not in ("description", "author"))
        ):
            yield Text(value)
    is_prose = is_prose or (element.tag != "article" and "prose" in str(element.get("class")).split())
    is_prose = is_prose or str(element.get("class")) == "prose standing"
    if not is_left_out and element.tag not in ("script", "style"):
        yield Text(element.text or "", is_prose)
    for child in element:
        yield from texts(child, is_prose, but, lang)
        if not is_left_out:
            yield Text(child.tail or "", is_prose)


def left_of(texts: Iterable[Text], written: Written) -> set[str]:
    """What is neither a mark nor the desk's, of texts that are."""
    left = set()
    for text, is_prose in texts:
        for piece in re.split(r"[⟦⟧]| · ", text):
            words = simple(piece)
            is_known = words in written.texts or words in NAMES or NUMBER.fullmatch(words)
            if is_known or (is_prose and words in written.prose) or re.fullmatch(r"\{\w+\}", words):
                continue
            if not SIGNS.fullmatch(words) or re.search(r"[,;:.“”「」、。：]", words):
                left.add(words)
    return left


@pytest.mark.slow
def test_every_word_of_the_interface_comes_from_the_catalogue(with_marks: Path, written: Written) -> None:
    """In texts and in attributes, of every page: what is left when marks are taken away is what the desk wrote."""
    left: dict[str, set[str]] = {}
    for path in sorted(with_marks.rglob("*.html")):
        name = path.relative_to(with_marks).as_posix()
        # The names of columns and what they say are for programs: in English everywhere, and marked so.
        shown = texts(parsed(path), but="en" if name == "data.html" else None)
        for words in left_of(shown, written):
            left.setdefault(words, set()).add(name)
    assert [f"{words} ({min(pages)})" for words, pages in left.items()] == []


def test_words_that_are_not_in_the_catalogue_are_found(tmp_path: Path, written: Written) -> None:
    page = tmp_path / "page.html"
    page.write_text('<p title="Late">⟦⟧, <b lang="de">Status</b> 3 ⟦2025年2月7日⟧: Japan</p>', encoding="utf-8")
    assert left_of(texts(parsed(page)), written) == {"Late", ",", "Status", ": Japan"}


@pytest.mark.slow
def test_what_scripts_add_comes_from_the_catalogue(browser: Browser, with_marks: Path, written: Written) -> None:
    reader = Reader(browser, with_marks)
    seen = ""
    for name, added in (("ledger.html", "form.filter, footer label"), (PREVIEW, ".cite, footer label")):
        page = reader.open(name)
        found = page.evaluate(
            """selector => [...document.querySelectorAll(selector)].flatMap(part => {
                const texts = [], walker = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
                while (walker.nextNode()) texts.push(walker.currentNode.data);
                return texts;
            })""",
            added,
        )
        assert left_of([Text(words) for words in found], written) == set(), name
        seen += "".join(found)
    assert seen.count("⟦") > 20
    reader.page.close()


@pytest.mark.slow
def test_a_copied_citation_is_written_as_the_catalogue_says(browser: Browser, japanese: Path) -> None:
    reader = Reader(browser, japanese)
    page = reader.open(PREVIEW)
    page.evaluate(
        "() => { document.execCommand = () => { window.copied = document.querySelector('textarea').value; }; }"
    )
    page.evaluate("document.querySelector('.notes details').open = true")
    page.locator(".cite button").first.click()
    assert re.match(
        r"「is set to visit」A press preview「Japan.* Summit」2025-02-05。http", page.evaluate("window.copied")
    )
    reader.page.close()


@pytest.mark.slow
def test_pages_are_japanese_and_articles_say_that_they_are_not(japanese: Path) -> None:
    for path in japanese.rglob("*.html"):
        assert parsed(path).get("lang") == "ja", path
    page = parsed(japanese / PREVIEW)
    assert "原文は英語" in "".join(page.itertext())
    [title] = [span for h1 in page.iter("h1") for span in h1.iter("span")]
    assert title.get("lang") == "en"
    sheets = [str(sheet.get("href")) for sheet in page.iter("link") if sheet.get("rel") == "stylesheet"]
    assert [re.sub(r"\.[0-9a-f]{10}", "", sheet) for sheet in sheets] == [
        "../assets/style.css",
        "../assets/ja.css",
        "../assets/custom.css",
    ]


def test_no_space_stands_before_a_wide_bracket(japanese: Path) -> None:
    """It has one of its own."""
    wide = re.compile(r"\s(?:<[^>]*>)*（")
    assert [path.name for path in sorted(japanese.rglob("*.html")) if wide.search(path.read_text("utf-8"))] == []


def test_style_sheets_say_no_words() -> None:
    for sheet in (REPOSITORY / "templates/assets").glob("*.css"):
        said = re.findall(r"content:\s*([^;}]+)", sheet.read_text(encoding="utf-8"))
        words = [text for value in said for text in re.findall(r'"([^"]*)"', value)]
        assert [text for text in words if re.search(r"\w", text)] == [], sheet.name


# One page of each kind that has words of its own.
PAGES = (
    *("index.html", "404.html", "data.html", "figures.html", "ledger.html", "timeline.html", "voices.html", PREVIEW),
    *(
        "summits/ishiba-trump-2025-02.html",
        "topics/energy.html",
        "sources/white-house.html",
        "people/donald-trump.html",
    ),
)


@pytest.mark.slow
def test_pages_are_right_on_small_screens_and_on_paper(browser: Browser, japanese: Path) -> None:
    reader = Reader(browser, japanese)
    for name in PAGES:
        reader.open(name)
        reader.unfold()
        for width in (320, 360, 1280):
            reader.resize((width, 740))
            assert reader.flaws() == [], (name, width)
        reader.resize((360, 740))
        assert reader.violations(["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]) == [], name
        reader.show(media="print")
        reader.resize((680, 1017))
        assert reader.flaws() == [], name
        assert reader.complaints == []
    reader.page.close()


@pytest.mark.slow
def test_japanese_is_set_as_japanese(browser: Browser, japanese: Path) -> None:
    """Lines break by its rules, emphasis has dots and no slant, also on paper; English texts keep their own faces."""
    reader = Reader(browser, japanese)
    page = reader.open(PREVIEW)
    page.evaluate(
        """() => document.querySelector('.prose').insertAdjacentHTML('beforeend',
            '<p id="tried"><em>強調</em><i>表題</i><q>引用</q><em lang="en">stress</em></p>')"""
    )
    for media in ("screen", "print"):
        reader.show(media=media)
        assert page.evaluate("getComputedStyle(document.body).lineBreak") == "strict"
        slant, dots, label, other = page.evaluate(
            """() => { const [em, , , other] = document.querySelector('#tried').children, style = getComputedStyle(em);
                return [style.fontStyle, style.textEmphasisStyle, getComputedStyle(
                    document.querySelector('#tried i')).fontStyle, getComputedStyle(other).fontStyle]; }"""
        )
        assert (slant, label, other) == ("normal", "normal", "italic")
        assert "dot" in dots
    faces = page.evaluate(
        """() => ['.prose > div', '.prose > h2'].map(one => getComputedStyle(document.querySelector(one)).fontFamily)"""
    )
    assert faces[0].startswith('"Iowan Old Style"')
    assert "Mincho" in faces[1]
    reader.page.close()
