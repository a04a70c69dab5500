"""How good `briefing suggest` is, on articles whose claims people have marked: `make bench-suggest`.

Two sets of articles. `marked/` is in the repository: the articles of an earlier demonstration, in this project's own
words and marked whole, each with its claims. The demonstration's own articles are documents whose texts are kept apart;
they are judged too where the texts are in content/texts/. From documents of up to 170 sentences a desk picks what
matters to it, so that much of what is a claim there counts as a miss.

What counts. A sentence is a hit if the words of a claim, major or minor, touch it; so is what stands alone in a block,
such as a heading, which is no hit then. Precision is the share of hits among what is suggested; recall the share of
all hits that are; for claims, the share whose words a suggested sentence touches. The measure of doing nothing is to
suggest every sentence. The articles are read as if nothing were marked in them.

The weights were chosen on the articles of TUNED, and by looking at the press preview among the documents; the others
were held out.
"""

import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from briefing.model.claim import Claim, Figure
from briefing.model.quoting import QuoteLimits
from briefing.read.content import read_records
from briefing.read.marked import MarkedArticle, MarkedClaim, Span, read_marked
from briefing.suggest.guess import guess
from briefing.suggest.known import Known, known_of
from briefing.suggest.ranking import BAR, rank_of
from briefing.suggest.signals import Reading
from briefing.suggest.suggestion import suggestions

REPOSITORY = Path(__file__).parents[2]
MARKED = Path(__file__).parent / "marked"
PREVIEW = "2025-02-05-ishiba-trump-preview"
HELD_OUT = {
    "2025-02-14-trump-modi-statement",
    "2025-07-24-japan-agreement",
    "2025-10-28-golden-age-agreement",
    "2025-11-02-china-deal",
    "2026-02-07-india-interim-framework",
    "2026-03-20-washington-takaichi",
}


@dataclass(slots=True)
class Case:
    """One article, as its editor marked it and as if nothing were marked, with what the site knows."""

    article: MarkedArticle
    known: Known

    @property
    def bare(self) -> MarkedArticle:
        return replace(self.article, claims=())


def cases(root: Path) -> list[Case]:
    """The articles of a site that have claims and whose texts are here."""
    content, jobs, _ = read_records(root)
    known = known_of(content)
    articles = [read_marked(root, job) for job in jobs]
    return [Case(article, known) for article in articles if article.text is not None and article.claims]


def touching(article: MarkedArticle, span: Span) -> list[MarkedClaim]:
    """The claims whose words touch a stretch of the text."""
    return [one for one in article.claims if one.span and one.span[0] < span[1] and span[0] < one.span[1]]


@dataclass(slots=True)
class Ranking:
    """How well sentences are told apart: all, hits, suggested, and hits among these; claims, and those touched."""

    sentences: int = 0
    hits: int = 0
    suggested: int = 0
    right: int = 0
    claims: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)

    @property
    def precision(self) -> float:
        return self.right / self.suggested

    @property
    def recall(self) -> float:
        return self.right / self.hits

    @property
    def baseline(self) -> float:
        """The precision of suggesting every sentence."""
        return self.hits / self.sentences

    def __str__(self) -> str:
        found, claims = self.found.total(), self.claims.total()
        minor = f", minor {self.found['minor']}/{self.claims['minor']}" if self.claims["minor"] else ""
        return (
            f"{self.sentences} sentences, {self.hits} hits; every sentence: precision {self.baseline:.2f}; "
            f"suggested {self.suggested}: precision {self.precision:.2f} at recall {self.recall:.2f} "
            f"(claims {found / claims:.2f}: {found}/{claims}{minor})"
        )


def ranking(some: Iterable[Case], bar: int = BAR) -> Ranking:
    """Over all sentences of some articles."""
    total = Ranking()
    for case in some:
        reading, seen = Reading(case.bare, case.known), set[str]()
        for span in reading.sentences:
            touched = touching(case.article, span)
            is_suggested = rank_of(reading.signals(span)).score >= bar
            total.sentences += 1
            total.hits += bool(touched)
            total.suggested += is_suggested
            total.right += is_suggested and bool(touched)
            seen |= {one.id for one in touched} if is_suggested else set()
        total.claims.update(one.claim.weight for one in case.article.claims if one.span)
        total.found.update(one.claim.weight for one in case.article.claims if one.id in seen)
    return total


def first(some: Iterable[Case], count: int) -> float:
    """The precision of the likeliest so many sentences of each article."""
    right = shown = 0
    for case in some:
        reading = Reading(case.bare, case.known)
        best = sorted(reading.sentences, key=lambda span: (-rank_of(reading.signals(span)).score, span))[:count]
        right += sum(bool(touching(case.article, span)) for span in best)
        shown += len(best)
    return right / shown


@dataclass(slots=True)
class Fields:
    """How many guesses were made, and how many of them are right."""

    of: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)

    def add(self, name: str, is_right: bool) -> None:
        self.of[name] += 1
        self.right[name] += is_right

    def share(self, name: str) -> float:
        return self.right[name] / self.of[name]

    def __str__(self) -> str:
        return "\n".join(f"  {name:34} {self.share(name):.2f}  {self.right[name]}/{self.of[name]}" for name in self.of)


def marked_fields(some: Iterable[Case]) -> Fields:
    """The guesses for each claim from its quote, as the marking panel makes them, without those from other claims."""
    fields = Fields()
    for case in some:
        reading, own = Reading(case.bare, case.known), _own_voices(case.article)
        for one in case.article.claims:
            if one.span is None:
                continue
            guessed = guess(reading, one.span)
            sentence = " ".join(reading.signals(reading.sentence_at(one.span)).text.split())
            figure, voice = guessed.get("figure"), _guessed_voice(case, guessed)
            if figure and one.claim.figure:
                fields.add("figure: value, scale, qualifier", is_exact(figure, one.claim.figure))
                fields.add("figure: measure", figure["measure"] == one.claim.figure.measure)
            if one.claim.figure:
                fields.add("figure: guessed where there is one", bool(figure))
            if figure:
                fields.add("figure: there is one where guessed", one.claim.figure is not None)
            if "hedge" in guessed:
                fields.add("hedge: verbatim in the sentence", guessed["hedge"] in sentence)
            fields.add("voice", _voice(case, own, _last_voice(case, one.claim)) == _voice(case, own, voice))
            fields.add("topic: the chief one", guessed["topics"][0] == one.claim.topics[0])
            fields.add("topic: one of the claim's", bool({*guessed["topics"]} & {*one.claim.topics}))
            fields.add("modality", guessed.get("modality", "fact") == one.claim.modality)
    return fields


def suggested_fields(some: Iterable[Case]) -> Fields:
    """The fields of suggestions, against the claims that their sentences hold: right if they are those of any."""
    fields = Fields()
    for case in some:
        own = _own_voices(case.article)
        for one in suggestions(case.bare, case.known, QuoteLimits()):
            claims = [marked.claim for marked in touching(case.article, one.span)]
            fields.add("quote: found once", _stands_once(case.bare, one.fields["quote"]))
            if "hedge" in one.fields:
                fields.add("hedge: verbatim in the sentence", one.fields["hedge"] in one.sentence)
            figures = [claim.figure for claim in claims if claim.figure]
            if figures and "figure" in one.fields:
                exact = any(is_exact(one.fields["figure"], figure) for figure in figures)
                fields.add("figure: value, scale, qualifier", exact)
            if claims:
                voice = _voice(case, own, _guessed_voice(case, one.fields))
                fields.add("voice", voice in [_voice(case, own, _last_voice(case, claim)) for claim in claims])
    return fields


def is_exact(guessed: dict[str, str], figure: Figure) -> bool:
    """Whether a guessed figure has the value, scale and qualifier of another."""
    high = Decimal(guessed["high"]) if "high" in guessed else None
    said = Decimal(guessed["value"]), high, guessed.get("scale"), guessed.get("qualifier", "exact")
    return said == (figure.value, figure.high, figure.scale, figure.qualifier)


def _stands_once(article: MarkedArticle, quote: Any) -> bool:
    from briefing.model.base import validated
    from briefing.model.claim import Quote

    assert article.text is not None
    parts = {"exact": quote} if isinstance(quote, str) else quote
    return len(article.text.places(validated(Quote, parts))) == 1


def _own_voices(article: MarkedArticle) -> set[str]:
    """The article's own voice, by whatever name: its source, and the voices by which several claims begin. A desk calls
    that of a joint statement "the two leaders"; no sentence says so."""
    firsts = Counter(step.by or step.described_as for one in article.claims for step in one.claim.attribution[:1])
    source = article.record.source if article.record else ""
    return {source, *(name for name, count in firsts.items() if name and count > 1)}


def _last_voice(case: Case, claim: Claim) -> str:
    """On whose word it is in the end."""
    if not claim.attribution:
        return case.article.record.source if case.article.record else ""
    return claim.attribution[-1].by or claim.attribution[-1].described_as or ""


def _guessed_voice(case: Case, fields: dict[str, Any]) -> str:
    if "attribution" not in fields:
        return case.article.record.source if case.article.record else ""
    last = fields["attribution"][-1]
    return str(last.get("by") or last["described_as"])


def _voice(case: Case, own: set[str], name: str) -> str:
    """A voice in the form in which two are compared: the article's own as one, names of one entry as one."""
    if name in own:
        return "the article's own"
    found = case.known.names.found_in(name)
    whole = re.sub(r"\W+", " ", name.casefold().replace("u.s.", "us")).strip().removeprefix("the ")
    return found[0].id if len(found) == 1 and len(name) <= found[0].end - found[0].start + 4 else whole


def report(title: str, some: Sequence[Case]) -> Iterator[str]:
    """What is printed of some articles."""
    yield f"{title}: {len(some)} articles"
    yield f"  {ranking(some)}"
    likeliest = ", ".join(f"{first(some, count):.2f} of the first {count}" for count in (5, 10, 20))
    yield f"  the likeliest of each article: {likeliest}"


def main() -> int:
    """Print all of it."""
    marked, own = cases(MARKED), cases(REPOSITORY)
    for title, some in (
        ("Marked whole, tuned on", [case for case in marked if case.article.id not in HELD_OUT]),
        ("Marked whole, held out", [case for case in marked if case.article.id in HELD_OUT]),
        ("Marked whole, all", marked),
        ("The demonstration: the press preview", [case for case in own if case.article.id == PREVIEW]),
        ("The demonstration: documents, and the desk's sums", [case for case in own if case.article.id != PREVIEW]),
    ):
        if some:
            print(*report(title, some), sep="\n")
    for bar in (BAR - 1, BAR + 1, BAR + 2):
        print(f"Marked whole, from a score of {bar} on: {ranking(marked, bar)}")
    for title, some in (("Marked whole", marked), ("The demonstration", own)):
        print(f"{title}, guessed from the quotes of claims:", marked_fields(some), sep="\n")
        print(f"{title}, in suggestions:", suggested_fields(some), sep="\n")
    if len(own) < 2:
        print("The documents of the demonstration are not in content/texts/; see `briefing anchor`.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
