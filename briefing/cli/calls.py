"""Calls of the command line: an option on the wrong side of its command is told where it goes, and no word that was
typed is shown as more than text."""

import shlex
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import click

from briefing.characters import visible


@contextmanager
def _shown_as_text() -> Iterator[None]:
    """What was typed is shown on one line, and as nothing but text."""
    try:
        yield
    except click.exceptions.NoArgsIsHelpError:
        raise
    except click.UsageError as error:
        told = error.told if isinstance(error, WrongCall) else [error.format_message()]
        raise click.UsageError("\nError: ".join(map(visible, told)), error.ctx) from None


class WrongCall(click.UsageError):
    """A call with which several things are wrong: each is told on a line of its own."""

    def __init__(self, told: Sequence[str]) -> None:
        super().__init__("\n".join(told))
        self.told = told


class Command(click.Command):
    """A command that is told options of the whole program, and says where those go."""

    def parse_args(self, context: click.Context, args: list[str]) -> list[str]:
        """The arguments as click parses them; UsageError for the wrong ones."""
        typed = list(args)
        try:
            return super().parse_args(context, args)
        except click.NoSuchOption as error:
            option, program = error.option_name, context.find_root()
            if program is context or not any(option in one.opts for one in program.command.params):
                raise
            words = context.command_path.split()[1:]
            line = _with_folder_first(words, typed) if option == "-C" else f"briefing {option}"
            raise click.UsageError(f"{option} goes before the command; write `{line}`", context) from None


class Parts(Command, click.Group):
    """A command that has commands of its own."""


class Commands(click.Group):
    """The commands. An option of one of them that stands before its name is told where it goes."""

    def parse_args(self, context: click.Context, args: list[str]) -> list[str]:
        """The arguments as click parses them; UsageError for the wrong ones."""
        typed = list(args)
        try:
            return super().parse_args(context, args)
        except click.NoSuchOption as error:
            option = error.option_name
            takers = [name for name, of in self.commands.items() if any(option in one.opts for one in of.params)]
            if takers:
                name = next((word for word in typed if word in takers), takers[0])
                message = f"{option} goes after the command; write `briefing {name} {option}`"
                raise click.UsageError(message, context) from None
            raise

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any
    ) -> click.Context:
        """The context of a call; UsageError for a wrong one."""
        with _shown_as_text():
            return super().make_context(info_name, args, parent, **extra)

    def invoke(self, context: click.Context) -> Any:
        """Do what is asked; UsageError where that is wrong."""
        with _shown_as_text():
            return super().invoke(context)


def _with_folder_first(command: list[str], args: list[str]) -> str:
    """The line that was meant by a command and its arguments, with `-C` among them."""
    at = next(number for number, word in enumerate(args) if word.startswith("-C"))
    glued = args[at].removeprefix("-C")
    folder, rest = (glued, args[at + 1 :]) if glued else ("".join(args[at + 1 : at + 2]), args[at + 2 :])
    return shlex.join(["briefing", "-C", folder or "FOLDER", *command, *args[:at], *rest])
