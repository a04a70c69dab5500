"""Quotes: found where their words stand and nowhere else, and marked so that nothing of the text changes."""

import re
import unicodedata
from collections.abc import Iterator
from itertools import pairwise
from xml.etree.ElementTree import Element

import html5lib
import pytest
import yaml
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from briefing.diagnostics import Pointer
from briefing.model.claim import Quote
from briefing.read.folding import fold
from briefing.read.markup import Rendered, TextRun, render_markdown
from briefing.read.passages import Passage, excerpts, mark_up, words_only
from briefing.read.quotes import QuotedText
from briefing.read.search import occurrences
from briefing.read.suggestions import yaml_scalar

PATH, WHERE = "content/articles/talks.md", Pointer("content/annotations/talks.yaml", ("claims", 0, "quote", "exact"))


def article(body: str) -> QuotedText:
    return QuotedText(PATH, render_markdown(body, PATH))


def found(body: str, exact: str, prefix: str | None = None, suffix: str | None = None) -> str | None:
    """The text at the one place where the quote stands; None where there is not one place."""
    text = article(body)
    span, _ = text.find(Quote(exact=exact, prefix=prefix, suffix=suffix), WHERE)
    return None if span is None else text.rendered.text[slice(*span)]


def codes(body: str, exact: str, prefix: str | None = None, suffix: str | None = None) -> list[str]:
    _, problems = article(body).find(Quote(exact=exact, prefix=prefix, suffix=suffix), WHERE)
    return [problem.code for problem in problems]


def tree(markup: str) -> Element:
    parsed: Element = html5lib.parseFragment(markup, treebuilder="etree", namespaceHTMLElements=False)
    return parsed


def text_of(element: Element) -> Iterator[str]:
    """The text below an element, without the numbered links that follow passages."""
    if element.tag == "sup" and element.get("class") == "ref":
        return
    yield element.text or ""
    for child in element:
        yield from text_of(child)
        yield child.tail or ""


def innermost(root: Element) -> Iterator[Element]:
    """The marks in which no further mark stands: where several passages begin, one stands for all."""
    return (mark for mark in root.iter("mark") if mark.find("mark") is None)


def words_of(root: Element, id: str) -> str:
    return "".join("".join(text_of(mark)) for mark in innermost(root) if id in str(mark.get("data-claims")).split())


def is_blank(character: str) -> bool:
    return character.isspace() or unicodedata.category(character) == "Cf"


def is_jamo(character: str) -> bool:
    return "\u1100" <= character <= "\u11ff" or character in "\uff9e\uff9f"


# Folding


ANY = st.text(st.characters(exclude_categories=("Cc", "Cs")), max_size=30)
# What folding is about: spaces, marks, widths, quotes, dashes, ligatures, syllables in parts, joiners.
TRICKY = st.text(
    "ab '\"-Aé\u0301\u0323\u00a0\u00ad\u200b\u200d\ufeff\u3000“”‘’«»„–—−…"
    "ﬁ½ⅣＡ１（ｶﾞが\u3099日本語。한\u1100\u1161\u11a8\t\n¨²₂①⑴㎡㎞㍻㈱⼗︵\U000e0100",
    max_size=30,
)


@given(ANY | TRICKY)
@example("a ¨b")
@example("日本 🈁 x")
@example("\u09c7\u09be \u0bc6\u0bbe")
def test_folding_twice_is_folding_once(text: str) -> None:
    # What stands between the parts of a character would, once folded away, make them one.
    assume(not any(is_blank(one) and (unicodedata.combining(other) or is_jamo(other)) for one, other in pairwise(text)))
    once = fold(text).text
    assert fold(once).text == once


@given(ANY | TRICKY)
@example("\u09c7\u09be \u0bc6\u0bbe \u1025\u102e")
def test_both_unicode_forms_fold_alike(text: str) -> None:
    composed, decomposed = unicodedata.normalize("NFC", text), unicodedata.normalize("NFD", text)
    assert fold(composed).text == fold(decomposed).text


@given(ANY | TRICKY, st.data())
def test_offsets_lead_back_to_the_text_that_was_folded(text: str, data: st.DataObject) -> None:
    folded = fold(text)
    assume(folded.text)
    start = data.draw(st.integers(0, len(folded.text) - 1))
    end = data.draw(st.integers(start + 1, len(folded.text)))
    first, last = folded.origin(start, end)
    assert 0 <= first < last <= len(text)
    # A character that folds to several (a ligature) is taken as a whole.
    assert folded.text[start:end] in fold(text[first:last]).text or folded.text[start:end].isspace()


@given(st.text(alphabet="ab ,'\"-é日本。\u2019\u201c\u2013\u00a0", max_size=30), st.data())
def test_offsets_are_exact_where_one_character_folds_to_one(text: str, data: st.DataObject) -> None:
    folded = fold(text)
    assume(folded.text.strip())
    words = [match.span() for match in re.finditer(r"\S+", folded.text)]
    start = data.draw(st.sampled_from([first for first, _ in words]))
    end = data.draw(st.sampled_from([last for _, last in words if last > start]))
    first, last = folded.origin(start, end)
    assert fold(text[first:last]).text == folded.text[start:end]
    assert not text[first].isspace()
    assert not text[last - 1].isspace()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("Japan\u2019s", "Japan's", id="apostrophe"),
        pytest.param("\u201cgolden age\u201d", '"golden age"', id="double quotes"),
        pytest.param("\u2018golden\u2019", "'golden'", id="single quotes"),
        pytest.param("\u00abgolden\u00bb", '"golden"', id="guillemets"),
        pytest.param("\u201egolden\u201c", '"golden"', id="German quotes"),
        pytest.param("5\u2032 6\u2033", "5' 6\"", id="primes"),
        pytest.param("US\u2010Japan", "US-Japan", id="hyphen"),
        pytest.param("US\u2011Japan", "US-Japan", id="non-breaking hyphen"),
        pytest.param("2024\u20132025", "2024-2025", id="en dash"),
        pytest.param("talks\u2014the first", "talks-the first", id="em dash"),
        pytest.param("\u22125", "-5", id="minus"),
        pytest.param("54\u00a0000", "54 000", id="no-break space"),
        pytest.param("54\u202f000", "54 000", id="narrow no-break space"),
        pytest.param("a  \t\n b", "a b", id="white space"),
        pytest.param("co\u00adoperation", "cooperation", id="soft hyphen"),
        pytest.param("co\u200boperation", "cooperation", id="zero width space"),
        pytest.param("a \u200b b", "a b", id="zero width space among spaces"),
        pytest.param("\ufeffword", "word", id="byte order mark"),
        pytest.param("ﬁnance", "finance", id="ligature"),
        pytest.param("and so on…", "and so on...", id="ellipsis"),
        pytest.param("ＬＮＧ１０", "LNG10", id="full width"),
        pytest.param("ｶﾞｽ", "ガス", id="half width"),
        pytest.param("カ\u3099ス", "ガス", id="voiced in two parts"),
        pytest.param("cafe\u0301", "café", id="accent in two parts"),
        pytest.param("a\u0323\u0301", "a\u0301\u0323", id="order of marks"),
        pytest.param("\u1112\u1161\u11ab", "한", id="syllable in parts"),
        pytest.param("日米\n首脳", "日米首脳", id="line end between wide characters"),
        pytest.param("日米 首脳", "日米首脳", id="space between wide characters, as YAML folds lines"),
        pytest.param("日米\u3000首脳", "日米首脳", id="ideographic space"),
        pytest.param("𠮷\n野家", "𠮷野家", id="line end after a rare character"),
        pytest.param("（注）", "(注)", id="full width brackets"),
        pytest.param("日本，\n美国", "日本，美国", id="line end after a full width comma"),
        pytest.param("葛\U000e0100 城", "葛\U000e0100城", id="space after a variant of an ideograph"),
        pytest.param("ＧＤＰ　２０２５年版", "GDP 2025年版", id="words of full width"),
        pytest.param("한국\n경제", "한국 경제", id="line end in Korean"),
        pytest.param("㎡", "m²", id="square meters"),
        pytest.param("㍻元年", "平成元年", id="era in a square"),
        pytest.param("⼗年", "十年", id="radical in place of its ideograph"),
        pytest.param("𝟏𝟐", "12", id="mathematical digits"),
    ],
)
def test_typography_does_not_matter(one: str, other: str) -> None:
    assert fold(one).text == fold(other).text


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("Trump", "trump", id="case"),
        pytest.param("resume", "résumé", id="accent"),
        pytest.param("54,000", "54000", id="separator"),
        pytest.param("golden age", "goldenage", id="space in Latin text"),
        pytest.param("日本 US", "日本US", id="space beside Latin text"),
        pytest.param("will", "may", id="word"),
        pytest.param("25¹", "251", id="raised digit"),
        pytest.param("10⁶", "106", id="raised power"),
        pytest.param("10⁻⁶", "10-6", id="raised sign"),
        pytest.param("H₂O", "H2O", id="lowered digit"),
        pytest.param("5㎡", "5m2", id="raised digit in a square"),
        pytest.param("xⁿ", "xn", id="raised letter"),
        pytest.param("5①", "51", id="circled digit"),
        pytest.param("1½", "11/2", id="fraction"),
        pytest.param("½", "1/2", id="fraction alone"),
        pytest.param("1⑴", "1(1)", id="digit in brackets"),
        pytest.param("2⒈", "21.", id="digit with a full stop"),
        pytest.param("XⅣ", "XIV", id="Roman numeral"),
        pytest.param("2㏠", "21日", id="day in a square"),
        pytest.param("三㊀", "三一", id="circled ideograph"),
        pytest.param("１２　３４", "1234", id="space between digits of full width"),
        pytest.param("ＡＢ　ＣＤ", "ABCD", id="space between letters of full width"),
        pytest.param("㎞ ㎞", "㎞㎞", id="space between squares of Latin letters"),
        pytest.param("나무 가지를", "나무가 지를", id="space in Korean"),
        pytest.param("日本 한국", "日本한국", id="space beside Korean"),
        pytest.param("1", "l", id="look-alike"),
        pytest.param("а", "a", id="Cyrillic look-alike"),
    ],
)
def test_everything_else_matters(one: str, other: str) -> None:
    assert fold(one).text != fold(other).text


# Finding


@pytest.mark.parametrize(
    ("body", "quote"),
    [
        pytest.param("They *will* **meet** on `Friday`.", "will meet on Friday", id="inline markup"),
        pytest.param("They will\nmeet on\nFriday.", "will meet on Friday", id="soft line ends"),
        pytest.param("They will  \nmeet\\\non Friday.", "will meet on Friday", id="hard line ends"),
        pytest.param("They [will meet](x.md 'Title') on Friday.", "will meet on Friday", id="link"),
        pytest.param("They will meet[^1] on Friday.\n\n[^1]: Perhaps.", "will meet on Friday", id="footnote's mark"),
        pytest.param("They meet[^1].\n\n[^1]: They will *meet*\n    on Friday.", "will meet on Friday", id="footnote"),
        pytest.param("They will ![a map](x.png)meet on Friday.", "will meet on Friday", id="image"),
        pytest.param("- They will\n- meet\n- on Friday", "will meet on Friday", id="list items"),
        pytest.param("1. They will meet\n\n   on Friday", "will meet on Friday", id="paragraphs of an item"),
        pytest.param("| They will | meet |\n|---|---|\n| on | Friday |", "will meet on Friday", id="table cells"),
        pytest.param("## They will\n\nmeet on Friday.", "will meet on Friday", id="heading and text"),
        pytest.param("> They will\n> meet on Friday.", "will meet on Friday", id="block quote"),
        pytest.param("```\nwill meet\n    on Friday\n```", "will meet on Friday", id="code block"),
        pytest.param("They will meet &#111;n Fri&shy;day.", "will meet on Friday", id="entities"),
        pytest.param("They w\\ill meet\\* on Friday.", "meet* on Friday", id="escapes"),
        pytest.param("They <del>will</del> meet on Friday.", "<del>will</del> meet", id="unknown tags are text"),
        pytest.param("They <div>will</div> meet on Friday.", "They will meet", id="tags of blocks"),
        pytest.param(
            "They <b>will</b> meet<!-- ask --> <u>on</u> Friday.", "will meet on Friday", id="tags without sense"
        ),
        pytest.param("A “golden age” — for both.", 'A "golden age" - for both', id="typography of the article"),
        pytest.param('A "golden age" - for both.', "A “golden age” — for both", id="typography of the quote"),
        pytest.param("日米両首脳は**「黄金時代」**を\n掲げる。", "日米両首脳は「黄金時代」を掲げる", id="Japanese"),
        pytest.param("ＧＤＰ　２０２５年版を読む。", "GDP 2025年版", id="full width"),
        pytest.param("It needs 10⁶ tonnes.", "10⁶ tonnes", id="raised digit"),
        pytest.param("It needs 10<sup>6</sup> tonnes.", "10⁶ tonnes", id="digit raised by a tag"),
        pytest.param("It needs 10<sup>-12</sup> tonnes.", "10⁻¹² tonnes", id="number raised by a tag"),
        pytest.param("It needs 10<sup>`6`</sup> tonnes.", "10⁶ tonnes", id="code raised by a tag"),
        pytest.param("It needs 10<sup>**6**</sup> tonnes.", "10⁶ tonnes", id="strong digit raised by a tag"),
        pytest.param("It needs 10<sup>6<sub>2</sub>3</sup> tonnes.", "10⁶₂³ tonnes", id="tag within a tag"),
        pytest.param("They meet<sup>1,2</sup> on Friday.", "meet¹,² on Friday", id="several notes raised by a tag"),
        pytest.param("The 5<sup>th</sup> of H<sub>2</sub>O.", "The 5th of H₂O", id="raised letters, lowered digit"),
    ],
)
def test_a_quote_is_found_across_markup(body: str, quote: str) -> None:
    words = found(body, quote)
    assert words is not None
    assert fold(" ".join(words.split())).text.replace(" ", "") == fold(quote).text.replace(" ", "")


@pytest.mark.parametrize(
    ("exact", "prefix", "suffix", "before"),
    [
        ("gas", "more", None, "They buy more "),
        ("gas", None, ", they", "They buy more gas. They sell "),
        ("gas", "sell", ", they", "They buy more gas. They sell "),
        ("gas", "the", None, "They buy more gas. They sell gas, they say. The price of the "),
        ("gas", None, "rises", "They buy more gas. They sell gas, they say. The price of the "),
        ("gas", " more ", None, "They buy more "),
        ("gas", "They\nbuy  more", ". They sell", "They buy more "),
    ],
)
def test_prefix_and_suffix_tell_which(exact: str, prefix: str | None, suffix: str | None, before: str) -> None:
    body = "They buy more gas. They sell gas, they say. The price of the gas rises."
    span, problems = article(body).find(Quote(exact=exact, prefix=prefix, suffix=suffix), WHERE)
    assert span == (len(before), len(before) + 3)
    assert problems == []


@pytest.mark.parametrize(
    ("body", "quote", "expected"),
    [
        pytest.param("They buy gas and gas.", "gas", ["ambiguous-quote"], id="twice"),
        pytest.param("aaaa", "aaa", ["ambiguous-quote"], id="twice, overlapping"),
        pytest.param("They buy gas.", "oil", ["quote-not-found"], id="never"),
        pytest.param("", "oil", ["quote-not-found"], id="in an empty article"),
        pytest.param("They buy gas.", "They buy gas. They", ["quote-not-found"], id="longer than the article"),
        pytest.param("![the map](x.png)", "the map", ["quote-not-found"], id="text of an image"),
        pytest.param("[x](y.md 'the title')", "the title", ["quote-not-found"], id="title of a link"),
        pytest.param("They meet[^1].\n\n[^1]: Soon.", "meet[1]", ["quote-not-found"], id="number of a footnote"),
        pytest.param("154,000 troops", "54,000 troops", ["quote-cuts-word"], id="number cut at its head"),
        pytest.param("54,000 troops", "54", ["quote-cuts-word"], id="number cut at a comma"),
        pytest.param("1.5 percent", "5 percent", ["quote-cuts-word"], id="number cut at a point"),
        pytest.param("unlikely", "likely", ["quote-cuts-word"], id="word cut at its head"),
        pytest.param("likelyhood", "likely", ["quote-cuts-word"], id="word cut at its end"),
        pytest.param("naïveté", "naïvet", ["quote-cuts-word"], id="word cut before an accent"),
        pytest.param("In 2024, they met.", "2024", [], id="number before a comma of the sentence"),
        pytest.param("In 2024.", "2024", [], id="number before a full stop"),
        pytest.param("US-Japan talks", "Japan talks", ["quote-cuts-word"], id="word after a hyphen"),
        pytest.param("US-Japan talks", "US-Japan talks", [], id="word with its hyphen"),
        pytest.param("日米首脳会談", "首脳", [], id="wide characters stand alone"),
        pytest.param("the \u201cage\u201d", "age", [], id="word in quotation marks"),
    ],
)
def test_what_is_wrong_with_a_quote(body: str, quote: str, expected: list[str]) -> None:
    assert codes(body, quote) == expected


def test_a_near_miss_is_never_accepted() -> None:
    body = "The joint statement will speak of a new golden age in relations."
    for at in range(len(body) - 1):
        if body[at].isalnum():
            changed = body[:at] + ("x" if body[at] != "x" else "y") + body[at + 1 :]
            assert codes(body, changed) == ["quote-not-found"]


WORDS = st.sampled_from(["gas", "talks", "the", "a", "of", "Japan's", "“golden”", "54,000", "co-operate", "日本", "é"])
GAPS = st.sampled_from([" ", " ", " ", "\n", "  ", ", ", ". "])


@st.composite
def bodies(draw: st.DrawFn) -> str:
    """Markdown from words in all kinds of inline and block markup."""
    blocks = []
    for _ in range(draw(st.integers(1, 4))):
        pieces = []
        for _ in range(draw(st.integers(1, 12))):
            word = draw(WORDS) + draw(st.sampled_from(["", str(draw(st.integers(0, 99)))]))
            form = draw(st.sampled_from(["{}", "{}", "{}", "*{}*", "**{}**", "`{}`", "[{}](x.md)", "{}[^1]", "~~{}~~"]))
            pieces += [form.format(word), draw(GAPS)]
        lines = "".join(pieces).strip()
        kind = draw(st.sampled_from(["{}", "{}", "- {}", "> {}", "## {}", "| {} |\n|---|\n| x |", "1. {}\n2. y"]))
        blocks.append(kind.format(" ".join(lines.split()) if kind != "{}" else lines))
    return "\n\n".join([*blocks, "[^1]: A note."])


@given(bodies(), st.data())
def test_any_words_that_stand_once_are_found_where_they_stand(body: str, data: st.DataObject) -> None:
    text = article(body)
    words = list(re.finditer(r"\S+", text.rendered.text))
    first = data.draw(st.integers(0, len(words) - 1))
    last = data.draw(st.integers(first, min(first + 8, len(words) - 1)))
    start, end = words[first].start(), words[last].end()
    exact = data.draw(st.sampled_from([" ", "\n", "  "])).join(word.group() for word in words[first : last + 1])
    assume(any(character.isalnum() for character in exact))
    span, problems = text.find(Quote(exact=exact), WHERE)
    stands = plain(text.rendered.text)
    count = sum(stands.startswith(plain(exact), at) for at in range(len(stands)))
    if count == 1:
        assert span == (start, end)
    else:
        assert (span, [problem.code for problem in problems]) == (None, ["ambiguous-quote"])


# Words as they are written, and in a spelling of our own in which those that are the same, and only those, are alike.
SPELLED = {
    "gas": "gas", "ＧＤＰ": "GDP", "GDP": "GDP", "２０２５": "2025", "2025": "2025", "10⁶": "10^6", "106": "106",
    "H₂O": "H_2O", "H2O": "H2O", "1½": "1+1/2", "11/2": "11/2", "25①": "25(1)", "251": "251", "Ⅳ": "four", "IV": "IV",
    "나무": "namu", "가지를": "gajireul", "나무가": "namuga", "지를": "jireul",
    "cafe\u0301": "café", "café": "café", "can’t": "can't",
    "can't": "can't", "−5": "-5", "-5": "-5", "हिंदी": "hindi", "co\u00adop": "coop", "coop": "coop",
}  # fmt: skip
IDEOGRAPHS = {"日": "日", "本": "本", "。": "。", "ガ": "ガ", "ｶﾞ": "ガ"}
WRITTEN = st.sampled_from([*SPELLED, *IDEOGRAPHS])
SPACES = st.sampled_from([" ", "\n", "\u00a0", "\u3000", "\u2009", " \u200b"])


def spelled(words: list[str]) -> list[str]:
    return [IDEOGRAPHS.get(word) or SPELLED[word] for word in words]


def written(words: list[str], data: st.DataObject) -> str:
    """The words as somebody may type them, with a space of any kind between them."""
    return words[0] + "".join(data.draw(SPACES) + word for word in words[1:])


@given(st.lists(WRITTEN, min_size=1, max_size=5), st.lists(WRITTEN, min_size=1, max_size=5), st.data())
def test_texts_are_the_same_if_their_lists_of_words_are(one: list[str], other: list[str], data: st.DataObject) -> None:
    """The oracle compares lists of words, and knows nothing of folding."""
    other = data.draw(st.sampled_from([other, one, [data.draw(st.sampled_from(alike(word))) for word in one]]))
    assert (fold(written(one, data)).text == fold(written(other, data)).text) == (spelled(one) == spelled(other))


def alike(word: str) -> list[str]:
    return [other for other in [*SPELLED, *IDEOGRAPHS] if spelled([other]) == spelled([word])]


@given(st.lists(WRITTEN, min_size=1, max_size=12), st.lists(WRITTEN, min_size=1, max_size=3), st.data())
def test_words_are_found_where_a_list_of_words_has_them(
    words: list[str], other: list[str], data: st.DataObject
) -> None:
    """A slow search through lists says how often; a bar on each side keeps words from being found within others."""
    first = data.draw(st.integers(0, len(words) - 1))
    quoted = data.draw(st.sampled_from([other, words[first : first + 3]]))
    quoted = [data.draw(st.sampled_from(alike(word))) for word in quoted]
    assume(any(word != "。" for word in quoted))
    pieces = [f"|{data.draw(SPACES)}{word}{data.draw(SPACES)}" for word in words]
    text = "".join(pieces) + "|"
    exact = f"|{data.draw(SPACES)}" + f"{data.draw(SPACES)}|{data.draw(SPACES)}".join(quoted) + f"{data.draw(SPACES)}|"
    places = [at for at in range(len(words)) if spelled(words[at : at + len(quoted)]) == spelled(quoted)]
    span, problems = QuotedText(PATH, Rendered("", text, (TextRun(0, len(text), 0, 0, 1, False),))).find(
        Quote(exact=exact), WHERE
    )
    if len(places) == 1:
        assert span is not None
        assert span[0] == len("".join(pieces[: places[0]]))
    else:
        assert span is None
        assert [problem.code for problem in problems] == ["ambiguous-quote" if places else "quote-not-found"]


def plain(text: str) -> str:
    """The few differences of these texts that do not count, taken out with other means than `fold`."""
    text = re.sub(r"[“”]", '"', " ".join(text.split()))
    return re.sub(r"(?<=[日本]) (?=[日本])", "", text)


@given(bodies(), st.data())
def test_a_correction_is_the_words_it_shows(body: str, data: st.DataObject) -> None:
    """Whatever is suggested for a slip of the hand reads back as YAML and is found."""
    text = article(body)
    words = text.rendered.text.split()
    first = data.draw(st.integers(0, len(words) - 1))
    exact = " ".join(words[first : first + 6])
    at = data.draw(st.integers(0, len(exact) - 1))
    slip = exact[:at] + data.draw(st.sampled_from(["", "x", "q "])) + exact[at + 1 :]
    assume(any(character.isalnum() for character in slip))
    span, problems = text.find(Quote(exact=slip), WHERE)
    for problem in problems if span is None else []:
        if not problem.help.startswith("write `"):
            continue
        quote = yaml.load(problem.help[len("write `") : -1], Loader=yaml.BaseLoader)["quote"]
        again, problems = text.find(Quote(**quote) if isinstance(quote, dict) else Quote(exact=quote), WHERE)
        assert again is not None
        assert "quote-cuts-word" not in [problem.code for problem in problems]


@given(st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp")), min_size=1, max_size=30))
@example("no: yes")
@example("a #b")
@example("null")
@example("- a")
@example("it's")
@example("a, b")
def test_a_scalar_reads_back_as_itself(text: str) -> None:
    text = " ".join(text.replace("\ufeff", "").split()) or "x"
    flow = yaml.load(f"{{quote: {yaml_scalar(text, flow=True)}, topics: [x]}}", Loader=yaml.BaseLoader)
    assert flow == {"quote": text, "topics": ["x"]}
    assert yaml.load(f"quote: {yaml_scalar(text)}\ntopics: [x]\n", Loader=yaml.BaseLoader) == flow


@given(ANY, ANY)
def test_finding_never_raises(body: str, quote: str) -> None:
    assume(any(character.isalnum() for character in quote))
    text = article(body)
    span, problems = text.find(Quote(exact=quote), WHERE)
    assert span is not None or problems
    assert len(occurrences(fold(text.rendered.text), Quote(exact=quote))) >= (span is not None)


# Marking


@st.composite
def marked(draw: st.DrawFn) -> tuple[Rendered, list[Passage]]:
    """A text with passages that overlap, nest, begin together and end together."""
    rendered = render_markdown(draw(bodies()), PATH)
    words = [word.span() for word in re.finditer(r"\S+", rendered.text)]
    passages = []
    for number in range(1, draw(st.integers(1, 6)) + 1):
        first = draw(st.integers(0, len(words) - 1))
        last = draw(st.integers(first, min(first + 10, len(words) - 1)))
        passages.append(Passage(words[first][0], words[last][1], f"claim-{number}", number))
    return rendered, passages


@given(marked())
@settings(max_examples=50)
def test_marking_changes_no_text(case: tuple[Rendered, list[Passage]]) -> None:
    rendered, passages = case
    assert "".join(text_of(tree(mark_up(rendered, passages)))) == "".join(text_of(tree(rendered.html)))


@given(marked())
@settings(max_examples=50)
def test_the_marks_of_a_passage_are_its_words_and_the_first_has_its_id(case: tuple[Rendered, list[Passage]]) -> None:
    rendered, passages = case
    root = tree(mark_up(rendered, passages))
    ids = [str(mark.get("id")) for mark in root.iter("mark") if mark.get("id")]
    assert sorted(ids) == sorted(passage.id for passage in passages)
    for passage in passages:
        # Blocks are parted by a line feed in the text but not in the markup.
        words = rendered.text[passage.start : passage.end]
        assert "".join(words_of(root, passage.id).split()) == "".join(words.split())
        first = next(mark for mark in root.iter("mark") if passage.id in str(mark.get("data-claims")).split())
        # Where several begin together, the marks with their ids stand in one another.
        assert passage.id in [mark.get("id") for mark in first.iter("mark")]
    for mark in root.iter("mark"):
        assert {child.tag for child in mark} <= {"mark"}
        assert "".join(text_of(mark))


@given(marked())
@settings(max_examples=50)
def test_a_passage_has_a_numbered_link_to_its_claim(case: tuple[Rendered, list[Passage]]) -> None:
    rendered, passages = case
    root = tree(mark_up(rendered, passages))
    links = [link for sup in root.iter("sup") if sup.get("class") == "ref" for link in sup.iter("a")]
    for link in links:
        number = str(link.text)
        assert link.attrib == {"href": f"#claim_claim-{number}", "aria-label": f"Claim {number}"}
    assert len({link.text for link in links}) == len(links)
    assert {str(link.text) for link in links} == {str(passage.number) for passage in passages}
    assert not any(inner is not link for link in root.iter("a") for inner in link.iter("a"))


def test_overlapping_passages_are_split_into_segments() -> None:
    rendered = render_markdown("one two three four", PATH)
    passages = [Passage(0, 13, "a", 1), Passage(4, 18, "b", 2), Passage(4, 7, "c", 3)]
    assert mark_up(rendered, passages) == (
        '<p><mark id="a" data-claims="a">one </mark>'
        '<mark id="b" data-claims="a b c"><mark id="c" data-claims="a b c">two</mark></mark>'
        '<sup class="ref"><a href="#claim_c" aria-label="Claim 3">3</a></sup>'
        '<mark data-claims="a b"> three</mark><sup class="ref"><a href="#claim_a" aria-label="Claim 1">1</a></sup>'
        '<mark data-claims="b"> four</mark><sup class="ref"><a href="#claim_b" aria-label="Claim 2">2</a></sup></p>\n'
    )


def test_equal_passages_are_both_marked() -> None:
    rendered = render_markdown("one two", PATH)
    root = tree(mark_up(rendered, [Passage(0, 7, "a", 1), Passage(0, 7, "b", 2)]))
    assert words_of(root, "a") == words_of(root, "b") == "one two"
    assert [mark.get("id") for mark in root.iter("mark")] == ["a", "b"]


def test_a_passage_that_ends_in_a_link_has_its_number_after_the_link() -> None:
    rendered = render_markdown("They [will meet](x.md) soon.", PATH)
    start = rendered.text.index("They")
    root = tree(mark_up(rendered, [Passage(start, rendered.text.index(" soon"), "a", 1)]))
    assert [link.get("href") for link in root.iter("a")] == ["x.html", "#claim_a"]


TEXT = (
    "First sentence here. The leaders will meet. Third one! Is it the fourth? It is the fifth.\n\n"
    "A paragraph apart.\n\nThe last has <del>no</del> markup. The end.\n"
)


def test_excerpts_show_the_sentence_before_and_after() -> None:
    rendered = render_markdown(TEXT, PATH)
    start = rendered.text.index("will meet")
    root = tree(excerpts(rendered, [Passage(start, start + 9, "a", 1)]))
    assert "".join(text_of(root)) == "First sentence here. The leaders will meet. Third one!"
    assert words_of(root, "a") == "will meet"


def test_excerpts_that_touch_are_joined() -> None:
    rendered = render_markdown(TEXT, PATH)
    first, second = rendered.text.index("will meet"), rendered.text.index("fourth")
    root = tree(excerpts(rendered, [Passage(second, second + 6, "b", 2), Passage(first, first + 9, "a", 1)]))
    assert len(list(root.iter("blockquote"))) == 1
    assert (words_of(root, "a"), words_of(root, "b")) == ("will meet", "fourth")


def test_excerpts_of_places_apart_are_apart() -> None:
    rendered = render_markdown(TEXT, PATH)
    first, last = rendered.text.index("First"), rendered.text.index("<del>no</del>")
    root = tree(excerpts(rendered, [Passage(first, first + 5, "a", 1), Passage(last, last + 13, "b", 2)]))
    assert len(list(root.iter("blockquote"))) == 2
    assert "Is it the fourth" not in "".join(text_of(root))
    assert words_of(root, "b") == "<del>no</del>"


def test_words_only_shows_nothing_else() -> None:
    rendered = render_markdown(TEXT, PATH)
    first, last = rendered.text.index("will meet"), rendered.text.index("<del>no</del>")
    root = tree(words_only(rendered, [Passage(first, first + 9, "a", 1), Passage(last, last + 13, "b", 2)]))
    assert [("".join(text_of(block))) for block in root.iter("blockquote")] == ["will meet", "<del>no</del>"]


@pytest.mark.slow
@given(marked(), st.sampled_from(["passages", "link"]))
@settings(max_examples=50)
def test_rights_hide_no_word_of_a_passage_and_show_every_id_once(
    case: tuple[Rendered, list[Passage]], rights: str
) -> None:
    rendered, passages = case
    markup = excerpts(rendered, passages) if rights == "passages" else words_only(rendered, passages)
    root = tree(markup)
    assert sorted(str(mark.get("id")) for mark in root.iter("mark") if mark.get("id")) == sorted(
        passage.id for passage in passages
    )
    for passage in passages:
        marked = "".join(words_of(root, passage.id).split())
        assert marked == "".join(rendered.text[passage.start : passage.end].split())


def test_long_texts_with_many_passages_are_marked_in_reasonable_time() -> None:
    rendered = render_markdown("word *word* word\n" * 5000, PATH)
    starts = [word.start() for word in re.finditer(r"\S+", rendered.text)]
    passages = [Passage(one, other + 4, f"c-{number}", number) for number, (one, other) in enumerate(pairwise(starts))]
    assert mark_up(rendered, passages).count("<mark id=") == len(passages)


@pytest.mark.parametrize("words", ["5.", ".5", "a."])
def test_a_passage_of_nothing_but_marks_is_not_suggested(words: str) -> None:
    """The full stop is what comes nearest; there is nothing in it to quote."""
    _, problems = article("c1 stand.").find(Quote(exact=words), Pointer("claims.yaml"))
    assert [note.message for problem in problems for note in problem.notes] == ["no passage comes near it"]
