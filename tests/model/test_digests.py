"""Digests: the same for the same values in any process, another one for every change of a field."""

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from briefing.model.base import validated
from briefing.model.claim import Claim
from briefing.model.config import Config
from briefing.model.dates import PartialDate
from briefing.model.digests import Digested, digest_of
from briefing.read.content import read_content
from tests.sites.rich import write_rich_site

DATA = {"quote": "gas", "topics": ["energy", "trade"], "due": "2025-02", "figure": {"measure": "gas", "value": "1.50"}}


def other(value: Any) -> Any:
    """Another value of the same type, as far as that can be told; a text where there was nothing."""
    match value:
        case bool():
            return not value
        case str():
            return value + "x"
        case int() | Decimal():
            return value + 1
        case bytes() | tuple():
            return (*value, "new")
        case date():
            return value + timedelta(days=1)
        case dict():
            return {**value, "new": "new"}
    return "new" if value is None else None


def values(value: Any) -> Iterator[Any]:
    """All values with fields in a value."""
    if is_dataclass(value) and not isinstance(value, type):
        yield value
        for field in fields(value):
            yield from values(getattr(value, field.name))
    elif isinstance(value, dict | tuple | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from values(part)


def test_every_field_of_every_value_counts(tmp_path: Path) -> None:
    content, _ = read_content(write_rich_site(tmp_path))
    seen: set[str] = set()
    for value in values(content):
        if value is content:
            continue
        for field in fields(value):
            changed = replace(value, **{field.name: other(getattr(value, field.name))})
            assert digest_of(changed) != digest_of(value), (type(value), field.name)
            seen.add(f"{type(value).__name__}.{field.name}")
    assert {"Claim.draft", "Config.topics", "Person.roles", "AnchoredClaim.words", "ArticleText.packed"} <= seen


def test_a_part_that_differs_shows_in_what_it_is_part_of(tmp_path: Path) -> None:
    content, _ = read_content(write_rich_site(tmp_path))
    for file in content.articles.values():
        if file.claims:
            first = file.claims[0]
            claim = replace(first, claim=replace(first.claim, hedge="perhaps"))
            assert claim.digest != first.digest
            assert replace(file, claims=(claim, *file.claims[1:])).digest != file.digest
            assert replace(file, head=replace(file.head, id="x")).digest != file.digest
            assert isinstance(file, Digested)
            return
    pytest.fail("no article with claims")


@pytest.mark.slow
def test_a_digest_is_sixteen_bytes_and_the_same_in_any_process() -> None:
    code = (
        "from briefing.model.base import validated; from briefing.model.claim import Claim;"
        f"from briefing.model.digests import digest_of; print(digest_of(validated(Claim, {DATA!r})).hex())"
    )
    told = {
        subprocess.run(
            [sys.executable, "-c", code], env={"PYTHONHASHSEED": seed}, capture_output=True, text=True, check=True
        ).stdout
        for seed in ("1", "2")
    }
    assert told == {digest_of(validated(Claim, DATA)).hex() + "\n"}
    assert len(digest_of(validated(Claim, DATA))) == 16


def test_what_is_shown_otherwise_has_another_digest_although_it_is_equal() -> None:
    one, two = (validated(Config, {"title": "x", "topics": dict(topics)}) for topics in (ONE, reversed(ONE)))
    assert one == two
    assert digest_of(one) != digest_of(two)
    assert digest_of(Decimal("1.50")) != digest_of(Decimal("1.5"))
    assert digest_of(("a", "b")) != digest_of(("a, b",)) != digest_of(["a, b"])
    assert digest_of(PartialDate.parse("2025")) != digest_of(PartialDate.parse("2025~"))


ONE = [("a", "A"), ("b", "B")]


def test_what_has_no_fields_has_no_digest() -> None:
    with pytest.raises(TypeError):
        digest_of(object())
