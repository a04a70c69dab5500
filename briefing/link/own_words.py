"""The desk's own words: its reports may be read, but they do not show what a document says."""

from collections.abc import Iterator

from briefing.diagnostics import Diagnostic, Note, Pointer
from briefing.model.article import Article
from briefing.read.articles import ArticleFile
from briefing.read.content import Content


def is_own(article: Article, content: Content) -> bool:
    """Whether an article is the desk's: its source is of the kind `desk`."""
    source = content.sources.get(article.source)
    return source is not None and source.kind == "desk"


def check_own_words(content: Content) -> Iterator[Diagnostic]:
    """A warning for each claim of the desk's own that is named as evidence."""
    own = {article.id: article for article in content.articles.values() if is_own(article.record, content)}
    if not own:
        return
    for article in content.articles.values():
        for anchored in article.claims:
            for index, entry in enumerate(anchored.claim.history):
                for number, ref in enumerate(entry.evidence):
                    report = own.get(ref.partition("#")[0])
                    if report and article.annotations:
                        way = ("claims", anchored.index, "history", index, "evidence", number)
                        yield _warning(ref, Pointer(article.annotations, way), report)


def _warning(ref: str, place: Pointer, report: ArticleFile) -> Diagnostic:
    message = f"`{ref}` is in the desk's own words, and shows nothing"
    help = "name a claim of the document that the report rests on"
    note = Note("its source is the desk", Pointer(report.path, ("source",)))
    return Diagnostic("own-words-as-evidence", message, place, help, (note,), severity="warning")
