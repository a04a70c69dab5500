"""How much of a reader's time and paper the pages of the demonstration take, and how soon they answer what is asked."""

import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest

from tests.demo.browsing import HOST, PHONE, Reader
from tests.demo.reading import CONTENT, claims, front_matter, read
from tests.markup import text_of

ISHIBA = "summits/ishiba-trump-2025-02.html"
TOKYO = "summits/trump-takaichi-2025-10.html"
KB = 1024


@dataclass(frozen=True)
class Budget:
    """The most that a page may have: words that are in view, screens of a phone, sheets of A4, and kilobytes."""

    words: int
    screens: float
    sheets: int
    kilobytes: float


BUDGETS = {
    ISHIBA: Budget(2500, 16, 5, 88),
    TOKYO: Budget(4600, 28.5, 8, 123),
    "topics/trade.html": Budget(1500, 10, 4, 130),
    "topics/energy.html": Budget(1500, 10, 4, 130),
    "topics/defense.html": Budget(1500, 10, 4, 130),
    "topics/investment.html": Budget(1500, 10, 4, 130),
    "ledger.html": Budget(4500, 26, 8, 73),
    "index.html": Budget(900, 6.5, 2, 16),
}
ARTICLES = ("2025-02-05-ishiba-trump-preview", "2025-02-07-ishiba-trump-statement")


@pytest.mark.slow
@pytest.mark.parametrize("name", BUDGETS)
def test_a_page_keeps_to_its_budget(reader: Reader, site: Path, name: str) -> None:
    reader.open(name)
    budget, kilobytes = BUDGETS[name], (site / name).stat().st_size / KB
    found = Budget(reader.words(), reader.screens(), reader.sheets(), kilobytes)
    assert found.words <= budget.words
    assert found.screens <= budget.screens
    assert 0 < found.sheets <= budget.sheets
    assert found.kilobytes <= budget.kilobytes


@pytest.mark.slow
@pytest.mark.parametrize("id", ARTICLES)
def test_an_article_takes_at_most_twice_the_words_of_its_text(reader: Reader, site: Path, id: str) -> None:
    """A word of English is six letters with the space after it, or more."""
    length = int(read((CONTENT / f"anchors/{id}.yaml").read_text(encoding="utf-8"))["text"]["length"])
    reader.open(f"articles/{id}.html")
    assert reader.words() <= 2 * length / 6
    assert reader.screens() <= 11
    assert 0 < reader.sheets() <= 3
    assert (site / f"articles/{id}.html").stat().st_size / KB <= 49


@pytest.mark.slow
def test_the_brief_alone_is_short(reader: Reader) -> None:
    """The agenda with what came of it: what an official reads who reads no more."""
    page = reader.open(ISHIBA)
    words, height = page.evaluate(
        "(() => { const brief = document.querySelector('table.answers'); return ["
        "[...brief.querySelectorAll('tbody :is(th, td)')].map(cell => cell.innerText).join(' '), "
        "brief.getBoundingClientRect().height]; })()"
    )
    assert 100 < len(re.findall(r"\w[\w'’.-]*", words)) <= 600
    assert height / PHONE[1] <= 4
    reader.resize((680, 1017))  # what an A4 sheet has between its margins
    reader.show(media="print")
    end = page.evaluate("document.querySelector('table.answers').getBoundingClientRect().bottom + scrollY")
    assert end / 1017 <= 1


def test_the_style_sheet_is_small(site: Path) -> None:
    sheets = {re.sub(r"\.[0-9a-f]{10}", "", sheet.name): sheet.stat().st_size for sheet in site.rglob("*.css")}
    assert sheets.keys() == {"style.css", "custom.css", "ja.css", "search.css"}
    assert sheets["style.css"] + sheets["custom.css"] <= 20 * KB
    assert sheets["ja.css"] <= 2 * KB
    assert sheets["search.css"] <= 2 * KB


@pytest.mark.slow
def test_no_words_stand_more_than_twice_on_a_page(pages: dict[str, Element]) -> None:
    """Open or folded: no quote, no title of a source, no statement. Only what lists events tells of a claim, or of an
    article, as often as something became of it."""
    titles = {id: " ".join(article["title"].split()) for id, article in front_matter("articles").items()}
    checked = 0
    for path, page in pages.items():
        main = page.find(".//main")
        if main is None or re.match(r"(archive/)?timelines?\b", path):
            continue
        quotes = Counter(text_of(quote) for quote in main.iter("q"))
        assert [words for words, count in quotes.items() if count > 2] == [], path
        shown: Counter[str] = Counter()
        for link in main.iter("a"):
            of, _, id = str(link.get("href")).rpartition("/")[2].partition("#")
            article, words = of.removesuffix(".html"), text_of(link)
            if not id and titles.get(article) == words:
                shown[article] += 1
            elif (claim := claims().get(f"{article}#{id}")) and claim.fields.get("text"):
                shown[claim.ref] += words == " ".join(claim.fields["text"].split())
        assert [what for what, count in shown.items() if count > 2] == [], path
        checked += shown.total()
    assert checked > 1000


@pytest.mark.slow
def test_no_page_asks_anything_of_another_host(reader: Reader, pages: dict[str, Element]) -> None:
    """In a browser, and as the pages have it: all that is loaded is the site's own."""
    asked: list[str] = []
    reader.page.on("request", lambda request: asked.append(request.url))
    for name in (ISHIBA, "figures.html", "404.html"):
        reader.open(name)
    assert asked
    assert all(url.startswith(f"http://{HOST}/") for url in asked)
    for path, page in pages.items():
        loaded = [one.get("src") for one in page.iter() if one.get("src")]
        loaded += [one.get("href") for one in page.iter("link") if one.get("rel") != "canonical"]
        assert not [url for url in loaded if re.match(r"([a-z]+:)?//", str(url))], path


# The ten questions of an official before a meeting. For each: the tap on the line of contents that it takes, if any;
# where the answer stands; words of it; and within how many screens of a phone, from the top or from where the tap led.
ROW = ".answers tr"
QUESTIONS = {
    "what came of it": ("", ".lede, .sums", "None of 11 promises is fulfilled; 6 are in progress.", 0.8),
    "what of the gas that was expected": ("", f"{ROW}:has([data-claim$='#lng-exports'])", "letters of intent", 2.6),
    "who said so": ("#topic_energy", ".cards li[data-claim$='statement#lng-exports'] .v", "the two leaders", 0.8),
    "what is open, and when is it looked at again": ("#page_score", ".next", "Feb 7, 2027", 1.35),
    "what did one side alone say": ("", ".brief > section > .u", "Only a joint text is known here", 1.1),
    "announced against delivered": (
        "#topic_investment",
        ".cards li[data-claim$='#bilateral-investment']",
        "$36 billion, has been announced, the White House says. No payment is shown.",
        1,
    ),
    "Nippon Steel": ("", f"{ROW}:has([data-claim$='#nippon-steel-talks'])", "President Trump's order", 3.8),
    "tariffs since": ("", f"{ROW}:has([data-claim$='#technology-not-protection'])", "sets a total of 15 percent", 3),
    "Taiwan": ("", f"{ROW}:has([data-claim$='statement#taiwan-strait'])", "across the Taiwan Strait", 1.6),
    "who pays": ("", f"{ROW}:has([data-claim$='#cost-sharing'])", "silent on cost sharing", 2.3),
}


@pytest.mark.slow
@pytest.mark.parametrize("question", QUESTIONS)
def test_a_question_is_answered_in_time(reader: Reader, question: str) -> None:
    tap, where, words, screens = QUESTIONS[question]
    page = reader.open(ISHIBA)
    if tap:
        page.locator(f"nav.toc a[href='{tap}']").click()
        page.wait_for_function("document.querySelector(':target')")
    found = page.locator(where)
    assert words in " ".join(" ".join(one.inner_text() for one in found.all()).split())
    assert all(one.is_visible() for one in found.all())
    start = page.evaluate("(tap => tap ? document.querySelector(tap).getBoundingClientRect().top : -scrollY)", tap)
    end = page.evaluate(
        "where => Math.max(...[...document.querySelectorAll(where)].map(one => one.getBoundingClientRect().bottom))",
        where,
    )
    assert (end - start) / PHONE[1] <= screens


def test_nine_of_the_ten_questions_are_answered_within_three_screens() -> None:
    assert len(QUESTIONS) == 10
    assert sum(screens <= 3 for *_, screens in QUESTIONS.values()) >= 9
