"""Tables as files: what a spreadsheet would take for a formula, what a program must get as it is."""

import csv
import io
import json
from decimal import Decimal

import pytest

from briefing.machines.tables import Column, Layout, Row, as_csv, as_json

LAYOUT = Layout("t", "d", (Column("a", "string", "d"), Column("b", "number", "d"), Column("c", "boolean", "d")), ("a",))
ODD = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", 'a "b", c', "one\ntwo", "]]>", "</script>", "\u202eabc", "'", "", "é防"]


@pytest.mark.parametrize("text", ODD)
def test_a_text_comes_back_and_is_no_formula(text: str) -> None:
    rows: list[Row] = [(text, Decimal("1.50"), True), ("x", None, None)]
    [names, first, second] = csv.reader(io.StringIO(as_csv(LAYOUT, rows).decode("utf-8-sig"), newline=""))
    assert names == ["a", "b", "c"]
    assert first[0].removeprefix("'") == text.removeprefix("'")
    assert not first[0].startswith(("=", "+", "-", "@", "\t", "\r"))
    assert first[1:] == ["1.50", "true"]
    assert second == ["x", "", ""]
    assert json.loads(as_json(LAYOUT, rows)) == [
        {"a": text, "b": "1.50", "c": True},
        {"a": "x", "b": None, "c": None},
    ]


def test_no_rows_are_no_rows() -> None:
    assert as_csv(LAYOUT, []) == b"\xef\xbb\xbfa,b,c\r\n"
    assert json.loads(as_json(LAYOUT, [])) == []
