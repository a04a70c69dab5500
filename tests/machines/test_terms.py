"""What a text is found by: what is a word, and that the script of the page takes queries apart in the same way."""

import json
import subprocess
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.machines.terms import LETTERS, STOP, normalised, runs, terms
from tests.commands import REPOSITORY

SCRIPT = REPOSITORY / "templates/assets/search.js"
# What the script says of texts: the words of each, and of some queries what has to be found for them.
ASKING = f"""
require({json.dumps(str(SCRIPT))});
const [letters, given] = JSON.parse(require("fs").readFileSync(0, "utf-8"));
briefingSearch.learn(letters);
const said = given.map(text => [briefingSearch.normalised(text), briefingSearch.runs(briefingSearch.normalised(text)),
    briefingSearch.wanted(text, []).terms.map(one => one.term)]);
process.stdout.write(JSON.stringify(said));
"""


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The Tariffs of 2025", {"tariffs", "2025"}),
        ("Café Zürich in Łódź", {"cafe", "zurich", "lodz"}),
        ("ＦＵＬＬ Ｗｉｄｔｈ ｶﾞｽ", {"full", "width", "ガス", "ス"}),
        ("防衛費", {"防衛", "衛費", "費"}),
        ("G7サミットで", {"g7", "サミ", "ミッ", "ット", "トで", "で"}),
        ("Japan's 5.5% (plan B)", {"japan", "5", "plan"}),
        ("관세는", {"관세", "세는", "는"}),
        ("soft\u00adhyphen and \u202eright\u202c", {"softhyphen", "right"}),
        ("Straße, ΛΌΓΟΣ", {"strasse", "λογοσ"}),
        ("", set()),
        ("= + - @ \0 \n ]]>", set()),
    ],
)
def test_what_a_text_is_found_by(text: str, found: set[str]) -> None:
    assert terms(normalised(text)) == found


@given(st.text())
def test_every_character_of_a_script_without_blanks_begins_a_term(text: str) -> None:
    plain = normalised(text)
    found = terms(plain)
    for run in runs(plain):
        assert run in found | STOP or all(any(term.startswith(letter) for term in found) for letter in run)


def asked(texts: list[str]) -> list[list[object]]:
    command = ["node", "-e", ASKING]
    done = subprocess.run(
        command, input=json.dumps([LETTERS, texts]), capture_output=True, encoding="utf-8", check=True, timeout=60
    )
    return list(json.loads(done.stdout))


# What both know: characters that are older than either's tables.
KNOWN = st.characters(exclude_categories=["Cn", "Cs", "Co"])


@pytest.mark.slow
@settings(max_examples=20)
@given(st.lists(st.text(KNOWN, max_size=40), min_size=20, max_size=60))
def test_the_script_takes_texts_apart_in_the_same_way(texts: list[str]) -> None:
    told = asked(texts)
    expected = [[normalised(text), runs(normalised(text))] for text in texts if is_known(text)]
    assert [one[:2] for text, one in zip(texts, told, strict=True) if is_known(text)] == expected


@pytest.mark.slow
def test_all_that_a_query_asks_for_is_a_term_of_the_text_that_it_was_taken_from() -> None:
    texts = ["政府は防衛費を国内総生産の２％とする", "a tariff of 25 percent applies", "Łódź, Ærø", "税", "the", "ｶﾞｽ 5"]
    for text, (_, _, wanted) in zip(texts, asked(texts), strict=True):
        assert isinstance(wanted, list)
        assert set(wanted) - STOP <= terms(normalised(text))


def is_known(text: str) -> bool:
    """Whether a text has only characters that have been in Unicode since 3.2, of which nothing changes any more."""
    return all(unicodedata.ucd_3_2_0.category(letter) != "Cn" for letter in text)
