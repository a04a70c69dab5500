"""Former ids: each old address leads to one record, and to none that has a page of its own there."""

from collections.abc import Iterator

from briefing.diagnostics import Diagnostic, Note, Pointer
from briefing.model.registries import REGISTRIES
from briefing.read.content import Content


def check_former_ids(content: Content) -> Iterator[Diagnostic]:
    """Former ids of entries of registries that others have, or had too."""
    for kind in REGISTRIES:
        first: dict[str, Pointer] = {}
        for id, record in getattr(content, kind).items():
            for number, former in enumerate(record.former_ids):
                where = Pointer(content.file_of(kind, id), (id, "former_ids", number))
                is_taken = f"{kind}/{former}" in content.files
                other = first.setdefault(former, where)
                if is_taken:
                    other = Pointer(content.file_of(kind, former), (former,), key=True)
                if other != where:
                    what = "is the id of an entry" if is_taken else "is a former id already"
                    help = "remove it from `former_ids`: its address leads to the other"
                    note = Note("the other is here", other)
                    yield Diagnostic("duplicate-id", f"`{former}` {what}", where, help, (note,))


def called_now(content: Content) -> dict[tuple[str, str], str]:
    """The ids of records by their kind and an id that they had; claims as `<article>#<claim>`."""
    now: dict[tuple[str, str], str] = {}
    for kind in REGISTRIES:
        for id, record in getattr(content, kind).items():
            now |= {(kind, former): id for former in record.former_ids}
    for kind in ("articles", "summits", "pages"):
        for id, file in getattr(content, kind).items():
            now |= {(kind, former): id for former in file.record.aliases}
    for article in content.articles.values():
        for anchored in article.claims:
            of_claim = (anchored.id, *anchored.claim.former_ids)
            of_article = (article.id, *article.record.aliases)
            refs = (f"{one}#{id}" for one in of_article for id in of_claim)
            now |= {("claims", ref): anchored.ref for ref in refs if ref != anchored.ref}
    return now
