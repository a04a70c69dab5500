"""How claims stand to each other, seen from both ends."""

from collections import defaultdict
from collections.abc import Iterable

from briefing.model.claim import RelationType
from briefing.model.frozen import frozen
from briefing.read.articles import ArticleFile


@frozen
class Related:
    """A relation as one of its two claims has it: to the `other`, or from it."""

    type: RelationType
    other: str
    is_from_other: bool = False


def relations(articles: Iterable[ArticleFile]) -> dict[str, tuple[Related, ...]]:
    """The relations of every claim that has any: its own as written, then those to it in the order of the articles."""
    own: dict[str, list[Related]] = defaultdict(list)
    to: dict[str, list[Related]] = defaultdict(list)
    for anchored in (anchored for file in articles for anchored in file.claims):
        for relation in anchored.claim.relations:
            own[anchored.ref].append(Related(relation.type, relation.to))
            to[relation.to].append(Related(relation.type, anchored.ref, is_from_other=True))
    return {ref: (*own.get(ref, ()), *to.get(ref, ())) for ref in dict.fromkeys([*own, *to])}
