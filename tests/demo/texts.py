"""Whether the demonstration shows no more of its documents than it quotes.

Where the documents are in content/texts/, `python tests/demo/texts.py` builds the site and looks through every file of
it, and through the sources, for eight words in a row of a document that are not within a quote, a title or a name. It
ends with 1 where there are any.
"""

import re
import sys
import tempfile
from pathlib import Path
from typing import Any

import yaml

from briefing.build import Request, build

ROOT = Path(__file__).parents[2]
RUN = 8


# Where a text ends and another begins: at the edges of quotes, and of all but inline markup.
EDGE = re.compile(r"</?(?!(?:a|b|em|i|mark|span|strong|sup|u)\b)[a-z][^>]*>|^(?=[ -]*[\w-]+: )", re.MULTILINE)


def runs(text: str) -> set[str]:
    """All stretches of so many words, without markup and addresses."""
    found = set()
    for piece in EDGE.split(text):
        words = re.findall(r"\w+", re.sub(r"<[^>]*>|https?://\S+|[*_\\]", "", piece).lower())
        found |= {" ".join(words[at : at + RUN]) for at in range(len(words) - RUN + 1)}
    return found


def parsed(text: str) -> Any:
    return yaml.load(text, Loader=yaml.BaseLoader)


# Names that documents and everybody else use: of a law and of a treaty.
NAMES = (
    "under section 721 of the Defense Production Act of 1950",
    "Section 232 of the Trade Expansion Act of 1962",
    "under the Treaty of Mutual Cooperation and Security",
    "the Committee on Foreign Investment in the United States (CFIUS)",
    "Australia, the United Kingdom and the United States",
    "Prime Minister Shigeru Ishiba and President Donald Trump",
)


def shown() -> set[str]:
    """The stretches that may be shown: those of quotes, titles and names."""
    annotations = [parsed(file.read_text(encoding="utf-8")) for file in (ROOT / "content/annotations").glob("*.yaml")]
    quotes = [claim["quote"] for file in annotations for claim in file["claims"]]
    parts = [part for quote in quotes for part in ([quote] if isinstance(quote, str) else quote.values())]
    heads = [file.read_text(encoding="utf-8").split("---\n")[1] for file in (ROOT / "content/articles").glob("*.md")]
    texts = [*NAMES, *parts, *(parsed(head)["title"] for head in heads)]
    return {run for text in texts for run in runs(text)}


def body_of(path: Path) -> str:
    """The text of a document without the front matter of whoever kept it."""
    text = path.read_text(encoding="utf-8")
    return text.split("\n---\n", 1)[1] if text.startswith("---") else text


def found_in(files: dict[str, str], documents: dict[str, set[str]]) -> list[str]:
    """A line for each stretch of a document that a file holds."""
    of_files = {path: runs(text) for path, text in files.items()}
    return [
        f"{path}: {run!r} of {article}"
        for article, of_document in documents.items()
        for path, of_file in of_files.items()
        for run in sorted(of_file & of_document)
    ]


def main() -> int:
    texts = sorted(path for path in (ROOT / "content/texts").glob("*") if path.suffix in (".md", ".txt"))
    if not texts:
        print("content/texts/ has no documents")
        return 1
    documents = {path.stem: runs(body_of(path)) - shown() for path in texts}
    with tempfile.TemporaryDirectory() as folder:
        if build(Request(ROOT), Path(folder) / "site").failed:
            print("the site cannot be built; see `briefing check`")
            return 1
        site = {f"site/{path.relative_to(folder)}": path for path in Path(folder).rglob("*") if path.is_file()}
        sources = {str(path.relative_to(ROOT)): path for path in (ROOT / "content").rglob("*") if path.is_file()}
        both = {name: path for name, path in (site | sources).items() if not name.startswith("content/texts/")}
        lines = found_in(
            {name: path.read_text(encoding="utf-8", errors="replace") for name, path in both.items()}, documents
        )
    print(*lines, sep="\n", end="\n" if lines else "")
    print(f"{len(texts)} documents, {len(both)} files: {len(lines)} stretches of {RUN} words outside of quotes")
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main())
