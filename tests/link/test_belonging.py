"""Claims that are on the page of no summit, or not on that of the summit whose document they stand in."""

from pathlib import Path

import pytest
import yaml

from briefing.build import Request, check
from briefing.diagnostics import Pointer
from tests.samples import first_of
from tests.sites.desks import write_desk

ARTICLE, CLAIMS = "content/articles/a.md", "content/annotations/a.yaml"


def files(named: list[str], documents: list[str], of_file: str | None, of_claims: list[str | None]) -> dict[str, str]:
    """An article about some summits and a document of others, with a claim for each summit that one may say."""
    said = [f"claim {'abc'[index]}" for index in range(len(of_claims))]
    head = {"title": "A", "source": "gazette", "published": "2026-03-02", **({"summits": named} if named else {})}
    claims = [
        {"id": f"c{index}", "quote": words, "topics": ["trade"], **({"summit": summit} if summit else {})}
        for index, (words, summit) in enumerate(zip(said, of_claims, strict=True))
    ]
    annotations = {**({"summit": of_file} if of_file else {}), "claims": claims}
    found = {
        ARTICLE: f"---\n{yaml.safe_dump(head)}---\n\n{'. '.join(said)}.\n",
        CLAIMS: yaml.safe_dump(annotations),
    }
    for id in ("s", "t"):
        meeting = {"title": id, "start": "2026-04-01", **({"documents": ["a"]} if id in documents else {})}
        found[f"content/summits/{id}.md"] = f"---\n{yaml.safe_dump(meeting)}---\n"
    return found


# The summits an article names, those that have it as a document, what its claims say; message, place and line to add.
NOWHERE = "on the page of no summit"
LOST: dict[str, tuple[list[str], list[str], str | None, list[str | None], tuple[str, Pointer, str] | None]] = {
    "one summit": (["s"], [], None, [None, None], None),
    "none": ([], [], None, [None], None),
    "two, and nothing says which": (
        ["s", "t"],
        [],
        None,
        [None, None],
        (
            "2 claims stand on the page of no summit: `a` is about `s` and `t`",
            Pointer(CLAIMS, ("claims", 0)),
            "add the line `summit: s` or `summit: t` above `claims:`, or to each claim the one that it belongs to",
        ),
    ),
    "two, and the file says which": (["s", "t"], [], "t", [None, None], None),
    "two, and each claim says which": (["s", "t"], [], None, ["s", "t"], None),
    "two, and one claim does not say": (
        ["s", "t"],
        [],
        None,
        ["s", None],
        (
            "1 claim stands on the page of no summit: `a` is about `s` and `t`",
            Pointer(CLAIMS, ("claims", 1)),
            "add the line `summit: s` or `summit: t` above `claims:`, or to each claim the one that it belongs to",
        ),
    ),
    "two, and a document of one": (
        ["s", "t"],
        ["t"],
        None,
        [None],
        (
            "1 claim stands on the page of no summit: `a` is about `s` and `t`",
            Pointer(CLAIMS, ("claims", 0)),
            "add the line `summit: t` above `claims:`, or to each claim the one that it belongs to",
        ),
    ),
    "a document that names its summit": (["s"], ["s"], None, [None], None),
    "a document that does not": (
        [],
        ["s"],
        None,
        [None, None],
        (
            "no claim of `a` is on the page of `s`, whose document it is",
            Pointer(ARTICLE),
            "add the line `summits: [s]` to content/articles/a.md",
        ),
    ),
    "a document whose claims do": ([], ["s"], "s", [None], None),
    "a document that names another summit": (
        ["t"],
        ["s"],
        None,
        [None],
        (
            "no claim of `a` is on the page of `s`, whose document it is",
            Pointer(ARTICLE, ("summits",)),
            "add the line `summit: s` above `claims:` in content/annotations/a.yaml",
        ),
    ),
    "a document of two": (
        [],
        ["s", "t"],
        None,
        [None],
        (
            "no claim of `a` is on the page of `s` and `t`, whose document it is",
            Pointer(ARTICLE),
            "add the line `summit: s` or `summit: t` above `claims:` in content/annotations/a.yaml",
        ),
    ),
    "a document of two, on the page of one": ([], ["s", "t"], "t", [None], None),
    "a document without claims": ([], ["s"], None, [], None),
}


@pytest.mark.parametrize("case", first_of(4, LOST))
def test_claims_on_no_summit_are_told_with_the_line_to_add(case: str, tmp_path: Path) -> None:
    named, documents, of_file, of_claims, expected = LOST[case]
    run = check(Request(write_desk(tmp_path, {}, files(named, documents, of_file, of_claims))))
    assert [(one.message, one.place, one.help) for one in run.problems] == ([expected] if expected else [])
    assert all(one.code == "claims-on-no-summit" and one.severity == "warning" for one in run.problems)


@pytest.mark.parametrize("case", first_of(3, [case for case in LOST if LOST[case][4]]))
def test_the_line_that_is_offered_mends_it(case: str, tmp_path: Path) -> None:
    named, documents, of_file, of_claims, expected = LOST[case]
    assert expected is not None
    line = expected[2].split("`")[1]
    key, _, value = line.partition(": ")
    if key == "summits":
        named = [value.strip("[]")]
    else:
        of_file = value
    run = check(Request(write_desk(tmp_path, {}, files(named, documents, of_file, of_claims))))
    assert [one.message for one in run.problems] == []
