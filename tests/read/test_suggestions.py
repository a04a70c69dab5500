"""Suggestions: what is offered singles out the passage that was meant, and is accepted without a warning."""

import re
import unicodedata

import pytest
import yaml
from hypothesis import assume, given
from hypothesis import strategies as st

from briefing.diagnostics import Diagnostic, Pointer
from briefing.model.claim import Quote
from briefing.read.markup import Rendered, TextRun, render_markdown
from briefing.read.quotes import QuotedText

PATH, WHERE = "content/articles/talks.md", Pointer("content/annotations/talks.yaml", ("claims", 0, "quote", "exact"))


def article(body: str) -> QuotedText:
    return QuotedText(PATH, render_markdown(body, PATH))


def unmarked(text: str) -> QuotedText:
    """A text in which nothing is Markdown."""
    return QuotedText(PATH, Rendered("", text, (TextRun(0, len(text), 0, 0, 1, False),)))


def offered(problem: Diagnostic) -> Quote | None:
    """What the help says to write."""
    if not problem.help.startswith("write `"):
        return None
    quote = yaml.load(problem.help[len("write `") : -1], Loader=yaml.BaseLoader)["quote"]
    return Quote(**quote) if isinstance(quote, dict) else Quote(exact=quote)


TWICE = "We had gold before us, we had silver before us, we had copper before us and after us."


@pytest.mark.parametrize(
    ("exact", "prefix", "suffix", "before"),
    [
        pytest.param("before us", "we had silvr", None, "We had gold before us, we had silver ", id="prefix misspelt"),
        pytest.param("before us", None, "adn after", "ver before us, we had copper ", id="suffix misspelt"),
        pytest.param("before us", "copper", "but after", "ver before us, we had copper ", id="suffix does not follow"),
        pytest.param("befor us", "we had silver", None, "We had gold before us, we had silver ", id="words misspelt"),
        pytest.param("befor us", "we had silvr", None, "We had gold before us, we had silver ", id="both misspelt"),
        pytest.param(
            "befor us", None, ", we had copper", "We had gold before us, we had silver ", id="before a suffix"
        ),
        pytest.param("before us", "We had gold,", None, "We had gold ", id="the first, where that is meant"),
    ],
)
def test_the_passage_whose_surroundings_are_alike_is_offered(
    exact: str, prefix: str | None, suffix: str | None, before: str
) -> None:
    text = article(TWICE)
    _, problems = text.find(Quote(exact=exact, prefix=prefix, suffix=suffix), WHERE)
    assert [problem.code for problem in problems] == ["quote-not-found"]
    quote = offered(problems[0])
    assert quote is not None
    span, problems = text.find(quote, WHERE)
    assert problems == []
    assert span is not None
    assert TWICE[: span[0]].endswith(before)
    assert TWICE[slice(*span)] == "before us"


@pytest.mark.parametrize(
    ("body", "quote", "line"),
    [
        pytest.param("A\u00a0plan\u00a0for gas.", "plan fr gas", "plan for gas", id="no-break space before"),
        pytest.param("A\u00a0plan for gas.", "xplan for gas", "plan for gas", id="no-break space at the head"),
        pytest.param("A plan for gas\u00a0here.", "plan for gasx", "plan for gas", id="no-break space at the end"),
        pytest.param("A plan for gas\u00a0: all.", "plan fr gas", "plan for gas", id="no-break space after"),
        pytest.param("Some 1\u202f500\u202f000 euros.", "1 500 00 euros", "1 500 000 euros", id="in a number"),
        pytest.param("A \u200bplan\u2060 for gas.", "plan fr gas", "plan for gas", id="invisible characters"),
        pytest.param("The co\u00adoperation begins.", "The cooperaton begins", "The cooperation begins", id="hyphen"),
        pytest.param("भारत की नीति है।", "की नति", "की नीति", id="Devanagari"),
        pytest.param("இந்திய நிதி அமைச்சர் பேச", "நதி அமைச்சர்", "நிதி அமைச்சர்", id="Tamil"),
        pytest.param("ผู้นำจะประชุม ที่กรุงเทพ", "จะประชมุ ที่กรุงเทพ", None, id="Thai"),
        pytest.param("Le cafe\u0301 ferme\u0301 ici.", "Le café fermx", "Le cafe\u0301 ferme\u0301", id="NFD"),
        pytest.param("It needs 10⁶ tonnes.", "106 tonnes", "10⁶ tonnes", id="raised"),
        pytest.param("It needs 10<sup>6</sup> tonnes.", "106 tonnes", "10⁶ tonnes", id="raised by a tag"),
        pytest.param("It needs 10<sub>2</sub> tonnes.", "102 tonnes", "10₂ tonnes", id="lowered by a tag"),
        pytest.param("It takes 1½ days.", "11/2 days", "1½ days", id="fraction"),
        pytest.param("両首脳はガスの輸入で合意した。", "カスの輸入", "ガスの輸入", id="Japanese, slip at the head"),
        pytest.param("会談は成功したという。", "会談は成公", "会談は成功", id="Japanese, slip at the end"),
        pytest.param("双方达成协议，关税下降。", "达成协意", "达成协议", id="Chinese"),
        pytest.param("나무 가지를 샀다.", "나무가 지를", "나무 가지를", id="Korean"),
    ],
)
def test_a_line_is_offered_in_whole_words(body: str, quote: str, line: str | None) -> None:
    text = article(body)
    _, problems = text.find(Quote(exact=quote), WHERE)
    assert [problem.code for problem in problems] == ["quote-not-found"]
    correction = offered(problems[0])
    assert correction is not None
    assert line is None or correction.exact == line
    span, problems = text.find(correction, WHERE)
    assert span is not None
    assert problems == []


def test_of_several_passages_the_first_in_whole_words_is_offered() -> None:
    text = article("The gasoline. The gas, they say. More gas.")
    _, problems = text.find(Quote(exact="gas"), WHERE)
    correction = offered(problems[0])
    assert correction is not None
    assert text.find(correction, WHERE) == ((len("The gasoline. The "), len("The gasoline. The gas")), [])


PIECES = [
    *("gas", "non-binding", "can’t", "co\u00adop", "cafe\u0301", "x\u0302", "−5", "54,000", "1’5", "1½", "10⁶", "U.S."),
    *("5 %", "US$", "1\u00a0500", "1\u202f000", "대통령", "나무", "은", "5억", "नीति", "क्ष", "நிதி", "น้ำ", "เด็กๆ"),
    *(
        "ກຳ",
        "ក្ខ",
        "မြန်",
        "العام",
        "日本",
        "不",
        "三十",
        "億",
        "ー",
        "キャ",
        "ない",
        "せず",
        "ＧＤＰ",
        "２０",
        "（",
        "」",
    ),
    *("𠮷", "葛\U000e0100", "ｶﾞ", "㎞", "①", "Ⅳ", "“", "”", "'", '"', ":", "#", ",", ".", "-", "–", "—", "/", "[", "]"),
    *("{", "\u200b", "\u2060", "\ufeff", "👩\u200d👧", "…", "ﬁ"),
]
GAPS = [*[" "] * 25, "\n", "\u00a0", "\u3000", "  "]
TEXTS = st.lists(st.sampled_from([*PIECES, *GAPS]), min_size=1, max_size=30).map("".join)


def cuts_no_character(text: str, index: int) -> bool:
    """Whether no mark follows a place, so that a person could have marked the words up to it."""
    return index in (0, len(text)) or unicodedata.category(text[index])[0] != "M"


@given(TEXTS, st.data())
def test_what_is_offered_is_accepted_once_without_a_warning(text: str, data: st.DataObject) -> None:
    starts = [index for index in range(len(text)) if cuts_no_character(text, index)]
    start = data.draw(st.sampled_from(starts))
    end = data.draw(st.sampled_from([*[index for index in starts if index > start], len(text)]))
    exact = slipped(" ".join(text[start:end].split()), data)
    assume(any(character.isalnum() for character in exact))
    around = data.draw(st.sampled_from(["neither", "prefix", "suffix", "both"]))
    prefix = slipped(text[max(0, start - 12) : start], data) if around in ("prefix", "both") else ""
    suffix = slipped(text[end : end + 12], data) if around in ("suffix", "both") else ""
    article = unmarked(text)
    _, problems = article.find(Quote(exact=exact, prefix=prefix.strip() or None, suffix=suffix.strip() or None), WHERE)
    for problem in problems:
        if (correction := offered(problem)) is not None:
            span, again = article.find(correction, WHERE)
            assert span is not None
            assert again == []


def slipped(text: str, data: st.DataObject) -> str:
    """The text, or the text with a slip of the hand."""
    slip = data.draw(st.sampled_from([None, None, "", "x", "ो"]))
    if slip is None or not text:
        return text
    at = data.draw(st.integers(0, len(text) - 1))
    return text[:at] + slip + text[at + 1 :]


@given(TEXTS, st.data())
def test_words_between_spaces_that_stand_twice_get_a_line(text: str, data: st.DataObject) -> None:
    """Where whole words can be singled out by what stands beside them, a line is offered, and is for them."""
    words = [word.span() for word in re.finditer(r"\S+", text) if any(map(str.isalnum, word.group()))]
    assume(words)
    start, end = data.draw(st.sampled_from(words))
    body = f"{text} {text[start:end]} zz {text}"
    article = unmarked(body)
    _, problems = article.find(Quote(exact=text[start:end], suffix="zy"), WHERE)
    assert [problem.code for problem in problems] == ["quote-not-found"]
    correction = offered(problems[0])
    assert correction is not None
    span, _ = article.find(correction, WHERE)
    assert span is not None
    first = len(text) + 1
    assert span[0] < first + end - start
    assert first < span[1]
