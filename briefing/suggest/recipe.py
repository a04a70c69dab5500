"""The recipe of `briefing suggest`: the likely claims of an article, shown, or added to its file as drafts."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from briefing.diagnostics import Diagnostic, Location, Problems
from briefing.edit.blocks import claim_yaml
from briefing.edit.files import ABSENT, add_claims
from briefing.edit.refusal import Refused
from briefing.link.quoting import limits_of
from briefing.model.quoting import QuoteLimits
from briefing.read.content import Content, read_records
from briefing.read.marked import MarkedArticle, read_marked
from briefing.read.places import Locator
from briefing.read.sources import digest, read_bytes
from briefing.request import Outcome, Request
from briefing.suggest.known import known_of
from briefing.suggest.ranking import BAR
from briefing.suggest.suggestion import Suggestion, suggestions


@dataclass(slots=True)
class Suggested:
    """One run: what there is to suggest, what is wrong, and how many drafts were added to the file at `annotations`."""

    request: Request
    id: str
    annotations: str = ""
    exists: bool = True
    is_apart: bool = False
    path: str = ""
    found: list[Suggestion] = field(default_factory=list)
    problems: Problems = field(default_factory=Problems)
    left: int = 0
    written: int = 0

    @property
    def next(self) -> str:
        """What is to be done after drafts were added, beside reading them."""
        return f" Then run `briefing anchor {self.id}`." if self.is_apart else ""

    def outcome(self) -> Outcome:
        """What there is to tell of it."""
        locator = Locator(self.request.root)
        problems = tuple(locator.located(problem) for problem in self.problems)
        return Outcome(problems, bool(self.problems.errors))

    def yaml(self) -> str:
        """The suggestions as claims to paste below `claims:`, each with the reason above it."""
        return "".join(f"  # {one.reason}\n{claim_yaml(one.fields)}" for one in self.found)

    def json(self) -> str:
        """The suggestions as data, the likeliest first."""
        import json

        rows = [
            {"line": one.line, "score": one.score, "reason": one.reason, "sentence": one.sentence, "claim": one.fields}
            for one in self.found
        ]
        return json.dumps({"article": self.id, "path": self.path, "suggestions": rows}, ensure_ascii=False, indent=2)


def suggest(request: Request, id: str, limit: int | None = None, least: int = BAR, write: bool = False) -> Suggested:
    """Suggest claims of an article: at most `limit`, the likeliest first, those that score `least` or more.

    With `write` they are added to its annotation file as drafts; not where one of its files has an error.
    """
    run = Suggested(request, id)
    content, jobs, problems = read_records(request.root)
    run.problems.extend(problem for problem in problems if problem.severity == "error")
    job = next((job for job in jobs if job.id == id), None)
    if job is None:
        run.exists = False
        return run
    run.path, run.annotations = job.path, job.annotations or f"content/annotations/{id}.yaml"
    article = read_marked(request.root, job)
    run.problems.extend(problem for problem in article.problems if problem.severity == "error")
    if article.text is None or content.config is None:
        return run
    run.is_apart = article.record is not None and article.record.text is not None
    found = suggestions(article, known_of(content), quote_limits(content, article), least)
    run.found = found[:limit]
    run.left = len(found) - len(run.found)
    if write and run.found and not run.problems.errors:
        _add(run)
    return run


def quote_limits(content: Content, article: MarkedArticle) -> QuoteLimits:
    """What may be quoted of the article: only texts that are kept apart have limits."""
    record = article.record
    if record is None or record.text is None or content.config is None:
        return QuoteLimits()
    return limits_of(content.config, content.sources.get(record.source))


def _add(run: Suggested) -> None:
    """Add the drafts to the annotation file, in the order of the text; or say why they cannot be added."""
    data = read_bytes(run.request.root, run.annotations)
    seen = ABSENT if isinstance(data, Diagnostic) else digest(data)
    claims = [one.fields for one in sorted(run.found, key=lambda one: one.span)]
    try:
        add_claims(run.request.root, run.annotations, seen, claims)
    except Refused as error:
        run.problems.add(Diagnostic("bad-yaml", error.message, Location(run.annotations), error.help))
        return
    run.written = len(claims)


def listing(found: Sequence[Suggestion]) -> Iterator[tuple[str, str, str]]:
    """Each suggestion for people: its sentence with the place, what it would say, and the reason."""
    for number, one in enumerate(found, 1):
        yield f"{number}. line {one.line}: {one.sentence}", in_words(one), one.reason


def in_words(one: Suggestion) -> str:
    """The fields of a suggestion on one line."""
    fields = one.fields
    parts = [str(fields.get("modality", "fact")), ", ".join(fields["topics"])]
    if voices := fields.get("attribution"):
        parts.append("on the word of " + ", citing ".join(voice.get("by") or voice["described_as"] for voice in voices))
    if hedge := fields.get("hedge"):
        parts.append(f"hedge “{hedge}”")
    if figure := fields.get("figure"):
        amount = " ".join(figure[key] for key in ("qualifier", "value", "scale") if key in figure)
        parts.append(f"{amount} of {figure['measure']}")
    return "; ".join(parts)
