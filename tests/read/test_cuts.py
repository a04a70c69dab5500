"""Cuts: a quote that leaves out a part of a word or number is told, and the whole is offered; all others are left."""

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from briefing.diagnostics import Pointer
from briefing.model.claim import Quote
from briefing.read.cuts import whole_words
from briefing.read.markup import render_markdown
from briefing.read.quotes import QuotedText

PATH, WHERE = "content/articles/talks.md", Pointer("content/annotations/talks.yaml", ("claims", 0, "quote", "exact"))

# The text, the words that are quoted from it, and those that are offered in their place.
TOLD = [
    # Hyphens and what joins words like them
    ("a non-binding pact", "binding pact", "non-binding pact"),
    ("a non-binding pact", "-binding pact", "non-binding pact"),
    ("a non\u2010binding pact", "binding pact", "non\u2010binding pact"),
    ("a non\u2011binding pact", "binding pact", "non\u2011binding pact"),
    ("a non-binding pact", "a non", "a non-binding"),
    ("a non-binding pact", "a non-", "a non-binding"),
    ("a non-“binding” pact", "binding", "non-“binding"),
    ("the ex-minister resigned", "minister resigned", "ex-minister resigned"),
    ("the counter-tariffs end", "tariffs end", "counter-tariffs end"),
    ("the US-Japan talks", "Japan talks", "US-Japan talks"),
    ("the post–Cold War order", "Cold War order", "post–Cold War order"),
    ("a short- and long-term plan", "a short", "a short-"),
    ("the COVID-19 rules", "19 rules", "COVID-19 rules"),
    ("at 50 km/h there", "at 50 km", "at 50 km/h"),
    ("for R&D spending", "D spending", "R&D spending"),
    ("by U.S. Steel", "S. Steel", "U.S. Steel"),
    ("at 5 a.m. there", "at 5 a", "at 5 a.m"),
    ("a co\u00adoperation talk", "operation talk", "cooperation talk"),
    ("a co\u200boperation talk", "a co", "a cooperation"),
    # Apostrophes
    ("Estmark can’t pay", "Estmark can", "Estmark can’t"),
    ("Estmark can't pay", "Estmark can", "Estmark can't"),
    ("Estmark can\u02bct pay", "Estmark can", "Estmark can\u02bct"),
    ("Estmark can’t pay", "t pay", "can’t pay"),
    ("as O’Brien said", "Brien said", "O’Brien said"),
    ("il n’est pas mort", "est pas mort", "n’est pas mort"),
    ("צה״ל הודיע", "צה", "צה״ל"),
    # Signs and currencies
    ("moved by -2.5 percent", "2.5 percent", "-2.5 percent"),
    ("moved by \u22125 percent", "5 percent", "\u22125 percent"),
    ("moved by ±5 percent", "5 percent", "±5 percent"),
    ("moved by ~5 percent", "5 percent", "~5 percent"),
    ("moved by ≥ 5 percent", "5 percent", "≥ 5 percent"),
    ("moved by .5 percent", "5 percent", ".5 percent"),
    ("moved (\u22125 percent)", "5 percent", "\u22125 percent"),
    ("a gain of \u2212$5 million", "$5 million", "\u2212$5 million"),
    ("a gain of A$5 million", "$5 million", "A$5 million"),
    ("a gain of € 5 million", "5 million", "€ 5 million"),
    ("up 5% in May", "up 5", "up 5%"),
    ("up 5\u202f% in May", "up 5", "up 5 %"),
    ("up 5°C in May", "up 5", "up 5°C"),
    ("of 500+ troops", "of 500", "of 500+"),
    # Separators, ranges, times, fractions, powers
    ("some 154 000 homes", "000 homes", "154 000 homes"),
    ("some 154 000 homes", "some 154", "some 154 000"),
    ("of 1\u202f500\u202f000 euros", "500 000 euros", "1 500 000 euros"),
    ("of 1\u2009500\u2009000 euros", "000 euros", "1 500 000 euros"),
    ("of 1\u00a0500 euros", "500 euros", "1 500 euros"),
    ("of 1'500 euros", "500 euros", "1'500 euros"),
    ("of 1’500 euros", "500 euros", "1’500 euros"),
    ("of 1.500,25 euros", "25 euros", "1.500,25 euros"),
    ("of 5–10 percent", "10 percent", "5–10 percent"),
    ("of 5%–10% more", "10% more", "5%–10% more"),
    ("at 14:30 on Friday", "30 on Friday", "14:30 on Friday"),
    ("on 1/7 day", "7 day", "1/7 day"),
    ("on 1\u20447 day", "7 day", "1\u20447 day"),
    ("of 1½ days", "of 1", "of 1½"),
    ("of 1 1/2 days", "1/2 days", "1 1/2 days"),
    ("some 10⁶ tonnes", "some 10", "some 10⁶"),
    ("some 5×10⁶ tonnes", "10⁶ tonnes", "5×10⁶ tonnes"),
    ("some 10⁻⁶ tonnes", "some 10", "some 10⁻⁶"),
    ("on 5 km² of land", "on 5 km", "on 5 km²"),
    ("some 25¹ billion", "some 25", "some 25¹"),
    ("some 20<sup>3</sup> barrels", "some 20", "some 20³"),
    # Chinese and Japanese
    ("予算は三十五億円だ", "五億円だ", "三十五億円だ"),
    ("予算は三十五億円だ", "三十", "三十五億"),
    ("予算は３５億円だ", "予算は３５", "予算は３５億"),
    ("予算は３５億円だ", "５億円だ", "３５億円だ"),
    ("二〇二五年に", "五年に", "二〇二五年に"),
    ("壱弐参円だ", "参円だ", "壱弐参円だ"),
    ("数百人が", "百人が", "数百人が"),
    ("三・五億円", "五億円", "三・五億円"),
    ("三分の一だ", "一だ", "三分の一だ"),
    ("二十余年の", "余年の", "二十余年の"),
    ("第三国が", "三国が", "第三国が"),
    ("マイナス5%だ", "5%だ", "マイナス5%だ"),
    ("▲2.5％だ", "2.5％だ", "▲2.5％だ"),
    ("両国は不拡散条約を結ぶ", "拡散条約を結ぶ", "不拡散条約を結ぶ"),
    ("無条件で合意", "条件で合意", "無条件で合意"),
    ("未署名の条約", "署名の条約", "未署名の条約"),
    ("非公式会談", "公式会談", "非公式会談"),
    ("并没有签署", "有签署", "没有签署"),
    ("反ダンピング関税", "ダンピング関税", "反ダンピング関税"),
    ("ノンバンク規制", "バンク規制", "ノンバンク規制"),
    ("副大統領は", "大統領は", "副大統領は"),
    ("国々が", "国", "国々"),
    ("両国は合意しない。", "両国は合意し", "両国は合意しない"),
    ("両国は合意していない。", "両国は合意", "両国は合意していない"),
    ("両国は合意しません。", "両国は合意しませ", "両国は合意しません"),
    ("両国は合意せず、", "両国は合意せ", "両国は合意せず"),
    ("大統領ではなく首相が", "大統領", "大統領ではなく"),
    # Korean
    ("대통령은 갔다", "통령은 갔다", "대통령은 갔다"),
    ("대통령은 갔다", "대통", "대통령"),
    ("국가 안보", "국", "국가"),
    ("비핵화 회담", "핵화 회담", "비핵화 회담"),
    ("한·미 회담", "미 회담", "한·미 회담"),
    ("예산은 5억 3000만 달러", "3000만 달러", "5억 3000만 달러"),
    # Vowel signs and tone marks
    ("भारत की नीति", "भारत क", "भारत की"),
    ("நிதி அமைச்சர்", "நித", "நிதி"),
    ("the x\u0302 here", "the x", "the x\u0302"),
    ("การประชุม", "ก", "กา"),
    ("ไทยกำลัง", "ทยกำลัง", "ไทยกำลัง"),
    ("เด็กๆ", "เด็ก", "เด็กๆ"),
    ("ກຳລັງ", "ກ", "ກຳ"),
    ("កម្ពុជា", "កម", "កម្ពុ"),
    ("မြန်မာ", "မြ", "မြန်"),
    # A character that stands for several
    ("and so on…", "so on..", "so on…"),
    ("some 5 ㎞ away", "some 5 k", "some 5 ㎞"),
]

LEFT = [
    ("text - more", "text"),
    ("text - more", "more"),
    ("text—more", "text"),
    ("text—more", "more"),
    ("text - 5 people", "5 people"),
    ("a non-binding pact", "non-binding pact"),
    ("In 2024 300 people left", "300 people"),
    ("In 2024, 300 people left", "In 2024"),
    ("In 2024 $5 million went", "In 2024"),
    ("In 2024 $5 million went", "$5 million"),
    ("| 12 | 300 |\n|---|---|\n| a | b |", "300"),
    ("it was 5.", "5"),
    ("the “age”", "age"),
    ("the pact¹,² holds", "the pact"),
    ("the pact<sup>1</sup> holds", "the pact"),
    ("the workers’ rights", "workers"),
    ("on l’accord commercial", "accord commercial"),
    ("on dell’accordo", "accordo"),
    ("日米首脳会談", "首脳"),
    ("2025年版", "2025"),
    ("世界統一三十周年", "三十周年"),
    ("問題の有無確認", "確認"),
    ("南非总统", "总统"),
    ("沈没船の", "船の"),
    ("違反企業は", "企業は"),
    ("離脱交渉", "交渉"),
    ("二週間ないし三週間", "二週間"),
    ("合意するはずだ", "合意する"),
    ("首相はずっと", "首相は"),
    ("核をなくす運動", "核を"),
    ("トランプ大統領", "大統領"),
    ("トランプ大統領", "トランプ"),
    ("대통령은 갔다", "대통령"),
    ("외교·국방 장관", "국방 장관"),
    ("정상회담에서 합의", "정상회담"),
    ("러시아가 말했다", "러시아"),
    ("GDP는 늘었다", "GDP"),
    ("การประชุมสุดยอด", "การ"),
    ("การประชุมสุดยอด", "ประชุม"),
    ("ປະຊຸມສຸດຍອດ", "ປະຊຸມ"),
    ("កិច្ចប្រជុំកំពូល", "ប្រជុំ"),
    ("အစည်းအဝေး", "အစည်း"),
    ("भारत की नीति", "भारत"),
]


def article(body: str) -> QuotedText:
    return QuotedText(PATH, render_markdown(body, PATH))


@pytest.mark.parametrize(("body", "quote", "whole"), TOLD)
def test_a_cut_is_told_and_the_whole_offered(body: str, quote: str, whole: str) -> None:
    text = article(body)
    _, problems = text.find(Quote(exact=quote), WHERE)
    assert [problem.code for problem in problems] == ["quote-cuts-word"]
    offered = yaml.load(problems[0].help[len("write `") : -1], Loader=yaml.BaseLoader)["quote"]
    assert offered == whole
    span, problems = text.find(Quote(exact=offered), WHERE)
    assert span is not None
    assert problems == []


@pytest.mark.parametrize(("body", "quote"), LEFT)
def test_whole_words_are_left_alone(body: str, quote: str) -> None:
    span, problems = article(body).find(Quote(exact=quote), WHERE)
    assert span is not None
    assert problems == []


def test_what_is_offered_for_a_cut_stands_once() -> None:
    _, problems = article("Of 154,000 homes here, 154,000 homes gain.").find(
        Quote(exact="54,000 homes", suffix="gain"), WHERE
    )
    assert [(problem.code, problem.help) for problem in problems] == [
        ("quote-cuts-word", "write `quote: {exact: '154,000 homes', prefix: '154,000 homes here,'}`")
    ]


# Words and numbers that nothing may be cut from, in many scripts, and what may part them.
WHOLE = [
    *("gas", "non-binding", "ex-minister", "can’t", "O'Brien", "co\u00adoperation", "caf\u00e9", "cafe\u0301", "U.S"),
    *("−5", "-2.5", "±3", "54,000", "1’500", "14:30", "1/7", "1½", "10⁶", "5×10⁻⁶", "US$5", "5%", "€7", "500+"),
    *("1\u00a0500\u202f000", "대통령실", "नीति", "அமைச்சர்", "ＧＤＰ", "２０２５", "Straße", "километр", "كتاب"),
]
PARTING = [", ", " — ", "; ", " (", ") ", ": “", "” – ", ".\n", " and ", "\n"]


@given(st.lists(st.tuples(st.sampled_from(WHOLE), st.sampled_from(PARTING)), min_size=1, max_size=8), st.data())
def test_only_whole_words_of_a_list_are_whole(parts: list[tuple[str, str]], data: st.DataObject) -> None:
    """The oracle has the text as the list of words it was made of."""
    text = ""
    starts: list[int] = []
    ends: list[int] = []
    inside: list[int] = []
    for word, parting in parts:
        starts.append(len(text))
        ends.append(len(text) + len(word))
        inside += range(len(text), len(text) + len(word))
        text += word + parting
    start = data.draw(st.sampled_from(inside))
    end = 1 + data.draw(st.sampled_from([one for one in inside if one >= start]))
    first, last = max(one for one in starts if one <= start), min(one for one in ends if one >= end)
    assert whole_words(text, start, end) == (first, last)
