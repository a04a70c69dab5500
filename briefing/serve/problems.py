"""What is known to be wrong with a site that is edited: what is seen at once, and what the check behind has told."""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from briefing.diagnostics import Diagnostic
from briefing.read.places import Locator
from briefing.report import report_full
from briefing.wording import counted

_HEAD = re.compile(r"^(error|warning)\[", re.MULTILINE)
_PLACE = re.compile(r"^ *--> (.*):\d+:\d+$", re.MULTILINE)
# So many are shown at once, and in a page.
MOST = 100
# What stands in place of the last of very many problems of a file, and the line after all problems.
_MORE = re.compile(
    r"(?P<path>.*): (?:(?P<errors>[\d,]+) more errors?)?(?: and )?(?:(?P<warnings>[\d,]+) more warnings?)?"
)
_COUNT = re.compile(r"\d+ (?:error|warning)s?(?: and \d+ warnings?)?")


@dataclass(frozen=True, slots=True)
class Told:
    """One problem as the terminal shows it, or a line that stands for several."""

    text: str

    @property
    def numbers(self) -> tuple[int, int]:
        """How many errors and warnings it is; what has no head, such as a folder that cannot be read, is an error."""
        if more := _MORE.fullmatch(self.text):
            errors, warnings = (int((more[kind] or "0").replace(",", "")) for kind in ("errors", "warnings"))
            return errors, warnings
        head = _HEAD.search(self.text)
        return (0, 1) if head and head[1] == "warning" else (1, 0)

    @property
    def path(self) -> str | None:
        """The file that it is about, as shown."""
        place = _PLACE.search(self.text) or _MORE.fullmatch(self.text)
        return place[1] if place else None


def told(problems: Iterable[Diagnostic], root: Path) -> list[Told]:
    """Problems as the terminal shows them, the same one once. Of very many, as after a topic that half of the claims
    have has gone, the first are looked up, and the others counted: the check behind tells them."""
    known = sorted(dict.fromkeys(problems), key=lambda problem: problem.severity == "warning")
    locator = Locator(root)
    lines = report_full([locator.located(problem) for problem in known[:MOST]], locator.line)
    shown = [Told(line.strip("\n")) for line in lines]
    errors = sum(problem.severity == "error" for problem in known[MOST:])
    return [*dict.fromkeys(shown), *_others(errors, len(known[MOST:]) - errors)]


def first(problems: Sequence[Told]) -> list[Told]:
    """As many as a page can show, and how many more there are."""
    return [*problems[:MOST], *_others(*counted_problems(problems[MOST:]))]


def _others(errors: int, warnings: int) -> list[Told]:
    numbers = [(errors, "error"), (warnings, "warning")]
    text = " and ".join(f"{number:,} more {word}{'s' * (number > 1)}" for number, word in numbers if number)
    return [Told(f"other files: {text}")] if text else []


def told_by_check(text: str) -> list[Told]:
    """The problems in what `briefing check` has printed, without its last line, which counts them."""
    blocks = (block.strip("\n") for block in text.split("\n\n"))
    return [Told(block) for block in blocks if block and not _COUNT.fullmatch(block)]


def still_told(known: Sequence[Told], seen: Collection[Told], changed: Collection[str]) -> list[Told]:
    """Of what the last check told, what nobody can know to be mended before the next: not what is looked for at once
    (`seen` was found so), and nothing of files that have changed."""
    return [one for one in known if one not in seen and one.path and one.path not in changed]


def counted_problems(problems: Iterable[Told]) -> tuple[int, int]:
    """How many errors and how many warnings."""
    numbers = [one.numbers for one in problems]
    return sum(errors for errors, _ in numbers), sum(warnings for _, warnings in numbers)


def counts(problems: Iterable[Told]) -> str:
    """`1 error and 2 warnings`."""
    numbers = zip(counted_problems(problems), ("error", "warning"), strict=True)
    return " and ".join(counted(number, word) for number, word in numbers if number)
