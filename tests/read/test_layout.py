"""The layout of `content/`: registries in folders, articles in folders by year, and where other files belong."""

from pathlib import Path

import pytest

from briefing.build import Request, Run, build, check
from briefing.read.layout import laid_out
from briefing.read.places import Locator
from tests.sites.desks import Paper, words_of, write_desk

PEOPLE_A, PEOPLE_B = "content/people/a.yaml", "content/people/2025/b.yaml"
MORE = {
    PEOPLE_A: "vale: {name: Tomas Vale, country: valdoria}\n",
    PEOPLE_B: "lind: {name: Mara Lind, roles: [{post: Minister, start: 2020, end: 2021}]}\n",
    "content/places/all.yaml": "valdoria: {name: Valdoria, kind: country}\n",
    "content/measures/energy.yaml": "coal: {label: Coal, unit: tons, stale_after: P1M}\n",
    "content/summits/2025/talks.md": "---\ntitle: Talks\nstart: 2025-02-07\n---\n"
    "See [it](../../articles/2025/new.md).\n",
    "content/articles/2025/new.md": "---\ntitle: New\nsource: gazette\npublished: 2025-02-05\n---\n\n"
    f"See [the other](old.md#x), [the same](../2024/old.md) and [the talks](../../summits/talks.md). "
    f"Here {words_of('n')}.\n",
    "content/annotations/2025/new.yaml": f"claims:\n  - id: n\n    quote: {words_of('n')}\n    topics: [trade]\n"
    "    about: [vale]\n    attribution: [{by: lind}]\n    figure: {measure: coal, value: 3, unit: crates}\n",
}  # fmt: skip
OLD = {"old": Paper("2024-02-05", {"x": {}})}


def files(folder: Path) -> dict[str, bytes]:
    """All files that readers get."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and ".briefing" not in path.parts
    }


def told(run: Run) -> list[tuple[str, str]]:
    return [(problem.code, str(problem.place)) for problem in run.outcome().problems]


def test_folders_below_those_of_content_are_the_editors(tmp_path: Path) -> None:
    folder = write_desk(tmp_path, OLD, MORE)
    (folder / "content/articles/2024").mkdir()
    (folder / "content/articles/old.md").rename(folder / "content/articles/2024/old.md")
    run = build(Request(folder), folder / "site")
    pages = {"articles/new.html", "articles/old.html", "people/vale.html", "people/lind.html", "people/brandt.html",
             "places/valdoria.html", "summits/talks.html"}  # fmt: skip
    assert run.written is not None
    assert pages <= files(folder / "site").keys()
    assert 'href="old.html#x"' in (folder / "site/articles/new.html").read_text(encoding="utf-8")
    # What is wrong with an entry is told in the file that it stands in.
    warnings = {problem.code: problem for problem in run.outcome().problems}
    locator = Locator(folder)
    where = {
        code: [str(locator.place(note.place)) for note in problem.notes if note.place]
        for code, problem in warnings.items()
    }
    assert where["office-not-held"] == [f"{PEOPLE_B}:1:68"]
    assert f"roles` in {PEOPLE_B}" in warnings["office-not-held"].help
    assert where["unit-conflict"] == ["content/measures/energy.yaml:1:27"]


def test_an_id_in_two_files_of_a_registry_is_told_with_both(tmp_path: Path) -> None:
    folder = write_desk(tmp_path, OLD, MORE | {PEOPLE_B: "lind: {name: Lind}\nvale: {name: Vale}\nbrandt: {name: B}\n"})
    run = check(Request(folder))
    assert [problem for problem in told(run) if problem[0] == "duplicate-id"] == [
        ("duplicate-id", f"{PEOPLE_B}:3:1"),
        ("duplicate-id", f"{PEOPLE_A}:1:1"),
    ]
    notes = [problem.notes[0].place for problem in run.outcome().problems if problem.code == "duplicate-id"]
    assert [str(place) for place in notes] == ["content/people.yaml:1:1", f"{PEOPLE_B}:2:1"]


def test_all_problems_of_all_files_of_a_registry_are_told(tmp_path: Path) -> None:
    bad = {PEOPLE_A: "vale: {nam: Vale}\n", PEOPLE_B: "lind: {name: Lind, country: estmark}\n-x: {name: X}\n"}
    run = check(Request(write_desk(tmp_path, OLD, MORE | bad | {"content/annotations/2025/new.yaml": "claims: []\n"})))
    assert sorted(told(run)) == [
        ("bad-id", f"{PEOPLE_B}:2:1"),
        ("dangling-reference", f"{PEOPLE_B}:1:29"),
        ("missing-key", f"{PEOPLE_A}:1:7"),
        ("unknown-key", f"{PEOPLE_A}:1:8"),
    ]


def test_a_new_entry_goes_where_the_others_are(tmp_path: Path) -> None:
    folder = write_desk(tmp_path, OLD, MORE | {"content/articles/2025/new.md": "", PEOPLE_A: "vale: {country: x}\n"})
    (folder / "content/measures.yaml").unlink()
    (folder / "content/annotations/old.yaml").write_text(
        f"claims:\n  - quote: {words_of('x')}\n    topics: [trade]\n    figure: {{measure: zinc, value: 1}}\n",
        encoding="utf-8",
    )
    helps = [problem.help for problem in check(Request(folder)).problems if problem.code == "dangling-reference"]
    assert helps == ["add `zinc` to content/measures/"]


def test_an_entry_that_moves_to_another_file_is_told_there(tmp_path: Path) -> None:
    folder = write_desk(tmp_path, OLD, MORE)
    build(Request(folder), folder / "site")
    (folder / PEOPLE_B).rename(folder / "content/people/c.yaml")
    again, clean = build(Request(folder), folder / "site"), build(Request(folder, clean=True), folder / "clean")
    assert told(again) == told(clean)
    assert again.outcome().problems == clean.outcome().problems
    assert files(folder / "site") == files(folder / "clean")


ERROR, WARNING = "error", "warning"


@pytest.mark.parametrize(
    ("path", "severity", "help"),
    [
        ("content/articles/a.MD", ERROR, "rename it to content/articles/a.md"),
        ("content/articles/2025/a.markdown", ERROR, "rename it to content/articles/2025/a.md"),
        ("content/pages/a.mdown", ERROR, "rename it to content/pages/a.md"),
        ("content/annotations/a.yml", ERROR, "rename it to content/annotations/a.yaml"),
        ("content/annotations/a.YAML", ERROR, "rename it to content/annotations/a.yaml"),
        ("content/sources.yml", ERROR, "rename it to content/sources.yaml"),
        ("content/sources/a.yml", ERROR, "rename it to content/sources/a.yaml"),
        ("content/articles/a.yaml", WARNING, "move it to content/annotations/a.yaml"),
        ("content/articles/a.yml", WARNING, "move it to content/annotations/a.yaml"),
        ("content/annotations/a.md", WARNING, "move it to content/articles/a.md"),
        ("content/article/a.md", WARNING, "rename the folder to content/articles/"),
        ("content/Articles/a.md", WARNING, "rename the folder to content/articles/"),
        ("content/organisations.yaml", WARNING, "rename it to content/organizations.yaml"),
        (
            "content/posts/a.md",
            WARNING,
            "move it to content/articles/, summits/, topics/ or pages/, or out of content/",
        ),
        ("content/a.md", WARNING, "move it to content/articles/, summits/, topics/ or pages/, or out of content/"),
        ("content/articles/a.png", WARNING, "move it to content/media/ if pages use it, or out of content/"),
        ("content/media/a.svg", WARNING, "publish one of these types: avif, csv, gif, jpeg, jpg, pdf, png, txt, webp"),
    ],
)
def test_of_a_file_that_nothing_reads_it_is_said_where_it_belongs(
    path: str, severity: str, help: str, tmp_path: Path
) -> None:
    problems = laid_out(tmp_path, [path]).problems
    assert [(p.code, p.severity, str(p.place), p.help) for p in problems] == [
        ("unknown-file", severity, f"{path}:1:1", help)
    ]


def test_of_two_spellings_of_one_name_the_other_is_named(tmp_path: Path) -> None:
    folder = write_desk(tmp_path, OLD, {"content/articles/old.markdown": "x"})
    helps = [problem.help for problem in check(Request(folder)).problems]
    assert helps == ["join it with content/articles/old.md, or remove it"]
