"""The mistakes of templates, told with their places."""

import re
import traceback
from collections.abc import Iterator

from jinja2 import TemplateError, TemplateNotFound, TemplateSyntaxError, UndefinedError

from briefing.diagnostics import Diagnostic, Location

# What a template can raise by what it asks for.
MISTAKES = (
    *(TemplateError, TypeError, ValueError, ArithmeticError, LookupError, AttributeError),
    *(RecursionError, MemoryError, RuntimeError),
)
_TOLD: dict[type[Exception], str] = {
    RecursionError: "it includes, extends or calls itself without end",
    MemoryError: "it asks for more memory than there is",
}
_CLASS_PATH = re.compile(r"'briefing\.[\w.]+\.(\w+) object'")
# Of one half of a surrogate pair no text can be made, and two of them are not joined here.
_HALF = re.compile(r"\\u[dD][89a-fA-F][0-9a-fA-F]{2}|\\U0000[dD][89a-fA-F][0-9a-fA-F]{2}")
_TAG = re.compile(r"\{[{%].*?[%}]\}", re.DOTALL)


def shown(name: str) -> str:
    """The file of a template as messages show it."""
    return f"templates/{name}"


def syntax_problem(error: TemplateSyntaxError) -> Diagnostic:
    """What Jinja cannot read."""
    # Of comments without an end Jinja gives the file as the name.
    name = error.filename or error.name or ""
    message = (error.message or "syntax error").rstrip(".")
    return Diagnostic(
        "template-error",
        message[:1].lower() + message[1:],
        Location(name, error.lineno),
        "mend the template; templates/ overrides the theme file by file",
    )


def depth_problem(name: str, line: int) -> Diagnostic:
    """What a template is too deep for, at the line where it is deepest."""
    message = "blocks, brackets or operators are nested too deep, or follow each other without end"
    return Diagnostic("template-error", message, Location(shown(name), line), "part it into smaller pieces")


def half_characters(name: str, text: str) -> Iterator[Diagnostic]:
    """Escapes in tags that stand for no character."""
    for tag in _TAG.finditer(text) if _HALF.search(text) else ():
        for match in _HALF.finditer(tag.group()):
            line = text.count("\n", 0, tag.start() + match.start()) + 1
            message = f"`{match.group()}` is half of a character"
            help = "write the character itself, or its whole escape, as in `\\U0001F600`"
            yield Diagnostic("template-error", message, Location(shown(name), line), help)


def run_problem(error: Exception, name: str, path: str) -> Diagnostic:
    """The last frame of the traceback that is a template's is where it happened. Ours if there is none."""
    frames = [f for f in traceback.extract_tb(error.__traceback__) if f.filename.startswith("templates/")]
    if not frames and not isinstance(error, TemplateError | UnicodeEncodeError | OverflowError):
        raise error
    if isinstance(error, UnicodeEncodeError):
        error = ValueError("it makes half of a character, which no file can hold")
    place = Location(frames[-1].filename, frames[-1].lineno or 1) if frames else Location(shown(name))
    told = (
        f"there is no template `{error.name}`"
        if isinstance(error, TemplateNotFound)
        else _TOLD.get(type(error)) or str(error)
    )
    told = _CLASS_PATH.sub(r"\1", told)
    message = f"{told} (while rendering {path})" if path else told
    help = "mend the template: docs/theming.md lists what each one may use"
    if isinstance(error, UndefinedError):
        help = "use only names that the page has: docs/theming.md lists them"
    return Diagnostic("template-error", message, place, help)
