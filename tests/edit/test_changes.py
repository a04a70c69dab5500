"""Changes of annotation files, bytes to bytes: the one change and no other, or a refusal."""

import re
from collections.abc import Callable
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from briefing.edit.changes import with_claim, with_entry
from briefing.edit.fields import with_fields
from briefing.edit.refusal import Refused
from tests.edit.shapes import CLAIM, ENTRY, SHAPES, TEXT, claims_in_blocks
from tests.samples import one_in

pytestmark = pytest.mark.slow

PATH = "content/annotations/x.yaml"
CHANGES: dict[str, Callable[[bytes], bytes]] = {
    "C": lambda data: with_claim(PATH, data, CLAIM),
    "E": lambda data: with_entry(PATH, data, "a", ENTRY),
    "T": lambda data: with_fields(PATH, data, "a", {"text": TEXT}),
}


@pytest.mark.parametrize("kind", CHANGES)
@pytest.mark.parametrize("name", one_in(3, SHAPES))
def test_odd_yaml_is_changed_in_the_one_place_or_refused(name: str, kind: str) -> None:
    """The places are chosen by hand in `shapes`."""
    shape = SHAPES[name]
    if kind not in shape.after:
        with pytest.raises(Refused):
            CHANGES[kind](shape.before.encode())
    else:
        assert CHANGES[kind](shape.before.encode()).decode() == shape.after[kind]


# PyYAML's own reader does not know the tabs of YAML 1.2, nor what it calls a line.
@pytest.mark.parametrize("name", [name for name in SHAPES if name != "tabs before comments"])
def test_what_is_expected_of_odd_yaml_is_right_for_another_reader(name: str) -> None:
    """Of the expectations themselves: PyYAML's reader in Python finds the old data and the change."""
    shape = SHAPES[name]
    for kind, text in shape.after.items():
        before, after = loaded(shape.before), loaded(text)
        claims = after["claims"]
        if kind == "C":
            assert claims.pop() == CLAIM
        else:
            claim = next(one for one in claims if one and one.get("id") == "a")
            assert claim.pop("text") == TEXT if kind == "T" else claim["history"].pop() == ENTRY
        if kind == "T":
            before["claims"] = [one and {k: v for k, v in one.items() if k != "text"} for one in before["claims"]]
        assert with_nothing_empty(after) == with_nothing_empty(before)


def loaded(text: str) -> dict[str, Any]:
    data = yaml.load(text.removeprefix("\ufeff"), yaml.BaseLoader)
    return dict(data) if isinstance(data, dict) else {}


def with_nothing_empty(value: Any) -> Any:
    if isinstance(value, dict):
        parts = {key: with_nothing_empty(part) for key, part in value.items()}
        return {key: part for key, part in parts.items() if part}
    if isinstance(value, list):
        return [with_nothing_empty(part) for part in value]
    return "" if value == "~" else value


SIMPLE = b"claims:\n  - id: a\n    quote: old words\n    topics: [t]\n"


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda: with_claim(PATH, SIMPLE, {"topics": ["t"]}), "`quote` is missing"),
        (lambda: with_claim(PATH, SIMPLE, {"quote": "x", "topics": []}), "`topics` is missing"),
        (lambda: with_claim(PATH, SIMPLE, {"quote": "x", "topics": ["t"], "mood": "y"}), "`mood` is not a known key"),
        (lambda: with_claim(PATH, SIMPLE, {**CLAIM, "modality": "hope"}), "`hope` cannot be `modality`"),
        (lambda: with_claim(PATH, SIMPLE, {**CLAIM, "due": "2026-13"}), "2026-13"),
        (lambda: with_claim(PATH, SIMPLE, {**CLAIM, "id": "a"}), "the claim id `a` is used"),
        (lambda: with_claim(PATH, SIMPLE, {**CLAIM, "text": "a\u202eb"}), "U\\+202E"),
        (lambda: with_entry(PATH, SIMPLE, "a", {"status": "pending", "on": "2026"}), "`why` is missing"),
        (lambda: with_entry(PATH, SIMPLE, "b", ENTRY), "no claim is called `b`"),
        (lambda: with_fields(PATH, SIMPLE, "a", {"text": " "}), "nothing of the claim `a` is different"),
        (lambda: with_fields(PATH, SIMPLE, "a", {"topics": []}), "`topics` is missing"),
        (lambda: with_fields(PATH, SIMPLE, "a", {"label": "one two three four five six"}), "the label has 6 words"),
        (lambda: with_fields(PATH, SIMPLE, "a", {"quote": "x"}), "`quote` of a claim is not changed here"),
        (lambda: with_fields(PATH, SIMPLE, "a", {"mood": "x"}), "`mood` is not a known key"),
        (lambda: with_fields(PATH, SIMPLE, "a", {"attribution": [{"cue": "said"}]}), "attribution names nobody"),
        (lambda: with_claim(PATH, b"claims: \xff\n", CLAIM), "byte 0xFF is not UTF-8"),
        (lambda: with_claim(PATH, b"#" * (1024 * 1024 - 20) + b"\n", CLAIM), "would hold more than it may"),
        (lambda: with_claim(PATH, b"x: [" + b"a," * 49_995 + b"a]\n", CLAIM), "would hold more than it may"),
    ],
)
def test_what_is_no_claim_or_would_make_a_file_unreadable_is_refused(change: Callable[[], bytes], told: str) -> None:
    """In the words of `check`."""
    with pytest.raises(Refused, match=told):
        change()


def test_a_claim_without_an_id_is_found_by_the_words_of_its_quote() -> None:
    """As pages call it."""
    data = b"claims:\n  - quote: the old words\n    topics: [t]\n"
    assert b"text: X\n" in with_fields(PATH, data, "the-old-words", {"text": "X"})


@given(text=claims_in_blocks(), is_dos=st.booleans(), ends=st.booleans(), number=st.integers(0, 3))
def test_any_claim_of_a_file_can_be_changed_and_nothing_else_is(
    text: str, is_dos: bool, ends: bool, number: int
) -> None:
    """One stretch of bytes is new; the data are the old ones and the change, as another reader finds them."""
    text = text if ends else text.rstrip("\n") + ("\n" if "|+" in text else "")
    data = (text.replace("\n", "\r\n") if is_dos else text).encode()
    before = loaded(text)
    id = before["claims"][number % len(before["claims"])]["id"]
    had_text = any("text" in claim for claim in before["claims"] if claim["id"] == id)
    changed = {
        "C": with_claim(PATH, data, CLAIM),
        "E": with_entry(PATH, data, id, ENTRY),
        "T": with_fields(PATH, data, id, {"text": TEXT}),
    }
    for kind, result in changed.items():
        assert loaded(result.decode()) == expectation(before, kind, id)
        assert (kind == "T" and had_text) or is_inserted(data, result)
        assert re.findall(rb"# [\w ]*", result) == re.findall(rb"# [\w ]*", data)


def expectation(before: dict[str, Any], kind: str, id: str) -> dict[str, Any]:
    claims = [dict(one) for one in before["claims"]]
    claim = next(one for one in claims if one["id"] == id)
    if kind == "C":
        claims.append(CLAIM)
    elif kind == "E":
        claim["history"] = [*claim.get("history", []), ENTRY]
    else:
        claim["text"] = TEXT
    return {**before, "claims": claims}


def is_inserted(before: bytes, after: bytes) -> bool:
    """Whether the one is the other with a stretch put in."""
    same = next((i for i, (one, other) in enumerate(zip(before, after, strict=False)) if one != other), len(before))
    return after.endswith(before[same:])
