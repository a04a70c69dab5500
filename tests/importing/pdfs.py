"""PDFs as small as they can be: lines of Helvetica at given places, one page after the other."""

from collections.abc import Sequence

# A line: its left edge and its height on the page in points, the size of its letters, and its words in PDF's Latin.
Placed = tuple[float, float, float, str]


def pdf(pages: Sequence[Sequence[Placed]], title: str = "", created: str = "") -> bytes:
    """A document of these pages, of A4."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", "", "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"]
    kids = []
    for page in pages:
        content = "\n".join(
            f"BT /F1 {size} Tf {left} {height} Td ({_escaped(words)}) Tj ET" for left, height, size, words in page
        )
        objects.append(f"<< /Length {len(content.encode('cp1252'))} >>\nstream\n{content}\nendstream")
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {len(objects)} 0 R"
            " /Resources << /Font << /F1 3 0 R >> >> >>"
        )
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    objects.append(f"<< /Title ({_escaped(title)}) /CreationDate (D:{created or '20260310101500'}) >>")
    out, places = "%PDF-1.4\n", []
    for number, text in enumerate(objects, 1):
        places.append(len(out.encode("cp1252")))
        out += f"{number} 0 obj\n{text}\nendobj\n"
    start = len(out.encode("cp1252"))
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
    out += f"trailer << /Size {len(objects) + 1} /Root 1 0 R /Info {len(objects)} 0 R >>\nstartxref\n{start}\n%%EOF\n"
    return out.encode("cp1252")


def _escaped(words: str) -> str:
    return words.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")


def column(lines: Sequence[str], top: float = 760, size: float = 11, left: float = 70) -> list[Placed]:
    """Lines below each other; an empty one is a gap between paragraphs."""
    return [(left, top - number * size * 1.3, size, line) for number, line in enumerate(lines) if line]
