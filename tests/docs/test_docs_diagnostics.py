"""docs/diagnostics.md: a section for every code, and its example is what the tool prints."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from briefing.cli import main
from briefing.diagnostics import CODES
from tests.golden import Golden

PAGE = Path(__file__).parents[2] / "docs" / "diagnostics.md"

ARTICLE = "content/articles/2026-03-02-times.md"
ANNOTATIONS = "content/annotations/2026-03-02-times.yaml"
SUMMIT = "content/summits/brandt-vale-2026.md"

HEAD = "---\ntitle: Gas deal in sight\nsource: harbor-times\npublished: 2026-03-02\n---\n"
BODY = """\
The two leaders meet on Friday. Officials say that a contract for gas is likely.
The current contract supplies 154,000 homes; a contract for 20 years would supply all.
"""
CLAIM = "claims:\n  - id: gas\n    quote: a contract for gas is likely\n    topics: [energy]\n"
EXPECTED = CLAIM + "    modality: expectation\n"
HOMES = "homes-with-gas:\n  label: Homes with gas\n  unit: homes\n"
SUPPLIED = CLAIM.replace("a contract for gas is likely", "supplies 154,000 homes") + (
    "    figure: {measure: homes-with-gas, value: 154000}\n"
)
VALID: dict[str, str | bytes] = {
    "config.yaml": "title: Estmark desk\n",
    "content/sources.yaml": "harbor-times:\n  name: The Harbor Times\n",
    SUMMIT: "---\ntitle: Brandt and Vale in Port Sel\nstart: 2026-03-06\n---\n",
    ARTICLE: HEAD + BODY,
    ANNOTATIONS: CLAIM,
}


def history(*lines: str) -> str:
    return EXPECTED + "    history:\n" + "".join(f"      {line}\n" for line in lines)


# The article above with its text kept apart, and what `briefing anchor` wrote of it.
APART = HEAD.replace("\n---\n", "\ntext: apart\n---\n")
TEXT, ANCHORS = "content/texts/2026-03-02-times.md", "content/anchors/2026-03-02-times.yaml"
ANCHORED = """\
# Written by `briefing anchor`, which also mends it: where the words of each claim stand in the text.
version: 1
checked: 2026-03-03
text: {sha256: df2b2d1ef9fd4f3debdd3139bbc93ad5fa52fc53d1fb6ee7489d787cca33a20d, length: 167}
claims:
  gas: {offset: 51, length: 28, sha256: 3c54553f934e89fe53de88009a7af33490c1705132fd9ea97f13f65dd639d1e3, checksum: 797c881e0ca7}
"""  # noqa: E501 - one claim a line is what it is about
SENTENCE = (
    ANCHORED.partition("  gas")[0]
    + "  gas: {offset: 32, length: 47, sha256: 49b280cd42cff868f6840200a45e05576ac2b3f5d8b190c56b99a976abc2002b, checksum: c0691ae29ebb}\n"  # noqa: E501
)
WITHOUT_TEXT: dict[str, str | bytes] = {ARTICLE: APART, ANCHORS: ANCHORED}


FRONT_PAGE = "<!DOCTYPE html>\n<html><head><title>The Harbor Times</title></head><body><main>" + "".join(
    f'<article><h2><a href="https://times.example/{name}">{name.title()}</a></h2><p>The two leaders meet.</p></article>'
    for name in ("gas", "steel", "fish", "ferry", "bridge")
)  # fmt: skip

# A code and the files that make a valid site show it, and only it.
CASES: dict[str, dict[str, str | bytes]] = {
    "address-lost": {"urls.json": '[\n"summits/brandt-vale.html",\n"index.html"\n]\n'},
    "agenda-unfit": {
        SUMMIT: "---\ntitle: Brandt and Vale in Port Sel\nstart: 2026-03-06\nagenda:\n  - topic: energy\n"
        "    items:\n      - item: A contract for gas\n        now: 2026-03-02-times#gas\n---\n",
        ANNOTATIONS: "summit: brandt-vale-2026\n" + CLAIM,
    },
    "already-here": {
        ARTICLE: HEAD.replace("\n---\n", "\nurl: https://times.example/gas\n---\n") + BODY,
        "inbox/gas.md": "---\ntitle: Gas deal\nsource_url: https://www.times.example/gas/\n---\n" + BODY,
    },
    "ambiguous-quote": {ANNOTATIONS: CLAIM.replace("a contract for gas is likely", "a contract for")},
    "anchor-without-claim": WITHOUT_TEXT | {ANNOTATIONS: "claims: []\n"},
    "anchors-outdated": WITHOUT_TEXT | {TEXT: BODY.replace("20 years", "25 years")},
    "anchors-without-article": {"content/anchors/2026-03-03-times.yaml": ANCHORED},
    "annotations-without-article": {"content/annotations/2026-03-03-times.yaml": CLAIM},
    "bad-anchors": WITHOUT_TEXT | {ANCHORS: ANCHORED.replace("offset: 51", "offset: 52")},
    "bad-characters": {ARTICLE: HEAD + BODY.replace("gas is", "gas\u202e is")},
    "bad-date": {SUMMIT: "---\ntitle: Brandt and Vale in Port Sel\nstart: 2026-03-06T14:00\n---\n"},
    "bad-id": {"content/pages/about us.md": "---\ntitle: About\n---\n"},
    "bad-link": {ARTICLE: HEAD + BODY + "See [the meeting](../summits/brandt-vale.md).\n"},
    "bad-urls": {"urls.json": '[\n"articles/2026-03-02-times.html"\n"index.html"\n]\n'},
    "bad-value": {ANNOTATIONS: CLAIM + "    modality: expected\n"},
    "bad-yaml": {ANNOTATIONS: CLAIM + "    text: The prospect: a contract for gas.\n"},
    "claims-on-no-summit": {
        ARTICLE: HEAD.replace("source:", "summits: [brandt-vale-2026, brandt-vale-2027]\nsource:") + BODY,
        "content/summits/brandt-vale-2027.md": "---\ntitle: The next\nstart: 2027\n---\n",
    },
    "confirms-same-origin": {
        "content/articles/2026-03-03-times.md": HEAD.replace("-02", "-03") + "Officials repeat that gas is likely.\n",
        "content/annotations/2026-03-03-times.yaml": CLAIM.replace("a contract for gas", "repeat that gas")
        + "    relations:\n      - {type: confirms, to: 2026-03-02-times#gas}\n",
    },
    "cyclic-reference": {
        SUMMIT: "---\ntitle: Brandt and Vale in Port Sel\nstart: 2026-03-06\nfollows: brandt-vale-2027\n---\n",
        "content/summits/brandt-vale-2027.md": "---\ntitle: The next\nstart: 2027\nfollows: brandt-vale-2026\n---\n",
    },
    "dangling-reference": {ANNOTATIONS: CLAIM.replace("energy", "enery")},
    "dates-contradict": {SUMMIT: "---\ntitle: Brandt and Vale in Port Sel\nstart: 2026-03-06\nend: 2026-03-05\n---\n"},
    "draft-reference": {
        "content/people.yaml": "ilse-brandt:\n  name: Ilse Brandt\n  draft: true\n",
        ANNOTATIONS: CLAIM + "    about: [ilse-brandt]\n",
    },
    "internal-reference": {
        "content/people.yaml": "ilse-brandt:\n  name: Ilse Brandt\n  visibility: internal\n",
        ANNOTATIONS: CLAIM + "    about: [ilse-brandt]\n",
    },
    "duplicate-entry": {
        SUMMIT: "---\ntitle: Brandt and Vale in Port Sel\nstart: 2026-03-06\nagenda:\n"
        "  - topic: trade\n    items: [Fish]\n  - topic: trade\n    items: [Steel]\n---\n"
    },
    "duplicate-id": {ANNOTATIONS: CLAIM + "  - id: gas\n    quote: two leaders meet on Friday\n    topics: [energy]\n"},
    "duplicate-key": {ANNOTATIONS: CLAIM + "    topics: [trade]\n"},
    "empty-quote": {ANNOTATIONS: "claims:\n  - id: gas\n    quote: '...'\n    topics: [energy]\n"},
    "evidence-circular": {
        ANNOTATIONS: CLAIM + "    history:\n"
        "      - {status: confirmed, on: 2026-03-07, why: It is so., evidence: [2026-03-02-times#gas]}\n"
    },
    "evidence-later": {
        "content/articles/2026-03-09-times.md": HEAD.replace("-02", "-09") + "They signed a contract for gas.\n",
        "content/annotations/2026-03-09-times.yaml": CLAIM.replace("a contract for gas is likely", "They signed"),
        ANNOTATIONS: history(
            "- {status: fulfilled, on: 2026-03-07, why: They signed it., evidence: [2026-03-09-times#gas]}"
        ),
    },
    "evidence-missing": {ANNOTATIONS: history("- {status: fulfilled, on: 2026-03-07, why: They signed it.}")},
    "evidence-unfit": {
        "content/articles/2026-03-09-times.md": HEAD.replace("-02", "-09") + "They will sign a contract for gas.\n",
        "content/annotations/2026-03-09-times.yaml": EXPECTED.replace("a contract for gas is likely", "They will sign"),
        ANNOTATIONS: history(
            "- {status: fulfilled, on: 2026-03-09, why: They signed it., evidence: [2026-03-09-times#gas]}"
        ),
    },
    "excessive-input": {ARTICLE: HEAD + BODY + "padding\n" * 150_000},
    "front-matter": {ARTICLE: BODY},
    "gone-but-there": {
        "config.yaml": "title: Estmark desk\ngone:\n"
        "  - {address: articles/2026-03-02-times.html#gas, why: The paper did not say so.}\n"
    },
    "history-order": {
        ANNOTATIONS: history(
            "- {status: pending, on: 2026-03-09, why: The talks were put off.}",
            "- {status: pending, on: 2026-03-06, why: They met.}",
        )
    },
    "left-to-editor": {"inbox/pasted.txt": "Gas deal in sight\n\n" + BODY},
    "line-endings": {ARTICLE: (HEAD + BODY).replace("Friday. ", "Friday.\r").encode()},
    "merge-conflict": {ARTICLE: HEAD + "<<<<<<< HEAD\n" + BODY + "=======\nThey do not meet.\n>>>>>>> desk\n"},
    "missing-folder": {"content/Annotations/2026-03-03-times.yaml": CLAIM},
    "missing-key": {ANNOTATIONS: "claims:\n  - id: gas\n    quote: a contract for gas is likely\n"},
    "much-removed": {},
    "no-article": {"inbox/front-page.html": FRONT_PAGE},
    "not-anchored": WITHOUT_TEXT | {ANCHORS: ANCHORED.partition("  gas")[0].replace("claims:", "claims: {}")},
    "not-fetched": {},
    "not-regular": {},
    "nothing-known-yet": {},
    "office-not-held": {
        "content/people.yaml": "tomas-vale:\n  name: Tomas Vale\n  roles:\n"
        "    - {post: President of Valdoria, start: 2020-11, end: 2025-11}\n",
        ANNOTATIONS: CLAIM + "    attribution:\n      - {by: tomas-vale}\n",
    },
    "other-words": WITHOUT_TEXT | {ANNOTATIONS: CLAIM.replace("is likely", "is unlikely")},
    "output-collision": {
        "content/summits/talks.md": "---\ntitle: Talks\nstart: 2026-04\naliases: [brandt-vale-2026]\n---\n"
    },
    "own-words-as-evidence": {
        "content/sources.yaml": "harbor-times: {name: The Harbor Times}\nour-desk: {name: Estmark desk, kind: desk}\n",
        "content/articles/2026-03-09-desk.md": HEAD.replace("-02", "-09").replace("harbor-times", "our-desk")
        + "We have counted the contracts.\n",
        "content/annotations/2026-03-09-desk.yaml": CLAIM.replace(
            "a contract for gas is likely", "counted the contracts"
        ),
        ANNOTATIONS: history(
            "- {status: fulfilled, on: 2026-03-09, why: They signed it., evidence: [2026-03-09-desk#gas]}"
        ),
    },
    "preview-not-made": {
        "config.yaml": "title: Estmark desk\nbase_url: https://estmark.example/\npreview_images: true\n",
        ARTICLE: (HEAD + BODY).replace("Gas deal in sight", "天然ガスの契約"),
    },
    "quote-cuts-word": {ANNOTATIONS: CLAIM.replace("a contract for gas is likely", "54,000 homes")},
    "quote-is-sentence": {
        ARTICLE: APART,
        TEXT: BODY,
        ANCHORS: SENTENCE,
        ANNOTATIONS: CLAIM.replace("a contract", "Officials say that a contract"),
        "config.yaml": "title: Estmark desk\nquotes: {sentences: false}\n",
    },
    "quote-not-found": {ANNOTATIONS: CLAIM.replace("is likely", "is probable")},
    "quote-too-long": WITHOUT_TEXT | {"config.yaml": "title: Estmark desk\nquotes: {words: 5}\n"},
    "quoted-too-much": WITHOUT_TEXT | {"config.yaml": "title: Estmark desk\nquotes: {share: 15}\n"},
    "review-due": {ANNOTATIONS: EXPECTED + "    due: 2026-03-06\n"},
    "stale-figure": {
        "content/measures.yaml": HOMES + "  stale_after: P1Y\n",
        ANNOTATIONS: SUPPLIED.replace("}", ", as_of: 2024}"),
    },
    "status-not-for-modality": {
        ANNOTATIONS: history("- {status: unverified, on: 2026-03-06, why: No document says so.}")
    },
    "template-error": {"templates/home.html": "<h1>{{ titel }}</h1>\n"},
    "text-missing": {ARTICLE: APART},
    "text-not-apart": {TEXT: BODY},
    "text-without-article": {"content/texts/2026-03-03-times.md": BODY},
    "unit-conflict": {
        "content/measures.yaml": HOMES,
        ANNOTATIONS: SUPPLIED.replace("}", ", unit: households}"),
    },
    "unknown-file": {"content/articles/notes.txt": "call the ministry\n"},
    "unknown-key": {ANNOTATIONS: CLAIM + "    likelyhood: likely\n"},
    "unreadable-file": {ARTICLE: (HEAD + BODY).replace("Friday", "caf\u00e9").encode("latin-1")},
    "verdict-long": {
        SUMMIT: "---\ntitle: Brandt and Vale in Port Sel\nstart: 2026-03-06\nverdict:\n  written: 2026-03-07\n"
        "  text: >-\n    The two countries have a contract for gas. It is said to run for 20 years, but nobody has\n"
        "    seen its terms, which are to be published in April. On steel nothing was agreed, on the coast\n"
        "    guards they will talk again, and on fish not a word was said.\n---\n",
    },
    "words-missing": {"config.yaml": "title: Estmark desk\nlanguage: de\n"},
    "wrong-offset": {
        "content/places.yaml": "port-sel: {name: Port Sel, kind: city, timezone: Europe/Lisbon}\n",
        SUMMIT: "---\ntitle: Brandt and Vale in Port Sel\nstart: 2026-07-06T14:00+00:00\n"
        "venue: {city: port-sel}\n---\n",
    },
    "wrong-type": {ANNOTATIONS: CLAIM.replace("[energy]", "energy")},
}


# The command that shows it, where it is not `check` on the day after the meeting.
COMMANDS = {
    "already-here": ["import", "inbox/gas.md"],
    "left-to-editor": ["import", "inbox/pasted.txt"],
    "no-article": ["import", "inbox/front-page.html"],
    "not-fetched": ["import", "http://127.0.0.1:8000/gas"],
    "much-removed": ["build"],
    "nothing-known-yet": ["build", "--as-of", "2026-01-01"],
    "quote-is-sentence": ["anchor", "--check"],
}


def sections() -> dict[str, str]:
    """Heading to text of each section."""
    parts = re.split(r"^## (.+)$", PAGE.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def printed(folder: Path, code: str) -> str:
    """What is printed of a valid site with one fault, up to the first empty line."""
    for path, data in (VALID | CASES[code]).items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data.encode() if isinstance(data, str) else data)
    if code == "not-regular":
        (folder / "content/articles/2026-03-03-times.md").symlink_to("2026-03-02-times.md")
    if code == "much-removed":
        assert CliRunner().invoke(main, ["-C", str(folder), "build"]).exit_code == 0
        (folder / ARTICLE).unlink()
        (folder / ANNOTATIONS).unlink()
    command = COMMANDS.get(code, ["check", "--on", "2026-03-07"])
    result = CliRunner().invoke(main, ["-C", str(folder), *command], catch_exceptions=False)
    return result.stderr.split("\n\n")[0].rstrip() if result.stderr.count(f"[{code}]") else result.output


def test_the_page_has_a_section_for_every_code_in_order() -> None:
    assert list(sections()) == sorted(CODES)


@pytest.mark.parametrize("code", sorted(CODES))
def test_the_example_is_what_the_tool_prints(code: str, tmp_path: Path, golden: Golden) -> None:
    example = re.search(r"```text\n(.*?)\n```", sections()[code], re.DOTALL)
    assert example is not None
    golden.part(PAGE, example.group(1), printed(tmp_path, code))


@pytest.mark.parametrize("code", sorted(CODES))
def test_the_section_says_what_it_means_and_how_to_mend_it(code: str) -> None:
    before, _, after = re.sub(r"```text\n.*?\n```", "\0", sections()[code], flags=re.DOTALL).partition("\0")
    assert before.strip().endswith(".")
    assert "**Mend:**" in after
