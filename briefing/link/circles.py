"""Circles among things that lead to each other."""

from collections.abc import Mapping, Sequence

# A message names so many of a circle's members.
_NAMED = 6


def circles(edges: Mapping[str, Sequence[str]]) -> list[list[str]]:
    """Circles that the edges make, each beginning with its first id in order; without recursion.

    Where there are circles at all, some are found: one for each id that a search comes back to.
    """
    done: set[str] = set()
    found: list[list[str]] = []
    for start in sorted(edges):
        if start not in done:
            _search(start, edges, done, found)
    return found


def _search(start: str, edges: Mapping[str, Sequence[str]], done: set[str], found: list[list[str]]) -> None:
    """Follow all edges from `start`; an edge to an id that is still being followed closes a circle."""
    steps = {start: 0}
    path = [(start, iter(edges[start]))]
    closed: set[str] = set()
    while path:
        id, targets = path[-1]
        target = next(targets, None)
        if target is None:
            path.pop()
            del steps[id]
            done.add(id)
        elif target in steps and target not in closed:
            closed.add(target)
            circle = [id for id, _ in path[steps[target] :]]
            first = circle.index(min(circle))
            found.append(circle[first:] + circle[:first])
        elif target in edges and target not in done and target not in steps:
            steps[target] = len(path)
            path.append((target, iter(edges[target])))


def circle_in_words(circle: Sequence[str], verb: str) -> str:
    """A circle in words: `a` follows `b` follows `a`."""
    named = [f"`{id}`" for id in circle[:_NAMED]]
    if len(circle) > _NAMED:
        named.append(f"{len(circle) - _NAMED} more")
    return f" {verb} ".join([*named, f"`{circle[0]}`"])
