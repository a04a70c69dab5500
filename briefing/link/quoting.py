"""How much is quoted of texts that are kept apart, against what the configuration and their sources allow."""

from collections.abc import Iterator

from briefing.diagnostics import Diagnostic, Pointer
from briefing.model.config import Config
from briefing.model.entity import Source
from briefing.model.quoting import QuoteLimits
from briefing.read.content import Content
from briefing.read.word_count import words_in


def limits_of(config: Config, source: Source | None) -> QuoteLimits:
    """What may be quoted of a source's texts."""
    return (config.quotes or QuoteLimits()).but(source.quotes if source else None)


def check_quoting(content: Content, config: Config) -> Iterator[Diagnostic]:
    """The quotes that are too long, and the texts of which too much is quoted.

    The texts may not be here: their parts are those that the anchors tell, in characters.
    """
    if config.quotes is None and not any(source.quotes for source in content.sources.values()):
        return
    for file in content.articles.values():
        checked, path = file.head.checked, file.annotations
        if checked is None or path is None:
            continue
        limits = limits_of(config, content.sources.get(file.record.source))
        for anchored in file.claims:
            where = Pointer(path, ("claims", anchored.index, "quote", "exact"))
            yield from too_long(anchored.words, where, limits)
        yield from too_much(checked.quoted, checked.length, "characters", Pointer(path, ("claims",), key=True), limits)


def too_long(words: str, where: Pointer, limits: QuoteLimits) -> Iterator[Diagnostic]:
    """A quote of more words than it may have."""
    if limits.words is not None and (count := words_in(words)) > limits.words:
        message = f"the quote has {count} words, and may have {limits.words}"
        help = "quote only the words that the claim rests on"
        yield Diagnostic("quote-too-long", message, where, help, severity="warning")


def too_much(quoted: int, all: int, unit: str, where: Pointer, limits: QuoteLimits) -> Iterator[Diagnostic]:
    """Quotes that take more of a text than they may, of so many words or characters."""
    if limits.share is not None and quoted * 100 > limits.share * all:
        message = f"the quotes take {quoted:,} of the text's {all:,} {unit}, and may take {limits.share} %"
        help = "quote fewer words, or make fewer claims"
        yield Diagnostic("quoted-too-much", message, where, help, severity="warning")


def whole_sentence(where: Pointer, limits: QuoteLimits) -> Iterator[Diagnostic]:
    """A quote that is a whole sentence, where it may not be one."""
    if limits.sentences is False:
        help = "quote the part of the sentence that the claim rests on"
        yield Diagnostic("quote-is-sentence", "the quote is a whole sentence", where, help, severity="warning")
