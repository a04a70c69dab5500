"""Fragments: what lists show of a claim, an article, an event or a change, each made once and joined into pages.

A digest of all common fragments of a claim or an article tells whether any of them is another than before. So a page
that lists thousands of claims is compared without making what it shows.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from hashlib import blake2b
from typing import Any

from briefing.diagnostics import Diagnostic
from briefing.link.site import Headline, LinkedArticle, LinkedClaim, LinkedSummit
from briefing.model.digests import SIZE, Digester
from briefing.theme.markup import END, Fragment
from briefing.theme.templates import Templates
from briefing.views.listed import KINDS, SOURCE, Item, Kind, Listed, common_items


class Broken(Exception):
    """A template of fragments has a mistake."""

    def __init__(self, problem: Diagnostic) -> None:
        super().__init__(problem.message)
        self.problem = problem


# The digests of all common fragments of an article itself and of each of its claims.
Shown = tuple[bytes, ...]
# By the ids of articles: the digest of one, and what is shown of it as long as it has that digest.
Kept = dict[str, tuple[bytes, Shown]]
# Fragments of common kinds by the names of these, and the digests of what is shown, both by the digests of items.
FragmentSet = tuple[Mapping[str, Mapping[bytes, Fragment]], Mapping[bytes, bytes]]
COMMON = tuple(kind.name for kind in KINDS if kind.is_common)


class Fragments:
    """The fragments of a site, made when they are first asked for."""

    def __init__(self, templates: Templates, article: Callable[[str], LinkedArticle]) -> None:
        self._templates, self._article = templates, article
        self._kept: Kept = {}
        self._fragments: dict[str, dict[bytes, Fragment]] = {}
        self._shown: dict[bytes, bytes] = {}
        self._told_sources: dict[tuple[str, ...], str] = {}
        self.digest = Digester({Listed: self._feed}).digest

    def remember(self, kept: Kept) -> None:
        """Know what was shown of articles in a build with the same theme."""
        self._kept = kept

    def of(self, listed: Listed) -> list[Fragment]:
        """The fragments of a list. Broken if their template is."""
        made = self._fragments.setdefault(listed.kind.name, {})
        missing = [item for item in listed.items if item.digest not in made]
        if missing:
            made.update(zip([item.digest for item in missing], self._make(listed.kind, missing), strict=True))
        return [made[item.digest] for item in listed.items]

    def sources(self, ids: Iterable[str]) -> list[Fragment]:
        """What the list of a page's sources has of these articles."""
        return self.of(Listed(SOURCE, [self._article(id) for id in ids]))

    def _make(self, kind: Kind, items: Sequence[Item]) -> list[Fragment]:
        views = [kind.view(item) for item in items]
        made = self._templates.fragments(kind.template, kind.variable, views)
        if isinstance(made, Diagnostic):
            raise Broken(made)
        return [Fragment.of(html) for html in made]

    def prepare(self, articles: Iterable[LinkedArticle]) -> None:
        """Make all common fragments of some articles."""
        by_kind: dict[Kind, list[Item]] = {kind: [] for kind in KINDS if kind.is_common}
        for article in articles:
            for kind, item in common_items(article):
                by_kind[kind].append(item)
        states: dict[bytes, Any] = {}
        for kind, items in by_kind.items():
            for item, fragment in zip(items, self.of(Listed(kind, items)), strict=True):
                of = item.about.digest
                state = states.get(of) or states.setdefault(of, blake2b(digest_size=SIZE))
                state.update(f"{kind.name}\x1f{self._told(fragment)}{END}".encode())
        self._shown.update((of, state.digest()) for of, state in states.items())

    def _told(self, fragment: Fragment) -> str:
        """What a page has of a fragment, in its list of sources as well."""
        if fragment.sources not in self._told_sources:
            rows = self.sources(fragment.sources)
            self._told_sources[fragment.sources] = "".join([row.html for row in rows])
        return fragment.html + self._told_sources[fragment.sources]

    def forget(self) -> None:
        """Forget the fragments that are on few pages, once these are made."""
        for name in self._fragments.keys() - set(COMMON):
            del self._fragments[name]

    def fresh(self) -> "Fragments":
        """One for the same site that has made nothing."""
        return Fragments(self._templates, self._article)

    def hand_over(self) -> FragmentSet:
        """What has been made of common kinds, to be given to another process; here all is forgotten."""
        made = {name: self._fragments[name] for name in COMMON if name in self._fragments}, self._shown
        self._fragments, self._shown = {}, {}
        return made

    def take(self, made: FragmentSet) -> None:
        """Take over what another process has made."""
        for name, fragments in made[0].items():
            self._fragments.setdefault(name, {}).update(fragments)
        self._shown.update(made[1])

    def _feed(self, listed: Listed, parts: list[bytes]) -> None:
        """What tells a list from any other."""
        parts.append(b"%b %d" % (listed.kind.name.encode(), len(listed.items)))
        if not listed.kind.is_common:
            parts += [self._told(fragment).encode() for fragment in self.of(listed)]
            return
        items, shown = listed.items, self._shown
        try:
            parts += [shown[item.about.digest] for item in items]
        except KeyError:
            self._know_all([item.about for item in items])
            parts += [shown[item.about.digest] for item in items]
        if items and items[0].about is not items[0]:
            parts += [item.name for item in items]

    def _know_all(self, found: Sequence[LinkedClaim | LinkedArticle | Headline | LinkedSummit]) -> None:
        missing = [of for of in found if of.digest not in self._shown]
        for summit in missing:
            if isinstance(summit, LinkedSummit):
                self._shown[summit.digest] = summit.digest
        ids = dict.fromkeys(_article_of(of) for of in missing if not isinstance(of, LinkedSummit))
        self.prepare([article for article in map(self._article, ids) if not self._is_kept(article)])

    def _is_kept(self, article: LinkedArticle) -> bool:
        """Whether it is known already what is shown of an article."""
        digest, shown = self._kept.get(article.id, (b"", ()))
        if digest != article.digest:
            return False
        self._shown.update((of.digest, one) for of, one in zip(_parts(article), shown, strict=True))
        return True

    def kept(self, articles: Iterable[LinkedArticle]) -> Kept:
        """What is shown of articles, to be known the next time; of those of which it is known now or was before."""
        kept: Kept = {}
        for article in articles:
            if article.digest in self._shown:
                kept[article.id] = article.digest, tuple(self._shown[of.digest] for of in _parts(article))
            elif article.id in self._kept:
                kept[article.id] = self._kept[article.id]
        return kept


def _parts(article: LinkedArticle) -> list[LinkedArticle | Headline | LinkedClaim]:
    return [article, article.headline, *article.claims]


def _article_of(of: LinkedClaim | LinkedArticle | Headline) -> str:
    return of.article.id if isinstance(of, LinkedClaim) else of.id
