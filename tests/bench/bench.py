"""The benchmark: `briefing` and other generators build the same articles, turn by turn.

    make bench                                       1,000 articles, about ten minutes
    python tests/bench/bench.py 1000 10000           other sizes
    python tests/bench/bench.py --only edits         clean builds, or what follows an edit
    python tests/bench/bench.py --tools Hugo,Pelican 1000   ourselves and some of the others
    python tests/bench/bench.py --only clean --tools briefing --runs 1 100000   a huge site, only ours (make bench-huge)
    python tests/bench/bench.py --publish            put what was measured last into docs/ and README.md

Results are printed and kept in .bench/results.json and .bench/results.md, beside those of other sizes measured
earlier; with `--only` they are just printed.
"""

import argparse
import os
import platform
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from measure import COUNTS_SHARES, MEGABYTE, Failed, peak_memory, timed
from peers import BRIEFING, FOLDER, HUGO, ROOT, SAME_WORK_HUGO, TOOLS, Missing, Tool
from results import Results, Row, document, load, replaced, store, with_summary
from scenarios import EDITS, HUGO_EDIT, Edit, Proof

RUNS = 5
# A command that takes longer than this many seconds runs no more than three times.
LONG, RUNS_IF_LONG = 40, 3


@dataclass
class Trial:
    """One command that takes its turn, and what it gave. `prepare` is given the number of the round."""

    name: str
    tool: Tool
    site: Path
    prepare: Callable[[Path, int], Proof | None]
    wall: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    memory: float = 0
    pages: int = 0
    megabytes: float = 0

    @property
    def row(self) -> Row:
        """What is kept of it."""
        return Row(self.name, self.wall, self.cpu, self.memory, self.pages, self.megabytes)


def main() -> None:
    """Measure what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sizes", nargs="*", type=int, help="numbers of articles (default: 1000)")
    parser.add_argument("--runs", type=int, default=RUNS, help="measured runs of each command (default: %(default)s)")
    parser.add_argument("--tools", default=",".join(tool.name for tool in TOOLS), help="(default: %(default)s)")
    parser.add_argument("--only", choices=("clean", "edits"), help="leave out the other")
    parser.add_argument("--publish", action="store_true", help="write docs/benchmark.* and the README's table")
    arguments = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("ended"))  # so that processes end and folders go
    FOLDER.mkdir(exist_ok=True)
    if arguments.sizes or not arguments.publish:
        names = arguments.tools.split(",")
        if unknown := set(names) - {tool.name for tool in TOOLS}:
            parser.error(f"there is no tool {', '.join(sorted(unknown))}")
        tools, versions, left_out = installed([BRIEFING, *(tool for tool in TOOLS[1:] if tool.name in names)])
        for size in arguments.sizes or [1000]:
            new = measured(size, arguments.runs, tools, versions, dict(left_out), arguments.only)
            print("\n" + document([new]).partition("\n## ")[2])
            if not arguments.only:
                keep(new)
    if arguments.publish:
        publish()


def installed(tools: Sequence[Tool]) -> tuple[list[Tool], dict[str, str], dict[str, str]]:
    """The tools that are to be had, their versions, and why the others are not."""
    versions, left_out = {}, {}
    print(f"Installing what is missing into {FOLDER.name}/", flush=True)
    for tool in tools:
        try:
            versions[tool.name] = tool.install(tool.package)
        except Missing as error:
            left_out[tool.name] = f"it could not be installed here ({error})"
    return [tool for tool in tools if tool.name in versions], versions, left_out


def measured(
    size: int, runs: int, tools: Sequence[Tool], versions: dict[str, str], left_out: dict[str, str], only: str | None
) -> Results:
    """Write the sites of one size, let the commands take turns, and remove the sites."""
    about = machine()
    print(f"\n{size:,} articles; {about}", flush=True)
    with tempfile.TemporaryDirectory(dir=FOLDER, prefix="sites-") as folder:
        sites = {tool.name: Path(folder) / tool.name for tool in tools}
        for tool in tools:
            tool.write(size, sites[tool.name])
        clean = [] if only == "edits" else [Trial(tool.name, tool, sites[tool.name], cleaner(tool)) for tool in tools]
        take_turns(clean, runs, left_out)
        edits = [] if only == "clean" else edit_trials(sites)
        take_turns(edits, runs, left_out)
    clean = [trial for trial in clean if trial.wall]
    return Results(
        articles=size,
        date=date.today().isoformat(),
        machine=about,
        versions=versions,
        work={trial.name: trial.tool.work for trial in clean},
        did={trial.name: trial.tool.did for trial in clean},
        left_out=left_out,
        clean=[trial.row for trial in clean],
        edits=[trial.row for trial in edits if trial.wall],
    )


def machine() -> str:
    """Where this runs, and how busy it is already."""
    processors = len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count()
    memory = "" if COUNTS_SHARES else ", memory of the largest process only"
    load = os.getloadavg()[0]
    system = f"{platform.system()} {platform.machine()}"
    return (
        f"{system}, {processors} processors, load {load:.1f} at the start, Python {platform.python_version()}{memory}"
    )


def cleaner(tool: Tool) -> Callable[[Path, int], None]:
    """Before a clean build nothing is left of the last one."""

    def remove(site: Path, number: int) -> None:
        for name in tool.built:
            if (site / name).is_dir():
                shutil.rmtree(site / name)
            else:
                (site / name).unlink(missing_ok=True)

    return remove


def edit_trials(sites: dict[str, Path]) -> list[Trial]:
    """Our edits, and the builds of both Hugos after one."""

    def trial(tool: Tool, edit: Edit) -> Trial:
        return Trial(f"{tool.name}: {edit.name}", tool, sites[tool.name], edit.make)

    trials = [trial(BRIEFING, edit) for edit in EDITS]
    trials += [trial(tool, HUGO_EDIT) for tool in (SAME_WORK_HUGO, HUGO) if tool.name in sites]
    for tool in {trial.tool.name: trial.tool for trial in trials}.values():
        timed(tool.command(), sites[tool.name])
    return trials


# --- Turns ----------------------------------------------------------------------------------------------------


def take_turns(trials: Sequence[Trial], runs: int, left_out: dict[str, str]) -> None:
    """Every command once to warm up, when memory is looked at; then A B C, A B C, as often as there are runs."""
    limits = {}
    for trial in trials:
        try:
            limits[trial.name] = RUNS_IF_LONG if warm_up(trial) > LONG else runs
        except Failed as error:
            if trial.tool is BRIEFING:
                sys.exit(f"briefing failed: {error}")
            left_out[trial.name] = f"its build failed ({error})"
    for number in range(1, runs + 1):
        for trial in trials:
            if number <= limits.get(trial.name, 0):
                take_turn(trial, number)


def warm_up(trial: Trial) -> float:
    """The first run, which is not timed for the table: memory, and the pages it writes. Returns its seconds."""
    proof = trial.prepare(trial.site, 0)
    started = time.time()
    trial.memory = peak_memory(trial.tool.command(), trial.site)
    seconds = time.time() - started
    check(trial, proof)
    output = trial.site / trial.tool.built[0]
    files = [file.stat() for file in output.rglob("*.html")]
    # The kernel's clock for files may be a few milliseconds behind.
    written = [file.st_size for file in files if file.st_mtime >= started - 0.02]
    trial.pages, trial.megabytes = len(written), sum(written) / MEGABYTE
    print(f"  warm-up  {trial.name}: {trial.memory:.0f} MB, {trial.pages:,} pages", flush=True)
    return seconds


def take_turn(trial: Trial, number: int) -> None:
    """One measured run. What others wrote is put on the disk first, so that nobody waits for another's pages."""
    proof = trial.prepare(trial.site, number)
    os.sync()
    run = timed(trial.tool.command(), trial.site)
    check(trial, proof)
    trial.wall.append(round(run.wall, 3))
    trial.cpu.append(round(run.cpu, 3))
    print(f"  round {number}  {trial.name}: {run.wall:.2f} s, CPU {run.cpu:.2f} s", flush=True)


def check(trial: Trial, proof: Proof | None) -> None:
    """A quick build that shows what was before is no build."""
    if proof and not proof.holds(trial.site / trial.tool.built[0]):
        sys.exit(f"{trial.name}: {proof.pages} does not show `{proof.text}`")


# --- Results --------------------------------------------------------------------------------------------------


def keep(new: Results) -> None:
    """Store the results beside those of other sizes."""
    stored = replaced(load(FOLDER / "results.json"), new)
    store(stored, FOLDER / "results.json")
    (FOLDER / "results.md").write_text(document(stored), encoding="utf-8")


def publish() -> None:
    """The results measured last become those of the documents."""
    stored = load(FOLDER / "results.json")
    if not stored:
        sys.exit("nothing was measured yet")
    store(stored, ROOT / "docs/benchmark.json")
    (ROOT / "docs/benchmark.md").write_text(document(stored), encoding="utf-8")
    readme = ROOT / "README.md"
    readme.write_text(with_summary(readme.read_text(encoding="utf-8"), stored), encoding="utf-8")


if __name__ == "__main__":
    main()
