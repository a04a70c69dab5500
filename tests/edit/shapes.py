"""Annotation files in odd YAML, with marks where a change must go: the places are chosen here by hand.

`‹C→...›` is where a claim goes, `‹E→...›` an entry in the history of the claim `a`, `‹T old→...›` its text, in place
of the old one. Inserted is what stands behind the arrow: `B4` are the lines of a block at column 4, `F` is the form in
brackets, `¶` ends a line and `%` takes the last line's end away. Where a file has no such mark, that change is refused.
"""

import re
import textwrap
from dataclasses import dataclass

from hypothesis import strategies as st

CLAIM = {"quote": "new words", "topics": ["t"]}
ENTRY = {"status": "unverified", "on": "2026-03-01", "why": "Looked into."}
TEXT = "new: text"
_FORMS = {
    "C": ("- quote: new words\n  topics: [t]\n", "{quote: new words, topics: [t]}"),
    "E": (
        "- status: unverified\n  on: 2026-03-01\n  why: Looked into.\n",
        "{status: unverified, on: 2026-03-01, why: Looked into.}",
    ),
    "T": ("text: 'new: text'\n", "'new: text'"),
}
_MARK = re.compile(r"‹([CET]) ?([^→]*)→([^›]*)›")

# A claim as most are written, for shapes that are about something else.
_A = "  - id: a\n    quote: old\n‹T→B4›    topics: [t]\n‹E→    history:¶B6›"
# The same with a text of its own, which stands last.
_UP_TO_TEXT = "claims:\n  - id: a\n    quote: old\n    topics: [t]\n    text: "

_MARKED: dict[str, str] = {
    "empty": "‹C→claims:¶B2›",
    "comments alone": "# nothing yet\n‹C→claims:¶B2›",
    "a marker alone": "---\n‹C→claims:¶B2›",
    "a key without a value": "claims:\n‹C→B2›",
    "a key with a comment": "claims: # none yet\n‹C→B2›",
    "a key without a value before another": "claims:\n‹C→B2›summit: s\n",
    "an empty list": "claims: [‹C→F›] # none [yet]\n",
    "null": "claims: ‹C ~→[F]› # none\n",
    "no claims": "summit: s\n‹C→claims:¶B2›# end\n",
    "an empty mapping": "{‹C→claims: [F]›}\n",
    "a mapping in brackets": "{summit: s‹C→, claims: [F]›}\n",
    "ordinary": f"claims:\n{_A}‹C→¶B2›",
    "blank lines at the end": f"claims:\n{_A}‹C→¶B2›\n\n",
    "close together": f"claims:\n  - quote: other\n    topics: [t]\n{_A}‹C→B2›",
    "no final line end": ("claims:\n  - id: a\n    quote: old\n‹T→B4›    topics: [t]‹E→¶    history:¶B6%›‹C→¶¶B2%›"),
    "CRLF": f"claims:\n{_A}‹C→¶B2›".replace("\n", "\r\n"),
    "both ends of lines": f"claims:\n  - quote: other\r\n    topics: [t]\r\n{_A}‹C→B2›",
    "a byte order mark": f"\ufeffclaims:\n{_A}‹C→¶B2›",
    "not indented": "claims:\n- id: a\n  quote: old\n‹T→B2›  topics: [t]\n‹E→  history:¶B4›‹C→¶B0›",
    "indented by four": (
        "claims:\n    -   id: a\n        quote: old\n‹T→B8›        topics: [t]\n‹E→        history:¶B10›‹C→¶B4›"
    ),
    "the whole file indented": (
        "  claims:\n    - id: a\n      quote: old\n‹T→B6›      topics: [t]\n‹E→      history:¶B8›‹C→¶B4›  summit: s\n"
    ),
    "a dash on a line of its own": (
        "claims:\n  -\n    id: a\n    quote: old\n‹T→B4›    topics: [t]\n‹E→    history:¶B6›‹C→¶B2›"
    ),
    "an item without a value": f"claims:\n  -\n{_A}‹C→B2›",
    "comments that belong to a claim": (
        "claims:\n  - id: a\n    quote: old # c\n      # of the quote\n‹T→B4›    topics:\n      - t # c\n"
        "‹E→    history:¶B6›    # of the claim\n\n  # - quote: not yet\n‹C→¶B2›# of what follows\nsummit: s\n"
    ),
    "tabs before comments": (
        "claims:\t# tab\n  - id: a\n    quote: old\t# tab\n‹T→B4›    topics: [t]\t\n‹E→    history:¶B6›‹C→¶B2›"
    ),
    "lists in brackets": "claims: [{id: a, quote: old‹T→, text: F›, topics: [t]‹E→, history: [F]›}‹C→, F›]\n",
    "lists in brackets on lines": (
        "claims: [\n  {id: a, quote: old‹T→, text: F›, topics: [t]‹E→, history: [F]›}‹C→,¶  F›, # c, c\n]\nsummit: s\n"
    ),
    "all in brackets": (
        "{claims: [{id: a, quote: old‹T→, text: F›, topics: [t]‹E→, history: [F]›}‹C→, F›, ], summit: s}"
    ),
    "a claim in brackets": (
        "claims:\n  - {id: a, quote: old‹T→, text: F›, topics: [t]‹E→, history: [F]›} # c\n‹C→¶B2›"
    ),
    "brackets over lines": (
        "claims:\n  - id: a\n    quote: {exact: old,\n      prefix: b}\n‹T→B4›    topics: [t,\n      u]\n"
        "‹E→    history:¶B6›‹C→¶B2›"
    ),
    "values in brackets without one": (
        "claims:\n  - {id: a, quote: old, topics: [t], text:‹T→ F› , history: ‹E ~→[F]›}\n‹C→¶B2›"
    ),
    "a key in brackets without a colon": (
        "claims:\n  - {id: a, quote: old‹T→, text: F›, topics: [t], history}\n‹C→¶B2›"
    ),
    "a history": (
        "claims:\n  - id: a\n    quote: old\n‹T→B4›    topics: [t]\n    history:\n"
        "    - {status: unverified, on: 2026, why: w}\n‹E→B4›    review_by: 2027\n‹C→¶B2›"
    ),
    "a history in brackets": (
        "claims:\n  - id: a\n    quote: old\n‹T→B4›    topics: [t]\n"
        "    history: [{status: unverified, on: 2026, why: w}‹E→, F›]\n‹C→¶B2›"
    ),
    "an empty history": (
        "claims:\n  - id: a\n    quote: old\n‹T→B4›    topics: [t]\n    history: [‹E→F›]\n    draft: true\n‹C→¶B2›"
    ),
    "keys without values": (
        "claims:\n  - id: a\n    quote: old\n    topics: [t]\n    history:\n‹E→B6›    text: ‹T ~→F›\n‹C→¶B2›"
    ),
    "what comes after a history": f"claims:\n{_A}    review_by: 2027\n    draft: true\n‹C→¶B2›",
    "what comes after a history comes first": (
        "claims:\n  - draft: true\n    id: a\n    quote: old\n‹T→B4›    topics: [t]\n‹E→    history:¶B6›‹C→¶B2›"
    ),
    "|+ last": f"{_UP_TO_TEXT}‹T |+¶      keep→F›\n\n\n‹E→    history:¶B6›‹C→B2›",
    "|+ last in the list": f"{_UP_TO_TEXT}‹T |+¶      keep→F›\n‹C→¶B2›\n‹E→    history:¶B6›summit: s\n",
    "|+ last, no final line end": f"{_UP_TO_TEXT}‹T |+¶      keep→F›",
    "|2": f"{_UP_TO_TEXT}‹T |2¶        far¶      near→F›\n‹E→    history:¶B6›‹C→¶B2›",
    "folded with a comment": (f"{_UP_TO_TEXT}>- # c\n      ‹T long¶      er→new: text›\n‹E→    history:¶B6›‹C→¶B2›"),
    "on the line after its key": f"{_UP_TO_TEXT}\n      ‹T long¶      er→F› # c\n‹E→    history:¶B6›‹C→¶B2›",
    "quoted over lines": f"{_UP_TO_TEXT}‹T 'it''s¶¶      long'→F› # c\n‹E→    history:¶B6›‹C→¶B2›",
    "quoted keys": ('"claims" :\n  - "id": a\n    \'quote\' : old\n‹T→B4›    topics: [t]\n‹E→    history:¶B6›‹C→¶B2›'),
    "question marks": "? claims\n: - id: a\n    quote: old\n‹T→B4›    topics: [t]\n‹E→    history:¶B6›‹C→¶B2›",
    "markers": f"---\nclaims:\n{_A}‹C→¶B2›...\n# after\n",
    "a directive": f"%YAML 1.1\n---\nclaims:\n{_A}‹C→¶B2›",
    "a tab for a space": "claims:\n-\tid: a\n\tquote: old\n",
    "an anchor": "claims: &x []\n",
    "a tag": "claims: !!seq []\n",
    "a key twice": "claims: []\nclaims: []\n",
    "two documents": "claims: []\n---\nclaims: []\n",
    "no mapping": "- a\n",
    "no list": "claims: word\n",
    "a bracket left open": "claims: [\n",
    "a carriage return alone": "claims: []\rsummit: s\n",
    "a merge conflict": "<<<<<<< ours\nclaims: []\n=======\nclaims:\n>>>>>>> theirs\n",
    "something else wrong with the claim": (
        "claims:\n  - id: a\n    quote: old\n    topics: [t]\n    label: ''\n‹C→¶B2›"
    ),
}


@dataclass(frozen=True)
class Shape:
    """A file, and what it must be after each kind of change that is not refused."""

    before: str
    after: dict[str, str]


def _shape(marked: str) -> Shape:
    kinds = {match[1] for match in _MARK.finditer(marked)}
    return Shape(_filled(marked, ""), {kind: _filled(marked, kind) for kind in kinds})


def _filled(marked: str, kind: str) -> str:
    """The file with one kind of mark carried out; with none, as it was before."""

    def text(match: re.Match[str]) -> str:
        if match[1] != kind:
            return match[2].replace("¶", "\n")
        block, flow = _FORMS[kind]
        parts = re.split(r"(B\d+|F)", match[3])
        spelled = "".join(
            flow if part == "F" else textwrap.indent(block, " " * int(part[1:])) if part[:1] == "B" else part
            for part in parts
        ).replace("¶", "\n")
        spelled = spelled.replace("\n%", "")
        before = _MARK.sub("", marked[: match.start()])
        return spelled.replace("\n", "\r\n") if before.endswith("\r\n") else spelled

    return _MARK.sub(text, marked)


SHAPES = {name: _shape(marked) for name, marked in _MARKED.items()}


_WORDS = st.text(alphabet="ab :#'\"-,[]{}\u00e9\u65e5?!", min_size=1, max_size=12)
_COMMENTS = st.sampled_from(["", "", "", "  # c", "\n", "\n    # of it", "\n  # of the list", "\n# of the file"])
_TOPICS = st.sampled_from(
    ["topics: [t, u]", "topics:\n{0}- t\n{0}- u", "topics: [t,\n{0}  u]", "topics:\n{0}  - t  # c\n{0}  - u"]
)
_VOICES = st.sampled_from(
    [
        "attribution: [{by: v, cue: said}]",
        "attribution:\n{0}- {by: v, basis: report}\n{0}- described_as: two, of them\n{0}  cue: 'so: it'",
        "attribution:\n{0}  - by: v # c\n{0}    cue: said\n\n{0}  - by: w",
    ]
)


@st.composite
def claims_in_blocks(draw: st.DrawFn) -> str:
    """Claims as people write them: in any order, with comments and empty lines anywhere, in any style."""
    text = draw(st.sampled_from(["", "# head\n", "---\n"])) + draw(st.sampled_from(["", "summit: s\n"])) + "claims:\n"
    dash = draw(st.sampled_from(["- ", "  - ", "  -   ", "    - "]))
    for number in range(draw(st.integers(1, 4))):
        lines = [f"id: c{number}", f"quote: {_quoted(draw(_WORDS))}", draw(_TOPICS), "modality: fact"]
        if draw(st.booleans()):
            lines.append(draw(_VOICES))
        if draw(st.booleans()):
            lines.append(
                draw(st.sampled_from(["text: >-\n{0}  long\n{0}  er", "text: |+\n{0}  keep\n", "text: a\n{0}  b"]))
            )
        if draw(st.booleans()):
            lines.append("history:\n{0}- status: unverified\n{0}  on: 2026\n{0}  why: w")
        lines = draw(st.permutations(lines))
        margin = " " * len(dash)
        for index, line in enumerate(lines):
            comment = draw(_COMMENTS) if "|+" not in line and ">-" not in line else ""
            text += (dash if index == 0 else margin) + line.replace("{0}", margin) + comment + "\n"
        text += draw(st.sampled_from(["", "\n", "\n\n"]))
    return text + draw(st.sampled_from(["", "# end\n", "note: x\n"]))


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + " w'"
