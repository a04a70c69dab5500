"""What a command is asked to do, and what it answers."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from briefing.diagnostics import Diagnostic
from briefing.write.publish import PublishResult

# Where a site goes that no other place is named for.
OUTPUT = "site"
# Drafts go to a place of their own, so that the published site never has them by oversight.
DRAFTS_OUTPUT = "site-drafts"


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

    @property
    def output(self) -> Path:
        """Where the site goes when no other place is named."""
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

    @property
    def errors(self) -> int:
        return sum(problem.severity == "error" for problem in self.problems)

    @property
    def warnings(self) -> int:
        return len(self.problems) - self.errors
