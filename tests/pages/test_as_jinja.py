"""Templates make what Jinja itself makes of them: the ways in which ours are quicker show nowhere."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from jinja2 import DictLoader, Environment, StrictUndefined, UndefinedError
from markupsafe import Markup

from briefing.theme.bounds import BoundedEnvironment

HTML = Markup("<b>x</b>")


@dataclass
class Thing:
    """An object with all that templates ask for: an attribute, a property that fails, a method, and one that ends."""

    name: str = "a & b"
    html: Markup = HTML

    @property
    def broken(self) -> str:
        raise AttributeError("inside")

    def said(self, before: str = "", *, after: str = "") -> str:
        return f"{before}{self.name}{after}"

    def ended(self) -> str:
        return next(iter(()))


class Callable:
    """What is called without being a function."""

    def __call__(self, value: str = "") -> str:
        return f"called {value}"


OTHERS = {
    "macros.html": "{% macro shout(text, mark='!') %}{{ text }}{{ mark }}{{ caller() if caller }}{% endmacro %}",
    "base.html": "<{% block a %}base{{ thing.name }}{% endblock %}{% block b %}{{ self.a() }}{% endblock %}>",
}
SNIPPETS = {
    "an attribute": "{{ thing.name }}",
    "an attribute that is HTML": "{{ thing.html }}",
    "an attribute of what a call gives": "{{ thing.said().upper() }}",
    "a key": "{{ data.key }}{{ data['key'] }}{{ data.items()|list }}",
    "a key with the name of a method": "{{ data.keys is callable }}",
    "a key of a key": "{{ data.inner.key.name }}",
    "what is not there": "{{ thing.nothing is defined }}{{ thing.nothing|default('none') }}",
    "what is not there, put out": "{{ thing.nothing }}",
    "what is not there, called": "{{ thing.nothing() }}",
    "what is not there, of what is not there": "{{ thing.nothing.more }}",
    "a property that fails": "{{ thing.broken is defined }}",
    "a name that is not there": "{{ nobody.name }}",
    "a call with a name": "{{ thing.said('x', after='<') }}",
    "a call of many values": "{{ thing.said(*['x'], **{'after': 'y'}) }}",
    "a call that ends": "{{ thing.ended() is defined }}",
    "a call of a thing": "{{ call_me('x') }}{{ call_me(thing.name) }}",
    "a call of a class": "{{ dict(a=1).a }}{{ namespace(x=2).x }}",
    "a call in a loop": "{% for one in data.many %}{{ loop.cycle('a', 'b') }}{{ thing.said(one) }}{% endfor %}",
    "a loop in itself": "{% for one in data.tree recursive %}{{ one.name }}{{ loop(one.below) }}{% endfor %}",
    "a condition in a loop": "{% for one in data.many if thing.name and one != 'y' %}{{ one }}{% endfor %}",
    "a macro": "{% from 'macros.html' import shout %}{{ shout(thing.name) }}{{ shout(thing.html, mark='<') }}",
    "a macro as text": "{% from 'macros.html' import shout %}{{ shout('<')|upper }}{{ shout('x') ~ '<' }}",
    "a macro of a module": "{% import 'macros.html' as m %}{{ m.shout('x') }}{{ m.nothing is defined }}",
    "a macro with a caller": "{% from 'macros.html' import shout %}{% call shout('<') %}{{ thing.name }}{% endcall %}",
    "a macro that takes too much": "{% from 'macros.html' import shout %}{{ shout(1, 2, 3) }}",
    "a macro without escaping": "{% macro m() %}{{ thing.name }}{% endmacro %}"
    "{% autoescape false %}{{ m() }}{{ thing.name }}{% endautoescape %}{{ m() }}",
    "a block": "{% extends 'base.html' %}{% block a %}{{ super() }}{{ thing.said() }}{% endblock %}",
    "a variable of a block": "{% extends 'base.html' %}{% block a %}{% set x = thing.name %}{{ x }}{% endblock %}",
    "a filter": "{{ data.many|map('upper')|join(thing.name) }}{{ [thing]|map(attribute='name')|first }}",
    "an assignment": "{% set x = thing.said %}{{ x('y') }}{% set y %}{{ thing.name }}{% endset %}{{ y }}",
}


def values() -> dict[str, Any]:
    tree = [{"name": "a", "below": [{"name": "b", "below": []}]}]
    data = {"key": "<v>", "keys": 1, "inner": {"key": Thing("in")}, "many": ["x", "y"], "tree": tree}
    return {"thing": Thing(), "data": data, "call_me": Callable()}


def made(environment: Environment, snippet: str) -> str:
    """What a template makes, or what it says is wrong."""
    template = environment.from_string(snippet)
    try:
        return template.render(**values())
    except (UndefinedError, TypeError) as error:
        return f"{type(error).__name__}: {error}"


def environments() -> Iterator[Environment]:
    for kind in (BoundedEnvironment, Environment):
        yield kind(autoescape=True, undefined=StrictUndefined, loader=DictLoader(OTHERS))


@pytest.mark.parametrize("name", SNIPPETS)
def test_a_template_makes_what_it_makes_with_jinja(name: str) -> None:
    ours, theirs = (made(environment, SNIPPETS[name]) for environment in environments())
    assert ours == theirs
    assert ours
