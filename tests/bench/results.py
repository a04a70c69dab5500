"""What was measured: as records, as JSON, and as the Markdown of docs/benchmark.md and of the README."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median

BEGIN, END = "<!-- benchmark -->\n", "<!-- end of benchmark -->\n"


@dataclass(frozen=True)
class Row:
    """The runs of one command: wall and processor seconds of each, peak memory in MB, pages written and their MB."""

    name: str
    wall: list[float]
    cpu: list[float]
    memory: float
    pages: int
    megabytes: float

    @property
    def seconds(self) -> float:
        """The median of the wall seconds."""
        return median(self.wall)


@dataclass(frozen=True)
class Results:
    """All that one size of the corpus gave in one session on one machine; `work` and `did` say what each tool makes."""

    articles: int
    date: str
    machine: str
    versions: dict[str, str]
    work: dict[str, str]
    did: dict[str, str]
    left_out: dict[str, str]
    clean: list[Row]
    edits: list[Row]


def load(file: Path) -> list[Results]:
    """Stored results, smallest corpus first; none where nothing is stored."""
    if not file.exists():
        return []
    stored = json.loads(file.read_text(encoding="utf-8"))
    return [
        Results(
            **{**each, "clean": [Row(**row) for row in each["clean"]], "edits": [Row(**row) for row in each["edits"]]}
        )
        for each in stored
    ]


def store(results: Sequence[Results], file: Path) -> None:
    """Write results as JSON."""
    text = json.dumps([asdict(each) for each in results], indent=1, ensure_ascii=False)
    file.write_text(text + "\n", encoding="utf-8")


def replaced(stored: Sequence[Results], new: Results) -> list[Results]:
    """The stored results with those of one size replaced."""
    kept = [each for each in stored if each.articles != new.articles]
    return sorted([*kept, new], key=lambda each: each.articles)


# --- Markdown -------------------------------------------------------------------------------------------------


def document(stored: Sequence[Results]) -> str:
    """The whole of docs/benchmark.md."""
    parts = [INTRODUCTION, *(_section(each) for each in stored)]
    return "\n".join(parts)


INTRODUCTION = """# Benchmark

`make bench` measures this on your machine; `make bench-large` adds 10,000 articles and takes long. The tables
below are written by `tests/bench/bench.py --publish` from [benchmark.json](benchmark.json), which has every run.

Each run is a new process, timed from its start to its end. Every command runs once unmeasured; then the commands take
turns. Seconds are medians, beside the shortest and the longest run. CPU is what all processes of the command used,
user and system. MB is the most memory that they held together, shared pages counted once, looked at many times a
second in the unmeasured run. A clean build has neither output nor cache. Edits are made in a built site, a new one in
every run, and the benchmark stops if the pages do not show them.

All tools are given the same articles of about 6 KB and write flat HTML files, with their settings as they come.
The line to compare with is same-work Hugo, which makes the same kinds of pages from the same claims. The others make
articles and lists of articles only, and no ratio makes that the same:
"""


def _section(results: Results) -> str:
    parts = [f"## {results.articles:,} articles\n", f"{results.date}; {results.machine}.\n"]
    if results.clean:
        parts.append(_clean_table(results))
        parts.append("\n".join(_deeds(results)) + "\n")
    parts.extend(f"{name} is left out: {reason}.\n" for name, reason in results.left_out.items())
    if results.edits:
        parts.append(_edits_table(results))
    return "\n".join(parts)


def _deeds(results: Results) -> Iterator[str]:
    for did in dict.fromkeys(results.did.values()):
        names = [f"{name} {results.versions[name]}" for name, other in results.did.items() if other == did]
        yield f"- {'; '.join(names)}: {did}."


def _clean_table(results: Results) -> str:
    ours = results.clean[0].seconds
    lines = [
        "| clean build | makes | seconds | range | to briefing | CPU s | MB | pages | MB of pages | runs |",
        "|---|---|" + "--:|" * 8,
    ]
    lines += [
        f"| {row.name} | {results.work[row.name]} | {row.seconds:.2f} | {_range(row)} | {row.seconds / ours:.2f} "
        f"| {median(row.cpu):.2f} | {row.memory:.0f} | {row.pages:,} | {row.megabytes:.0f} | {len(row.wall)} |"
        for row in results.clean
    ]
    return "\n".join(lines) + "\n"


def _edits_table(results: Results) -> str:
    lines = ["| after a change | seconds | range | CPU s | MB | pages written | runs |", "|---|" + "--:|" * 6]
    lines += [
        f"| {row.name} | {row.seconds:.2f} | {_range(row)} | {median(row.cpu):.2f} | {row.memory:.0f} "
        f"| {row.pages:,} | {len(row.wall)} |"
        for row in results.edits
    ]
    return "\n".join(lines) + "\n"


def _range(row: Row) -> str:
    return f"{min(row.wall):.2f} to {max(row.wall):.2f}"


def summary(stored: Sequence[Results]) -> str:
    """The tables of the README: clean builds of all sizes side by side, and the edits of the largest."""
    sizes = [each for each in stored if each.clean]
    names = list(dict.fromkeys(row.name for each in sizes for row in each.clean))
    header = "".join(f" {each.articles:,} articles: s | to briefing | CPU s | MB |" for each in sizes)
    versions = {name: version for each in sizes for name, version in each.versions.items()}
    work = {name: made for each in sizes for name, made in each.work.items()}
    lines = [f"| clean build | makes |{header}", "|---|---|" + "--:|" * 4 * len(sizes)]
    lines += [
        f"| {name} {versions[name]} | {work[name]} |" + "".join(_cells(each, name) for each in sizes) for name in names
    ]
    edited = [each for each in stored if each.edits]
    if edited:
        lines += ["", f"| {edited[-1].articles:,} articles, after a change | s | pages written |", "|---|--:|--:|"]
        lines += [f"| {row.name} | {row.seconds:.2f} | {row.pages:,} |" for row in edited[-1].edits]
    runs = {len(row.wall) for each in stored for row in (*each.clean, *each.edits)}
    fewer = f", of {min(runs)} where one takes long" if len(runs) > 1 else ""
    lines += ["", f"Medians of {max(runs)} runs{fewer}; {stored[-1].machine}."]
    left_out = {name: reason for each in stored for name, reason in each.left_out.items() if name not in names}
    lines += [f"\n{name} is left out: {reason}." for name, reason in left_out.items()]
    return "\n".join(lines) + "\n"


def _cells(results: Results, name: str) -> str:
    row = next((row for row in results.clean if row.name == name), None)
    if row is None:
        return " - |" * 4
    ratio = row.seconds / results.clean[0].seconds
    return f" {row.seconds:.2f} | {ratio:.2f} | {median(row.cpu):.2f} | {row.memory:.0f} |"


def with_summary(text: str, stored: Sequence[Results]) -> str:
    """A document with the tables between its two marks replaced."""
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    assert begin, f"the document has {BEGIN.strip()}"
    assert end, f"the document has {END.strip()}"
    return f"{before}{begin}\n{summary(stored)}\n{end}{after}"
