"""Catalogues: the words that the theme shows, a YAML file for each language, `words/<language>.yaml` of the templates.

A site's own file has only what it changes, and can change only what there is.
"""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from string import Formatter
from typing import Any

from briefing.diagnostics import Diagnostic
from briefing.model.words import Entry, plural_forms
from briefing.read.records import nearest
from briefing.read.sources import SourceFile
from briefing.read.yaml_reader import Document, read_yaml

Catalogue = dict[str, Entry]
CATEGORIES = frozenset(["zero", "one", "two", "few", "many", "other"])


def read_catalogue(
    source: SourceFile, known: Mapping[str, Entry] | None = None, language: str | None = None
) -> tuple[Catalogue, list[Diagnostic]]:
    """The entries of a catalogue by key, such as `ledger.title`; only those that are `known`, if any are, and with the
    forms that its language has."""
    document, wrong_yaml = _document(source)
    problems, found = [*wrong_yaml], dict[str, Entry]()
    if not isinstance(document.data, dict | None):
        message, help = "words are no mapping of keys to texts", "write `key: text` lines, as the theme does"
        problems.append(Diagnostic("wrong-type", message, document.place(()), help))
    for way, value in _entries(document.data if isinstance(document.data, dict) else {}, ()):
        key = ".".join(way)
        if known is not None and key not in known:
            problems.append(_unknown(key, way, document, known))
        elif extra := _unused(value, language):
            message = f"`{key}` has a form for `{extra}`, of which the language `{language}` makes no use"
            help = "take the form out: `other` stands for all numbers that have none of their own"
            problems.append(Diagnostic("bad-value", message, document.place((*way, extra), key=True), help))
        elif wrong := _wrong(value, known[key] if known else None):
            problems.append(
                Diagnostic("bad-value", f"`{key}` {wrong}", document.place(way), "write it as the theme does")
            )
        else:
            found[key] = value
    return found, problems


@lru_cache(maxsize=8)
def _document(source: SourceFile) -> tuple[Document, tuple[Diagnostic, ...]]:
    """The file as it was read before: a process that makes many builds has the same words in all of them."""
    document, problems = read_yaml(source)
    return document, tuple(problems)


def _entries(data: dict[str, Any], way: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Any]]:
    for name, value in data.items():
        if isinstance(value, dict) and not (value and CATEGORIES.issuperset(value)):
            yield from _entries(value, (*way, name))
        else:
            yield (*way, name), value


def _unknown(key: str, way: tuple[str, ...], document: Document, known: Mapping[str, Entry]) -> Diagnostic:
    meant = nearest(key, list(known))
    help = f"write `{meant}`" if meant else "docs/theming.md says where all words are"
    return Diagnostic("unknown-key", f"the theme has no words `{key}`", document.place(way, key=True), help)


def _unused(value: Any, language: str | None) -> str | None:
    """The first form that numbers never have in the language."""
    if language is None or not isinstance(value, dict):
        return None
    forms = plural_forms(language)
    return next((form for form in value if forms is not None and form not in forms), None)


def _wrong(value: Any, known: Entry | None) -> str | None:
    """What is wrong with an entry, beside that of the theme."""
    texts = [value] if isinstance(value, str) else list(value.values()) if isinstance(value, dict) else []
    if not texts or not all(isinstance(text, str) for text in texts):
        return "is no text"
    if isinstance(value, dict) and "other" not in value:
        return "has no form for `other`"
    if isinstance(value, dict) and isinstance(known, str):
        return "is one text, without forms"
    try:
        named = {name for text in texts for name in _names(text)}
    except ValueError:
        return "has a brace that is neither closed nor doubled"
    allowed = {
        name for text in ([known] if isinstance(known, str) else (known or {}).values()) for name in _names(text)
    }
    if known is not None and not named <= allowed:
        return f"has a place for {{{min(named - allowed)}}}, of which nothing is known there"
    return None


@lru_cache(maxsize=4096)
def _names(text: str) -> tuple[str, ...]:
    return tuple(name for _, name, _, _ in Formatter().parse(text) if name is not None)
