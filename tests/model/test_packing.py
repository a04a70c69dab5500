"""What is packed comes back as it was, and nothing comes back that could do anything."""

import os
import pickle
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from briefing.link.site import link
from briefing.model import packing
from briefing.model.base import validated
from briefing.model.claim import Attribution, Claim
from briefing.model.packing import pack, unpack
from briefing.read.content import read_content
from tests.sites.rich import write_rich_site

CLAIM = validated(
    Claim,
    {
        "quote": "a gas deal",
        "modality": "expectation",
        "topics": ["energy"],
        "due": "2025-02",
        "attribution": [{"by": "nikkei", "basis": "report"}],
        "figure": {"measure": "gas", "value": "1.50"},
    },
)


def test_records_and_plain_values_come_back_as_they_were() -> None:
    values = [CLAIM, date(2025, 2, 7), Decimal("1.50"), {"a": {1, 2}}, (None, True, "ä")]
    assert unpack(pack(values)) == values
    assert isinstance(CLAIM, Claim)
    assert repr(unpack(pack(CLAIM))) == repr(CLAIM)


def test_texts_dates_and_voices_that_recur_are_one_object() -> None:
    def claim(value: str) -> Claim:
        parts = {"by": "".join(["ma", "i"]), "cue": "x" * 20}
        figure = {"measure": "gas", "value": value}
        data = {"quote": "it", "topics": ["".join(["tra", "de"])], "due": "2025-02", "attribution": [parts]}
        return validated(Claim, {**data, "figure": figure})

    # As they come from two processes.
    apart = [unpack(pack(claim(value))) for value in ("1.0", "1.00")]
    found: Any = unpack(pack(apart))
    one, other = found
    assert one.topics is other.topics
    assert one.due is other.due
    assert one.attribution[0] is other.attribution[0]
    assert one.figure.measure is other.figure.measure
    # Numbers that are equal need not be shown alike.
    assert [str(one.figure.value), str(other.figure.value)] == ["1.0", "1.00"]


class _Evil:
    def __reduce__(self) -> Any:
        return os.getcwd, ()


class _Deep:
    """A record with something else in it."""

    def __reduce__(self) -> Any:
        return Attribution, ("x", _Evil())


@pytest.mark.parametrize("evil", [_Evil(), [_Evil()], _Deep(), os.getcwd, Path, packing.pack, packing._Unpickler])
def test_nothing_else_comes_back_however_deep(evil: Any) -> None:
    with pytest.raises(pickle.UnpicklingError):
        unpack(pickle.dumps(evil))


def test_an_article_comes_back_with_its_digests(tmp_path: Path) -> None:
    content, _ = read_content(write_rich_site(tmp_path))
    assert len(content.articles) > 5
    for file in (*content.articles.values(), *content.summits.values(), *content.topics.values()):
        kept: Any = unpack(pack(file))
        assert kept == file
        assert kept.digest == file.digest
    for file in content.articles.values():
        found: Any = unpack(pack(file))
        assert [one.digest for one in (found.head, *found.claims)] == [one.digest for one in (file.head, *file.claims)]


def test_a_claim_that_is_asked_for_alone_is_the_one_among_all(tmp_path: Path) -> None:
    content, _ = read_content(write_rich_site(tmp_path))
    assert content.config is not None
    alone, among = link(content, content.config), link(content, content.config)
    refs = [anchored.ref for file in among.articles for anchored in file.claims]
    assert list(among.claims) == refs
    assert len(alone.claims) == len(refs) > 20
    found = {ref: alone.claims[ref] for ref in reversed(refs)}
    assert {ref: claim.digest for ref, claim in among.claims.items()} == {
        ref: claim.digest for ref, claim in found.items()
    }
    assert all(found[claim.ref] is claim for claim in alone.claims.values())
    for ref in ("nowhere#at-all", f"{refs[0]}-not"):
        assert ref not in alone.claims
        assert ref not in among.claims
