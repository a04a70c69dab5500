"""Hints: what in an article is likely a claim, as `briefing suggest` has it, for a page to show and to mark."""

from typing import Any

from briefing.serve.desk import found, free_id, seen, text_of
from briefing.serve.live import LiveSite
from briefing.suggest.known import known_of
from briefing.suggest.ranking import BAR, LOWEST
from briefing.suggest.recipe import in_words, quote_limits
from briefing.suggest.suggestion import suggestions


def hints(live: LiveSite, article: str) -> dict[str, Any]:
    """The sentences of an article that no claim touches, the likeliest first: each with its claim as a draft, what that
    would say and the reason; the `words` and how many characters that are no white space come before them; and whether
    it is likely enough to be suggested unasked. `seen` is the state of the annotation file."""
    site, job = found(live, article)
    state = seen(live.request.root, job)
    read, text = text_of(live.request.root, job)
    taken, rows = {claim.id for claim in read.claims}, []
    for one in suggestions(read, known_of(site.content), quote_limits(site.content, read), LOWEST):
        quote = one.fields["quote"]
        id = one.fields.get("id") or free_id(quote if isinstance(quote, str) else quote["exact"], taken)
        start, end = one.words
        rows.append(
            {
                "claim": {"id": id, **one.fields},
                "sentence": one.sentence,
                "says": in_words(one),
                "reason": one.reason,
                "is_likely": one.score >= BAR,
                "words": text.rendered.text[start:end],
                "offset": len("".join(text.rendered.text[:start].split())),
            }
        )
    return {"seen": state, "suggestions": rows}
