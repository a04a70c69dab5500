"""Files of up to 1 MiB that ask for too much: bracket towers, alias bombs, books of near misses.

A case is a function of a size in bytes, and gives the files that make a small site ask for too much.
"""

import random
from collections.abc import Callable, Iterator, Mapping
from itertools import islice
from pathlib import Path

MIB = 2**20
Files = dict[str, str]

ARTICLE, CLAIMS, CONFIG = "content/articles/talks.md", "content/annotations/talks.yaml", "config.yaml"
HEAD = "---\ntitle: Talks begin\nsource: gazette\npublished: 2025-02-05\n"
WORDS = "will meet on Friday"
SMALL: Files = {
    CONFIG: "title: Desk\n",
    "content/sources.yaml": "gazette: {name: Gazette}\n",
    "content/measures.yaml": "gas: {label: Gas, unit: cubic meters}\n",
    ARTICLE: f"{HEAD}---\n\nThe two leaders {WORDS}.\n",
    CLAIMS: f"claims:\n  - quote: {WORDS}\n    topics: [defense]\n",
    "content/articles/other.md": f"{HEAD}---\n\nOfficials expect a joint statement.\n",
}
# What is wrong elsewhere in the site, and has to be told whatever else there is.
ELSEWHERE: Files = {
    "content/annotations/other.yaml": "claims:\n  - quote: Officials deny a joint statement\n    topics: [trade]\n"
}
TOLD_ELSEWHERE = ("quote-not-found", "content/annotations/other.yaml", 2, 12)


def write_site(folder: Path, *parts: Mapping[str, str]) -> Path:
    files = dict(SMALL)
    for part in parts:
        files |= part
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    return folder


def cut(text: str, size: int) -> str:
    """The text, at most so many bytes of it."""
    return text.encode()[:size].decode(errors="ignore")


def times(piece: str, size: int) -> str:
    return piece * (size // len(piece.encode()))


def upto(pieces: Iterator[str], size: int) -> str:
    """As many of the pieces as go into the size."""
    taken, length = [], 0
    for piece in pieces:
        length += len(piece.encode())
        if length > size:
            break
        taken.append(piece)
    return "".join(taken)


def numbers() -> Iterator[int]:
    number = 0
    while True:
        yield number
        number += 1


def prose(size: int) -> str:
    """Words nobody wrote, each sentence unlike the others."""
    dice = random.Random(1)
    known = ["".join(dice.choice("etaoinshrdlu") for _ in range(dice.randint(2, 9))) for _ in range(5000)]
    return upto(((" ".join(dice.choices(known, k=12)) + (".\n\n" if n % 5 == 4 else ".\n")) for n in numbers()), size)


# Bodies of articles -------------------------------------------------------------------------------------------------

BODIES: dict[str, Callable[[int], str]] = {
    "opening brackets": lambda n: times("[", n),
    "closing brackets": lambda n: times("]", n),
    "brackets in brackets": lambda n: times("[", n // 2) + times("]", n // 2),
    "images never closed": lambda n: times("![", n),
    "eighty thousand images never closed": lambda n: "![" * 80_000,
    "images in images": lambda n: times("![", n // 3) + times("](a)", n // 2),
    "images in images in every paragraph": lambda n: times("![" * 50 + "](a)" * 50 + "\n\n", n),
    "images in images, seven deep": lambda n: times("![" * 7 + "](a)" * 7 + "\n\n", n),
    "links in links": lambda n: times("[", n // 5) + times("](a)", n // 2),
    "links never closed": lambda n: times("[a](b", n),
    "links with titles never closed": lambda n: times('[a](b "', n),
    "links with angles never closed": lambda n: times("[a](<b", n),
    "links, all in one paragraph": lambda n: times("[a](b) ", n),
    "links, four in every paragraph": lambda n: times("[a](b) [c](d) [e](f) [g](h)\n\n", n),
    "one address, long": lambda n: f"[a](https://example.org/{times('b', n - 40)})",
    "one address, long and not ASCII": lambda n: f"[a](<{times('日', n - 20)}>)",
    "addresses, not ASCII": lambda n: times(f"[a](<https://{'日' * 1200}.example>)\n\n", n),
    "one address, used often": lambda n: f"[a]: {'b' * 3990}\n\n" + times("[a] [a] [a] [a]\n\n", n - 5000),
    "one title, used often": lambda n: f'[a]: b "{"c" * (n // 2)}"\n\n' + times("[a] [a] [a] [a]\n\n", n // 3),
    "definitions of addresses": lambda n: upto((f"[a{i}]: b\n" for i in numbers()), n),
    "one definition, again and again": lambda n: times("[a]: b\n", n),
    "definitions whose titles are not closed": lambda n: times("[a]: b\n'c\n", n),
    "one label, long": lambda n: f"[{times('a', n - 20)}]: b\n",
    "definition never closed": lambda n: times("[a\n", n),
    "asterisks": lambda n: times("*", n),
    "asterisks and words": lambda n: times("*a ", n),
    "asterisks that could open or close": lambda n: times("a**b", n),
    "asterisks and underscores": lambda n: times("*_", n),
    "asterisks in many paragraphs": lambda n: times("**a *b _c* d** _e\n\n", n),
    "underscores": lambda n: times("_a", n),
    "tildes": lambda n: times("~~a", n),
    "backticks in growing runs": lambda n: upto(("`" * i + " " for i in numbers()), n),
    "backticks": lambda n: times("`a``b", n),
    "backslashes": lambda n: times("\\", n),
    "escaped marks in many paragraphs": lambda n: times("\\*\\*\\*\\*\\*\\*\\*\\*\n\n", n),
    "ampersands": lambda n: times("&", n),
    "entities": lambda n: times("&amp;", n),
    "entities in many paragraphs": lambda n: times("&amp;&lt;&#769;a\n\n", n),
    "marks on one character, as entities": lambda n: times("&#769;&#790;", min(n, 60_000)),
    "angle brackets": lambda n: times("<", n),
    "tags never closed": lambda n: times("<span ", n),
    "tags with attributes never closed": lambda n: times('<span a="', n),
    "pairs never closed": lambda n: times("<b>xxxxxxxxxxxxxxxxxxx", n),
    "tags to be dropped": lambda n: times("<wbr>", n),
    "comments never closed": lambda n: times("<!-- a ", n),
    "comments never closed, on lines": lambda n: times("<!--\n", n),
    "comments": lambda n: times("<!-- -->\n\n", n),
    "address in angles, long": lambda n: f"<a@{times('b.', n - 40)}c>",
    "table of HTML": lambda n: "<table>\n" + times("<tr><td>Item</td><td>5</td></tr>\n", n - 30) + "</table>",
    "table of HTML in one line": lambda n: "<table>" + times("<tr><td>Item</td><td>5</td></tr>", n - 10),
    "tables of HTML in each other": lambda n: times("<table><tr><td>", n),
    "lists of HTML in each other": lambda n: times("<ul><li>", n),
    "quotations of HTML never closed": lambda n: times("<blockquote>\n\naaaaaaaaaaaaaaaaaaaa\n\n", n),
    "bold tags, ended by others": lambda n: times("<b>", n // 2) + times("</i>", n // 2),
    "addresses of HTML in emphasis": lambda n: times("*<a href=x>", n),
    "addresses of HTML among attributes": lambda n: times("<a b=c d=e f=g href=h>x</a>\n\n", n),
    "attributes of one tag": lambda n: "<td " + times("a='b' ", n - 10) + ">",
    "quotation marks in a tag": lambda n: times("<td a='", n),
    "comments never closed in a block of HTML": lambda n: "<div>" + times("<!-- a", n - 5),
    "code in a block of HTML": lambda n: "<div>" + times("`a` ", n - 5),
    "spaces in a block of HTML": lambda n: "<div>a" + times(" ", n - 10) + "b",
    "headings of HTML": lambda n: times("<h2>x</h2>", n),
    "spaces in a tag": lambda n: f"<br{times(' ', n - 20)}",
    "exclamation marks": lambda n: times("!", n),
    "quotation marks": lambda n: times('"', n),
    "carets and brackets": lambda n: times("^[", n),
    "footnotes in footnotes": lambda n: times("^[", n // 2) + times("]", n // 3),
    "footnotes in the line": lambda n: times("^[a]", n),
    "footnotes in the line, many paragraphs": lambda n: times("x^[a] y^[b]\n\n", n),
    "references to footnotes": lambda n: times("[^", n - 30) + "\n\n[^a]: b\n",
    "one footnote, named often": lambda n: times("[^a] [^a]\n\n", n - 30) + "[^a]: b\n",
    "a hundred thousand footnotes": lambda n: upto((f"x[^{i}]\n\n[^{i}]: y\n\n" for i in range(100_000)), n),
    "footnotes defined in each other": lambda n: times("[^a]: ", n) + "x\n",
    "footnote that names itself": lambda n: "x[^a]\n\n[^a]: " + times("[^a] y\n", n - 40),
    "label of a footnote, long": lambda n: f"[^{times('a', n - 20)}]: b\n",
    "quotes in quotes": lambda n: times("> ", n),
    "quotes in quotes on every line": lambda n: times("> " * 30 + "a\n", n),
    "quotes, deeper on every line": lambda n: upto(("> " * i + "a\n" for i in numbers()), n),
    "lists in lists": lambda n: times("- ", n) + "a",
    "lists in lists on every line": lambda n: times("- " * 15 + "a\n", n),
    "lists, deeper on every line": lambda n: upto(("  " * i + "- a\n" for i in numbers()), n),
    "lists sixteen deep": lambda n: times("".join("  " * i + "- a\n" for i in range(16)), n),
    "lists in quotes": lambda n: times("> - ", n) + "a",
    "list items": lambda n: times("- a\n", n),
    "list items of twenty characters": lambda n: times("- aaaaaaaaaaaaaaaaaa\n", n),
    "numbers of lists": lambda n: times("1. ", n) + "a",
    "numbers of lists on every line": lambda n: times("999999999. aaaaaaaa\n", n),
    "lazy lines of a quote": lambda n: "> a\n" + times("b\n", n),
    "lazy lines of a quote, not too many": lambda n: "> a\n" + times("bbbbbbbbbbbbbbbbbbbbbb\n", n),
    "lazy lines of a list, not too many": lambda n: "- a\n" + times("bbbbbbbbbbbbbbbbbbbbbb\n", n),
    "lines": lambda n: times("a\n", n),
    "lines of twenty characters": lambda n: times("aaaaaaaaaaaaaaaaaaaaaa\n", n),
    "lines that end in spaces": lambda n: times("aaaaaaaaaaaaaaaaaaaa  \n", n),
    "empty lines": lambda n: "a" + times("\n", n) + "b",
    "lines of no-break spaces": lambda n: times("\u00a0\n", n),
    "headings": lambda n: times("# aaaaaaaaaaaaaaaaaaaa\n", n),
    "headings that count themselves": lambda n: times("# aaaaaaaaaaaaaaa\n", n // 3)
    + upto((f"# aaaaaaaaaaaaaaa {i}\n" for i in numbers()), n // 2),
    "underlined headings": lambda n: times("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\n=\n", n),
    "number signs": lambda n: times("#", n),
    "rules": lambda n: times("- - - - - - - - - - -\n", n),
    "fences never closed": lambda n: times("```\n", n),
    "fences in growing runs": lambda n: upto(("`" * (i + 3) + "\n" for i in numbers()), n),
    "fence around everything": lambda n: "```\n" + times("a", n - 10),
    "indented code": lambda n: times("    aaaaaaaaaaaaaaaaaa\n\n", n),
    "table of one row": lambda n: "|\n".join(times(cell, n // 3 - 2) for cell in ("|a", "|-", "|b")) + "|\n",
    "table of four thousand columns": lambda n: "|a" * 4000 + "|\n" + "|-" * 4000 + "|\n" + times("|b|\n", n - 17_000),
    "table of two columns": lambda n: "|a|b|\n|-|-|\n" + times("|bbbbbbbbb|ccccccccc|\n", n - 20),
    "table of escaped bars": lambda n: "a|b\n-|-\n" + times("\\|", n - 10),
    "bars": lambda n: times("|", n),
    "one word": lambda n: times("a", n),
    "one line of words": lambda n: times("word ", n),
    "spaces": lambda n: "a" + times(" ", n - 2) + "b",
    "tabs": lambda n: times("\t", n - 1) + "a",
    "prose": prose,
    "Japanese": lambda n: times("日本語の文章、首脳会談。\n\n", n),
    "Japanese emphasis": lambda n: times("日**本**語の文章、首脳会談。\n\n", n),
    "letters that fold to eighteen": lambda n: times("\ufdfa", n),
    "letters that fold to three": lambda n: times("¼", n),
    "marks on one character": lambda n: "a" + times("\u0301\u0316", n - 1),
    "marks on every character": lambda n: times("a\u0301\u0316", n),
    "vowel signs that join": lambda n: times("\u1100\u1161\u11a8", n),
    "soft hyphens": lambda n: times("\u00ada", n),
    "carriage returns": lambda n: times("aaaaaaaaaaaaaaaaaaaaa\r\n", n),
}  # fmt: skip


def body(make: Callable[[int], str]) -> Callable[[int], Files]:
    """An article with that body, which has the words of its claim as well."""

    def files(size: int) -> Files:
        head, tail = f"{HEAD}---\n\n", f"\n\nThe two leaders {WORDS}.\n"
        return {ARTICLE: head + cut(make(size - len(head) - len(tail)), size - len(head) - len(tail)) + tail}

    return files


# Other files --------------------------------------------------------------------------------------------------------


def claims(items: Iterator[str], size: int) -> str:
    return "claims:\n" + upto(items, size - 10)


def simple(quote: str, more: str = "") -> str:
    return f"- {{quote: {quote}, topics: [trade]{more}}}\n"


def numbered(size: int) -> str:
    """Many short sentences, each with a number."""
    return upto((f"Item {i} x.{chr(10) * (1 + i % 2)}" for i in numbers()), size)


def near_misses(size: int) -> Files:
    text = prose(size)
    words = text.split()
    made = (" ".join(words[i * 40 : i * 40 + 9]) + " exactly" for i in islice(numbers(), 2000))
    return {
        ARTICLE: cut(f"{HEAD}---\n\n{text}", size),
        CLAIMS: claims((simple(f"'{quote}'", f", id: c{i}") for i, quote in enumerate(made)), size),
    }


def many(
    text: Callable[[int], str], item: Callable[[int], str], head: str = "", most: int = 7000
) -> Callable[[int], Files]:
    """An article with a text, and as many claims as its annotations can hold."""
    return lambda size: {
        ARTICLE: cut(f"{HEAD}{head}---\n\n{text(size - 200)}", size),
        CLAIMS: claims((item(i) for i in range(most)), size),
    }


def one_claim(more: str) -> str:
    return f"claims:\n  - quote: {WORDS}\n    topics: [trade]\n{more}"


def yaml_file(path: str, make: Callable[[int], str]) -> Callable[[int], Files]:
    return lambda size: {path: cut(make(size), size)}


def bomb(size: int) -> str:
    return "a: &a [x, x]\n" + upto(
        (f"b{i}: &b{i} [*a, *a, *a, *a, *a, *a, *a, *a, *a]\n" for i in numbers()), size - 20
    )


YAML: dict[str, Callable[[int], str]] = {
    "aliases of aliases": bomb,
    "aliases": lambda n: "claims: [" + times("*a, ", n - 20) + "]\n",
    "anchors": lambda n: "claims: [" + times("&a b, ", n - 20) + "]\n",
    "tags": lambda n: "claims: [" + times("!!int 1, ", n - 20) + "]\n",
    "deep lists": lambda n: "claims: " + times("[", n - 10),
    "deep mappings": lambda n: "claims: " + times("{a: ", n - 10),
    "deep block lists": lambda n: "claims:\n " + times("- ", n - 10),
    "deeper on every line": lambda n: upto((" " * i + "a:\n" for i in numbers()), n),
    "explicit keys": lambda n: times("? ", n),
    "keys": lambda n: upto((f"k{i}: v\n" for i in numbers()), n),
    "keys on one line": lambda n: "{" + upto((f"k{i}: v, " for i in numbers()), n - 10) + "}\n",
    "keys without value": lambda n: upto((f"k{i}:\n" for i in numbers()), n),
    "one key, again and again": lambda n: times("title: a\n", n),
    "one key, long": lambda n: f"{times('a', n - 10)}: b\n",
    "one value, long": lambda n: f"summit: {times('a', n - 20)}\n",
    "value never closed": lambda n: f"summit: '{times('a b ', n - 20)}",
    "value of many lines": lambda n: "summit: |\n" + times("  a\n", n - 20),
    "folded value of many lines": lambda n: "summit: >\n" + times("  a\n\n", n - 20),
    "lines of a plain value": lambda n: "summit: a\n" + times(" a\n", n - 20),
    "comments": lambda n: times("# a\n", n),
    "empty lines": lambda n: times("\n", n),
    "spaces": lambda n: "claims:" + times(" ", n - 10),
    "tabs": lambda n: "claims:" + times("\t", n - 10),
    "colons": lambda n: times(":", n),
    "hyphens": lambda n: times("- \n", n),
    "percent signs": lambda n: times("%a\n", n),
    "documents": lambda n: times("---\n", n),
    "brackets and braces": lambda n: times("[{", n),
    "quotation marks": lambda n: times("'", n),
    "marks on one character": lambda n: 'summit: "a' + times("\\u0301", n - 20) + '"\n',
    "values that are too many": lambda n: "claims:\n" + times("- x\n", n - 10),
}  # fmt: skip

OTHERS: dict[str, Callable[[int], Files]] = {
    "annotations: 2,000 near misses in a book": near_misses,
    "annotations: claims for every sentence": many(
        lambda n: numbered(min(n, 100_000)), lambda i: simple(f"Item {i} x")
    ),
    "annotations: claims for every sentence, passages only": many(
        lambda n: numbered(min(n, 100_000)), lambda i: simple(f"Item {i} x"), "rights: passages\n"
    ),
    "annotations: claims for every sentence, link only": many(
        lambda n: numbered(min(n, 100_000)), lambda i: simple(f"Item {i} x"), "rights: link\n"
    ),
    "annotations: claims for every sentence of a book": many(numbered, lambda i: simple(f"Item {i} x")),
    "annotations: all claims of one word": many(lambda n: times("a ", n), lambda i: simple("a", f", id: c{i}")),
    "annotations: quotes that occur everywhere": many(
        lambda n: times("a", n), lambda i: simple("a" * 60, f", id: c{i}")
    ),
    "annotations: quotes that occur almost": many(
        lambda n: times("a", n), lambda i: simple("a" * 60 + "b", f", id: c{i}")
    ),
    "annotations: quotes that cut an endless word": many(
        lambda n: upto((f"x{i}y" for i in numbers()), n), lambda i: simple(f"y{i}0x")
    ),
    "annotations: quotes that cut words in a book": many(numbered, lambda i: simple(f"tem {i} x")),
    "annotations: quotes that cut numbers of many groups": many(
        lambda n: upto((f"{i % 999 + 1} " + "000 " * 20 for i in numbers()), n),
        lambda i: simple(f"00 {i % 999 + 1} 000", f", id: c{i}"),
    ),
    "annotations: quotes before negations": many(
        lambda n: upto((f"合意{i}していない" for i in numbers()), n), lambda i: simple(f"合意{i}し")
    ),
    "annotations: slips in Japanese": many(
        lambda n: upto((f"合意{i}していない" for i in range(500)), n),
        lambda i: simple(f"合位{i % 500}してい", f", id: c{i}"),
    ),
    "annotations: long slips in Japanese": many(
        lambda n: upto((f"合意{i}していない" for i in range(500)), n),
        lambda i: simple("合意" + "".join(f"合意{j}していない" for j in range(i % 300, i % 300 + 40)), f", id: c{i}"),
    ),
    "annotations: prefixes that are nearly there": many(
        lambda n: times("b a ", n),
        lambda i: f"- {{id: c{i}, topics: [trade], quote: {{exact: a, prefix: {'b a ' * 30}c b}}}}\n",
    ),
    "annotations: quotes around each other": many(
        lambda n: upto((f"w{i} " for i in range(16_000)), n),
        lambda i: simple(f"w{i} w{i + 1}", f", id: c{i}"),
    ),
    "annotations: quotes that all share one word": lambda n: {
        ARTICLE: f"{HEAD}---\n\n" + " ".join(f"w{i}" for i in range(300)) + "\n",
        CLAIMS: claims(
            (simple(" ".join(f"w{j}" for j in range(150 - i, 151 + i)), f", id: c{i}") for i in range(149)), n
        ),
    },
    "annotations: one quote, very long": lambda n: {
        ARTICLE: cut(f"{HEAD}---\n\n{prose(n)}", n),
        CLAIMS: one_claim("").replace(WORDS, f"'{prose(n - 200)}'"),
    },
    "annotations: long quotes that nearly stand there": lambda n: {
        ARTICLE: cut(f"{HEAD}---\n\n{prose(n)}", n),
        CLAIMS: claims(
            (simple(f"'{' '.join(prose(n)[i : i + 9000].split())} x'", f", id: c{i}") for i in range(100)), n
        ),
    },
    "annotations: long prefixes": many(
        lambda n: times("a ", n),
        lambda i: f"- {{id: c{i}, topics: [trade], quote: {{exact: a, prefix: {'b ' * 2000}c}}}}\n",
    ),
    "annotations: quotes made for regular expressions": many(
        lambda n: times("(a+)+$", n), lambda i: simple("'((a+)+)+$" + "a" * i + "!'", f", id: c{i}")
    ),
    "annotations: history of one claim": lambda n: {
        CLAIMS: one_claim("    modality: expectation\n    history:\n")
        + upto((f"      - {{status: pending, on: 2025-02-06, why: w{i}}}\n" for i in numbers()), n - 200)
    },
    "annotations: evidence that does not exist": lambda n: {
        CLAIMS: one_claim(
            "    modality: expectation\n    history:\n      - status: fulfilled\n        on: 2025-02-06\n"
        )
        + "        why: w\n        evidence: ["
        + upto((f"x{i}#y, " for i in numbers()), n - 300)
        + "]\n"
    },
    "annotations: topics that do not exist": lambda n: {
        CLAIMS: f"claims:\n  - quote: {WORDS}\n    topics: [{upto((f'x{i}, ' for i in numbers()), n - 100)}]\n"
    },
    "annotations: voices": lambda n: {
        CLAIMS: one_claim("    attribution:\n") + upto((f"      - {{by: x{i}}}\n" for i in numbers()), n - 200)
    },
    "annotations: claims that update each other": lambda n: {
        ARTICLE: f"{HEAD}---\n\n{numbered(n - 200)}",
        CLAIMS: claims(
            (
                simple(f"Item {i} x", f", id: c{i}, relations: [{{type: updates, to: talks#c{i + 1}}}]")
                for i in range(3000)
            ),
            n,
        ),
    },
    "annotations: claims that update a thousand others": lambda n: {
        ARTICLE: f"{HEAD}---\n\n{numbered(n - 200)}",
        CLAIMS: claims((simple(f"Item {i} x", f", id: c{i}") for i in range(2000)), n)
        + simple(
            "Item 2001 x", ", relations: [" + ", ".join(f"{{type: updates, to: talks#c{i}}}" for i in range(1000)) + "]"
        ),
    },
    "annotations: values that are not allowed": lambda n: {
        CLAIMS: claims((simple("a", f", modality: m{i}, likelihood: l{i}") for i in numbers()), n)
    },
    "annotations: no mapping at all": lambda n: {CLAIMS: claims(("- x\n" for i in range(40_000)), n)},
    "annotations: ids that occur twice": lambda n: {CLAIMS: claims((simple(WORDS, ", id: c") for i in numbers()), n)},
    **{
        f"annotations: the figure {name}": (
            lambda n, value=value: {  # type: ignore[misc]
                CLAIMS: cut(one_claim(f"    figure: {{measure: gas, value: {value[: n - 100]}, as_of: 2025-01}}\n"), n)
            }
        )
        for name, value in {
            "1e999999999": "1e999999999",
            "1e-999999999": "1e-999999999",
            "1e9999": "1e9999",
            "-1e5000": "-1e5000",
            "of a million digits": "9" * (MIB - 200),
            "of five thousand digits": "9" * 5000,
            "of a million decimals": "0." + "3" * (MIB - 200),
        }.items()
    },
    "annotations: dates at the ends of time": lambda n: {
        CLAIMS: one_claim("    modality: expectation\n    due: 9999-12-31\n    review_by: 0001-01-01\n")
    },
    "front matter: authors": lambda n: {
        ARTICLE: f"{HEAD}authors:\n{upto((f'  - a{i}{chr(10)}' for i in range(49_000)), n - 200)}---\n\n{WORDS}\n"
    },
    "front matter: title, very long": lambda n: {
        ARTICLE: HEAD.replace("begin", times("very ", n - 200)) + f"---\n\n{WORDS}\n"
    },
    "front matter: summits that do not exist": lambda n: {
        ARTICLE: f"{HEAD}summits: [{upto((f's{i}, ' for i in numbers()), n - 200)}]\n---\n\n{WORDS}\n"
    },
    "front matter: aliases": lambda n: {
        ARTICLE: f"{HEAD}aliases: [{upto((f's{i}, ' for i in range(3000)), n - 200)}]\n---\n\n{WORDS}\n"
    },
    "front matter: never closed": lambda n: {ARTICLE: HEAD + times("summary: a\n", n - 200)},
    "front matter: lines that are almost its end": lambda n: {ARTICLE: HEAD + times("--- a\n", n - 200)},
    "front matter: an id with marks piled up": lambda n: {
        ARTICLE: HEAD.replace("gazette", "a" + times("\u0301\u0316", n - 200)) + f"---\n\n{WORDS}\n"
    },
    "config: topics": lambda n: {CONFIG: "title: a\ntopics:\n" + upto((f"  t{i}: T\n" for i in range(2000)), n)},
    "config: pages that do not exist": lambda n: {
        CONFIG: f"title: a\nnav: [{upto((f'p{i}, ' for i in numbers()), n - 30)}]\n"
    },
    "config: lead that does not exist": lambda n: {
        CONFIG: f"title: a\nlead: [{upto((f'a{i}#b, ' for i in numbers()), n - 30)}]\n"
    },
    "config: title, very long": lambda n: {CONFIG: f"title: {times('very ', min(n, 30_000))}long\n"},
    "config: address, very long": lambda n: {CONFIG: f"title: a\nbase_url: https://{times('a', min(n, 30_000))}\n"},
    "config: time zone, very long": lambda n: {CONFIG: f"title: a\ntimezone: {times('a/', n - 40)}\n"},
    "people": lambda n: {"content/people.yaml": upto((f"p{i}: {{name: N{i}}}\n" for i in range(12_000)), n)},
    "people: roles": lambda n: {
        "content/people.yaml": "p:\n  name: N\n  roles:\n"
        + upto((f"    - {{post: P{i}}}\n" for i in range(15_000)), n - 50)
    },
    "summit: participants": lambda n: {
        "content/summits/s.md": "---\ntitle: S\nstart: 2025-02-07\nparticipants:\n"
        + upto((f"  - {{person: p{i}}}\n" for i in range(15_000)), n - 100)
        + "---\n"
    },
    "topic: prose that asks for too much": lambda n: {
        "content/topics/defense.md": cut(f"---\ntitle: D\n---\n\n{'![' * (n // 2)}", n)
    },
    "page: links that lead nowhere": lambda n: {
        "content/pages/about.md": "---\ntitle: A\n---\n\n" + upto((f"[a](x{i}.md)\n\n" for i in range(20_000)), n - 50)
    },
}

CASES: dict[str, Callable[[int], Files]] = {
    **{f"article: {name}": body(make) for name, make in BODIES.items()},
    **{f"annotations: {name}": yaml_file(CLAIMS, make) for name, make in YAML.items()},
    **{
        f"config: {name}": yaml_file(CONFIG, lambda n, make=make: "title: a\n" + make(n - 20))  # type: ignore[misc]
        for name, make in YAML.items()
        if name in ("aliases of aliases", "deep lists", "keys", "keys on one line", "one value, long", "documents")
    },
    **OTHERS,
}
