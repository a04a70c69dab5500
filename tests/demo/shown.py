"""What pages of the demonstration show, found by the structure of their HTML: statuses, counts, events, notes."""

import re
from collections import Counter
from xml.etree.ElementTree import Element

from tests.markup import having, text_of

STATUSES = ("fulfilled", "partly", "not-fulfilled", "overtaken", "superseded", "stalled", "in-progress", "pending")


def by_id(page: Element, id: str) -> Element:
    """The one element that has an id."""
    [found] = [one for one in page.iter() if one.get("id") == id]
    return found


def kind_of(mark: Element) -> str:
    """The status that a mark is of, which stands in words in it as well."""
    _, status = str(mark.get("class")).split()
    words = {"unratable": "cannot be rated"}.get(status, status.replace("-", " "))
    assert text_of(mark).endswith(words), text_of(mark)
    return status


def statuses_in(element: Element) -> list[str]:
    """The statuses that an element shows, in order."""
    return [kind_of(mark) for mark in having(element, "*", "st")]


def counted(line: Element) -> Counter[str]:
    """How many stand at each status, as a line of counts has it; and how many it says it leaves out, as minor."""
    found = Counter({kind_of(mark): int(text_of(mark).split()[0]) for mark in having(line, "b", "st")})
    minor = re.search(r"(\d+) minor claims? (?:is|are) not counted", text_of(line))
    found["minor"] = int(minor[1]) if minor else 0
    return +found


def note_of(page: Element, id: str) -> Element:
    """What stands of a claim beside its article."""
    return by_id(page, f"claim_{id}")


def marked(page: Element, id: str) -> str:
    """The words that an article marks for a claim."""
    marks = [one for one in page.iter("mark") if id in str(one.get("data-claims")).split() and one.find("mark") is None]
    return "".join("".join(mark.itertext()) for mark in marks)


def lines_of(ledger: Element) -> list[Element]:
    """The claims that tables of the ledger have in an element."""
    return [row for table in having(ledger, "table", "lines") for row in table.iter("tr") if row.get("data-claim")]
