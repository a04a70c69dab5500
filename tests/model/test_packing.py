"""What is packed comes back as it was, when it is asked for, and nothing comes back that could do anything."""

import os
import pickle
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from briefing.link.site import link
from briefing.model import packing
from briefing.model.claim import Claim
from briefing.model.packing import Packed, pack, unpack
from briefing.read.content import read_content
from tests.sites.rich import write_rich_site

CLAIM = Claim.model_validate(
    {
        "quote": "a gas deal",
        "modality": "expectation",
        "topics": ["energy"],
        "due": "2025-02",
        "attribution": [{"by": "nikkei", "basis": "report"}],
        "figure": {"measure": "gas", "value": "1.50"},
    }
)


def test_records_and_plain_values_come_back_as_they_were() -> None:
    values = [CLAIM, date(2025, 2, 7), Decimal("1.50"), {"a": {1, 2}}, (None, True, "ä")]
    assert unpack(pack(values)) == values
    assert isinstance(CLAIM, Claim)
    assert str(unpack(pack(CLAIM.figure))) == str(CLAIM.figure)
    assert CLAIM.model_dump_json() == unpack(pack(CLAIM)).model_dump_json()  # type: ignore[attr-defined]


def test_a_value_is_unpacked_once_when_it_is_first_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    found: Any = unpack(pack([Packed.of(CLAIM), Packed.of("other")]))
    asked: list[bytes] = []

    def noted(data: bytes) -> object:
        asked.append(data)
        return unpack(data)

    monkeypatch.setattr(packing, "unpack", noted)
    assert found[0].value == CLAIM
    assert found[0].value is found[0].value
    assert len(asked) == 1


def test_what_was_never_asked_for_is_packed_as_it_came() -> None:
    data = pack(Packed.of(CLAIM))
    assert pack(unpack(data)) == data


def test_what_is_sent_to_another_process_shares_what_it_shares_here() -> None:
    one, other = pickle.loads(pickle.dumps([Packed.of(CLAIM), Packed.of(CLAIM)]))
    assert one.value == CLAIM
    assert one.value is other.value


class _Evil:
    def __reduce__(self) -> Any:
        return os.getcwd, ()


@pytest.mark.parametrize("evil", [_Evil(), [_Evil()], os.getcwd, Path, packing.pack, packing._Unpickler])
def test_nothing_else_comes_back_however_deep(evil: Any) -> None:
    with pytest.raises(pickle.UnpicklingError):
        unpack(pickle.dumps(evil))
    inner: Any = unpack(pack(Packed(pickle.dumps(evil))))
    with pytest.raises(pickle.UnpicklingError):
        _ = inner.value


def test_an_article_tells_without_unpacking_what_every_build_asks_of_all(tmp_path: Path) -> None:
    content, _ = read_content(write_rich_site(tmp_path))
    assert len(content.articles) > 5
    for file in content.articles.values():
        kept: Any = unpack(pack(file))
        assert (kept.id, kept.path, kept.fingerprint) == (file.id, file.path, file.fingerprint)
        assert (kept.published, kept.size) == (file.record.published, len(file.claims))
        assert kept.records.data is not None
        assert (kept.head, kept.claims) == (file.head, file.claims)


def test_a_claim_that_is_asked_for_alone_is_the_one_among_all(tmp_path: Path) -> None:
    content, _ = read_content(write_rich_site(tmp_path))
    assert content.config is not None
    alone, among = link(content, content.config), link(content, content.config)
    refs = [anchored.ref for file in among.articles for anchored in file.claims]
    assert list(among.claims) == refs
    assert len(alone.claims) == len(refs) > 20
    found = {ref: alone.claims[ref] for ref in reversed(refs)}
    assert {ref: claim.fingerprint for ref, claim in among.claims.items()} == {
        ref: claim.fingerprint for ref, claim in found.items()
    }
    assert all(found[claim.ref] is claim for claim in alone.claims.values())
    for ref in ("nowhere#at-all", f"{refs[0]}-not"):
        assert ref not in alone.claims
        assert ref not in among.claims
