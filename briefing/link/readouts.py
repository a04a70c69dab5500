"""Readouts: what the text of each side of a meeting says, and what only one of them says.

An article says by `issued_by` whose text it is or reports. Two texts speak of one matter where a relation says so.
That nothing connects a claim to another text does not prove that text silent: nothing is annotated that says it.
"""

from collections.abc import Iterable, Iterator, Sequence

from briefing.link.site import LinkedArticle, LinkedClaim
from briefing.model.frozen import frozen

# Relations between claims that speak of the same matter.
CONNECTING = frozenset(["repeats", "confirms", "qualifies", "updates"])

Sides = tuple[str, ...]
Claims = tuple[LinkedClaim, ...]


@frozen
class Readout:
    """One topic: the matters that several texts speak of, each with its claims by text; and the other claims by text.

    All tuples of claims are in the order of the texts of the meeting.
    """

    matters: tuple[tuple[Claims, ...], ...]
    alone: tuple[Claims, ...]


@frozen
class Readouts:
    """The texts of a meeting by the sides they speak for, those of most sides first; what they say by topic; and the
    references of all their claims."""

    texts: tuple[Sides, ...]
    documents: tuple[tuple[LinkedArticle, ...], ...]
    topics: dict[str, Readout]
    refs: frozenset[str]


def readouts_of(documents: Sequence[LinkedArticle], claims: Iterable[LinkedClaim]) -> Readouts | None:
    """What the documents of a summit say side by side, of its claims; None where not at least two texts speak for
    different sides."""
    by_sides: dict[Sides, list[LinkedArticle]] = {}
    for article in documents:
        if article.record.issued_by:
            by_sides.setdefault(tuple(sorted(set(article.record.issued_by))), []).append(article)
    if len(by_sides) < 2:
        return None
    texts = tuple(sorted(by_sides, key=lambda sides: -len(sides)))
    text_of = {article.id: index for index, sides in enumerate(texts) for article in by_sides[sides]}
    told = {linked.ref: linked for linked in claims if linked.article.id in text_of and speaks_for_text(linked)}
    topics = _topics(told, text_of, len(texts))
    return Readouts(texts, tuple(tuple(by_sides[sides]) for sides in texts), topics, frozenset(told))


def speaks_for_text(linked: LinkedClaim) -> bool:
    """Whether a claim is the document's word, and not a remark of the source that reports it.

    A claim whose chain ends with the article's own source is a remark, unless that source is a government, whose
    articles are its documents. Without a chain an article with `issued_by` is the document.
    """
    source, chain = linked.article.record.source, linked.claim.attribution
    return not chain or chain[-1].by != source or linked.article.scope.source(source).kind == "government"


def _topics(claims: dict[str, LinkedClaim], text_of: dict[str, int], count: int) -> dict[str, Readout]:
    """A claim stands under its first topic; claims on one matter stand together under the first topic of each."""
    matters: dict[str, list[tuple[Claims, ...]]] = {}
    alone: dict[str, list[list[LinkedClaim]]] = {}
    for group in _groups(claims, text_of):
        by_text: list[list[LinkedClaim]] = [[] for _ in range(count)]
        for linked in group:
            by_text[text_of[linked.article.id]].append(linked)
        for topic in dict.fromkeys(linked.claim.topics[0] for linked in group):
            if len(group) > 1:
                matters.setdefault(topic, []).append(tuple(tuple(of_text) for of_text in by_text))
            else:
                of_topic = alone.setdefault(topic, [[] for _ in range(count)])
                of_topic[text_of[group[0].article.id]].append(group[0])
    return {
        topic: Readout(
            tuple(matters.get(topic, ())),
            tuple(tuple(of_text) for of_text in alone.get(topic, [[]] * count)),
        )
        for topic in dict.fromkeys([*matters, *alone])
    }


def _groups(claims: dict[str, LinkedClaim], text_of: dict[str, int]) -> Iterator[list[LinkedClaim]]:
    """Claims that relations between texts connect, directly or through others; each in the order given."""
    near: dict[str, list[str]] = {ref: [] for ref in claims}
    for ref, linked in claims.items():
        for relation in linked.claim.relations:
            other = claims.get(relation.to)
            if relation.type not in CONNECTING or other is None:
                continue
            same_text = text_of[linked.article.id] == text_of[other.article.id]
            if not same_text and not set(linked.claim.topics).isdisjoint(other.claim.topics):
                near[ref].append(relation.to)
                near[relation.to].append(ref)
    place = {ref: number for number, ref in enumerate(claims)}
    seen: set[str] = set()
    for ref in claims:
        found, waiting = [], [] if ref in seen else [ref]
        seen.add(ref)
        while waiting:
            found.append(waiting.pop())
            new = [other for other in near[found[-1]] if other not in seen]
            seen.update(new)
            waiting += new
        if found:
            yield [claims[other] for other in sorted(found, key=place.__getitem__)]
