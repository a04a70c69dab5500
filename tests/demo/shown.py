"""What pages of the demonstration show, found by the structure of their HTML: statuses, counts, events, notes."""

import posixpath
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
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


def days_of(element: Element) -> Iterator[tuple[str, Element]]:
    """The date and what is told of each day of the lists by day in an element."""
    for one in having(element, "ol", "time"):
        for day in one.findall("li"):
            yield str(next(day.iter("time")).get("datetime")), day


Event = tuple[str, str, str]
_KINDS = {"Meeting": "meeting", "Article": "publication", "Correction": "correction", "Due": "due"}


def events_in(element: Element, folder: str = "") -> list[Event]:
    """The events that an element of a page in that folder shows: the kind, the date, and the claim or the page."""
    found = []
    for date, day in days_of(element):
        for item in having(day, "li", "event"):
            link = next(item.iter("a"))
            path = posixpath.normpath(posixpath.join("site", folder, str(link.get("href"))))
            about, ref = "/".join(path.split("/")[-2:]), item.get("data-claim")
            kind = _KINDS[text_of(item).partition(":")[0]] if (item.text or "").strip() else "status"
            if ref:
                assert kind in ("status", "due")
                assert about == "articles/{}.html#{}".format(*ref.split("#"))
            found.append((kind, date, ref or about))
    return found


def folder_of(file: Path, site: Path) -> str:
    return "" if file.parent == site else file.parent.relative_to(site).as_posix()


def changes_in(element: Element) -> list[tuple[str, str, Element]]:
    """The changes that an element shows: the date, the kind, and the line that tells it."""
    found = []
    for date, day in days_of(element):
        lines = day.find("ul")
        for item in [] if lines is None else lines.findall("li"):
            if item.get("class") == "u":
                found.append((date, "unrated", item))
            elif not item.get("data-claim"):
                found.append(
                    (date, {"New": "claims", "Corrected": "correction"}[text_of(item).partition(":")[0]], item)
                )
            else:
                found.append((date, "status" if having(item, "b", "st") else "figure", item))
    return found


def subject_of(item: Element) -> str:
    """The claim of a change, or the article of one that is of no claim."""
    path = str(next(item.iter("a")).get("href")).rpartition("/")[2]
    return item.get("data-claim") or path.removesuffix(".html")
