"""The views as the tables of docs/theming.md tell of them."""

import re
from collections.abc import Iterable
from dataclasses import fields, is_dataclass
from functools import cache, cached_property
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from types import NoneType
from typing import Any, get_args, get_origin, get_type_hints

from markupsafe import Markup

import briefing.pages
import briefing.theme
import briefing.views
from briefing.views.claims import ClaimView
from briefing.views.listed import KINDS, Listed
from briefing.views.phrases import Phrase

ROOT = Path(__file__).parents[2]
THEMING = ROOT / "docs" / "theming.md"


@cache
def theming() -> dict[str, str]:
    """Heading of the second or third level to text."""
    parts = re.split(r"^###? (.+)$", THEMING.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


@cache
def names_in(heading: str) -> dict[str, str]:
    """The names of a section's table with their types."""
    return dict(re.findall(r"^\| `(\w+)` \| ([^|]+) \| [^|]+ \|$", theming().get(heading, ""), re.MULTILINE))


TEMPLATES = sorted(path.name for path in (ROOT / "templates").glob("*.html"))
PAGES = [name for name in TEMPLATES if name not in ("base.html", "_voice.html", "paper.html")]


@cache
def views() -> dict[str, Any]:
    """The views by name: all classes of values that templates can get to."""
    packages = (briefing.views, briefing.pages, briefing.theme)
    names = [f"{package.__name__}.{module.name}" for package in packages for module in iter_modules(package.__path__)]
    found = {name: value for of in names for name, value in vars(import_module(of)).items() if is_view(value)}
    reachable = {"SiteView", "Head"} | {told for template in PAGES for told in words_of(names_in(template).values())}
    reachable |= {view_of(kind.name) for kind in KINDS}
    while True:
        more = {
            word for name in reachable & set(found) for word in words_of(map(told_type, hints(found[name]).values()))
        }
        if more <= reachable:
            return {name: found[name] for name in reachable & set(found)}
        reachable |= more


def words_of(types: Iterable[str]) -> set[str]:
    return {word for told in types for word in told.split()}


def is_view(value: object) -> bool:
    return isinstance(value, type) and (is_dataclass(value) or value is ClaimView)


def view_of(part: str) -> str:
    """The view that a part is given."""
    return str(next(get_type_hints(kind.view)["return"].__name__ for kind in KINDS if kind.name == part))


def hints(view: Any) -> dict[str, Any]:
    """The fields with their types; of a view that makes its parts when they are asked for, those parts."""
    if is_dataclass(view):
        types = get_type_hints(view)
        return {field.name: types[field.name] for field in fields(view)}
    made = {name: value.func for name, value in vars(view).items() if isinstance(value, cached_property)}
    made |= {name: value.fget for name, value in vars(view).items() if isinstance(value, property)}
    return {name: get_type_hints(of)["return"] for name, of in made.items() if not name.startswith("_")}


def told_type(hint: Any) -> str:
    """A type as the page tells it."""
    if get_origin(hint) is tuple:
        inner = get_args(hint)
        if inner[-1] is Ellipsis:
            return re.sub("^list of (pair|triple) ", r"list of \1s ", f"list of {told_type(inner[0])}")
        return f"{'pair' if len(inner) == 2 else 'triple'} of " + " and ".join(map(told_type, inner))
    if NoneType in get_args(hint):
        return f"{told_type(next(part for part in get_args(hint) if part is not NoneType))} or none"
    plain = {Markup: "HTML", str: "text", Phrase: "phrase", int: "number", bool: "true or false", Listed: "list"}
    return plain.get(hint) or str(hint.__name__)


def without_kind(told: str) -> str:
    """A type without the part that makes the items of a list: only the list itself knows that."""
    part = told.removeprefix("list of ")
    return "list" if any(part == kind.name for kind in KINDS) else told
