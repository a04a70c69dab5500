"""Mistakes in templates of one's own: recursion, depth, size, halves of characters; told by file and line."""

from pathlib import Path

import pytest

from briefing.build import Request, build
from tests.sites.desks import write_desk

LOOP = "it includes, extends or calls itself without end"
DEEP = "blocks, brackets or operators are nested too deep, or follow each other without end"
# A name, the templates, and the line and the beginning of what is told.
CASES: dict[str, tuple[dict[str, str], str, str]] = {
    "a template that includes itself": (
        {"home.html": "\n{% include 'a.html' %}", "a.html": "x\n\n{% include 'a.html' %}"},
        "templates/a.html:", LOOP),
    "two that include each other": (
        {"home.html": "{% include 'a.html' %}", "a.html": "\n{% include 'b.html' %}",
         "b.html": "{% include 'a.html' %}"},
        "templates/", LOOP),
    "a template that extends itself": ({"home.html": "{% extends 'home.html' %}"}, "templates/home.html:", LOOP),
    "two that import each other": (
        {"home.html": "{% import 'a.html' as a %}{{ a.x }}", "a.html": "{% import 'home.html' as a %}"},
        "templates/", LOOP),
    "a macro that calls itself": (
        {"home.html": "\n{% macro a(x) %}\n{{ a(x) }}\n{% endmacro %}\n{{ a(1) }}"}, "templates/home.html:", LOOP),
    "a block of itself": (
        {"home.html": "{% block a %}\n{{ self.a() }}{% endblock %}"}, "templates/home.html:", LOOP),
    "brackets": ({"home.html": "\n\n{{ " + "(" * 5000 + "1" + ")" * 5000 + " }}"}, "templates/home.html:3:1", DEEP),
    "lists": ({"home.html": "\n{{ " + "[" * 5000 + "]" * 5000 + " }}"}, "templates/home.html:2:1", DEEP),
    "conditions": (
        {"home.html": "\n" + "{% if x %}" * 3000 + "{% endif %}" * 3000}, "templates/home.html:2:1", DEEP),
    "loops": (
        {"home.html": "\n" + "{% for x in [1] %}" * 30 + "{% endfor %}" * 30}, "templates/home.html:2:1", DEEP),
    "negations": ({"home.html": "\n\n{{ " + "not " * 5000 + "1 }}"}, "templates/home.html:3:1", DEEP),
    "sums": ({"home.html": "\n{{ 1" + " + 1" * 5000 + " }}"}, "templates/home.html:2:1", DEEP),
    "filters": ({"home.html": "\n{{ 'x'" + "|upper" * 5000 + " }}"}, "templates/home.html:2:1", DEEP),
    "a text repeated": ({"home.html": "\n{{ 'x' * 10**10 }}"}, "templates/home.html:2:1", "`*` repeats something more"),
    "a list repeated": ({"home.html": "\n{{ 10**9 * [1] }}"}, "templates/home.html:2:1", "`*` repeats something more"),
    "a tower of powers": ({"home.html": "{{ 10**99999 }}"}, "templates/home.html:1:1", "`**` makes a"),
    "a large range": (
        {"home.html": "\n{% for x in range(10**9) %}x{% endfor %}"}, "templates/home.html:2:1", "`range` has more"),
    "a range of all numbers": ({"home.html": "\n{{ range(10**300)|list }}"}, "templates/home.html:2:1", ""),
    "loops in loops": (
        {"home.html": "{% for x in range(99999) %}{% for x in range(99999) %}{{ x }}{% endfor %}{% endfor %}"},
        "templates/home.html:1:1", "the page is longer than 64 MiB"),
    "a comment without an end": ({"home.html": "\n{# x"}, "templates/home.html:2:1", "missing end of comment tag"),
    "half of a character": ({"home.html": "\n{{ '\\ud83d' }}"}, "templates/home.html:2:1", "`\\ud83d` is half of a"),
    "half of a character by its number": (
        {"home.html": "\n{{ '%c'|format(55357) }}"}, "templates/home.html:1:1", "it makes half of a character"),
}  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("case", CASES)
def test_a_mistake_is_told_with_its_template_and_line(case: str, tmp_path: Path) -> None:
    templates, place, message = CASES[case]
    write_desk(tmp_path, {}, {f"templates/{name}": text for name, text in templates.items()})
    run = build(Request(tmp_path), tmp_path / "site")
    problems = run.outcome().problems
    assert [problem.code for problem in problems] == ["template-error"]
    assert str(problems[0].place).startswith(place)
    assert problems[0].message.startswith(message)
    assert problems[0].help
    assert not (tmp_path / "site").exists()


def test_what_a_page_needs_is_within_the_bounds(tmp_path: Path) -> None:
    text = "{{ '-' * 80 }}{{ 3 * 4 }}{{ 2 ** 10 }}{{ 1.5 * 2 }}{% for x in range(3) %}{{ x }}{% endfor %}\\ud83d"
    write_desk(tmp_path, {}, {"templates/home.html": text})
    assert build(Request(tmp_path), tmp_path / "site").written is not None
    page = (tmp_path / "site/index.html").read_text(encoding="utf-8")
    assert page == "-" * 80 + "12" + "1024" + "3.0" + "012" + "\\ud83d"
