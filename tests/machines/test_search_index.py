"""The index of claims, read as the page reads it: all claims are in it by their words, in files of bounded size."""

import json
import random
import re
from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.link.lists import Lists
from briefing.machines.search import number
from briefing.machines.terms import LETTERS
from briefing.pages.page import File
from briefing.pages.search import sections
from tests.commands import built
from tests.machines.searchable import ARTICLES, write_searchable
from tests.sites.desks import Paper, linked, write_desk

HANDED_OVER = re.compile(r'briefingSearch\("([\w-]+)",(.*)\);\n', re.DOTALL)
LIMIT = 300_000


def handed_over(files: dict[str, bytes]) -> dict[str, Any]:
    """What the files of an index hand over, by its names."""
    found = {}
    for path, data in files.items():
        match = HANDED_OVER.fullmatch(data.decode())
        assert match
        assert path == f"search/{match[1]}.js"
        found[match[1]] = json.loads(match[2])
    return found


def index_of(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.glob("search/*.js")}


def found_by(index: dict[str, Any], term: str) -> Iterator[str]:
    """The claims with a term, wherever it is written."""
    for period, _, shards, parts in segments_of(index):
        shown = [
            [f"{page.removesuffix('.html').partition('/')[2]}#{id}" for id, *_ in claims]
            for page, claims in articles_of(index, period, len(parts))
        ]
        assert sum(map(len, shown)) == sum(parts)
        every = [ref for claims in shown for ref in claims]
        for shard in range(shards):
            counts, lines = index[f"{period}-t{shard}"]
            assert numbers(counts) == [len(claims) for claims in shown]
            for line in lines.strip("\n").split("\n"):
                name, claims, *articles = line.split(" ")
                if name == term:
                    yield from (every[value // 4] for value in sums(claims))
                    yield from (ref for value in sums("".join(articles)) for ref in shown[value // 4])


def segments_of(index: dict[str, Any]) -> list[tuple[str, str, int, list[int]]]:
    return list(index["table"][3:])


def articles_of(index: dict[str, Any], period: str, parts: int) -> Iterator[tuple[str, list[Any]]]:
    """The pages of a segment with their claims; of a page that stands in two parts, all."""
    joined: dict[str, list[Any]] = {}
    for part in range(parts):
        for page, *_, claims in index[f"{period}-c{part}"]:
            joined.setdefault(page, []).extend(claims)
    yield from joined.items()


def numbers(written: str) -> list[int]:
    """Numbers as the index has them: digits of base 45, the lowest first, and a last one that is less than 46. The
    digits are the printable characters from # on but the backslash."""
    digits = [chr(code) for code in range(ord("#"), ord("~") + 1) if chr(code) != "\\"]
    found, value, place = [], 0, 1
    for digit in map(digits.index, written):
        if digit < 46:
            found.append(value + digit * place)
            value, place = 0, 1
        else:
            value, place = value + (digit - 46) * place, place * 45
    assert place == 1
    return found


def sums(written: str) -> list[int]:
    found = list(accumulate(numbers(written)))
    assert found == sorted(set(found))
    return found


@given(st.integers(0, 10**9))
def test_numbers_are_read_as_they_were_written(value: int) -> None:
    assert numbers(number(value)) == [value]
    assert not set(number(value)) & set('"\\ \n')


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    folder = tmp_path_factory.mktemp("searchable")
    return handed_over(index_of(built(write_searchable(folder / "desk"), folder / "site")))


@pytest.mark.parametrize(
    ("term", "claims"),
    [
        ("container", {"harbor#port"}),
        ("cafe", {"harbor#cafe"}),
        ("防衛", {"budget#defense-share"}),
        ("衛費", {"budget#defense-share"}),
        ("関税", {"talks#tariff", "talks#rare-earths", "talks#visit"}),  # the title of the article has it
        ("高市", {"budget#tax-rise", "tariffs#steel"}),  # a name of a voice in another language
        ("brandt", {"harbor#lng", "talks#visit"}),
        ("pending", {"talks#rare-earths"}),
        ("#status-pending", {"talks#rare-earths"}),
        ("#year-2026", {f"{article}#{id}" for article in ("budget", "talks") for id in ARTICLES[article][3]}),
        (
            "2025",
            {f"{article}#{id}" for article in ("harbor", "tariffs") for id in ARTICLES[article][3]} | {"harbor#port"},
        ),
        ("#day-2026-02-20", {f"talks#{id}" for id in ARTICLES["talks"][3]}),
        ("february", {f"talks#{id}" for id in ARTICLES["talks"][3]}),
        ("the", set()),
    ],
)
def test_a_claim_is_found_by_its_words_its_voices_and_its_title(
    index: dict[str, Any], term: str, claims: set[str]
) -> None:
    assert set(found_by(index, term)) == claims


def test_the_table_names_all_files_and_the_newest_first(index: dict[str, Any]) -> None:
    letters, language, (_, of_names), *segments = index["table"]
    assert letters == json.loads(json.dumps(LETTERS))
    assert language == "en"
    names = {f"names-{one}" for one in range(of_names)}
    names |= {f"{period}-t{one}" for period, _, shards, _ in segments for one in range(shards)}
    names |= {f"{period}-c{one}" for period, _, _, parts in segments for one in range(len(parts))}
    assert names == index.keys() - {"table"}
    days = [article[3] for article in index["all-c0"]]
    assert days == sorted(days, reverse=True)


def long_desk(kanji: str, each: int, years: str) -> dict[str, Paper]:
    """Articles of some years; the texts of their claims are so many characters of a script, at random."""
    dice = random.Random(7)

    def text() -> str:
        return "".join(dice.choice(kanji) for _ in range(each))

    days = [f"202{year}-{month:02}-15" for year in years for month in range(1, 13)]
    return {
        f"a{number}": Paper(day, {f"c{one}": {"text": text()} for one in range(40)}) for number, day in enumerate(days)
    }


def files_of(folder: Path, papers: dict[str, Paper]) -> dict[str, bytes]:
    planned = (one for section in sections(Lists(linked(folder, papers))) for one in section.planned())
    return {one.path: one.data() for one in planned if isinstance(one, File)}


@pytest.mark.slow
def test_no_file_is_over_the_limit_where_every_character_of_long_texts_is_another(tmp_path: Path) -> None:
    papers = long_desk("".join(map(chr, range(0x4E00, 0x9000))), 700, "5")
    files = files_of(tmp_path, papers)
    assert max(map(len, files.values())) <= LIMIT
    assert sum(map(len, files.values())) > 9 * LIMIT  # there was something to be cut
    index = handed_over(files)
    claim = papers["a5"].claims["c7"]["text"]
    assert "a5#c7" in set(found_by(index, claim[350:352]))


@pytest.mark.slow
def test_an_edit_makes_the_files_of_its_time_again_and_no_others(tmp_path: Path) -> None:
    papers = long_desk("あいうえお", 20, "34567")
    before = files_of(tmp_path / "before", papers)
    claims = {**papers["a30"].claims, "c5": {"text": "Another text."}}
    after = files_of(tmp_path / "after", {**papers, "a30": Paper(papers["a30"].published, claims)})
    assert before.keys() == after.keys()
    assert [period for period, *_ in segments_of(handed_over(before))] == ["2027", "2026", "2025", "2024", "2023"]
    changed = {path for path in before if before[path] != after[path]}
    assert "search/table.js" in changed
    assert changed - {"search/table.js"}
    assert all(path.startswith("search/2025-") for path in changed - {"search/table.js"})


@pytest.mark.parametrize(
    ("most", "periods"),
    [
        (480, ["all"]),
        (479, ["2025-h2", "2025-h1"]),
        (239, ["2025-q4", "2025-q3", "2025-q2", "2025-q1"]),
        (119, [f"2025-{month:02}" for month in range(12, 0, -1)]),
        (39, [f"2025-{month:02}-15" for month in range(12, 0, -1)]),
    ],
)
def test_a_segment_has_the_longest_time_that_has_not_too_many_claims(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, most: int, periods: list[str]
) -> None:
    monkeypatch.setattr("briefing.pages.search_segments.MOST_CLAIMS", most)
    index = handed_over(files_of(tmp_path, long_desk("abc", 5, "5")))
    assert [period for period, *_ in segments_of(index)] == periods


def test_the_names_of_pages_are_there_with_other_names(index: dict[str, Any]) -> None:
    rows = {path: (name, note, words) for path, name, note, words in index["names-0"]}
    assert rows["people/takaichi.html"] == ("Sanae Takaichi", "person", "高市早苗")
    assert rows["sources/asahi.html"] == ("Asahi", "source", "")


ODD = "quotes \" and ' \\ ]]> </script> <!-- \t =1+1 @x\nnext"


def test_odd_texts_are_handed_over_as_they_are(tmp_path: Path) -> None:
    index = handed_over(files_of(tmp_path, {"a": Paper("2025-01-01", {"c": {"text": ODD}})}))
    ((*_, ((_, text, *_),)),) = index["all-c0"]
    assert text.split() == ODD.split()
    assert set(found_by(index, "script")) == {"a#c"}


def test_a_site_without_claims_says_so(tmp_path: Path) -> None:
    site = built(write_desk(tmp_path / "desk", {}), tmp_path / "site")
    page = (site / "search.html").read_text(encoding="utf-8")
    assert "There are no claims yet." in page
    assert "search.js" not in page
    assert segments_of(handed_over(index_of(site))) == []
