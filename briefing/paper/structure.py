"""The structure of a PDF, by which it is read by ear: what ISO 14289-1 wants of it where WeasyPrint makes it otherwise.

Elements of a structure are dictionaries of pydyf: `S` is their kind, `K` what is in them, `P` the element they are in
(ISO 32000-1, 14.7.2 and 14.8).
"""

from collections.abc import Iterator, Mapping
from typing import Any

# A dictionary with a `reference`, by which others name it.
Element = Any


def own_links(links: list[Any]) -> list[Any]:
    """The links of a page that an element makes itself. Each part of an element with a link is given one more, which
    would be read out again."""
    return [link for link in links if link[-1].link]


def conforming(document: Any, pdf: Any) -> None:
    """Change the elements and links of a PDF that is about to be written."""
    for *_, box in (link for sheet in document.pages for link in sheet.links):
        _describe(box)
    dictionaries: list[Any] = [one for one in pdf.objects if isinstance(one, dict)]
    elements = {one.reference: one for one in dictionaries if one.get("Type") == "/StructElem"}
    for element in list(elements.values()):
        match element["S"]:
            case "/L":
                for kid in list(_kids(element, elements)):
                    _as_item(kid, elements)
                _of_items(element, elements)
            case "/Link" if not element["K"] or elements[element["P"]]["S"] == "/Link":
                element["S"] = "/NonStruct"  # a mark that is drawn and not read, or a part of a link
            case "/TH":
                part = elements[elements[element["P"]]["P"]]
                element["A"]["Scope"] = "/Column" if part["S"] == "/THead" else "/Row"


def _describe(box: Any) -> None:
    """What a link is called where its place in the text is not known: its words, and not its address."""
    from pydyf import String

    words = box.element.get("aria-label") or " ".join("".join(box.element.itertext()).split())
    if words and box.link_annotation:
        box.link_annotation["Contents"] = String(words)


def _as_item(group: Element, elements: Mapping[Any, Element]) -> None:
    """A group of a description list, a term with what is said of it, is one item. It comes as a division of two."""
    if group["S"] != "/Div":
        return
    group["S"] = "/LI"
    for number, item in enumerate(_kids(group, elements)):
        item["S"], within = ("/LBody", "/Div") if number else ("/Lbl", "/NonStruct")
        for body in _kids(item, elements):
            body["S"] = within


def _of_items(listed: Element, elements: Mapping[Any, Element]) -> None:
    """A list has only items. The blanks between those that stand in a line are of the item before them."""
    kids = list(_kids(listed, elements))
    others = [kid.reference for kid in kids if kid["S"] not in ("/LI", "/L", "/Caption")]
    before = next((kid for kid in kids if kid["S"] == "/LI"), None)
    if before is None:
        return
    for kid in kids:
        if kid["S"] == "/LI":
            before = kid
        elif kid.reference in others:
            body = next((one for one in _kids(before, elements) if one["S"] == "/LBody"), before)
            kid["P"] = body.reference
            body["K"].append(kid.reference)
    listed["K"][:] = [kid for kid in listed["K"] if kid not in others]


def _kids(element: Element, elements: Mapping[Any, Element]) -> Iterator[Element]:
    return (elements[kid] for kid in element["K"] if kid in elements)
