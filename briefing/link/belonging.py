"""Where claims belong: those that stand on the page of no summit although their article is about some."""

from collections.abc import Iterator, Mapping

from briefing.diagnostics import Diagnostic, Note, Pointer
from briefing.read.articles import ArticleFile
from briefing.read.content import Content


def check_belonging(content: Content) -> Iterator[Diagnostic]:
    """A warning for each article whose claims are lost to the pages of summits, with the line that brings them back.

    They are where the article is about several summits and nothing says to which of them the claims belong, and where
    a summit has it among its documents and the article does not name that summit.
    """
    documents: dict[str, dict[str, Pointer]] = {}
    for id, summit in content.summits.items():
        for index, document in enumerate(summit.record.documents):
            documents.setdefault(document, {}).setdefault(id, Pointer(summit.path, ("documents", index)))
    for article in content.articles.values():
        named = [id for id in dict.fromkeys(article.record.summits) if id in content.summits]
        of = documents.get(article.id, {})
        if article.annotations and (of or len(named) > 1):
            yield from _lost(article, article.annotations, named, of)


def _lost(article: ArticleFile, path: str, named: list[str], of: Mapping[str, Pointer]) -> Iterator[Diagnostic]:
    lost = [anchored for anchored in article.claims if anchored.summit is None]
    on = {anchored.summit for anchored in article.claims}
    notes = tuple(Note(f"it is a document of `{id}`", place) for id, place in of.items())
    if lost and len(named) > 1:
        where = Pointer(path, ("claims", lost[0].index))
        # A document of one of them belongs there.
        likely = [id for id in named if id in of] or named
        message = f"{_claims(len(lost))} on the page of no summit: `{article.id}` is about {_and(named)}"
        help = f"add the line {_or(likely)} above `claims:`, or to each claim the one that it belongs to"
        yield Diagnostic("claims-on-no-summit", message, where, help, notes, severity="warning")
    elif article.claims and of and not on.intersection(of):
        where = Pointer(article.path, ("summits",)) if named else Pointer(article.path)
        message = f"no claim of `{article.id}` is on the page of {_and(list(of))}, whose document it is"
        help = f"add the line `summits: [{', '.join(of)}]` to {article.path}"
        if named or len(of) > 1:
            help = f"add the line {_or(list(of))} above `claims:` in {path}"
        yield Diagnostic("claims-on-no-summit", message, where, help, notes, severity="warning")


def _claims(count: int) -> str:
    return "1 claim stands" if count == 1 else f"{count} claims stand"


def _and(ids: list[str]) -> str:
    return " and ".join(f"`{id}`" for id in ids)


def _or(ids: list[str]) -> str:
    return " or ".join(f"`summit: {id}`" for id in ids)
