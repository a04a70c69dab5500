"""Languages: every text on every page is in an element of its language and direction, and the theme's are English."""

import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from xml.etree.ElementTree import Element, parse

import html5lib
import pytest

from briefing.build import Request, build
from briefing.model.base import validated
from briefing.model.claim import Figure
from briefing.model.dates import PartialDate
from briefing.model.measure import Measure
from briefing.views.phrases import listed, phrase, pieces_of, plain, spoken, tongue, unmarked
from briefing.views.words import date_view, figure_words
from tests.sites.wording import wording

# Words of each language that stand in no other: which language and direction an element around them must have.
LETTERS = {
    "ar": (re.compile("[\u0621-\u064a]"), "rtl"),
    "he": (re.compile("[\u05d0-\u05ea]"), "rtl"),
    "ja": (re.compile("[\u3041-\u30ff\u4e00-\u9fff]"), None),
    # What the desk writes: each word of it has an ß, an umlaut or a Q.
    "de": (re.compile("[ßäöüÄÖÜ]|Q(?!ual)"), None),
}
ARTICLES = {
    "arabisch": ("ar", "محادثات في فيلمارا", "سيوقع الزعيمان معاهدة (Fish 2026)", "القاهرة"),
    "hebraeisch": ("he", "שיחות בוולמרה", "המנהיגים יחתמו על אמנה", "ירושלים"),
    "japanisch": ("ja", "首脳会談", "両首脳は条約に署名する見通し", "東京"),
    "deutsch": ("de", "Gespräche in Vülmara", "Die Führer grüßen äußerst höflich", "Köln"),
}
SITE = {
    "config.yaml": (
        "title: Größe Q\ndescription: Über Q\npublisher: Äußeres Q\nlanguage: de\nnav: [ueber, annai]\n"
        "base_url: https://desk.example/\n"
        "topics: {trade: Außenhandel}\nlead: [arabisch#x]\n"
    ),
    "content/sources.yaml": "".join(
        f"q-{id}: {{name: Q-Blatt, language: {language}, summary: Qü, reliability: B, reliability_note: Qö}}\n"
        for id, (language, *_) in ARTICLES.items()
    ),
    "content/people.yaml": (
        "qe: {name: Ölse Q, names: {ja: 名前, ar: اسم, he: שם}, aliases: [Qü], summary: Qä,\n"
        "  roles: [{post: Präsidentin, organization: amt}]}\n"
    ),
    "content/organizations.yaml": "amt: {name: Außenamt, country: land}\n",
    "content/places.yaml": "land: {name: Königreich Q, timezone: Europe/Berlin}\n",
    "content/measures.yaml": "fonds: {label: Qü-Fonds, currency: USD, summary: Qä, topics: [trade], about: [land]}\n",
    "content/topics/trade.md": "---\nsummary: Qä\nsynonyms: [Güter]\naliases: [qalt]\n---\n\nÜber Q.\n",
    "content/pages/ueber.md": "---\ntitle: Über Q\nsummary: Qü\naliases: [qimpressum]\n---\n\nÄußerst Q.\n",
    "content/pages/annai.md": (
        "---\ntitle: 案内\nlanguage: ja\nsummary: 編集部\naliases: [qannai]\n---\n\n私たちについて。\n"
    ),
    "content/summits/gipfel.md": (
        "---\ntitle: Q-Gespräch\nstart: 2026-03-10T10:00+01:00\nstatus: held\nsummary: Qü\n"
        "venue: {site: Schloß Q, country: land}\n"
        "participants: [{person: qe, side: land, role: Qö}]\nagenda: [{topic: trade, items: [Qä]}]\n"
        "documents: [deutsch]\naliases: [qtreffen]\n---\n\nÜber Q.\n"
    ),
}


def article(id: str) -> tuple[str, str]:
    """An article and its claims, whose language is said once: in the article, or in its source. Of the second claim
    there are no words but those of the article."""
    language, title, quote, place = ARTICLES[id]
    said = f"language: {language}\n" if id == "arabisch" else ""
    head = f"title: {title}\nsource: q-{id}\npublished: 2026-03-0{len(id) % 9 + 1}\n{said}dateline: {place}\n"
    head += f"authors: [{place}]\nsummary: Qä\naliases: [q{id}]\nurl: https://blatt.example/{id}\n"
    head += "corrections: [{on: 2026-03-20, text: Qö}]\nsummits: [gipfel]\nissued_by: [land]\n"
    other = next(name for name in ARTICLES if name != id)
    claim = (
        f"summit: gipfel\nclaims:\n  - id: x\n    quote: {quote}\n    text: Qü\n    topics: [trade]\n"
        f"    modality: {'fact' if id == 'deutsch' else 'expectation'}\n    hedge: {quote[-6:]}\n    resolution: Qö\n"
        "    attribution: [{by: qe}, {described_as: Quä, basis: anonymous}]\n    about: [qe, amt, land]\n"
        "    figure: {measure: fonds, value: 2.50, scale: billion, as_of: 2026, qualifier: about}\n"
        f"    relations: [{{type: qualifies, to: {other}#x}}]\n    due: 2026-04\n"
    )
    if id == "japanisch":
        claim += "    history: [{status: fulfilled, on: 2026-03-25, why: Qö, evidence: [deutsch#x]}]\n"
    claim += f"  - {{id: y, quote: {place}, topics: [trade], modality: expectation}}\n"
    return f"---\n{head}---\n\n{quote}.\n\n{place}!\n", claim


def files() -> Iterator[tuple[str, str]]:
    yield from SITE.items()
    for id in ARTICLES:
        text, claims = article(id)
        yield f"content/articles/{id}.md", text
        yield f"content/annotations/{id}.yaml", claims


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A German site with an Arabic, a Hebrew, a Japanese and a German article, and a Japanese page."""
    folder = tmp_path_factory.mktemp("tongues")
    for path, text in files():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    run = build(Request(folder), folder / "site")
    if run.failed:
        pytest.fail("\n".join(f"{problem.place}: {problem.message}" for problem in run.problems))
    return folder / "site"


@pytest.fixture(scope="module")
def pages(built: Path) -> dict[str, Element]:
    """Its pages."""
    return {
        path.relative_to(built).as_posix(): html5lib.parse(
            path.read_text(encoding="utf-8"), namespaceHTMLElements=False
        )
        for path in sorted(built.rglob("*.html"))
    }


Text = tuple[str, str | None, str | None]


def texts(element: Element, lang: str | None = None, dir: str | None = None) -> Iterator[Text]:
    """Every text of a page, and every one that an attribute holds for people, with its language and direction."""
    lang, dir = element.get("lang", lang), element.get("dir", dir)
    if element.get("type") == "application/ld+json":
        return
    for name in ("content", "aria-label", "alt", "title"):
        if name in element.attrib and "http-equiv" not in element.attrib:
            yield str(element.get(name)), lang, dir
    if element.text:
        yield element.text, lang, dir
    for child in element:
        yield from texts(child, lang, dir)
        if child.tail:
            yield child.tail, lang, dir


def test_every_text_of_every_page_is_in_its_language_and_direction(pages: dict[str, Element]) -> None:
    seen: dict[str, set[str]] = {}
    wrong = []
    for name, page in pages.items():
        for text, lang, dir in texts(page):
            # The title of a page has that of the site behind it, and can have one language only.
            shown = text.split(" · ")[0] if text.endswith(" · Größe Q") else text
            if name == "data.html" and "lakh" in shown:  # the words for numbers of all languages, in one column
                continue
            for language, (letters, direction) in LETTERS.items():
                if letters.search(shown):
                    seen.setdefault(language, set()).add(name)
                    if (lang, dir) != (language, direction):
                        wrong.append((name, text, lang, dir))
    assert wrong == []
    # Each of them is shown in many places: its own page, lists, the ledger, figures, timeline, voices.
    common = {"ledger.html", "figures.html", "timeline.html", "articles/index.html"}
    common |= {"summits/gipfel.html", "topics/trade.html", "people/qe.html", "places/land.html"}
    for language in ("ar", "he", "ja"):
        assert common <= seen[language]
    # What has moved shows its title alone.
    moved = {f"articles/q{id}.html" for id in ARTICLES if id != "deutsch"} | {"changes.html", "qannai.html"}
    assert set(pages) - seen["de"] == moved


def test_a_page_in_another_language_is_shared_as_one(pages: dict[str, Element]) -> None:
    locales = {"annai.html": "ja_JP", "articles/japanisch.html": "ja_JP", "articles/arabisch.html": "ar_EG"}
    for name in (*locales, "ueber.html", "index.html", "topics/trade.html"):
        metas = {one.get("property"): one for one in pages[name].iter("meta")}
        assert metas["og:locale"].get("content") == locales.get(name, "de_DE")
    assert [one.get("lang") for one in pages["annai.html"].iter("h1")] == [None]
    [link] = [one for one in pages["index.html"].iter("a") if one.get("href") == "annai.html"]
    assert [(span.text, span.get("lang")) for span in link.iter("span")] == [("案内", "ja")]


def test_a_feed_names_the_language_of_each_title_that_is_in_another(built: Path) -> None:
    atom, lang = "{http://www.w3.org/2005/Atom}", "{http://www.w3.org/XML/1998/namespace}lang"
    feed = parse(built / "feed.xml").getroot()
    assert feed is not None
    assert feed.get(lang) == "de"
    titles = {str(one.text): one.get(lang) for one in feed.iter(f"{atom}title") if one is not feed.find(f"{atom}title")}
    assert titles["首脳会談"] == "ja"
    assert titles["محادثات في فيلمارا"] == "ar"
    assert titles["Gespräche in Vülmara"] is None
    assert all(of == "en" for title, of in titles.items() if title.startswith("Correction"))


def test_the_words_of_the_theme_are_english_on_a_german_site(pages: dict[str, Element]) -> None:
    for name, page in pages.items():
        assert page.get("lang") == "en", name
        german = [text for text, lang, _ in texts(page) if lang == "de"]
        # Nothing but what the desk wrote, with the ids of claims, dates, and numbers.
        told = re.compile(
            r"(Q|[äöüßÄÖÜ]|\d|Milliarden|US-Dollar|Deutsch|Arabisch|Hebräisch|Japanisch|März|^[xy]$|^\W*$)"
        )
        assert [text for text in german if not told.search(text)] == [], name
        assert [text for text, lang, _ in texts(page) if lang == "de" and "claim" in text.lower()] == [], name


def test_a_number_is_in_the_words_of_the_site_and_the_rest_of_the_phrase_in_english(pages: dict[str, Element]) -> None:
    value = next(link for link in pages["figures.html"].iter("a") if link.get("class") == "value")
    assert [(value.text, None), *((span.text, span.get("lang")) for span in value.iter("span"))] == [
        ("about ", None),
        ("2,50 Milliarden US-Dollar", "de"),
    ]


def test_the_text_of_an_article_runs_its_own_way_and_notes_on_it_do_not(pages: dict[str, Element]) -> None:
    prose = next(part for part in pages["articles/arabisch.html"].iter("section") if part.get("class") == "prose")
    assert (prose.get("lang"), prose.get("dir")) == (None, None)
    body = next(iter(prose.iter("div")))
    assert (body.get("lang"), body.get("dir")) == ("ar", "rtl")


# --- Phrases --------------------------------------------------------------------------------------------------

TONGUES = {
    "en": (None, None),
    "en-GB": (None, None),
    "de": ("de", None),
    "ar": ("ar", "rtl"),
    "he": ("he", "rtl"),
    "fa": ("fa", "rtl"),
    "ur": ("ur", "rtl"),
    "az": ("az", None),
    "az-Arab": ("az-Arab", "rtl"),
    "ar-Latn": ("ar-Latn", None),
    "ja": ("ja", None),
    "qqz": ("qqz", "auto"),
}


@pytest.mark.parametrize("language", TONGUES)
def test_a_language_has_its_direction(language: str) -> None:
    assert tongue(language, "en") == TONGUES[language]


def test_an_english_text_with_words_that_run_the_other_way_lets_the_browser_look() -> None:
    [piece] = pieces_of(spoken("مرحبا, he said", "en", "en"))
    assert (piece.lang, piece.dir) == (None, "auto")
    assert type(spoken("Good morning", "en", "en")) is str


def test_a_phrase_is_escaped_and_marks_only_what_is_not_english() -> None:
    joined = listed([spoken("<a> & Größe", "de", "en"), unmarked("<b>")], unmarked(", "))
    assert joined.__html__() == '<span lang="de">&lt;a&gt; &amp; Größe</span>, &lt;b&gt;'  # type: ignore[attr-defined]
    assert plain(joined) == joined == "<a> & Größe, <b>"
    assert type(phrase(unmarked("a"), unmarked("b"))) is str


# --- Numbers --------------------------------------------------------------------------------------------------

YEARS, SHIPS = Measure(label="L", unit="years"), Measure(label="L", unit="ships", unit_forms={"one": "ship"})
DOLLARS = Measure(label="L", currency="USD")
NUMBERS: dict[str, tuple[dict[str, str], Measure, str, str]] = {
    "English": ({"value": "2.5", "scale": "billion"}, DOLLARS, "en", "2.5 billion US dollars"),
    "German": ({"value": "2.5", "scale": "billion"}, DOLLARS, "de", "2,5 Milliarden US-Dollar"),
    "German, one": ({"value": "1", "scale": "billion"}, DOLLARS, "de", "1 Milliarde US-Dollar"),
    "German trillion": ({"value": "2", "scale": "trillion"}, DOLLARS, "de", "2 Billionen US-Dollar"),
    "French": ({"value": "2.5", "scale": "billion"}, YEARS, "fr", "2,5 milliards years"),
    "Spanish": ({"value": "2.5", "scale": "billion"}, YEARS, "es", "2,5 mil millones years"),
    "Portuguese": ({"value": "2.5", "scale": "trillion"}, YEARS, "pt", "2,5 trilhões years"),
    "Norwegian": ({"value": "2.5", "scale": "billion"}, YEARS, "nb", "2,5 milliarder years"),
    "Polish, few": ({"value": "2", "scale": "billion"}, YEARS, "pl", "2 miliardy years"),
    "Polish, many": ({"value": "5", "scale": "million"}, YEARS, "pl", "5 milionów years"),
    "Japanese counts in 億": ({"value": "2.5", "scale": "billion"}, YEARS, "ja", "25億 years"),
    "Japanese counts in 万": ({"value": "1.5", "scale": "million"}, YEARS, "ja", "150万 years"),
    "Japanese thousands are digits": ({"value": "1.5", "scale": "thousand"}, YEARS, "ja", "1,500 years"),
    "Japanese, a hundred million": ({"value": "100", "scale": "million"}, YEARS, "ja", "1億 years"),
    "Japanese, over a trillion": ({"value": "1500", "scale": "billion"}, DOLLARS, "ja", "1.5兆 米ドル"),
    "Japanese, less than the scale": ({"value": "0.5", "scale": "million"}, YEARS, "ja", "50万 years"),
    "Japanese, nothing": ({"value": "0", "scale": "billion"}, YEARS, "ja", "0 years"),
    "Chinese counts in 亿": ({"value": "330", "scale": "billion"}, YEARS, "zh", "3,300亿 years"),
    "a language without such words": ({"value": "2.5", "scale": "million"}, YEARS, "mt", "2,500,000 years"),
    "crore": ({"value": "500", "scale": "crore"}, DOLLARS, "en", "500 crore US dollars"),
    "lakh crore": ({"value": "1.5", "scale": "lakh crore"}, DOLLARS, "de", "1,5 lakh crore US-Dollar"),
    "億 on an English site": ({"value": "25", "scale": "億"}, DOLLARS, "en", "25億 US dollars"),
    "zeros as typed": ({"value": "1.10", "scale": "million"}, DOLLARS, "de", "1,10 Millionen US-Dollar"),
    "zeros without a scale": ({"value": "54000.00"}, YEARS, "en", "54,000.00 years"),
    "zeros that a scale takes": ({"value": "1.1000", "scale": "billion"}, YEARS, "ja", "11.000億 years"),
    "one year": ({"value": "1"}, YEARS, "en", "1 year"),
    "one year, exactly": ({"value": "1.0"}, YEARS, "en", "1.0 years"),
    "about one year": ({"value": "1", "qualifier": "about"}, YEARS, "en", "about 1 year"),
    "one to two years": ({"value": "1", "high": "2", "qualifier": "range"}, YEARS, "en", "1 to 2 years"),
    "a million years": ({"value": "1", "scale": "million"}, YEARS, "en", "1 million years"),
    "one ship": ({"value": "1"}, SHIPS, "en", "1 ship"),
    "two ships": ({"value": "2"}, SHIPS, "en", "2 ships"),
    "a year in German": ({"value": "1", "unit": "Jahre"}, YEARS, "de", "1 Jahr"),
    "years in Polish": ({"value": "2", "unit": "lat"}, YEARS, "pl", "2 lata"),
    "one dollar": ({"value": "1"}, DOLLARS, "en", "1 US dollar"),
    "a range of billions": (
        {"value": "20", "high": "25.5", "qualifier": "range", "scale": "billion"},
        DOLLARS,
        "de",
        "20 to 25,5 Milliarden US-Dollar",
    ),
    "a range in 億": (
        {"value": "2", "high": "2.5", "qualifier": "range", "scale": "billion"},
        YEARS,
        "ja",
        "20 to 25億 years",
    ),
    "no less than nothing": ({"value": "-0"}, YEARS, "en", "0 years"),
    "nothing, as typed": ({"value": "-0.0"}, YEARS, "en", "0.0 years"),
    "the sign of typography": ({"value": "\u22123.50"}, YEARS, "en", "-3.50 years"),
}


@pytest.mark.parametrize("case", NUMBERS)
def test_a_figure_is_in_the_words_of_the_language(case: str) -> None:
    fields, measure, locale, expected = NUMBERS[case]
    assert figure_words(validated(Figure, {"measure": "m", **fields}), measure, wording(locale)) == expected


# What a figure says of itself stands around the whole, and its unit behind the number without a space.
IN_JAPANESE: dict[str, tuple[dict[str, str], Measure, str]] = {
    "more than": ({"value": "6", "scale": "billion", "qualifier": "more-than"}, DOLLARS, "60億米ドル超"),
    "about": ({"value": "54000", "qualifier": "about"}, Measure(label="L", unit="人"), "約54,000人"),
    "nearly": ({"value": "54000", "qualifier": "nearly"}, Measure(label="L", unit="人"), "54,000人近く"),
    "up to": ({"value": "332", "scale": "billion", "qualifier": "up-to"}, DOLLARS, "最大3,320億米ドル"),
    "a range": ({"value": "10", "high": "12", "qualifier": "range"}, Measure(label="L", unit="%"), "10〜12%"),
    "Latin letters": ({"value": "2", "qualifier": "about"}, Measure(label="L", unit="km"), "約2 km"),
    "as the source has it": ({"value": "8.7", "scale": "兆"}, Measure(label="L", currency="JPY"), "8.7兆円"),
}


@pytest.mark.parametrize("case", IN_JAPANESE)
def test_a_figure_is_said_in_the_order_of_japanese(case: str) -> None:
    fields, measure, expected = IN_JAPANESE[case]
    said = figure_words(validated(Figure, {"measure": "m", **fields}), measure, wording("ja", "ja"))
    assert (said, type(said)) == (expected, str)  # nothing of it is marked


@pytest.mark.parametrize(
    ("date", "said", "short"),
    [
        ("2025-02-07", "2025年2月7日", "2025年2月7日"),
        ("2025-02", "2025年2月", "2025年2月"),
        ("2025", "2025年", "2025年"),
        ("2025-02-07~", "2025年2月7日頃", "2025年2月7日頃"),
        ("2025?", "2025年（不確か）", "2025年（不確か）"),
    ],
)
def test_a_date_is_said_in_the_words_of_japanese(date: str, said: str, short: str) -> None:
    view = date_view(PartialDate.parse(date), wording("ja", "ja"))
    assert (view.text, view.short) == (said, short)


# Of each: the language, that of the theme, and what is marked.
MARKS: dict[str, tuple[str, str, tuple[str | None, str | None]]] = {
    "Japanese among Japanese": ("ja", "ja", (None, None)),
    "English among Japanese": ("en", "ja", ("en", None)),
    "a region among its language": ("ja-JP", "ja", (None, None)),
    "another script": ("zh-Hant", "zh", ("zh-Hant", None)),
    "another script by region": ("zh-TW", "zh-Hans", ("zh-TW", None)),
    "English among Arabic": ("en", "ar", ("en", "ltr")),
    "Hebrew among Arabic": ("he", "ar", ("he", None)),
}


@pytest.mark.parametrize("case", MARKS)
def test_a_text_is_marked_where_the_words_around_are_of_another_language(case: str) -> None:
    language, theme, expected = MARKS[case]
    assert tongue(language, theme) == expected


@pytest.mark.parametrize(
    ("scale", "amount"),
    [("lakh", 10**5), ("crore", 10**7), ("万", 10**4), ("億", 10**8), ("兆", 10**12), ("万亿", 10**12), ("억", 10**8)],
)
def test_scales_of_sources_are_compared_by_what_they_amount_to(scale: str, amount: int) -> None:
    figure = validated(Figure, {"measure": "m", "value": "2.5", "scale": scale})
    assert figure.amount == Decimal("2.5") * amount


CURRENCIES = {
    "EUR": True,
    "JPY": True,
    "DEM": True,
    "XCG": True,
    "ABC": False,
    "XBT": False,
    "USd": False,
    "EURO": False,
}


@pytest.mark.parametrize("code", CURRENCIES)
def test_a_currency_is_one_of_iso_4217(code: str) -> None:
    try:
        validated(Measure, {"label": "L", "currency": code})
    except ValueError:
        assert not CURRENCIES[code]
    else:
        assert CURRENCIES[code]
