"""The index of claims, read as the page reads it: all claims are in it by their words, in files of bounded size."""

import json
import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from briefing.link.lists import Lists
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
    for period, _, shards, parts in index["table"][1:]:
        shown = [
            f"{page.removesuffix('.html').partition('/')[2]}#{id}"
            for number in range(len(parts))
            for page, _, _, _, _, _, claims in index[f"{period}-c{number}"]
            for id, *_ in claims
        ]
        assert len(shown) == sum(parts)
        for number in range(shards):
            for line in index[f"{period}-t{number}"].strip("\n").split("\n"):
                name, *differences = line.split(" ")
                values = [sum(map(int, differences[: at + 1])) for at in range(len(differences))]
                assert values == sorted(set(values))
                if name == term:
                    yield from (shown[value // 4] for value in values)


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
        ("the", set()),
    ],
)
def test_a_claim_is_found_by_its_words_its_voices_and_its_title(
    index: dict[str, Any], term: str, claims: set[str]
) -> None:
    assert set(found_by(index, term)) == claims


def test_the_table_names_all_files_and_the_newest_first(index: dict[str, Any]) -> None:
    language, *segments = index["table"]
    assert language == "en"
    names = {f"{period}-t{one}" for period, _, shards, _ in segments for one in range(shards)}
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
    papers = long_desk("あいうえお", 20, "345")
    before = files_of(tmp_path / "before", papers)
    claims = {**papers["a30"].claims, "c5": {"text": "Another text."}}
    after = files_of(tmp_path / "after", {**papers, "a30": Paper(papers["a30"].published, claims)})
    assert before.keys() == after.keys()
    assert [period for period, *_ in handed_over(before)["table"][1:]] == ["2025", "2024", "2023"]
    changed = {path for path in before if before[path] != after[path]}
    assert "search/table.js" in changed
    assert changed - {"search/table.js"}
    assert all(path.startswith("search/2025-") for path in changed - {"search/table.js"})


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
    assert handed_over(index_of(site)) == {"table": ["en"]}
