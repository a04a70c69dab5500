"""`make docs`: writes what the documents say of fields, views and commands from the code.

The words that people have written in a table stay. Rows that are missing come from the descriptions of fields, the
docstrings of properties and the help of options; those of what is gone go; types and defaults are always the code's.
Where the code has no words, as for what a template is given, a row has none, and a test fails until somebody writes
them.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import click
from click.testing import CliRunner
from markupsafe import Markup
from pydantic.fields import FieldInfo

from briefing.cli import main
from briefing.views.listed import Listed
from tests.docs.example import contexts_of, lists_of_examples
from tests.docs.fields import CAPTIONS, keys_of, records, row_of, told_default, told_value
from tests.docs.views import ROOT, hints, told_type, views, without_kind

Row = list[str]
CURATING, THEMING, COMMANDS = "docs/curating.md", "docs/theming.md", "docs/commands.md"


def documents() -> dict[str, str]:
    """The documents as they should be, by their paths."""
    texts = {path: (ROOT / path).read_text(encoding="utf-8") for path in (CURATING, THEMING, COMMANDS)}
    for caption, record in CAPTIONS.items():
        rows = {f"`{name}`": _field(name, field) for name, field in keys_of(records()[record]).items()}
        texts[CURATING] = with_table(texts[CURATING], f"{caption}:\n\n", rows, _with_default)
    for name, view in views().items():
        texts[THEMING] = with_section(texts[THEMING], name)
        rows = dict(_parts(view))
        if name == "ClaimView":  # what it has at once is not in its class, so the rows of that are people's
            rows = {key: [key, "", ""] for key in rows_after(texts[THEMING], f"### {name}\n")} | rows
        texts[THEMING] = with_table(texts[THEMING], f"### {name}\n", rows, _with_type)
    for template, contexts in sorted(given().items()):
        texts[THEMING] = with_section(texts[THEMING], template)
        rows = dict(_names(contexts))
        texts[THEMING] = with_table(texts[THEMING], f"### {template}\n", rows, lambda old, new: old)
    rows = {f"`{macro}`": [f"`{macro}`", f"`{file}`", words] for macro, file, words in macros()}
    texts[THEMING] = with_table(texts[THEMING], "## The macros\n", rows, lambda old, new: [*new[:2], *old[2:]])
    texts[COMMANDS] = with_table(texts[COMMANDS], "| option ", dict(_options()), _with_commands)
    texts[COMMANDS] = between(texts[COMMANDS], "help", "\n".join(_help(name) for name in commands()))
    return texts


def commands() -> Mapping[str, click.Command]:
    """All commands by the words that call them."""
    return dict(_commands("briefing", main))


def _commands(words: str, command: click.Command) -> Iterator[tuple[str, click.Command]]:
    yield words, command
    for name, part in sorted(command.commands.items()) if isinstance(command, click.Group) else ():
        yield from _commands(f"{words} {name}", part)


def taker(words: str) -> str:
    """A command as the table of options names it."""
    return words.removeprefix("briefing ")


def with_table(text: str, before: str, rows: Mapping[str, Row], kept: Callable[[Row, Row], Row]) -> str:
    """The text, with just these rows in the table after `before`; of one that is there, what is `kept`.

    New rows stand after the one that they follow in `rows`.
    """
    start, end = _table(text, before)
    old = {row[0]: row for row in map(row_of, text[start:end].splitlines())}
    names = [name for name in old if name in rows]
    for number, name in enumerate(rows):
        if name not in old:
            at = names.index(list(rows)[number - 1]) + 1 if number else 0
            names.insert(at, name)
    new = [kept(old[name], rows[name]) if name in old else rows[name] for name in names]
    return text[:start] + "".join(f"| {' | '.join(row)} |\n" for row in new) + text[end:]


def rows_after(text: str, before: str) -> list[str]:
    """The first cells of the table after `before`."""
    start, end = _table(text, before)
    return [row_of(line)[0] for line in text[start:end].splitlines()]


def _table(text: str, before: str) -> tuple[int, int]:
    """Where the rows of the first table after a text begin and end, its head left out."""
    found = re.compile(r"^\|[-|]+\n((?:\|.*\n)*)", re.MULTILINE).search(text, text.index(before))
    assert found is not None
    return found.span(1)


def between(text: str, name: str, content: str) -> str:
    """The text, with that content between the marks of a name."""
    begin, end = f"<!-- begin: {name} -->\n", f"<!-- end: {name} -->"
    start, stop = text.index(begin) + len(begin), text.index(end)
    return f"{text[:start]}\n{content}\n{text[stop:]}"


def _field(name: str, field: FieldInfo) -> Row:
    return [f"`{name}`", told_value(field.annotation), told_default(field), field.description or ""]


def _with_default(old: Row, new: Row) -> Row:
    return [*old[:2], new[2], *old[3:]]


def _parts(view: type) -> Iterator[tuple[str, Row]]:
    for name, hint in hints(view).items():
        told = (getattr(getattr(view, name, None), "__doc__", None) or "").partition("\n")[0].rstrip(".")
        yield f"`{name}`", [f"`{name}`", told_type(hint), told[:1].lower() + told[1:]]


def _with_type(old: Row, new: Row) -> Row:
    return old if not new[1] or without_kind(old[1]) == new[1] else [old[0], new[1], *old[2:]]


@cache
def given() -> dict[str, list[dict[str, object]]]:
    """Template to what each of its pages is given, in a site that uses all of them."""
    with TemporaryDirectory() as folder:
        return contexts_of(lists_of_examples(Path(folder)))


def with_section(text: str, name: str) -> str:
    """The text, with a section for that template or view in its place among the others; it has to be put into words."""
    if f"\n### {name}\n" in text:
        return text
    pattern, first, end = (
        (r"\w+\.html", "name", "## The views\n") if name.endswith(".html") else (r"[A-Z]\w+", "field", "## The parts\n")
    )
    headings = re.findall(f"^### ({pattern})$", text, re.MULTILINE)
    after = next((f"### {heading}\n" for heading in headings if heading > name), end)
    return text.replace(after, f"### {name}\n\n| {first} | type | what |\n|---|---|---|\n\n{after}", 1)


def macros() -> list[tuple[str, str, str]]:
    """The macros of the theme, each with its file and the comment above it; those of rows are the rows' own."""
    found = []
    for path in sorted((ROOT / "templates" / "parts").glob("*.html")):
        text = path.read_text(encoding="utf-8")
        for words, macro in re.findall(r"(?:\{# ([^#]+) #\}\n)?\{%-? macro (.+?) -?%\}", text):
            found.append((macro, path.stem, words[:1].lower() + words[1:].rstrip(".")))
    return found


def _names(contexts: list[dict[str, object]]) -> Iterator[tuple[str, Row]]:
    for name in dict.fromkeys(name for context in contexts for name in context if name not in ("site", "page")):
        values = [context[name] for context in contexts if name in context]
        told = dict.fromkeys(type_of(value) for value in values if value is not None)
        end = " or none" if any(value is None for value in values) else ""
        yield f"`{name}`", [f"`{name}`", f"{next(iter(told), 'text')}{end}", ""]


def type_of(value: object) -> str:
    """The type of a value in a context, as far as the value tells it."""
    if isinstance(value, Listed):
        return f"list of {value.kind.name}"
    if isinstance(value, tuple):
        first = value[0] if value else ""
        if isinstance(first, tuple):
            return "list of pairs of " + " and ".join(map(type_of, first))
        return f"list of {type_of(first)}"
    plain = {Markup: "HTML", str: "text", int: "number", bool: "true or false"}
    return plain.get(type(value), type(value).__name__)


def _options() -> Iterator[tuple[str, Row]]:
    takers: dict[str, list[str]] = {}
    helps: dict[str, str] = {}
    for name, command in commands().items():
        for option in command.params:
            if isinstance(option, click.Option):
                takers.setdefault(option.opts[0], []).append(f"`{taker(name)}`")
                helps.setdefault(option.opts[0], (option.help or "").rstrip("."))
    for name, of in takers.items():
        yield f"`{name}`", [f"`{name}`", ", ".join(of), helps[name][:1].lower() + helps[name][1:]]


def _with_commands(old: Row, new: Row) -> Row:
    return [old[0], new[1], *old[2:]]


def _help(name: str) -> str:
    line = f"{name} --help"
    printed = CliRunner().invoke(main, line.split()[1:], prog_name="briefing").output
    return f"```text {line}\n{printed}```\n"


if __name__ == "__main__":
    for path, text in documents().items():
        (ROOT / path).write_text(text, encoding="utf-8")
