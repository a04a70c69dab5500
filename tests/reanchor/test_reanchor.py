"""`briefing reanchor`: what a changed text has broken, what is proposed, and what is written."""

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from briefing.cli import main
from briefing.read.content import read_records
from briefing.read.marked import read_marked
from briefing.reanchor.counterparts import Broken, broken_in
from tests.commands import environment
from tests.faults.faultdisk import faulty_disk
from tests.suggest.desks import ANNOTATIONS, ARTICLE, BODY, HEAD, ID, desk

CONTRACT = "the leaders are likely to announce a contract for natural gas"
CLAIMS = f"""\
# The desk's.
claims:
  - id: contract   # the matter
    quote: {CONTRACT}
    topics: [energy]
    hedge: are likely to

  - quote: >-
      the contract would run
      for 20 years
    topics: [energy]
  - id: called
    quote: {{exact: contract, prefix: called such a}}   # alone it stands three times
    topics: [energy]
"""


def site(root: Path, body: str, claims: str = CLAIMS) -> Path:
    return desk(root, **{ARTICLE: HEAD + body, ANNOTATIONS: claims})


def run(root: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["-C", str(root), "reanchor", ID, *arguments])


def files(root: Path) -> dict[str, bytes]:
    """The sources; not the notes of commands."""
    found = (path for path in (root / "content").rglob("*") if path.is_file())
    return {str(path.relative_to(root)): path.read_bytes() for path in found}


def broken(root: Path, body: str, claims: str = CLAIMS) -> list[Broken]:
    site(root, body, claims)
    return broken_in(read_marked(root, read_records(root)[1][0]))


def proposed(one: Broken) -> list[str]:
    return [counterpart.quote.exact for counterpart in one.counterparts]


def test_nothing_to_do_while_every_quote_stands(tmp_path: Path) -> None:
    moved = "\n\n".join(reversed(BODY.replace("\n\n# ", "").split("\n\n")))
    for body in (BODY, BODY.replace('"a win for both"', "“a win for both”").replace("  ", " "), moved):
        told = run(site(tmp_path, body))
        assert (told.exit_code, told.stdout) == (0, "3 quotes: each stands in the text once. Nothing to do.\n")


# What became of the text, and what is proposed for the claim `contract`, and whether that says the same.
CHANGES = {
    "a word more": (
        BODY.replace("to announce a", "to announce a new"),
        "the leaders are likely to announce a new contract for natural gas",
        True,
    ),
    "another word": (
        BODY.replace("natural gas.", "liquid gas."),
        "the leaders are likely to announce a contract for liquid gas",
        True,
    ),
    "a letter": (BODY.replace("the leaders are", "The leaders are"), "The " + CONTRACT[4:], True),
    "another hedge": (
        BODY.replace("are likely to", "are certain to"),
        "the leaders are certain to announce a contract for natural gas",
        False,
    ),
    "a negation": (
        BODY.replace("are likely to", "are not likely to"),
        "the leaders are not likely to announce a contract for natural gas",
        False,
    ),
    "marks in it": (BODY.replace("natural gas.", '"natural gas".'), CONTRACT[:-11] + '"natural gas"', True),
    "it is gone": (BODY.replace(BODY.split("\n\n")[2], "Nothing was announced."), None, False),
    "only words like it are left": (
        BODY.replace(BODY.split("\n\n")[2], "The leaders announced that it rained and a contract, of gas."),
        None,
        False,
    ),
}


@pytest.mark.parametrize(("body", "expected", "is_certain"), CHANGES.values(), ids=CHANGES)
def test_what_the_text_says_now_is_proposed_where_it_is_like_it(
    tmp_path: Path, body: str, expected: str | None, is_certain: bool
) -> None:
    one = next(one for one in broken(tmp_path, body) if one.id == "contract")
    assert proposed(one) == ([expected] if expected else [])
    assert one.is_certain == is_certain


def test_another_number_is_not_the_same(tmp_path: Path) -> None:
    (one,) = broken(tmp_path, BODY.replace("20 years", "25 years"))
    assert proposed(one) == ["the contract would run for 25 years"]
    assert not one.is_certain


def test_words_that_now_stand_twice_are_shown_in_each_place(tmp_path: Path) -> None:
    (one,) = broken(tmp_path, BODY + f"\nSo {CONTRACT}.\n")
    assert (one.id, one.times) == ("contract", 2)
    assert proposed(one) == [CONTRACT, CONTRACT]
    assert len({(counterpart.quote.prefix, counterpart.quote.suffix) for counterpart in one.counterparts}) == 2
    assert not one.is_certain


def test_a_prefix_that_is_no_longer_there_leaves_the_choice(tmp_path: Path) -> None:
    (one,) = broken(tmp_path, BODY.replace("called such a contract", "called this contract"))
    assert (one.id, one.times, len(one.counterparts)) == ("called", 0, 3)


def test_the_words_of_another_claim_are_no_counterpart(tmp_path: Path) -> None:
    """Of two sentences that are nearly the same one was removed: the other is not what it has become."""
    body = "Team Alpha will build the port by June. Team Delta will build the port by June.\n"
    claims = (
        "claims:\n  - id: alpha\n    quote: Team Alpha will build the port\n    topics: [trade]\n"
        "  - id: delta\n    quote: Team Delta will build the port\n    topics: [trade]\n"
    )
    (one,) = broken(tmp_path, body.partition(". ")[2], claims)
    assert (one.id, proposed(one)) == ("alpha", [])


def test_without_yes_and_terminal_nothing_is_written_and_it_says_what_is_left(tmp_path: Path) -> None:
    root = site(tmp_path, CHANGES["a word more"][0])
    before = files(root)
    told = run(root)
    assert told.exit_code == 1
    assert told.stdout == (
        f"{ANNOTATIONS}:4:12: contract\n"
        f" - {CONTRACT}\n"
        " + the leaders are likely to announce a {+new +}contract for natural gas\n"
        f"   in {ARTICLE}:11: …wo officials who asked not to be named, the leaders are likely to announce a new "
        "contract for natural gas. Meridian reported on Sunday that the c…\n"
        "1 quote still does not stand in the text once: contract. "
        "Nothing was written: say yes in a terminal, or give `--yes`.\n"
    )
    assert files(root) == before


def test_yes_takes_what_says_the_same_and_changes_nothing_else(tmp_path: Path) -> None:
    body = CHANGES["a word more"][0].replace("20 years", "25 years")
    root = site(tmp_path, body)
    told = run(root, "--yes")
    assert told.exit_code == 1  # the number is left
    assert "   left: it may say something else now; run without `--yes`, and read the claim again" in told.stdout
    assert "1 quote written" in told.stdout
    new = "the leaders are likely to announce a new contract for natural gas"
    assert (root / ANNOTATIONS).read_text(encoding="utf-8") == CLAIMS.replace(CONTRACT, new)
    article = (root / ARTICLE).read_text(encoding="utf-8")
    head, _, rest = article.partition("---\n\n")
    assert rest == body
    before, _, correction = head.partition("corrections:\n")
    assert before == HEAD.removesuffix("---\n\n")
    assert " ".join(correction.split()).endswith(
        f"text: >- The text was changed after we had quoted it. Where we quoted “{CONTRACT}”, it now says “{new}”."
    )
    assert run(root, "--yes").exit_code == 1
    assert (root / ARTICLE).read_text(encoding="utf-8") == article


def test_a_note_of_the_editor_is_the_correction(tmp_path: Path) -> None:
    root = site(tmp_path, CHANGES["a word more"][0])
    assert run(root, "--yes", "--note", "The publisher added a word.").exit_code == 0
    assert "    text: The publisher added a word.\n" in (root / ARTICLE).read_text(encoding="utf-8")
    assert CliRunner().invoke(main, ["-C", str(root), "check", "--strict"]).exit_code == 0


def test_a_claim_named_by_its_words_keeps_its_name(tmp_path: Path) -> None:
    root = site(tmp_path, BODY.replace("contract would run for 20", "new contract would run for 20"))
    assert run(root, "--yes").exit_code == 0
    text = (root / ANNOTATIONS).read_text(encoding="utf-8")
    assert (
        "  - id: the-contract-would-run-for-20\n    quote: the new contract would run for 20 years\n    topics" in text
    )


def test_a_text_kept_apart_is_mended_and_anchored(tmp_path: Path) -> None:
    head = HEAD.replace("---\n\n", "text: apart\n---\n")
    text = f"content/texts/{ID}.md"
    root = desk(tmp_path, **{ARTICLE: head, ANNOTATIONS: CLAIMS, text: BODY})
    anchor = ["-C", str(root), "anchor"]
    assert CliRunner().invoke(main, anchor).exit_code == 0
    assert run(root).stdout.startswith("3 quotes: each stands")
    (root / text).write_text(CHANGES["a word more"][0], encoding="utf-8")
    told = run(root, "--yes")
    assert told.exit_code == 0, told.output
    assert "The anchors of the text are written anew." in told.stdout
    assert CliRunner().invoke(main, [*anchor, "--check", "--strict"]).exit_code == 0
    (root / text).unlink()
    gone = run(root)
    assert (gone.exit_code, "is kept apart and is not here" in gone.stderr) == (1, True)


def answered(root: Path, answers: str) -> tuple[str, int]:
    """What a terminal shows, and how the command ends, where somebody types these answers."""
    command = [sys.executable, "-m", "briefing", "-C", str(root), "reanchor", ID]
    parent, child = pty.openpty()
    process = subprocess.Popen(command, env=environment(TERM="xterm"), stdin=child, stdout=child, stderr=child)
    os.close(child)
    os.write(parent, answers.encode())
    shown = bytearray()
    while True:
        try:
            piece = os.read(parent, 65536)
        except OSError:  # the end, on Linux
            break
        if not piece:
            break
        shown += piece
    os.close(parent)
    return shown.decode(), process.wait(timeout=60)


@pytest.mark.slow
def test_in_a_terminal_each_is_asked_for(tmp_path: Path) -> None:
    body = CHANGES["another hedge"][0].replace("20 years", "25 years").replace("called such a", "called this")
    root = site(tmp_path, body)
    shown, code = answered(root, "y\nn\n3\n")
    assert code == 1
    assert "\x1b[32m\x1b[1mcertain" in shown
    assert shown.count("Take it? [y/N]") == 2
    assert "Which one? (0 for none)" in shown
    text = (root / ANNOTATIONS).read_text(encoding="utf-8")
    assert "quote: the leaders are certain to announce a contract for natural gas\n" in text
    assert "the contract would run\n      for 20 years\n" in text
    assert "quote: {exact: contract, prefix: Lind called this}   # alone it stands three times\n" in text
    again, code = answered(root, "y\n")
    assert (code, "25{+" not in again) == (0, True)
    assert CliRunner().invoke(main, ["-C", str(root), "check"]).exit_code == 0


@pytest.mark.parametrize(
    ("claims", "told"),
    [
        ("claims: [\n", ANNOTATIONS),
        (CLAIMS.replace("topics: [energy]\n    hedge", "topics: [nowhere]\n    mood"), "`mood`"),
        (CLAIMS.replace("  - id: contract", "<<<<<<< ours\n  - id: contract"), "merge conflict"),
    ],
)
def test_bad_input_is_told_and_left(tmp_path: Path, claims: str, told: str) -> None:
    root = site(tmp_path, CHANGES["a word more"][0], claims)
    before = files(root)
    result = run(root)
    assert (result.exit_code, told in result.output) == (1, True), result.output
    assert files(root) == before


def test_an_unknown_article_is_a_wrong_call(tmp_path: Path) -> None:
    told = CliRunner().invoke(main, ["-C", str(desk(tmp_path)), "reanchor", "nobody"])
    assert (told.exit_code, "there is no article `nobody`" in told.output) == (2, True)


def test_an_article_that_refuses_its_correction_keeps_its_quotes(tmp_path: Path) -> None:
    body = CHANGES["a word more"][0]
    root = site(tmp_path, body)
    (root / ARTICLE).write_text(
        f"---\n{{title: T, source: harbor-times, published: 2026-03-02}}\n---\n{body}", encoding="utf-8"
    )
    assert run(root, "--yes").exit_code == 0  # a head in braces can be added to
    site(tmp_path, body)
    (root / ARTICLE).write_text(HEAD.replace("---\n\n", "corrections: &none []\n---\n") + body, encoding="utf-8")
    before = files(root)
    told = run(root, "--yes")
    assert told.exit_code == 1
    assert files(root) == before


@pytest.mark.parametrize("fault", ["ENOSPC", "EIO", "EACCES"])
def test_a_disk_that_fails_once_leaves_both_files_or_neither(tmp_path: Path, fault: str) -> None:
    """The quote and the correction of it, or nothing."""
    states: set[tuple[bool, bool]] = set()
    for at in range(1, 40):
        root = site(tmp_path / str(at), CHANGES["a word more"][0])
        before = files(root)
        with faulty_disk(fault, at) as faulty:
            told = run(root, "--yes")
        now = files(root)
        assert not [name for name in now if "/." in name]
        states.add((now[ANNOTATIONS] != before[ANNOTATIONS], now[ARTICLE] != before[ARTICLE]))
        assert (told.exit_code == 0) <= (now != before)
        if len(faulty.calls) < at:
            break
    else:
        pytest.fail("there are more calls than were tried")
    assert states == {(False, False), (True, True)}
