"""Evidence: which claims can show what became of another one, and those that show nothing because they lean on it."""

from collections.abc import Iterator, Mapping
from itertools import islice, pairwise
from typing import NamedTuple

from briefing.diagnostics import Diagnostic, Note, Pointer
from briefing.link.circles import circle_in_words, circles
from briefing.model.claim import FACTUAL, StatusEntry
from briefing.model.dates import PartialDate
from briefing.model.frozen import frozen
from briefing.read.annotations import AnchoredClaim
from briefing.read.articles import ArticleFile
from briefing.read.content import Content
from briefing.wording import a_or_an, alternatives

# Only what is said to be so shows anything; a promise made anew shows how the old one stands.
_OR_PROMISED = (*FACTUAL, "commitment")
# What the evidence for a status may be. Statuses that are not here settle nothing, and may point to anything.
KINDS: dict[str, tuple[str, ...]] = {
    "in-progress": _OR_PROMISED,
    "stalled": _OR_PROMISED,
    "fulfilled": FACTUAL,
    "partly": FACTUAL,
    "not-fulfilled": _OR_PROMISED,
    "overtaken": _OR_PROMISED,
    "superseded": (*_OR_PROMISED, "expectation", "proposal"),
    "confirmed": _OR_PROMISED,
    "disputed": FACTUAL,
    "corrected": FACTUAL,
}
# What was expected or proposed may be that somebody binds themselves: then the commitment is what came true.
_BOUND = frozenset(["expectation", "proposal"])
# Two accounts that contradict each other do so from both ends, and whichever is older.
_BOTH_WAYS = "disputed"
_CONTESTS = {"disputes": "disputed", "refutes": "refuted", "corrects": "corrected"}


class _Recorded(NamedTuple):
    """A claim and its article."""

    article: ArticleFile
    anchored: AnchoredClaim

    def pointer(self, *way: str | int) -> Pointer:
        """A place in the claim."""
        assert self.article.annotations is not None
        return Pointer(self.article.annotations, ("claims", self.anchored.index, *way))

    @property
    def contested(self) -> str | None:
        """The status by which it does not stand."""
        status = self.anchored.claim.status
        return status if status in ("disputed", "corrected") else None


@frozen
class _Use:
    """A claim named as evidence, for the entry `index` of the claim's history, in the place `number`."""

    claim: _Recorded
    index: int
    number: int
    evidence: _Recorded

    @property
    def entry(self) -> StatusEntry:
        return self.claim.anchored.claim.history[self.index]

    @property
    def is_present(self) -> bool:
        """Whether the entry says how the claim stands now."""
        return self.index == len(self.claim.anchored.claim.history) - 1

    @property
    def place(self) -> Pointer:
        return self.claim.pointer("history", self.index, "evidence", self.number)


# What contests a claim: its reference, how, and where it says so.
_Contests = Mapping[str, list[tuple[str, str, Pointer]]]
_Reason = tuple[str, Note]


def kinds_for(modality: str, status: str) -> tuple[str, ...]:
    """The kinds of claim that can be evidence for that status, one of `KINDS`, of a claim of that kind."""
    if modality in _BOUND and status in ("fulfilled", "partly"):
        return _OR_PROMISED
    return KINDS[status]


class Evidence:
    """The claims that are named as evidence, and those that contest others."""

    def __init__(self, content: Content) -> None:
        self._content = content
        self._contests = _contests(content)

    def rests_on_contested(self, article: ArticleFile) -> bool:
        """Whether a claim of an article has evidence that another claim contests."""
        return any(
            ref in self._contests
            for anchored in article.claims
            for entry in anchored.claim.history
            for ref in entry.evidence
        )

    def check_article(self, article: ArticleFile) -> Iterator[Diagnostic]:
        """Evidence that nobody can have had on its day, or that cannot show what it is named for."""
        for use in self._uses(article):
            if use.claim.anchored.ref != use.evidence.anchored.ref:
                yield from _later(use)
                if use.entry.status in KINDS:
                    yield from _unfit(use, self._contests)

    def check_circles(self) -> Iterator[Diagnostic]:
        """Claims that rest on themselves, perhaps by way of others."""
        leaning: dict[str, list[str]] = {}
        for article in self._content.articles.values():
            for anchored in article.claims:
                for entry in anchored.claim.history:
                    is_leaning = entry.status in KINDS and entry.status != _BOTH_WAYS
                    for ref in entry.evidence:
                        if (is_leaning or ref == anchored.ref) and self._recorded(ref):
                            leaning.setdefault(anchored.ref, []).append(ref)
        for circle in circles({ref: list(dict.fromkeys(on)) for ref, on in leaning.items()}):
            yield _circular(circle, [self._place(ref, on) for ref, on in pairwise([*circle, circle[0]])])

    def _uses(self, article: ArticleFile) -> Iterator[_Use]:
        for anchored in article.claims:
            for index, entry in enumerate(anchored.claim.history):
                for number, ref in enumerate(entry.evidence):
                    if evidence := self._recorded(ref):
                        yield _Use(_Recorded(article, anchored), index, number, evidence)

    def _recorded(self, ref: str) -> _Recorded | None:
        article = self._content.articles.get(ref.partition("#")[0])
        found = (one for one in article.claims if one.ref == ref) if article else ()
        return next((_Recorded(article, one) for one in found if article), None)

    def _place(self, ref: str, on: str) -> Pointer:
        """Where a claim names another as evidence in such a way that it leans on it."""
        article = self._content.articles[ref.partition("#")[0]]
        uses = (use for use in self._uses(article) if (use.claim.anchored.ref, use.evidence.anchored.ref) == (ref, on))
        return next(use.place for use in uses if ref == on or use.entry.status in KINDS.keys() - {_BOTH_WAYS})


def _later(use: _Use) -> Iterator[Diagnostic]:
    """Evidence that nobody can have had on the day of the status."""
    day, place = _known_since(use.evidence)
    if use.entry.on.is_before(day):
        message = f"the evidence is of {day}, later than the status of {use.entry.on}"
        help = f"date the status {day} or later, with `since` for when it came about, or name earlier evidence"
        yield Diagnostic("evidence-later", message, use.place, help, (Note("its date is here", place),))


def _known_since(one: _Recorded) -> tuple[PartialDate, Pointer]:
    """The day since which the desk can have known a claim, and where it says so."""
    readable, recorded = one.article.record.readable, one.anchored.claim.recorded
    if recorded and recorded.earliest > readable.earliest:
        return recorded, one.pointer("recorded")
    return readable, _where_dated(one.article)


def _where_dated(article: ArticleFile) -> Pointer:
    """Where an article says of which day the words are that are used."""
    is_revised = article.record.readable != article.record.published.day
    return Pointer(article.path, ("revised" if is_revised else "published",))


def _unfit(use: _Use, contests: _Contests) -> Iterator[Diagnostic]:
    reasons = [*_of_its_kind(use), *_of_its_article(use), *_of_its_standing(use, contests)]
    if reasons:
        message = f"`{use.evidence.anchored.ref}` cannot show `{use.entry.status}`: " + ", and ".join(
            words for words, _ in reasons
        )
        notes = tuple(note for _, note in reasons)
        yield Diagnostic("evidence-unfit", message, use.place, _wanted(use), notes)


def _of_its_kind(use: _Use) -> Iterator[_Reason]:
    kind = use.evidence.anchored.claim.modality
    if kind not in kinds_for(use.claim.anchored.claim.modality, use.entry.status):
        yield f"it is {a_or_an(kind)}", Note("it says so here", use.evidence.pointer("modality"))


def _of_its_article(use: _Use) -> Iterator[_Reason]:
    """Evidence comes from another article, and one that is not older."""
    claim, evidence = use.claim, use.evidence
    if claim.article.id == evidence.article.id:
        yield "it is of the same article", Note("it stands here", evidence.pointer("quote"))
        return
    if use.entry.status == _BOTH_WAYS:
        return
    date = Note("its article's date is here", _where_dated(evidence.article))
    said, shown = claim.article.record.published, evidence.article.record.revised or evidence.article.record.published
    # What is so may have been written down earlier on the same day; what is to come may not have come before.
    is_older = shown.is_before(said) and (claim.anchored.claim.is_forward or shown.day.latest < said.day.earliest)
    kinds = {claim.anchored.claim.modality, evidence.anchored.claim.modality}
    if is_older:
        yield f"it is of {shown}, older than the claim", date
    elif kinds == {"commitment"} and not (said.is_before(shown) or said.day.qualification or shown.day.qualification):
        yield "a promise is renewed by a later text", date


def _of_its_standing(use: _Use, contests: _Contests) -> Iterator[_Reason]:
    """Evidence for how a claim stands now must itself stand; what an older entry rested on is history."""
    if not use.is_present or use.entry.status == _BOTH_WAYS:
        return
    evidence, own = use.evidence, use.claim.anchored
    if any(one.type == "repeats" and one.to == own.ref for one in evidence.anchored.claim.relations):
        yield "it only repeats the claim", Note("it stands here", evidence.pointer("quote"))
    if evidence.contested:
        last = len(evidence.anchored.claim.history) - 1
        yield f"it is itself {evidence.contested}", Note("it says so here", evidence.pointer("history", last, "status"))
    elif evidence.anchored.claim.status != "confirmed":
        by_others = (one for one in contests.get(evidence.anchored.ref, ()) if one[0] != own.ref)
        for ref, how, place in islice(by_others, 1):
            yield f"it is {how} by `{ref}`", Note("it says so here", place)


def _contests(content: Content) -> _Contests:
    """The claims that others contest: those that say what is so, and have not been refuted or taken back themselves."""
    found: dict[str, list[tuple[str, str, Pointer]]] = {}
    for article in content.articles.values():
        for anchored in article.claims:
            for index, relation in enumerate(anchored.claim.relations):
                one = _Recorded(article, anchored)
                if relation.type in _CONTESTS and anchored.claim.is_factual and not one.contested:
                    place = one.pointer("relations", index, "type")
                    found.setdefault(relation.to, []).append((anchored.ref, _CONTESTS[relation.type], place))
    refuted = {ref for ref, by in found.items() if any(how != "disputed" for _, how, _ in by)}
    return {ref: standing for ref, by in found.items() if (standing := [one for one in by if one[0] not in refuted])}


def _wanted(use: _Use) -> str:
    claim, status = use.claim, use.entry.status
    kinds = alternatives([f"`{kind}`" for kind in kinds_for(claim.anchored.claim.modality, status)])
    since = "" if status == _BOTH_WAYS else f", of {claim.article.record.published.day} or later"
    return f"name a {kinds} of another article{since}, that stands uncontested, or choose another status"


def _circular(circle: list[str], places: list[Pointer]) -> Diagnostic:
    if len(circle) == 1:
        message, help = "a claim cannot be its own evidence", "name another claim"
    else:
        message = circle_in_words(circle, "rests on")
        help = "for one of them, name a claim that rests on none of the others"
    notes = tuple(Note("this is the next", place) for place in places[1:6])
    return Diagnostic("evidence-circular", message, places[0], help, notes)
