"""Texts that are kept apart: what `briefing anchor` writes and says, and what a build makes of it without the text."""

import hashlib
import re
import shutil
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from briefing.build import build
from briefing.cli import clock, main
from briefing.diagnostics import EnvironmentProblem
from briefing.read.folding import fold
from briefing.request import Request
from briefing.write.anchors import write_anchors
from tests.commands import add_page
from tests.faults.faultdisk import Killed, faulty_disk
from tests.outputs import tree
from tests.samples import one_in

pytestmark = pytest.mark.slow

TEXT, ANCHORS = "content/texts/talks.md", "content/anchors/talks.yaml"
MORE = "content/anchors/more.yaml"
ARTICLE, ANNOTATIONS = "content/articles/talks.md", "content/annotations/talks.yaml"
BODY = """\
The two governments will **build a canal** between the lakes, and “share its costs”. They will meet
again in the spring.

Engineers are to present a plan for the locks, the harbors and the bridges before they meet again in the autumn.
"""
# What the text above is when it is folded.
FOLDED = (
    'The two governments will build a canal between the lakes, and "share its costs". They will meet again in the '
    "spring. Engineers are to present a plan for the locks, the harbors and the bridges before they meet again in the "
    "autumn."
)
CLAIMS = """\
claims:
  - id: canal
    quote: will build a canal
    topics: [trade]
  - id: between
    quote: a canal between the lakes
    topics: [energy]
    recorded: 2025-03-01
  - quote: share its costs
    topics: [trade]
    draft: true
  - id: again
    quote: {exact: meet again, prefix: before they}
    topics: [trade]
"""
SITE = {
    "config.yaml": "title: Small site\ntimezone: Asia/Tokyo\n",
    "content/sources.yaml": "gazette: {name: Gazette}\n",
    ARTICLE: (
        "---\ntitle: Statement\nsource: gazette\npublished: 2025-02-05\ntext: apart\nurl: https://example.org/s\n"
        "---\n\nOur own words on it, with [a link](/ledger.html).\n"
    ),
    TEXT: "---\ntitle: [theirs, not: ours\n---\n\n" + BODY,
    ANNOTATIONS: CLAIMS,
}
# Of this moment the day differs between the site's time zone and UTC.
NOON, NIGHT = datetime(2025, 4, 2, 12, tzinfo=UTC), datetime(2025, 4, 2, 22, tzinfo=UTC)


@dataclass(frozen=True)
class Ended:
    """A command that has ended."""

    output: str
    problems: str
    code: int


def write(folder: Path, files: dict[str, str | bytes]) -> Path:
    for path, data in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data.encode() if isinstance(data, str) else data)
    return folder


def run(folder: Path, *arguments: str) -> Ended:
    result = CliRunner().invoke(main, ["-C", str(folder), *arguments], catch_exceptions=False)
    return Ended(result.stdout, result.stderr, result.exit_code)


@pytest.fixture(autouse=True)
def _clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOON)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site with a text that is not anchored yet."""
    return write(tmp_path / "desk", dict(SITE))


@pytest.fixture
def anchored(site: Path) -> Path:
    """The same, anchored."""
    assert run(site, "anchor").code == 0
    return site


@pytest.fixture
def bare(anchored: Path) -> Path:
    """The same without its text, as it is in a public repository."""
    shutil.rmtree(anchored / "content/texts")
    return anchored


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def anchors(folder: Path) -> str:
    return (folder / ANCHORS).read_text(encoding="utf-8")


# --- the file ------------------------------------------------------------------------------------------------------


def test_the_file_has_the_text_s_digest_and_a_line_for_each_claim(anchored: Path) -> None:
    lines = anchors(anchored).splitlines()
    assert lines[1:5] == [
        "version: 1",
        "checked: 2025-04-02",
        f"text: {{sha256: {sha256(FOLDED)}, length: {len(FOLDED)}}}",
        "claims:",
    ]
    places = {
        "again": ("meet again", FOLDED.rindex("meet again")),
        "between": ("a canal between the lakes", FOLDED.index("a canal between")),
        "canal": ("will build a canal", FOLDED.index("will build")),
        "share-its-costs": ("share its costs", FOLDED.index("share its")),
    }
    for line, (id, (words, offset)) in zip(lines[5:], places.items(), strict=True):
        assert line.startswith(f"  {id}: {{offset: {offset}, length: {len(words)}, sha256: {sha256(words)}, ")


def test_no_word_of_the_text_is_in_the_file(anchored: Path) -> None:
    lines = anchors(anchored).splitlines(keepends=True)
    form = re.compile(r"  [a-z-]+: \{(?:(?:offset|length): \d+, |(?:sha256|context): \w{64}, )+checksum: \w{12}\}\n")
    assert all(form.fullmatch(line) for line in lines[5:])
    assert not any(word in "".join(lines[:5]) for word in ("governments", "Engineers", "locks", "spring"))


def test_a_second_time_nothing_is_written_and_the_day_stays(anchored: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = (anchored / ANCHORS).stat()
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 1, 1, tzinfo=UTC))
    ended = run(anchored, "anchor")
    assert ended.output == "0 anchored; 1 unchanged (`talks`); 0 without a text here.\n"
    assert (anchored / ANCHORS).stat() == before


def test_the_day_is_that_of_the_site_s_time_zone(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NIGHT)
    run(site, "anchor")
    assert "checked: 2025-04-03\n" in anchors(site)


def test_a_new_claim_is_a_new_line_and_another_day(anchored: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = anchors(anchored).splitlines()
    write(anchored, {ANNOTATIONS: CLAIMS + "  - {id: plan, quote: present a plan, topics: [trade]}\n"})
    monkeypatch.setattr(clock, "now", lambda: NIGHT)
    assert run(anchored, "anchor").output == "1 anchored (`talks`); 0 unchanged; 0 without a text here.\n"
    after = anchors(anchored).splitlines()
    assert sorted(set(after) - set(before))[1:] == ["checked: 2025-04-03"]
    assert [line for line in after if line.startswith("  plan: ")]
    assert set(before) - set(after) == {"checked: 2025-04-02"}


def test_two_branches_that_each_add_a_claim_are_merged_line_by_line(anchored: Path) -> None:
    """Whatever order a merge brings the lines in."""
    added = [f"  - {{id: {id}, quote: {id}, topics: [trade]}}\n" for id in ("locks", "harbors")]
    files = []
    for claim in added:
        write(anchored, {ANNOTATIONS: CLAIMS + claim})
        run(anchored, "anchor")
        files.append(anchors(anchored).splitlines(keepends=True))
    merged = files[0] + [line for line in files[1] if line not in files[0]]
    write(anchored, {ANNOTATIONS: CLAIMS + "".join(added), ANCHORS: "".join(merged)})
    shutil.rmtree(anchored / "content/texts")
    assert run(anchored, "build").code == 0


WAYS: dict[str, Callable[[str], bytes]] = {
    "CRLF": lambda text: text.replace("\n", "\r\n").encode(),
    "a byte order mark": lambda text: b"\xef\xbb\xbf" + text.encode(),
    "other front matter": lambda text: b"---\ntitle: another\n---\n" + text.partition("---\n\n")[2].encode(),
    "no front matter": lambda text: text.partition("---\n\n")[2].encode(),
    "no line feed at the end": lambda text: text.rstrip().encode(),
    "other line ends": lambda text: text.replace("They will meet\n", "They will\nmeet ").encode(),
    "other quotation marks": lambda text: text.replace("“", '"').replace("”", '"').encode(),
}


@pytest.mark.parametrize("way", WAYS)
def test_the_same_text_saved_otherwise_has_the_same_anchors(way: str, anchored: Path) -> None:
    before = anchors(anchored)
    write(anchored, {TEXT: WAYS[way](SITE[TEXT])})
    assert run(anchored, "anchor").output.startswith("0 anchored")
    assert anchors(anchored) == before


def test_a_plain_text_has_the_anchors_of_the_same_words_in_markdown(anchored: Path) -> None:
    before = anchors(anchored)
    (anchored / TEXT).unlink()
    plain = BODY.replace("**", "").replace("They will meet\nagain", "They will meet again")
    for data in (plain, "\n\n  " + plain.replace("\n", "\r\n") + "\r\n \r\n"):
        write(anchored, {"content/texts/talks.txt": data})
        assert run(anchored, "anchor").output.startswith("0 anchored")
        assert anchors(anchored) == before


def test_a_line_across_the_page_begins_no_front_matter(site: Path) -> None:
    write(site, {TEXT: "---\n\nNo facts here.\n\n---\n" + BODY})
    run(site, "anchor")
    assert f"length: {len('No facts here. ' + FOLDED)}}}" in anchors(site)


def test_an_article_without_claims_has_an_empty_list(site: Path) -> None:
    (site / ANNOTATIONS).unlink()
    assert run(site, "anchor").code == 0
    assert anchors(site).endswith("claims: {}\n")
    assert run(site, "build").code == 0


def test_ids_that_look_like_other_values_are_ids(site: Path) -> None:
    claims = "".join(f"  - {{id: {id}, quote: {quote}, topics: [trade]}}\n" for id, quote in ODD_IDS.items())
    write(site, {ANNOTATIONS: "claims:\n" + claims})
    assert run(site, "anchor").code == 0
    shutil.rmtree(site / "content/texts")
    assert run(site, "build").problems == ""


ODD_IDS = {"null": "locks", "true": "harbors", "12": "bridges", "1e5": "plan", "no": "Engineers", "0x1f": "autumn"}


# --- the command ---------------------------------------------------------------------------------------------------

OTHER = {
    "content/articles/other.md": SITE[ARTICLE],
    "content/annotations/other.yaml": "claims:\n  - {id: plan, quote: a plan that is not there, topics: [trade]}\n",
    "content/texts/other.md": BODY,
}


def test_what_is_wrong_with_one_article_keeps_no_other_from_being_anchored(site: Path) -> None:
    write(site, {**OTHER, "content/articles/away.md": SITE[ARTICLE]})
    ended = run(site, "anchor")
    assert ended.code == 1
    assert (
        "error[quote-not-found]: quote is not in the article\n --> content/annotations/other.yaml:2:23"
        in ended.problems
    )
    assert ended.output == (
        "1 anchored (`talks`); 0 unchanged; 1 without a text here (`away`); 1 not anchored (`other`).\n"
    )
    assert not (site / "content/anchors/other.yaml").exists()


def test_only_the_named_articles_are_anchored(site: Path) -> None:
    write(site, {**OTHER, "content/annotations/other.yaml": "claims: []\n"})
    assert run(site, "anchor", "other").output == "1 anchored (`other`); 0 unchanged; 0 without a text here.\n"
    assert not (site / ANCHORS).exists()


@pytest.mark.parametrize("arguments", [["nothing"], ["ordinary"], ["--check", "talks", "nothing"]])
def test_an_article_that_has_no_text_apart_cannot_be_named(arguments: list[str], site: Path) -> None:
    write(site, {"content/articles/ordinary.md": SITE[ARTICLE].replace("text: apart\n", "")})
    ended = run(site, "anchor", *arguments)
    assert ended.code == 2
    assert f"there is no article `{arguments[-1]}` whose text is kept apart" in ended.problems
    assert not (site / ANCHORS).exists()


def test_what_belongs_to_an_article_in_a_folder_may_be_in_folders_too(site: Path) -> None:
    for path in (ARTICLE, ANNOTATIONS, TEXT):
        target = site / path.replace("/talks", "/2025/spring/talks")
        target.parent.mkdir(parents=True)
        (site / path).rename(target)
    assert run(site, "anchor").code == 0
    (site / "content/anchors/2025").mkdir()
    (site / ANCHORS).rename(site / "content/anchors/2025/talks.yaml")
    assert run(site, "build").code == 0
    write(site, {ANNOTATIONS.replace("/talks", "/2025/spring/talks"): CLAIMS.replace("will build", "build")})
    assert run(site, "anchor").code == 0
    assert not (site / ANCHORS).exists()
    assert run(site, "build").code == 0
    shutil.rmtree(site / "content/texts")
    assert run(site, "build").code == 0


def test_nothing_but_anchors_is_written(site: Path) -> None:
    before = tree(site)
    run(site, "anchor")
    after = tree(site)
    assert after.keys() - before.keys() == {"content/anchors", ANCHORS}
    assert {path: after[path] for path in before} == before


def canal(text: str) -> str:
    """The line of that claim."""
    return next(line for line in text.splitlines(keepends=True) if "canal:" in line)


def cut(text: str) -> str:
    return text[: text.index("  canal") + 40]


DAMAGES: dict[str, Callable[[str], str | bytes]] = {
    "cut": cut,
    "empty": lambda text: "",
    "a list": lambda text: "- 1\n",
    "not UTF-8": lambda text: text.encode() + b"\xe9",
    "too large": lambda text: text + "#" * 2**20,
    "another version": lambda text: text.replace("version: 1", "version: 2"),
    "a conflict": lambda text: text.replace("claims:\n", "<<<<<<< ours\nclaims:\n=======\nclaims:\n>>>>>>> theirs\n"),
    "a key twice": lambda text: text + canal(text),
    "another offset": lambda text: text.replace("offset: 20", "offset: 22"),
    "an offset beyond the text": lambda text: text.replace("offset: 20", "offset: 22222"),
    "a negative offset": lambda text: text.replace("offset: 20", "offset: -20"),
    "another length": lambda text: text.replace("length: 18,", "length: 17,"),
    "no length": lambda text: text.replace("length: 18,", "length: 0,"),
    "another digest": lambda text: text.replace(sha256("will build a canal"), sha256("another")),
    "another text": lambda text: text.replace(sha256(FOLDED), sha256("another")),
    "a longer text": lambda text: text.replace(f"length: {len(FOLDED)}", "length: 999"),
    "two claims changed about": lambda text: text.replace("  canal:", "  x:").replace("  again:", "  canal:"),
    "no checksum": lambda text: re.sub(r", checksum: \w+", "", text),
    "no day": lambda text: text.replace("checked: 2025-04-02\n", ""),
    "no day that there is": lambda text: text.replace("2025-04-02", "2025-04-31"),
    "a claim more": lambda text: text + canal(text).replace("canal", "x"),
    "a claim less": lambda text: "".join(line for line in text.splitlines(keepends=True) if "canal:" not in line),
    "no claims": lambda text: text.partition("claims:")[0],
    "another key": lambda text: text + "words: x\n",
}


@pytest.mark.parametrize("damage", one_in(3, DAMAGES))
def test_damage_is_an_error_with_the_text_and_without_it_and_mended_by_the_command(damage: str, anchored: Path) -> None:
    whole = anchors(anchored)
    damaged = DAMAGES[damage](whole)
    assert damaged != whole
    write(anchored, {ANCHORS: damaged})
    with_text = run(anchored, "build")
    (anchored / TEXT).rename(anchored / "text")
    without = run(anchored, "build")
    for ended in (with_text, without):
        assert ended.code == 1
        assert re.search(r"-->? content/(anchors|annotations)/talks\.yaml:\d+:\d+", ended.problems)
    assert "bring the text" in without.problems
    assert not (anchored / "site").exists()
    (anchored / "text").rename(anchored / TEXT)
    assert run(anchored, "anchor").code == 0
    assert anchors(anchored) == whole
    assert run(anchored, "build").code == 0


def test_another_layout_of_the_same_anchors_is_no_damage(bare: Path) -> None:
    whole = anchors(bare)
    head, claims = whole.split("claims:\n")
    lines = "".join(sorted(claims.splitlines(keepends=True), reverse=True))
    write(bare, {ANCHORS: f"# a comment\n{head}claims:\n{lines}".replace("\n", "\r\n")})
    assert run(bare, "build").code == 0


# A quote, as it is written in its place, and the code of what is wrong without the text.
OTHER_WORDS = {
    "another letter": ("will build a canal", "will build a canaL", "other-words"),
    "a word more": ("will build a canal", "will build a canal between", "other-words"),
    "a word less": ("will build a canal", "build a canal", "other-words"),
    "other words before": ("prefix: before they", "prefix: They will", "other-words"),
    "no words before": (", prefix: before they", "", "other-words"),
    "words after": ("prefix: before they", "prefix: before they, suffix: in", "other-words"),
    "another id": ("id: canal", "id: channel", "not-anchored"),
    "no id": ("  - id: canal\n    quote", "  - quote", "not-anchored"),
}


@pytest.mark.parametrize("name", one_in(3, OTHER_WORDS))
def test_without_the_text_no_other_words_are_believed(name: str, bare: Path) -> None:
    old, new, code = OTHER_WORDS[name]
    assert old in CLAIMS
    write(bare, {ANNOTATIONS: CLAIMS.replace(old, new, 1)})
    ended = run(bare, "build", "--format", "concise")
    assert ended.code == 1
    assert re.search(rf"^content/annotations/talks.yaml:\d+:\d+: error\[{code}\]", ended.problems, re.MULTILINE)


@pytest.mark.parametrize(
    ("old", "new"),
    [("will build a canal", "will  build\n      a canal"), ("share its costs", "share its\u00a0costs")],
)
def test_what_is_folded_makes_no_other_words(old: str, new: str, bare: Path) -> None:
    write(bare, {ANNOTATIONS: CLAIMS.replace(old, new)})
    assert run(bare, "build", "--drafts").problems == ""


def test_a_line_of_another_text_is_told(anchored: Path) -> None:
    """A claim that was anchored on a branch where the text was an older one."""
    older = anchors(anchored)
    write(anchored, {TEXT: BODY.replace("autumn", "winter")})
    run(anchored, "anchor")
    newer = anchors(anchored)
    write(anchored, {ANCHORS: newer.replace(canal(newer), canal(older))})
    shutil.rmtree(anchored / "content/texts")
    assert (
        "error[bad-anchors]: the anchor of `canal` is of another text, or was changed by hand"
        in run(anchored, "build").problems
    )


def test_check_says_how_each_article_stands(anchored: Path) -> None:
    assert run(anchored, "anchor", "--check") == Ended("talks: its text is here; 4 of 4 quotes stand in it\n", "", 0)
    write(anchored, {TEXT: BODY.replace("a canal", "a channel")})
    changed = run(anchored, "anchor", "--check")
    digest = sha256(FOLDED.replace("a canal", "a channel"))
    assert changed.output == (
        "talks: its text is here; 2 of 4 quotes stand in it; the text has changed since 2025-04-02; "
        f"anchored: {len(FOLDED)} characters, SHA-256 {sha256(FOLDED)}; "
        f"now here: {len(FOLDED) + 2} characters, SHA-256 {digest}; "
        "words of an earlier version: `again`, `between`, `canal`, `share-its-costs`\n"
    )
    assert changed.code == 1
    (anchored / TEXT).unlink()
    away = run(anchored, "anchor", "--check")
    assert away == Ended("talks: its text is not here; 4 of 4 quotes are as anchored on 2025-04-02\n", "", 1)


def test_check_without_anchors_says_so_and_writes_none(site: Path) -> None:
    ended = run(site, "anchor", "--check")
    assert ended.code == 1
    assert ended.output == "talks: its text is here; 4 of 4 quotes stand in it; no anchors can be read\n"
    assert not (site / "content/anchors").exists()


def test_one_letter_of_any_quote_changed_is_an_error(anchored: Path) -> None:
    for quote in re.findall(r"quote: (?:{exact: )?([\w ]+)", CLAIMS):
        write(anchored, {ANNOTATIONS: CLAIMS.replace(f" {quote}", f" {quote[:-1]}x")})
        assert run(anchored, "anchor", "--check").code == 1
    write(anchored, {ANNOTATIONS: CLAIMS})
    assert run(anchored, "anchor", "--check").code == 0


# --- writing -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("fault", ["EIO", "ENOSPC", "full", "broken", "kill", "power"])
def test_at_every_moment_a_file_is_whole(fault: str, tmp_path: Path) -> None:
    """Whatever call to the system fails, or is the last, the file is the old or the new one."""
    at = 0
    while True:
        at += 1
        folder = write(tmp_path / str(at), {"content/x": ""})
        write_anchors(folder, {ANCHORS: b"old", MORE: b"old"})
        with faulty_disk(fault, at) as faulty, suppress(EnvironmentProblem, Killed):
            write_anchors(folder, {ANCHORS: b"new", MORE: b"new"})
        left = {path.name: path.read_bytes() for path in (folder / "content/anchors").glob("[!.]*")}
        assert left.keys() == {"talks.yaml", "more.yaml"}
        assert set(left.values()) <= {b"old", b"new"}
        write_anchors(folder, {ANCHORS: b"newer", MORE: b"newer"})
        assert tree(folder / "content/anchors") == {"talks.yaml": b"newer", "more.yaml": b"newer"}
        if len(faulty.calls) < at:
            break
    assert at > 6


def test_a_link_where_the_folder_of_anchors_was_is_refused(site: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (site / "content/anchors").symlink_to(tmp_path / "elsewhere")
    ended = run(site, "anchor")
    assert ended.code == 3
    assert "a folder belongs here" in ended.problems
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_a_link_in_place_of_an_anchor_file_is_not_written_over(site: Path, tmp_path: Path) -> None:
    mine = tmp_path / "mine.yaml"
    mine.write_text("mine: true\n", encoding="utf-8")
    (site / "content/anchors").mkdir()
    (site / ANCHORS).symlink_to(mine)
    ended = run(site, "anchor")
    assert ended.code == 1
    assert "error[not-regular]: content/anchors/talks.yaml is a symbolic link" in ended.problems
    assert (site / ANCHORS).is_symlink()
    assert mine.read_text(encoding="utf-8") == "mine: true\n"


# --- texts ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("whole", [True, False], ids=["the folder", "a file"])
def test_a_link_in_place_of_a_text_is_refused(whole: bool, anchored: Path, tmp_path: Path) -> None:
    place = anchored / ("content/texts" if whole else TEXT)
    place.rename(tmp_path / "private")
    place.symlink_to(tmp_path / "private")
    for command in (["build"], ["check"], ["anchor", "--check"]):
        ended = run(anchored, *command)
        assert ended.code == 1
        if command != ["anchor", "--check"] or not whole:
            assert f"error[not-regular]: {place.relative_to(anchored)} is a symbolic link" in ended.problems


def test_a_text_of_a_mebibyte_is_read_and_a_longer_one_refused(site: Path) -> None:
    padding = "Padding of the text with more words. " * 29_000
    write(site, {TEXT: (padding[: 2**20 - len(BODY.encode()) - 2] + "\n\n" + BODY).encode()})
    assert (site / TEXT).stat().st_size == 2**20
    assert run(site, "anchor").code == 0
    assert run(site, "build").code == 0
    with (site / TEXT).open("ab") as file:
        file.write(b"x")
    ended = run(site, "build")
    assert ended.code == 1
    assert "error[excessive-input]: content/texts/talks.md is larger than 1 MiB" in ended.problems


@pytest.mark.parametrize("encoding", ["utf-16", "latin-1", "shift_jis"])
def test_a_text_in_another_encoding_is_told_with_its_place(encoding: str, site: Path) -> None:
    words = "運河" if encoding == "shift_jis" else "café"
    write(site, {TEXT: (BODY.replace("“", '"').replace("”", '"') + words).encode(encoding)})
    for command in (["build"], ["anchor"], ["anchor", "--check"]):
        ended = run(site, *command)
        assert ended.code == 1
        assert re.search(
            r"error\[unreadable-file\]: byte 0x\w\w is not UTF-8\n +--> content/texts/talks.md:\d+:\d+", ended.problems
        )


def test_the_note_is_no_evidence_and_its_links_are_checked(anchored: Path) -> None:
    write(anchored, {ANNOTATIONS: CLAIMS + "  - {quote: Our own words, topics: [trade]}\n"})
    assert "error[quote-not-found]" in run(anchored, "build").problems
    write(anchored, {ANNOTATIONS: CLAIMS, ARTICLE: SITE[ARTICLE].replace("/ledger.html", "/leger.html")})
    assert "error[bad-link]: there is no page or file leger.html" in run(anchored, "build").problems
    write(anchored, {ARTICLE: SITE[ARTICLE].partition("---\n\n")[0] + "---\n"})
    assert run(anchored, "build").code == 0
    page = (anchored / "site/articles/talks.html").read_text(encoding="utf-8")
    assert "Our note" not in page


# --- pages ---------------------------------------------------------------------------------------------------------


EDITIONS: list[list[str]] = [[], ["--drafts"], ["--as-of", "2025-02-20"]]


def test_the_site_is_the_same_with_the_texts_and_without_them(anchored: Path, tmp_path: Path) -> None:
    for folder in ("with", "without"):
        for number, options in enumerate(EDITIONS):
            output = tmp_path / f"{folder}-{number}"
            assert run(anchored, "build", "--clean", *options, "--output", str(output)).problems == ""
        shutil.rmtree(anchored / "content/texts", ignore_errors=True)
    for number in range(len(EDITIONS)):
        assert tree(tmp_path / f"with-{number}") == tree(tmp_path / f"without-{number}")


def runs(text: str, length: int = 8) -> set[str]:
    """All stretches of so many words."""
    words = re.findall(r"\w+", text.lower())
    return {" ".join(words[at : at + length]) for at in range(len(words) - length + 1)}


@pytest.mark.parametrize("rights", ["passages", "link"])
def test_no_file_of_the_output_holds_more_of_the_text_than_its_quotes(rights: str, anchored: Path) -> None:
    long = "present a plan for the locks, the harbors and the bridges before"
    front = SITE[ARTICLE].replace("text: apart\n", f"text: apart\nrights: {rights}\n")
    write(anchored, {ARTICLE: front, ANNOTATIONS: CLAIMS + f"  - {{quote: '{long}', topics: [trade]}}\n"})
    run(anchored, "anchor")
    assert run(anchored, "build", "--drafts", "--output", str(anchored / "site")).code == 0
    found = set()
    for path, data in tree(anchored / "site").items():
        # The number of a source follows the last word without a space.
        text = re.sub(r"<sup>\d+</sup>|<[^>]*>", "", data.decode("utf-8", "replace"))
        found |= runs(text) & runs(FOLDED)
        assert not runs(text) & (runs(FOLDED) - runs(long)), path
    assert found == runs(long)


def test_passages_stand_in_the_order_of_the_text_with_their_claims(anchored: Path) -> None:
    run(anchored, "build")
    page = (anchored / "site/articles/talks.html").read_text(encoding="utf-8")
    shown = re.findall(r'<blockquote class="excerpt">(.*?)</blockquote>|class="(gap)"', page)
    words = [gap or re.sub(r"<sup.*?</sup>|<[^>]*>", "", html) for html, gap in shown]
    assert words == ["will build a canal between the lakes", "gap", "meet again"]
    assert re.findall(r'<mark id="([\w-]+)"', page) == ["canal", "between", "again"]
    assert re.findall(r'id="claim_([\w-]+)"', page) == ["canal", "between", "again"]
    assert re.findall(r'href="https://example.org/s#:~:text=([^"]*)"', page) == [
        "will%20build%20a%20canal%20between%20the%20lakes",
        "before%20they-,meet%20again",
    ]
    assert f"against a text of {len(FOLDED)} characters (SHA-256 <code>{sha256(FOLDED)[:12]}…</code>)" in page
    assert 'on <time datetime="2025-04-02">April 2, 2025</time> against' in page


def test_an_edition_of_an_earlier_day_has_no_later_claim_and_no_later_check(anchored: Path) -> None:
    ended = run(anchored, "build", "--as-of", "2025-02-20")
    assert ended.problems == ""
    page = (anchored / "site/articles/talks.html").read_text(encoding="utf-8")
    assert re.findall(r'<mark id="([\w-]+)"', page) == ["canal", "again"]
    assert "They were checked against a text of" in page


def test_pages_made_elsewhere_are_the_same(bare: Path, tmp_path: Path) -> None:
    for number in range(40):  # fewer are not worth sending
        add_page(bare, f"extra-{number}")
    assert run(bare, "build", "--clean", "--output", str(tmp_path / "here")).code == 0
    with ThreadPoolExecutor(2) as executor:
        assert build(Request(bare, clean=True), tmp_path / "elsewhere", executor=executor).written
    assert tree(tmp_path / "here") == tree(tmp_path / "elsewhere")


def test_a_build_after_each_change_is_a_clean_one(anchored: Path) -> None:
    """Of the text, the anchors, the claims, the note, and of which of them is here."""
    away = anchored / "away"
    steps: list[Callable[[], object]] = [
        lambda: None,
        lambda: shutil.move(anchored / TEXT, away),
        lambda: write(anchored, {ARTICLE: SITE[ARTICLE].replace("own words", "other words")}),
        lambda: shutil.move(away, anchored / TEXT),
        lambda: write(anchored, {TEXT: SITE[TEXT].replace("The two", "Both of the two")}),
        lambda: run(anchored, "anchor"),
        lambda: write(anchored, {ANNOTATIONS: CLAIMS.replace("will build a canal", "build a canal")}),
        lambda: run(anchored, "anchor"),
        lambda: shutil.move(anchored / TEXT, away),
        lambda: write(anchored, {ANCHORS: cut(anchors(anchored))}),
        lambda: shutil.move(away, anchored / TEXT),
        lambda: run(anchored, "anchor"),
        lambda: write(anchored, {"content/texts/talks.txt": BODY}),
        (anchored / "content/texts/talks.txt").unlink,
        lambda: write(anchored, {ARTICLE: SITE[ARTICLE].replace("text: apart\n", "")}),
    ]
    codes = []
    for step in steps:
        step()
        ended = run(anchored, "build", "--verify")
        codes.append(ended.code)
        assert ended.code in (0, 1), ended.problems
    assert codes == [0, 0, 0, 0, 1, 0, 1, 0, 0, 1, 1, 0, 1, 0, 1]


# --- what anchors rest on ------------------------------------------------------------------------------------------

FOLDS = {
    "The “win–win”, it’s\nsaid": 'The "win-win", it\'s said',
    "\ufb01nal \uff11\uff12 \u2026": "final 12 ...",
    "soft\u00adly\u200b now": "softly now",
    "二つの湖\nのあいだ": "二つの湖のあいだ",
    "e\u0301cole": "école",
}


@pytest.mark.parametrize("text", FOLDS)
def test_texts_are_folded_as_this_version_of_anchors_says(text: str) -> None:
    """If this is to change, so must the version: every anchor of every desk would be another."""
    assert fold(text).text == FOLDS[text]
