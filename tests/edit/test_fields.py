"""Other values of a claim's fields: the change and no other, in the style that stands there; no comment is lost."""

import re
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from briefing.edit.comments import comments_of
from briefing.edit.fields import with_fields
from briefing.edit.refusal import Refused
from briefing.read.sources import SourceFile
from briefing.read.yaml_reader import read_yaml
from tests.edit.shapes import claims_in_blocks

PATH = "content/annotations/x.yaml"
HEAD = "claims:\n  - id: a\n    quote: old\n"
SOMEBODY, PAPER = {"described_as": "two officials", "basis": "anonymous"}, {"by": "paper", "basis": "report"}
# The lines of a claim below its quote before, the fields, and the lines after.
CASES: dict[str, tuple[str, dict[str, Any], str]] = {
    "topics in brackets": (
        "    topics: [trade, energy]  # two\n",
        {"topics": ["energy", "defense", "trade"]},
        "    topics: [energy, defense, trade]  # two\n",
    ),
    "topics in lines": (
        "    topics:\n      - trade  # chief\n      - energy\n",
        {"topics": ["trade", "defense", "energy"]},
        "    topics:\n      - trade  # chief\n      - defense\n      - energy\n",
    ),
    "another first topic": (
        "    topics:\n    - trade  # t\n    - energy  # e\n",
        {"topics": ["defense", "trade", "energy"]},
        "    topics:\n    - defense\n    - trade  # t\n    - energy  # e\n",
    ),
    "a topic less": (
        "    topics:\n      - trade\n      - energy\n",
        {"topics": ["energy"]},
        "    topics:\n      - energy\n",
    ),
    "quotation marks stay": (
        "    topics: [ \"trade\",  'energy' ]\n",
        {"topics": ["trade", "energy", "defense"]},
        "    topics: [ \"trade\",  'energy', defense ]\n",
    ),
    "a list over lines in brackets": (
        "    topics: [\n      trade,  # t\n      energy,  # e\n    ]\n",
        {"topics": ["trade", "defense"]},
        "    topics: [\n      trade,  # t\n      defense,  # e\n    ]\n",
    ),
    "what there was none of": (
        "    topics: [trade]\n    # the end of it\n    review_by: 2027\n",
        {"summit": "s", "weight": "minor", "label": "The: matter", "attribution": [PAPER, SOMEBODY]},
        "    label: 'The: matter'\n    topics: [trade]\n    summit: s\n    attribution:\n"
        "      - {by: paper, basis: report}\n      - {described_as: two officials, basis: anonymous}\n"
        "    weight: minor\n    # the end of it\n    review_by: 2027\n",
    ),
    "what there is none of any more": (
        "    topics: [trade]\n    hedge: likely\n    modality: expectation\n    attribution:\n      - {by: x}\n",
        {"hedge": "", "attribution": [], "modality": "fact"},
        "    topics: [trade]\n    modality: fact\n",
    ),
    "a voice more": (
        "    topics: [trade]\n    attribution:\n      - {by: paper, basis: report}  # page 2\n",
        {"attribution": [PAPER, SOMEBODY]},
        "    topics: [trade]\n    attribution:\n      - {by: paper, basis: report}  # page 2\n"
        "      - {described_as: two officials, basis: anonymous}\n",
    ),
    "a voice between": (
        "    topics: [trade]\n    attribution: [{by: x}, {by: y}]\n",
        {"attribution": [{"by": "x"}, SOMEBODY, {"by": "y"}]},
        "    topics: [trade]\n    attribution: [{by: x}, {described_as: two officials, basis: anonymous}, {by: y}]\n",
    ),
    "the second of the voices": (
        "    topics: [trade]\n    attribution:\n      - by: paper\n        basis: report\n"
        "      - described_as: officials  # who?\n        cue: said\n",
        {"attribution": [PAPER, SOMEBODY]},
        "    topics: [trade]\n    attribution:\n      - by: paper\n        basis: report\n"
        "      - described_as: two officials  # who?\n        basis: anonymous\n",
    ),
    "a voice less": (
        "    topics: [trade]\n    attribution:\n      - by: paper\n        basis: report\n\n      - by: x  # she\n",
        {"attribution": [{"by": "x"}]},
        "    topics: [trade]\n    attribution:\n\n      - by: x  # she\n",
    ),
    "keys without values": (
        "    topics: [trade]\n    label:\n    attribution: ~  # none yet\n",
        {"label": "x", "attribution": [PAPER]},
        "    topics: [trade]\n    label: x\n    attribution: [{by: paper, basis: report}]  # none yet\n",
    ),
    "an id for a list": ("    topics: trade\n", {"topics": ["trade"]}, "    topics: [trade]\n"),
    "no last line end": ("    topics: [trade]\n    hedge: likely", {"hedge": ""}, "    topics: [trade]"),
}


@pytest.mark.parametrize(("before", "fields", "after"), CASES.values(), ids=CASES)
@pytest.mark.parametrize("is_dos", [False, True])
def test_a_field_is_changed_in_the_style_that_it_has(
    before: str, fields: dict[str, Any], after: str, is_dos: bool
) -> None:
    def data(lines: str) -> bytes:
        text = HEAD + lines
        return (text.replace("\n", "\r\n") if is_dos else text).encode()

    assert with_fields(PATH, data(before), "a", fields).decode() == data(after).decode()


def test_a_claim_in_brackets_stays_on_its_line() -> None:
    before = b"claims: [{id: a, quote: old, topics: [t], hedge: x, modality: fact}, {id: b, quote: o, topics: [t]}]\n"
    fields = {"topics": ["u", "t"], "hedge": "", "label": "L", "attribution": [PAPER]}
    after = with_fields(PATH, before, "a", fields).decode()
    assert after == (
        "claims: [{id: a, quote: old, label: L, topics: [u, t], modality: fact, "
        "attribution: [{by: paper, basis: report}]}, {id: b, quote: o, topics: [t]}]\n"
    )


def test_the_first_key_of_a_claim_goes_with_its_value() -> None:
    before = b"claims:\n  - hedge: x\n    id: a\n    quote: old\n    topics: [t]\n"
    assert with_fields(PATH, before, "a", {"hedge": ""}) == b"claims:\n  - id: a\n    quote: old\n    topics: [t]\n"


@pytest.mark.parametrize(
    ("lines", "fields", "told"),
    [
        ("    topics:\n      - trade  # t\n      - energy\n", {"topics": ["energy"]}, "`topics` .*a comment"),
        ("    topics: [t]\n    hedge: x  # the paper's\n", {"hedge": ""}, "`hedge` .*a comment"),
        ("    topics: [t]\n    attribution:\n      - by: x # c\n", {"attribution": []}, "`attribution` .*a comment"),
        ("    topics: [t]\n    text: >-  # c\n      x\n", {"text": ""}, "`text` .*a comment"),
        ("    topics: [t]\n    text: |+\n      x", {"hedge": "y"}, "`hedge` cannot be changed: .*written"),
    ],
)
def test_what_would_take_more_than_the_value_with_it_is_refused(lines: str, fields: dict[str, Any], told: str) -> None:
    with pytest.raises(Refused, match=told) as refused:
        with_fields(PATH, (HEAD + lines).encode(), "a", fields)
    assert "by hand" in refused.value.help


def test_comments_are_what_yaml_has_as_comments() -> None:
    """And no `#` of a value, whatever the style."""
    text = (
        "# one\na: \"x # no\" # two\nb: [p#q, 'r # no', # three\n  s] #four\nc: |- # five\n  # no\n  y # no\n# six\n"
        "d: e\n   f#no\nk:\n - # seven\n   m: >\n    n # no\n   # eight\n"
    )
    document, _ = read_yaml(SourceFile(PATH, text))
    assert [re.sub(r"\W", "", one) for one in comments_of(document)] == [
        *("one", "two", "three", "four", "five", "six", "seven", "eight")
    ]


VALUES: dict[str, st.SearchStrategy[Any]] = {
    "topics": st.lists(st.sampled_from(["t", "u", "v", "w"]), min_size=1, max_size=4, unique=True),
    "modality": st.sampled_from(["fact", "expectation"]),
    "hedge": st.sampled_from(["", "likely: to", "about"]),
    "text": st.sampled_from(["", "one", "it is: so # really", "long " * 30]),
    "summit": st.sampled_from(["", "s"]),
    "attribution": st.lists(
        st.sampled_from([{"by": "v", "cue": "said"}, {"by": "v"}, SOMEBODY, PAPER, {"by": "w", "cue": "a, b: c"}]),
        max_size=3,
    ),
}


@given(text=claims_in_blocks(), is_dos=st.booleans(), number=st.integers(0, 3), data=st.data())
def test_any_fields_of_a_claim_are_changed_and_nothing_else_is(
    text: str, is_dos: bool, number: int, data: st.DataObject
) -> None:
    """The data are the old ones and the change, as another reader finds them; all that stands in other claims, and
    every comment, is there as before. Refused is only what has a comment."""
    before = yaml.load(text, yaml.BaseLoader)["claims"]
    claim = before[number % len(before)]
    fields = {
        name: data.draw(VALUES[name])
        for name in data.draw(st.lists(st.sampled_from(list(VALUES)), min_size=1, unique=True))
    }
    new = {name: value.strip() if isinstance(value, str) else value for name, value in fields.items()}
    changed = {key: value for key, value in {**claim, **new}.items() if value not in ("", [])}
    try:
        result = with_fields(
            PATH, (text.replace("\n", "\r\n") if is_dos else text).encode(), claim["id"], fields
        ).decode()
    except Refused as refused:
        told = refused.message
    else:
        told = ""
    if told:
        assert "is different" in told if changed == claim else "a comment" in told, (told, fields)
        return
    after = yaml.load(result, yaml.BaseLoader)["claims"]
    assert after == [changed if one is claim else one for one in before]
    assert re.findall(r"# [\w ]*", _bare(result)) == re.findall(r"# [\w ]*", _bare(text))
    others = [part for part in _parts(text) if f"id: {claim['id']}\n" not in part and f"id: {claim['id']} " not in part]
    assert all(part.rstrip("\n") in result.replace("\r\n", "\n") for part in others)


def _bare(text: str) -> str:
    """Without the comments that are none but words of a new text."""
    return text.replace("\r\n", "\n").replace("it is: so # really", "")


def _parts(text: str) -> list[str]:
    """The claims as they are written."""
    return re.split(r"(?m)^(?= *- +(?:id|quote|topics|modality|text|history|attribution):)", text)[1:]
