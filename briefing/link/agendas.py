"""Agendas and verdicts: the claims that an agenda names can answer it, and a verdict is short."""

from collections.abc import Iterator

from briefing.diagnostics import Diagnostic, Note, Pointer
from briefing.model.summit import AgendaItem, Summit
from briefing.read.annotations import AnchoredClaim
from briefing.read.content import Content
from briefing.read.pages import PageFile
from briefing.read.word_count import words_in

MOST_WORDS_IN_VERDICT = 45


def check_agendas(content: Content) -> Iterator[Diagnostic]:
    """Claims of an agenda that belong to another meeting, those that have no status where one is asked for, and
    warnings for verdicts that are too long to be read at a glance."""
    for file in content.summits.values():
        if file.record.verdict:
            yield from _long(file, file.record.verdict.text)
        for index, topic in enumerate(file.record.agenda):
            for number, item in enumerate(topic.items):
                yield from _unfit(content, file, item, ("agenda", index, "items", number))


def _long(file: PageFile[Summit], text: str) -> Iterator[Diagnostic]:
    if (count := words_in(text)) > MOST_WORDS_IN_VERDICT:
        message = f"the verdict has {count} words, and may have {MOST_WORDS_IN_VERDICT}"
        help = "say what came of the meeting; the agenda's items say the rest"
        yield Diagnostic("verdict-long", message, Pointer(file.path, ("verdict", "text")), help, severity="warning")


def _unfit(
    content: Content, file: PageFile[Summit], item: AgendaItem, way: tuple[str | int, ...]
) -> Iterator[Diagnostic]:
    for number, ref in enumerate(item.claims):
        path, claim = _claim(content, ref)
        # One that belongs to a meeting that is not there is told as that.
        if path and claim and claim.summit != file.id and (not claim.summit or claim.summit in content.summits):
            belongs = f"belongs to `{claim.summit}`" if claim.summit else "belongs to no meeting"
            message = f"`{ref}` {belongs}, and cannot answer what is on the agenda of `{file.id}`"
            help = f"name a claim of this meeting, or write `summit: {file.id}` in the claim"
            where, note = Pointer(file.path, (*way, "claims", number)), _here(path, claim)
            yield Diagnostic("agenda-unfit", message, where, help, (note,))
    path, claim = _claim(content, item.now) if item.now else (None, None)
    # Of a claim in which something is wrong, which so has no number, the history may not be known.
    if path and claim and claim.claim.status is None and claim.number:
        message = f"`{item.now}` has no status that could say what came of `{item.item}`"
        help = "name a claim with a status, or add a `history` to this one"
        yield Diagnostic("agenda-unfit", message, Pointer(file.path, (*way, "now")), help, (_here(path, claim),))


def _here(path: str, claim: AnchoredClaim) -> Note:
    return Note("the claim is here", Pointer(path, ("claims", claim.index)))


def _claim(content: Content, ref: str) -> tuple[str | None, AnchoredClaim | None]:
    """A claim with its file."""
    article = content.articles.get(ref.partition("#")[0])
    found = (claim for claim in article.claims if claim.ref == ref) if article else ()
    return (article.annotations if article else None), next(iter(found), None)
