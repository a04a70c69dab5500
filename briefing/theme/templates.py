"""Templates to text: the one wrapper around Jinja."""

import marshal
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from types import CodeType
from typing import Any, NamedTuple

from jinja2 import (
    BytecodeCache,
    FunctionLoader,
    StrictUndefined,
    Template,
    TemplateNotFound,
    TemplateRuntimeError,
    TemplateSyntaxError,
    nodes,
)
from jinja2.bccache import Bucket
from markupsafe import Markup

from briefing.diagnostics import Diagnostic
from briefing.model.digests import SIZE, digest
from briefing.model.words import NO_WORDS, Words
from briefing.theme.bounds import BoundedEnvironment, deepest_line
from briefing.theme.markup import END, HERE, PLACE, PLACED, SOURCE, SOURCED, SOURCES, later, sourced
from briefing.theme.mistakes import MISTAKES, depth_problem, half_characters, run_problem, shown, syntax_problem
from briefing.theme.words import Said
from briefing.views.listed import Listed
from briefing.views.phrases import drawn, plain, tongue_of, way
from briefing.views.values import CitationView

# Tags that name another template, and those that do so by one literal.
_NAMING = re.compile(r"\{%[-+]?\s*(?:extends|include|import|from)\b")
_NAMED = re.compile(
    _NAMING.pattern + r"""\s+["']([^"'\\]+)["'](?=\s*(?:[-+]?%\}|(?:ignore|with|without|import|as)\b))"""
)


_MARKED = "it puts out a control character, which no page can hold"


class _Compiled(BytecodeCache):
    """Compiled templates for as long as the process lives, which may build one theme many times. Jinja compares
    the text before it takes one."""

    def __init__(self) -> None:
        self.codes: dict[str, bytes] = {}
        self._read: dict[str, tuple[bytes, str, CodeType]] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        of, checksum, code = self._read.get(bucket.key, (b"", "", None))
        if of and of is self.codes.get(bucket.key) and checksum == bucket.checksum:
            bucket.code = code
        elif bucket.key in self.codes:
            bucket.bytecode_from_string(self.codes[bucket.key])
            if isinstance(bucket.code, CodeType):
                self._read[bucket.key] = self.codes[bucket.key], bucket.checksum, bucket.code
            else:
                bucket.reset()

    def dump_bytecode(self, bucket: Bucket) -> None:
        self.codes[bucket.key] = bucket.bytecode_to_string()

    def code(self, key: str, source: str) -> CodeType | None:
        """What was compiled under a key, if it was of that text."""
        kept = self.codes.get(key, b"")
        if kept[:SIZE] != digest(source):
            return None
        code = marshal.loads(kept[SIZE:])  # noqa: S302 - as safe as what Jinja does with its own
        return code if isinstance(code, CodeType) else None

    def keep(self, key: str, source: str, code: CodeType) -> None:
        """Keep what was compiled of a text."""
        self.codes[key] = digest(source) + marshal.dumps(code)


_COMPILED = _Compiled()


_PLACES = re.compile(f"{PLACE}([0-9]+){PLACED}")


class RenderedTemplate(NamedTuple):
    """A page in pieces: between each and the next a list of fragments is to stand."""

    pieces: list[str]
    placed: list[Listed]

    @property
    def text(self) -> str:
        """The page without its lists."""
        return "".join(self.pieces)

    @property
    def has_sources(self) -> bool:
        """Whether it has a place for the list of sources."""
        return any(SOURCES in piece for piece in self.pieces)

    def sourced(self, is_sourced: bool) -> "RenderedTemplate":
        """The page with or without what stands there only if it has sources."""
        return self._replace(pieces=[sourced(piece, is_sourced) for piece in self.pieces])

    def filled(self, lists: Sequence[str]) -> str:
        """The page with the texts of the lists."""
        return "".join([piece for pair in zip(self.pieces, [*lists, ""], strict=True) for piece in pair])


# So many are made at once.
_AT_ONCE = 500


class _Environment(BoundedEnvironment):
    """One in which nothing stands behind a list: a page is compared by what its parts show, and by no more."""

    hidden = frozenset(dir(Listed))

    def getattr(self, obj: Any, attribute: str) -> Any:
        return self.undefined(obj=obj, name=attribute) if type(obj) is Listed else super().getattr(obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        return self.undefined(obj=obj, name=argument) if type(obj) is Listed else super().getitem(obj, argument)


class Templates:
    """The compiled templates of a theme: a mapping of names to their texts.

    `codes` are what was compiled before, as the property of that name gave it.
    """

    def __init__(self, sources: Mapping[str, str], codes: object = None, words: Words = NO_WORDS) -> None:
        self._sources, self.words, said = sources, words, Said(words)
        kept = codes.items() if isinstance(codes, dict) else ()
        _COMPILED.codes |= {key: code for key, code in kept if isinstance(code, bytes)}
        self._digests: dict[str, bytes] = {}
        self._loops: dict[str, Template] = {}
        self._environment = _Environment(
            autoescape=True,
            undefined=StrictUndefined,
            loader=FunctionLoader(self._load),
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
            cache_size=-1,
            bytecode_cache=_COMPILED,
        )
        self._placed: dict[str, Listed] = {}
        self._sourced: set[str] = set()
        self._cited: set[str] = set()
        self._environment.globals |= {"each": self._place, "sources": self._sources_shown, "t": said.say}
        self._environment.filters |= {
            "status": said.status,
            "plain": plain,
            "tongue": tongue_of,
            "drawn": drawn,
            "way": way,
        }

    def __reduce__(self) -> tuple[type["Templates"], tuple[object, ...]]:
        """They are sent as their texts."""
        return Templates, (self._sources, None, self.words)

    @property
    def codes(self) -> dict[str, bytes]:
        """The compiled templates, for the next time."""
        keys = [_COMPILED.get_cache_key(name, shown(name)) for name in sorted(self._sources)]
        return {key: _COMPILED.codes[key] for key in (*keys, *map(_loop_key, keys)) if key in _COMPILED.codes}

    def _load(self, name: str) -> tuple[str, str, None] | None:
        text = self._sources.get(name)
        return None if text is None else (text, shown(name), None)

    def digest(self, name: str) -> bytes:
        """What tells a template, with all that it is put together from, from any other state of it."""
        if name not in self._digests:
            parts = [(part, self._sources.get(part)) for part in sorted(self._parts(name))]
            self._digests[name] = digest(parts, self.words.digest)
        return self._digests[name]

    def _parts(self, name: str) -> set[str]:
        """The template and those it names, directly or through others; all there are if it names one by a value."""
        parts: set[str] = set()
        waiting = [name]
        while waiting:
            part = waiting.pop()
            if part not in parts:
                parts.add(part)
                text = self._sources.get(part, "")
                tags = len(_NAMING.findall(text))
                named = _NAMED.findall(text)
                if len(named) < tags:
                    return set(self._sources)
                waiting += named
        return parts

    def check(self) -> Iterator[Diagnostic]:
        """The syntax errors of all templates."""
        for name in sorted(self._sources):
            try:
                self._environment.get_template(name)
            except TemplateSyntaxError as error:
                yield syntax_problem(error)
            except (RecursionError, MemoryError, SyntaxError, OverflowError):
                yield depth_problem(name, deepest_line(self._environment, self._sources[name]))
            yield from half_characters(name, self._sources[name])

    def _place(self, listed: Listed) -> Markup:
        """What templates put out of a list of fragments: the place where they are to stand."""
        is_empty = not listed  # a name that does not exist is told of here
        if not isinstance(listed, Listed):
            raise TypeError(
                f"`each` puts out what the page has a list of, and not a value of type `{type(listed).__name__}`"
            )
        if is_empty:
            return Markup()
        number = str(len(self._placed))
        self._placed[number] = listed
        return Markup(f"{PLACE}{number}{PLACED}")  # noqa: S704 - no more than a number

    def _filed(self, text: str) -> RenderedTemplate:
        """A page with its lists as often, and in the order, as it puts them out."""
        pieces = _PLACES.split(text)
        _look_for_marks(pieces[::2], HERE, PLACE, PLACED, END, SOURCE)
        _look_for_marks([self._without_sourced(piece) for piece in pieces[::2]], SOURCED, SOURCES)
        if not self._placed.keys() >= set(pieces[1::2]):
            raise TemplateRuntimeError(_MARKED)
        return RenderedTemplate(pieces[::2], [self._placed[number] for number in pieces[1::2]])

    def _sources_shown(self, caller: Callable[[Markup], str]) -> Markup:
        """What a page shows of its sources, if it has any: `{% call(list) sources() %}`, with the list of them."""
        shown = str(caller(Markup(SOURCES)))  # noqa: S704 - one mark
        if PLACE in shown:
            raise TypeError("no list of `each` can stand in what `sources` puts out")
        made = f"{SOURCED}{shown}{SOURCED}"
        if SOURCED not in shown:
            self._sourced.add(made)
        return Markup(made)  # noqa: S704 - what a template has made

    def _without_sourced(self, piece: str) -> str:
        """A piece of a page without what `sources` has put out."""
        if SOURCED in piece:
            for made in self._sourced:
                piece = piece.replace(made, "")
        return piece

    def _source(self, citation: CitationView) -> Markup:
        """What parts put out of the article that they cite: the number that it has among the sources of the page."""
        if not isinstance(citation, CitationView):
            raise TypeError(f"`source` is given a citation, and not a value of type `{type(citation).__name__}`")
        self._cited.add(citation.article)
        return Markup(f"{SOURCE}{citation.article}{SOURCE}")  # noqa: S704 - an id

    def render(self, name: str, context: Mapping[str, Any], path: str) -> "RenderedTemplate | Diagnostic":
        """The page at a path, or what is wrong with its template."""
        self._placed, self._sourced = {}, set()
        try:
            text = self._text(self._environment.get_template(name), context)
            text.encode()
            return self._filed(text)
        except TemplateSyntaxError as error:
            return syntax_problem(error)
        except MISTAKES as error:
            return run_problem(error, name, path)

    def _text(self, template: Template, values: Mapping[str, Any]) -> str:
        """What a template makes of some values."""
        context = template.new_context(dict(values))
        try:
            return self._environment.concat(template.root_render_func(context))
        except Exception:  # any, to have its traceback name lines of the template
            self._environment.handle_exception()
        finally:
            # The macros of a template hold its context, which holds them: nobody looks for such circles in a command.
            context.vars.clear()
            context.parent.clear()

    def fragments(self, name: str, variable: str, views: Sequence[object]) -> list[str] | Diagnostic:
        """What a template makes of each of some views, or what is wrong with it.

        It is one loop of a template over all of them: a call for each would take twice as long.
        """
        made: list[str] = []
        try:
            loop = self._loop(name, variable)
            for start in range(0, len(views), _AT_ONCE):
                given = {"_views": views[start : start + _AT_ONCE], "href": later, "source": self._source}
                self._cited = set()
                text = self._text(loop, given)
                _look_for_marks([text], PLACE, PLACED, SOURCED, SOURCES)
                cited = text.split(SOURCE)
                if len(cited) % 2 == 0 or not self._cited.issuperset(cited[1::2]):
                    raise TemplateRuntimeError(_MARKED)
                made += [f"{piece.strip()}\n" for piece in text.split(END)[:-1]]
            if len(made) != len(views):
                raise TemplateRuntimeError(_MARKED)
            "".join(made).encode()
        except TemplateSyntaxError as error:
            return syntax_problem(error)
        except MISTAKES as error:
            return run_problem(error, name, "")
        return made

    def _loop(self, name: str, variable: str) -> Template:
        """The loop over all views: what the template begins with once, and all else for each of them."""
        if name not in self._loops:
            environment, key = self._environment, _loop_key(_COMPILED.get_cache_key(name, shown(name)))
            code = _COMPILED.code(key, self._sources.get(name, ""))
            if code is None:
                code = environment.compile(_looped(environment, self._sources, name, variable), name, shown(name))
                _COMPILED.keep(key, self._sources[name], code)
            self._loops[name] = Template.from_code(environment, code, environment.make_globals(None))
        return self._loops[name]


def _look_for_marks(texts: Iterable[str], *marks: str) -> None:
    if any(mark in text for text in texts for mark in marks):
        raise TemplateRuntimeError(_MARKED)


def _looped(environment: BoundedEnvironment, sources: Mapping[str, str], name: str, variable: str) -> nodes.Template:
    if name not in sources:
        raise TemplateNotFound(name)
    tree = environment.parse(sources[name], name, shown(name))
    # What is made would depend on what else is made with it.
    for use in _of_our_loop(tree):
        raise TemplateSyntaxError("'loop' is undefined: parts are made one by one", use.lineno, name, shown(name))
    first = [node for node in tree.body if isinstance(node, nodes.Import | nodes.FromImport | nodes.Macro)]
    each = [node for node in tree.body if node not in first]
    end = nodes.Output([nodes.TemplateData(END)])
    loop = nodes.For(nodes.Name(variable, "store"), nodes.Name("_views", "load"), [*each, end], [], None, False)
    tree.body = [*first, loop]
    tree.set_environment(environment)
    tree.set_lineno(1)
    return tree


def _of_our_loop(node: nodes.Node) -> Iterator[nodes.Name]:
    """Where a template asks for `loop` outside of loops of its own."""
    if isinstance(node, nodes.Name) and node.name == "loop":
        yield node
    for child in node.iter_child_nodes(exclude=("body",) if isinstance(node, nodes.For) else None):
        yield from _of_our_loop(child)


def _loop_key(key: str) -> str:
    return f"{key}-loop"
