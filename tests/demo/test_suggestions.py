"""Suggestions on the demonstration as the repository has it: the quotes of its documents, and its own report."""

import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

from briefing.cli import main
from briefing.model.claim import SCALES
from briefing.suggest.cues import HEDGES, first_of
from briefing.suggest.numbers import numbers_in
from tests.commands import REPOSITORY

DIGITS = re.compile(r"\d[\d,.]*")


def claims() -> list[dict[str, Any]]:
    files = sorted((REPOSITORY / "content/annotations").glob("*.yaml"))
    return [claim for file in files for claim in yaml.load(file.read_text(), Loader=yaml.BaseLoader)["claims"]]


def exact(claim: dict[str, Any]) -> str:
    quote = claim["quote"]
    return str(quote if isinstance(quote, str) else quote["exact"])


@pytest.mark.slow
def test_the_figure_of_a_claim_is_read_from_its_quote() -> None:
    """As the editor wrote it: value, scale and qualifier, in 95 of 100 quotes that hold the number."""
    right = read = 0
    for claim in claims():
        figure, quote = claim.get("figure"), exact(claim)
        if not figure or figure["value"] not in DIGITS.sub(lambda match: match.group().replace(",", ""), quote):
            continue
        read += 1
        wanted = (Decimal(figure["value"]) * SCALES[figure.get("scale")], figure.get("qualifier", "exact"))
        found = [(Decimal(one.value) * SCALES[one.scale], one.qualifier) for one in numbers_in(quote)]
        right += wanted in found
    assert read >= 40
    assert right >= 0.95 * read


@pytest.mark.slow
def test_hedges_that_quotes_hold_are_known() -> None:
    """Most of those that editors wrote down stand in a quote, and are found there or within them."""
    held = [(claim["hedge"], exact(claim)) for claim in claims() if claim.get("hedge", "\0") in exact(claim)]
    found = [(hedge, match.group()) for hedge, quote in held if (match := first_of(HEDGES, quote))]
    assert len(held) >= 40
    assert sum(one in hedge or hedge in one for hedge, one in found) >= 0.55 * len(held)


def test_the_desks_own_report_has_one_sentence_left_to_mark() -> None:
    told = CliRunner().invoke(main, ["-C", str(REPOSITORY), "suggest", "2026-11-20-desk-sums", "--format", "yaml"])
    assert told.exit_code == 0
    (suggested,) = yaml.safe_load("claims:\n" + told.stdout)["claims"]
    assert suggested["topics"] == ["investment"]
    report = Path(REPOSITORY / "content/articles/2026-11-20-desk-sums.md").read_text(encoding="utf-8")
    text = " ".join(re.sub(r"\[([^]]*)\]\([^)]*\)", r"\1", report).split())
    assert suggested["quote"] in text
