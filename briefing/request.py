"""What a command is asked to do, and what it answers."""

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from briefing.diagnostics import Diagnostic, Location
from briefing.model.edition import Edition
from briefing.write.publish import PublishResult

# Where a site goes that no other place is named for.
OUTPUT = "site"
# What is not for publication goes to a place of its own, so that the published site never has it by oversight.
DRAFTS_OUTPUT, INTERNAL_OUTPUT, INTERNAL_DRAFTS_OUTPUT = "site-drafts", "internal", "internal-drafts"


@dataclass(frozen=True, slots=True)
class Request:
    """A site's folder and what the command line says: `strict` makes warnings errors.

    `clean` means to use nothing that an earlier command has left to save time; `allow_removal` that most of the site
    may go; `adopt` that files in the output which are ours but for their line ends are to be ours.
    """

    root: Path
    base_url: str | None = None
    drafts: bool = False
    strict: bool = False
    jobs: int = 1
    as_of: date | None = None
    clean: bool = False
    allow_removal: bool = False
    adopt: bool = False
    internal: bool = False

    @property
    def edition(self) -> Edition:
        """Which records are asked for."""
        return Edition(self.drafts, self.internal, self.as_of)

    @property
    def output(self) -> Path:
        """Where the site goes when no other place is named."""
        if self.internal:
            return self.root / (INTERNAL_DRAFTS_OUTPUT if self.drafts else INTERNAL_OUTPUT)
        return self.root / (DRAFTS_OUTPUT if self.drafts else OUTPUT)


@dataclass(frozen=True, slots=True)
class Counts:
    """The claims of a site; of those that look ahead, how many are open and how many have come to an end."""

    claims: int
    open: int
    resolved: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was found, with places, in the order to be shown; and what was done, where there was no error.

    `written` is None where nothing was to be written.
    """

    problems: tuple[Diagnostic, ...]
    failed: bool
    counts: Counts | None = None
    written: PublishResult | None = None

    def and_also(self, other: "Outcome") -> "Outcome":
        """What was found here, and what only the other has found."""
        told = {(one.code, one.place, one.message) for one in self.problems}
        more = (one for one in other.problems if (one.code, one.place, one.message) not in told)
        problems = in_order([*self.problems, *more])
        return replace(self, problems=tuple(problems), failed=self.failed or other.failed)

    @property
    def errors(self) -> int:
        return sum(problem.severity == "error" for problem in self.problems)

    @property
    def warnings(self) -> int:
        return len(self.problems) - self.errors


def in_order(diagnostics: list[Diagnostic]) -> list[Diagnostic]:
    """File by file, in the order they were read, and from top to bottom; then what is due, the oldest first."""
    files = {path: number for number, path in enumerate(dict.fromkeys(str(d.place.path) for d in diagnostics))}

    def key(diagnostic: Diagnostic) -> tuple[bool, int, int, int]:
        place = diagnostic.place
        if diagnostic.code == "review-due" or not isinstance(place, Location):
            return True, 0, 0, 0
        return False, files[place.path], place.line, place.column

    return sorted(diagnostics, key=key)
