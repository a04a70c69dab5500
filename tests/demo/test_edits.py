"""The annotation files of the demonstration, each changed at every fourth claim: the data and all other bytes stay."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from briefing.edit.changes import with_claim, with_entry
from briefing.edit.fields import with_fields
from briefing.read.annotations import derived_id
from tests.commands import REPOSITORY
from tests.samples import first_of

FILES = sorted((REPOSITORY / "content/annotations").rglob("*.yaml"))
CLAIM = {"id": "added-by-a-test", "quote": "words: new ones", "topics": ["trade"], "text": "It is new."}
TEXT = "Another sentence, so long that it has to be folded: it has more characters than a line of the file may have."


@pytest.mark.parametrize("path", first_of(6, FILES), ids=lambda path: path.stem)
def test_a_claim_can_be_changed_and_all_else_stays(path: Path) -> None:
    """An appended claim, an entry of a history and other fields; read by PyYAML, compared byte for byte."""
    data = path.read_bytes()
    before = loaded(data)
    result = with_claim(path.name, data, CLAIM)
    assert loaded(result) == {**before, "claims": [*before["claims"], CLAIM]}
    assert inserted(data, result).startswith(b"\n  - id: added-by-a-test\n    quote: 'words: new ones'\n")
    for index, claim in list(enumerate(before["claims"]))[len(path.stem) % 4 :: 4]:
        id = claim.get("id") or derived_id(claim["quote"])
        status = (
            "unratable" if claim.get("modality") in ("opinion", "expectation", "proposal", "commitment") else "disputed"
        )
        entry = {"status": status, "on": "2030-01-01", "why": "It is so."}
        result = with_entry(path.name, data, id, entry)
        assert inserted(data, result).endswith(
            f"- status: {status}\n        on: 2030-01-01\n        why: It is so.\n".encode()
        )
        assert loaded(result) == changed(before, index, {**claim, "history": [*claim.get("history", []), entry]})
        if index % 3:
            continue  # each field is proved by itself, which takes a while
        fields = {"text": TEXT, "topics": [*claim["topics"], "added"], "modality": "fact", "hedge": "", "label": "L"}
        fields["attribution"] = [
            *claim.get("attribution", [])[1:],
            {"described_as": "an official", "basis": "anonymous"},
        ]
        result = with_fields(path.name, data, id, fields)
        wanted = {name: value for name, value in {**claim, **fields}.items() if value}
        assert loaded(result) == changed(before, index, wanted)


def loaded(data: bytes) -> dict[str, Any]:
    return dict(yaml.load(data, yaml.CBaseLoader))


def changed(data: dict[str, Any], index: int, claim: dict[str, Any]) -> dict[str, Any]:
    claims = list(data["claims"])
    claims[index] = claim
    return {**data, "claims": claims}


def inserted(before: bytes, after: bytes) -> bytes:
    """What was put in: the lines that are new, where all others are the old ones."""
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    start = next((index for index, (one, other) in enumerate(zip(old, new, strict=False)) if one != other), len(old))
    count = len(new) - len(old)
    while new[:start] + new[start + count :] != old and start:
        start -= 1
    assert new[:start] + new[start + count :] == old
    return b"".join(new[start : start + count])
