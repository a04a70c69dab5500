"""Templates that ask for too much: products, powers, ranges and pages have bounds, and nesting is found by its line."""

import re
from collections.abc import Iterable, MutableMapping
from itertools import islice
from types import BuiltinMethodType, FunctionType, MethodType
from typing import Any

from jinja2 import Environment, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.runtime import Context, Macro
from markupsafe import Markup, escape

# No page comes near these; what goes beyond them would fill the memory before anybody could be told.
MOST_ITEMS = 1_000_000
MOST_ROUNDS = 100_000
MOST_PIECES = 2_000_000
MOST_CHARACTERS = 64 * 1024 * 1024
MOST_BITS = 10_000
_SPECIAL = re.compile("[&<>\"']").search


class _Generator(CodeGenerator):
    """Writes products and powers as calls of the environment's, and what nearly all of a page is made by so that it is
    quick: attributes that are there, and calls."""

    environment: "BoundedEnvironment"

    def visit_Mul(self, node: nodes.BinExpr, frame: Frame) -> None:  # noqa: N802
        self._call("product", node, frame)

    def visit_Pow(self, node: nodes.BinExpr, frame: Frame) -> None:  # noqa: N802
        self._call("power", node, frame)

    def _call(self, name: str, node: nodes.BinExpr, frame: Frame) -> None:
        self.write(f"environment.{name}(")
        self.visit(node.left, frame)
        self.write(", ")
        self.visit(node.right, frame)
        self.write(")")

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802
        if node.attr in self.environment.hidden:
            super().visit_Getattr(node, frame)
            return
        self.write("(_found if (_found := getattr((_of := ")
        self.visit(node.node, frame)
        name = repr(node.attr)
        self.write(f"), {name}, missing)) is not missing else environment.getattr(_of, {name}))")

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:  # noqa: N802
        # Without the variables of loops and blocks, which are for functions that are given the context: there are none.
        self.write("call(")
        self.visit(node.node, frame)
        self.signature(node, frame, {"caller": "caller"} if forward_caller else None)
        self.write(")")

    def write_commons(self) -> None:
        super().write_commons()
        # What is put out is joined, and need not be marked as HTML.
        self.writeline("escape = environment.escaped")
        self.writeline("call = context.call")

    def _output_child_to_const(self, node: nodes.Expr, frame: Frame, finalize: Any) -> str:
        if not isinstance(node, nodes.TemplateData | nodes.Const):
            raise nodes.Impossible
        return super()._output_child_to_const(node, frame, finalize)


class _Context(Context):
    """Jinja's context, which gives itself to no function: those of themes take what they are given."""

    def call(self, called: Any, /, *args: Any, **kwargs: Any) -> Any:
        """What a template calls."""
        __traceback_hide__ = True
        if type(called) is Macro:
            return called(self.eval_ctx, *args, **kwargs)
        if type(called) not in _FUNCTIONS:
            return super().call(called, *args, **kwargs)
        try:
            return called(*args, **kwargs)
        except StopIteration:
            return self.environment.undefined("a call raised StopIteration")


_FUNCTIONS = frozenset([FunctionType, MethodType, BuiltinMethodType])


class BoundedEnvironment(Environment):
    """Jinja's environment, in which the ways to make much of little are bounded: OverflowError beyond that. Attributes
    whose names are `hidden` may be some that templates are not to see, which `getattr` decides."""

    code_generator_class = _Generator
    context_class = _Context
    hidden: frozenset[str] = frozenset()

    def __init__(self, **options: Any) -> None:
        # Values that are known beforehand would be reckoned without bounds while a template is compiled.
        super().__init__(**options, optimized=False)
        self.globals["range"] = _range

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """What templates know: as a mapping of its own, looked into more quickly than the two that Jinja chains."""
        return {**self.globals, **(d or {})}

    @staticmethod
    def concat(pieces: Iterable[str]) -> str:
        """A whole page of its pieces."""
        taken = list(islice(pieces, MOST_PIECES + 1))
        if len(taken) > MOST_PIECES or sum(map(len, taken)) > MOST_CHARACTERS:
            raise OverflowError(f"the page is longer than {MOST_CHARACTERS // 2**20} MiB")
        return "".join(taken)

    @staticmethod
    def escaped(value: Any) -> str:
        """A value as HTML: most are texts in which nothing has to be escaped."""
        if type(value) is str:
            return escape(value) if _SPECIAL(value) else value
        return value if type(value) is Markup else escape(value)

    @staticmethod
    def product(left: Any, right: Any) -> Any:
        """What `*` makes of two values."""
        for one, other in ((left, right), (right, left)):
            if isinstance(one, str | list | tuple) and isinstance(other, int) and len(one) * other > MOST_ITEMS:
                raise OverflowError(f"`*` repeats something more than {MOST_ITEMS:,} times")
        if isinstance(left, int) and isinstance(right, int) and left.bit_length() + right.bit_length() > MOST_BITS:
            raise OverflowError("`*` makes a number of thousands of digits")
        return left * right

    @staticmethod
    def power(left: Any, right: Any) -> Any:
        """What `**` makes of two values."""
        if isinstance(left, int) and isinstance(right, int) and left.bit_length() * abs(right) > MOST_BITS:
            raise OverflowError("`**` makes a number of thousands of digits")
        return left**right


def _range(*bounds: int) -> range:
    made = range(*bounds)
    if made[MOST_ROUNDS : MOST_ROUNDS + 1]:
        raise OverflowError(f"`range` has more than {MOST_ROUNDS:,} numbers")
    return made


def deepest_line(environment: Environment, text: str) -> int:
    """The line of a template on which most brackets and blocks are open; of the longest tag where there are none."""
    depth, size, best, line = 0, 0, (0, 0), 1
    before = ""
    for number, kind, value in environment.lex(text):
        if kind in ("variable_begin", "block_begin"):
            size = 0
        size += 1
        if kind == "operator":
            depth += (value in "([{") - (value in ")]}")
        elif kind == "name" and before == "block_begin":
            depth += -1 if value.startswith("end") else value in _OPENING
        if (depth, size) > best:
            best, line = (depth, size), number
        if kind != "whitespace":
            before = kind
    return line


_OPENING = frozenset(["autoescape", "block", "call", "filter", "for", "if", "macro", "with"])
