"""Fragments: what a macro makes of one view, made once and put on every page that shows the view."""

from collections.abc import Callable, Iterable
from typing import Any

from markupsafe import Markup, escape

from briefing.model.addresses import relative
from briefing.render.page import Page
from briefing.render.room import KEPT, make_room

# Stands in fragments before the target of each link: how to get there depends on the page. Content cannot forge it,
# because its angle brackets are escaped.
_FROM_HERE = Markup("<from here>")


def _later(target: str) -> Markup:
    """The `href` of fragments, which do not know yet what page they will be on."""
    return _FROM_HERE + target  # which escapes the target


class Links:
    """What templates make links with: relative to the page, or absolute for the one without a place."""

    def __init__(self, page: Page) -> None:
        self._page, self._root = page.path, page.root

    def __call__(self, target: str) -> str:
        if self._root is not None:
            return self._root + ("" if target == "index.html" else target)
        return relative(self._page, target)

    def completed(self, text: str) -> str:
        """The text of the page with the links of its fragments made as `relative` makes them."""
        if self._root is not None:
            return text.replace(_FROM_HERE, escape(self._root))
        folder = self._page.rpartition("/")[0]
        text = text.replace(f"{_FROM_HERE}{self._page}#", "#")
        if folder:
            text = text.replace(f"{_FROM_HERE}{folder}/", "")
        return text.replace(_FROM_HERE, "../" * self._page.count("/"))


class Fragments:
    """The fragments of a set of templates. Of those of each macro `most` are kept."""

    def __init__(self) -> None:
        self.most = KEPT
        self._made: dict[tuple[Any, ...], dict[Any, Markup]] = {}

    def each(self, macro: Callable[..., Markup], views: Iterable[Any], *more: Any) -> Markup:
        """What the macro makes of each of the views, one after the other. It is called as `macro(view, href, *more)`,
        once for each view, and must do nothing with `href` but put its links out."""
        made = self._made.setdefault((macro, more), {})
        found = []
        for view in views:
            fragment = made.get(view)
            if fragment is None:
                make_room(made, self.most)
                fragment = made[view] = macro(view, _later, *more)
            found.append(fragment)
        return Markup("").join(found)
