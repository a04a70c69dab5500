"""Ids: the very rule that a text breaks, and an id that would do instead."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.model.ids import (
    DEVICE_NAMES,
    broken_claim_rule,
    broken_rule,
    is_claim_id,
    is_id,
    likely_claim_id,
    likely_id,
    mend_of,
)

RULES = [
    ("", "it is empty", None),
    ("2026-talks-", "it ends with `-`", "2026-talks"),
    ("_draft", "it begins with `_`", "draft"),
    ("-talks", "it begins with `-`", "talks"),
    ("talks_", "it ends with `_`", "talks"),
    ("about us", "it holds a space, not only letters, digits, hyphens and underscores", "about-us"),
    ("a.b", "it holds `.`, not only letters, digits, hyphens and underscores", "a-b"),
    ("a/b", "it holds `/`, not only letters, digits, hyphens and underscores", "a-b"),
    ("a\u00a0b", "it holds U+00A0, not only letters, digits, hyphens and underscores", "a-b"),
    ("a\u200bb", "it holds U+200B, not only letters, digits, hyphens and underscores", "a-b"),
    ("a\udce9", "it holds a byte that is not UTF-8", "a"),
    ("x" * 101, "it has 101 bytes, more than 100", "x" * 100),
    ("日" * 34, "it has 102 bytes, more than 100", "日" * 33),
    ("CON", "Windows keeps that name for a device", "CON-1"),
    ("lpt9", "Windows keeps that name for a device", "lpt9-1"),
    ("cafe\u0301", "its letters and their accents are stored apart (Unicode NFD)", "caf\u00e9"),
    ("--", "it begins with `-`", None),
    ("!?", "it holds `!`, not only letters, digits, hyphens and underscores", None),
]
CLAIM_RULES = [
    ("", "it is empty", None),
    ("Friday", "it has capital letters", "friday"),
    ("gas_deal", "it holds `_`, not only letters from a to z, digits and hyphens", "gas-deal"),
    ("gas deal", "it holds a space, not only letters from a to z, digits and hyphens", "gas-deal"),
    ("öl", "it holds `ö`, not only letters from a to z, digits and hyphens", "ol"),
    ("ガス", "it holds `ガ`, not only letters from a to z, digits and hyphens", None),
    ("gas-", "it ends with `-`", "gas"),
    ("-gas", "it begins with `-`", "gas"),
    ("gas--deal", "it has two hyphens together", "gas-deal"),
    ("s-leaders", "`s-` begins the ids of headings", "leaders"),
    ("fn-1", "`fn-` begins the ids of footnotes", "1"),
    ("s-fn-x", "`s-` begins the ids of headings", "x"),
    ("x" * 101, "it has 101 characters, more than 100", "x" * 100),
]


@pytest.mark.parametrize(("text", "rule", "meant"), RULES)
def test_the_rule_that_is_broken_is_named(text: str, rule: str, meant: str | None) -> None:
    assert not is_id(text)
    assert (broken_rule(text), likely_id(text)) == (rule, meant)


@pytest.mark.parametrize(("text", "rule", "meant"), CLAIM_RULES)
def test_the_rule_for_claims_that_is_broken_is_named(text: str, rule: str, meant: str | None) -> None:
    assert not is_claim_id(text)
    assert (broken_claim_rule(text), likely_claim_id(text)) == (rule, meant)


TEXTS = st.one_of(
    st.text(max_size=8),
    st.text(alphabet="aZ-_ .é日\u0301s", max_size=12),
    st.sampled_from(sorted(DEVICE_NAMES)),
    st.text(alphabet="a日-", min_size=90, max_size=120),
)


@given(TEXTS)
def test_what_is_offered_is_an_id_and_not_what_was_written(text: str) -> None:
    for is_good, likely in ((is_id, likely_id), (is_claim_id, likely_claim_id)):
        meant = likely(text)
        assert meant is None or is_good(meant)
        assert is_good(text) or meant != text


def test_what_looks_the_same_is_not_offered() -> None:
    assert mend_of("cafe\u0301") == "write each letter and its accent as one character (Unicode NFC)"
