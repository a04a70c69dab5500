"""Claims written as YAML, read by another reader: the form that an editor would type, and no other words."""

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from briefing.characters import FORBIDDEN
from briefing.edit.blocks import claim_yaml, entry_yaml, scalar
from briefing.edit.refusal import Refused

CLAIM = """\
  - id: gas-contract
    quote: {exact: likely to announce a contract, suffix: ', officials said'}
    text: Brandt and Vale will announce a gas contract.
    topics: [energy, trade]
    modality: expectation
    hedge: likely to
    attribution:
      - {described_as: two officials, cue: according to, basis: anonymous}
    figure: {measure: gas, value: 12.50, qualifier: about, scale: billion}
    due: 2026-03-06
    relations:
      - {type: updates, to: 2026-01-09-herald#gas-talks}
    history:
      - status: pending
        on: 2026-03-02
        why: >-
          The leaders have not met yet. Officials of both countries say that the text is ready, and that the price is
          the only thing left.
        evidence: [2026-01-09-herald#gas-talks]
    draft: true
"""


def test_a_claim_is_written_in_the_documented_order_however_it_is_given() -> None:
    """And what is true or a number becomes the text that an editor would type."""
    (claim,) = yaml.load(f"claims:\n{CLAIM}", yaml.BaseLoader)["claims"]
    shuffled = dict(reversed(claim.items()))
    shuffled["figure"] = dict(reversed(claim["figure"].items()))
    shuffled |= {"draft": True, "about": [], "label": None}
    assert claim_yaml(shuffled) == CLAIM


def test_lists_too_long_for_a_line_have_a_line_for_each() -> None:
    """So that the lines of a file stay readable beside each other."""
    ids = [f"2026-03-02-a-rather-long-name#claim-{number}" for number in range(4)]
    entry = entry_yaml({"evidence": ids, "on": "2026-03-02", "status": "fulfilled", "why": "Seen."}, indent=2)
    assert entry.splitlines() == [
        "  - status: fulfilled",
        "    on: 2026-03-02",
        "    why: Seen.",
        "    evidence:",
        *(f"      - {id}" for id in ids),
    ]


@pytest.mark.parametrize(
    ("text", "written", "in_flow"),
    [
        ("plain words", "plain words", "plain words"),
        ('a "golden age"', 'a "golden age"', 'a "golden age"'),
        ("a, b", "a, b", "'a, b'"),
        ("a: b", "'a: b'", "'a: b'"),
        ("a #b", "'a #b'", "'a #b'"),
        ("it's: so", "'it''s: so'", "'it''s: so'"),
        ("“win”", "“win”", "“win”"),
        ('"win" for both', "'\"win\" for both'", "'\"win\" for both'"),
        ("- 5", "'- 5'", "'- 5'"),
        ("-5", "-5", "-5"),
        ("null", "'null'", "'null'"),
        ("", "''", "''"),
        ("NO", "NO", "NO"),
        ("1.10", "1.10", "1.10"),
        (" a", "' a'", "' a'"),
        ("a\nb", '"a\\nb"', '"a\\nb"'),
        ("a\tb", "a\tb", "'a\tb'"),
        ("日本、「強調」", "日本、「強調」", "日本、「強調」"),
        ("[a]", "'[a]'", "'[a]'"),
        ("a]", "a]", "'a]'"),
        ("@a", "'@a'", "'@a'"),
        ("50%", "50%", "50%"),
    ],
)
def test_quotation_marks_stand_only_where_they_are_needed(text: str, written: str, in_flow: str) -> None:
    """As the one-minute guide to YAML says."""
    assert (scalar(text), scalar(text, in_flow=True)) == (written, in_flow)


@pytest.mark.parametrize(
    ("claim", "told"),
    [
        ({"quote": "a", "topic": "b"}, "`topic` is not a known key"),
        ({"quote": {"exact": "a", "before": "b"}}, "`before` is not a known key"),
        ({"quote": "a\u202eb"}, "U+202E cannot stand"),
    ],
)
def test_what_no_file_may_hold_is_refused(claim: dict[str, object], told: str) -> None:
    """With the reason, before there is any YAML."""
    with pytest.raises(Refused, match=told.replace("+", r"\+")):
        claim_yaml(claim)


TEXTS = st.text(min_size=1, max_size=200) | st.text(
    alphabet="ab ,:#'\"-[]{}&*!|>%@`\n\t?~=<\\ éö日", min_size=1, max_size=300
)


@given(
    quote=TEXTS,
    text=TEXTS,
    topics=st.lists(TEXTS, min_size=1, max_size=4),
    cue=TEXTS,
    indent=st.sampled_from([0, 2, 4]),
)
def test_every_text_is_written_exactly_or_not_at_all(
    quote: str, text: str, topics: list[str], cue: str, indent: int
) -> None:
    """PyYAML's own reader in Python, which shares no code with libyaml, finds the words that were given."""
    claim = {
        "quote": {"exact": quote, "prefix": text},
        "text": text,
        "topics": topics,
        "attribution": [{"by": cue, "cue": quote}],
        "history": [{"why": text, "evidence": topics}],
    }
    try:
        written = claim_yaml(claim, indent)
    except Refused:
        assert any(FORBIDDEN.search(one) for one in (quote, text, cue, *topics))
        return
    assert yaml.load(f"claims:\n{written}", yaml.BaseLoader) == {"claims": [claim]}
