"""Pages made elsewhere, in threads, in other processes and on a Dask cluster: the same bytes, or one line."""

import multiprocessing
import os
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from briefing.build import Run, build
from briefing.cli import main
from briefing.diagnostics import EnvironmentProblem
from briefing.parallel.pool import AHEAD, CHUNK, spread_over
from briefing.parallel.remote import Bundle, render_sections
from briefing.request import Request
from tests.commands import BOUND_SECONDS, REPOSITORY, add_page, environment, start_build, wait_until
from tests.outputs import tree
from tests.parallel.clusters import ANSWER, PATIENT, DaskCluster, dask_cluster
from tests.sites.rich import write_rich_site

pytestmark = pytest.mark.slow

ENOUGH = 40
EDITIONS: dict[str, dict[str, Any]] = {
    "with drafts": {"drafts": True},
    "as of a day": {"as_of": date(2025, 3, 1)},
    "at another address": {"base_url": "https://example.com/elsewhere/"},
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site that uses everything, with so many pages that they are given to an executor."""
    root = write_rich_site(tmp_path_factory.mktemp("executors") / "sources")
    for number in range(ENOUGH):
        add_page(root, f"extra-{number}")
    return root


@pytest.fixture(scope="module")
def processes() -> Iterator[Executor]:
    """Two processes that have nothing but what they are sent."""
    with ProcessPoolExecutor(2, multiprocessing.get_context("spawn")) as executor:
        yield executor


@pytest.fixture(scope="module")
def threads() -> Iterator[Executor]:
    with ThreadPoolExecutor(3) as executor:
        yield executor


class Counting(Executor):
    """Gives tasks to another executor, and counts them: all, and those that nobody has waited for yet."""

    def __init__(self, executor: Executor) -> None:
        self.executor = executor
        self.tasks = self.waiting = self.most = 0

    def submit(self, function: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        self.tasks += 1
        self.waiting += 1
        self.most = max(self.most, self.waiting)
        return self.executor.submit(function, *args, **kwargs)


def built_by(site: Path, output: Path, executor: Executor | None, **edition: Any) -> Run:
    run = build(Request(site, clean=True, **edition), output, executor=executor)
    assert not run.failed, [problem.message for problem in run.problems]
    return run


@pytest.fixture(scope="module")
def plain(site: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The site as one process makes it."""
    output = tmp_path_factory.mktemp("plain") / "site"
    built_by(site, output, None)
    return tree(output)


def test_threads_make_the_same_bytes(site: Path, plain: dict[str, bytes], threads: Executor, tmp_path: Path) -> None:
    executor = Counting(threads)
    built_by(site, tmp_path / "site", executor)
    assert executor.tasks > 1
    assert tree(tmp_path / "site") == plain


def test_processes_make_the_same_bytes(
    site: Path, plain: dict[str, bytes], processes: Executor, tmp_path: Path
) -> None:
    executor = Counting(processes)
    built_by(site, tmp_path / "site", executor)
    assert executor.tasks > 1
    assert tree(tmp_path / "site") == plain


@pytest.mark.parametrize("edition", EDITIONS.values(), ids=EDITIONS)
def test_an_edition_that_is_made_elsewhere_is_the_same(
    edition: dict[str, Any], site: Path, plain: dict[str, bytes], processes: Executor, tmp_path: Path
) -> None:
    built_by(site, tmp_path / "here", None, **edition)
    built_by(site, tmp_path / "there", processes, **edition)
    assert tree(tmp_path / "there") == tree(tmp_path / "here") != plain


def test_a_build_after_an_edit_knows_what_pages_that_were_made_elsewhere_have_read(
    site: Path, processes: Executor, tmp_path: Path
) -> None:
    root = shutil.copytree(site, tmp_path / "sources")
    build(Request(root), tmp_path / "site", executor=processes)
    people = root / "content/people.yaml"
    people.write_text(people.read_text(encoding="utf-8").replace("Ilse Brandt", "Ilse Winter"), encoding="utf-8")
    run = build(Request(root), tmp_path / "site")
    built_by(root, tmp_path / "clean", None)
    assert tree(tmp_path / "site") == tree(tmp_path / "clean")
    assert run.written is not None
    assert 0 < run.written.changed < run.written.unchanged


def test_a_few_pages_are_made_here(site: Path, tmp_path: Path) -> None:
    root = shutil.copytree(site, tmp_path / "sources")
    build(Request(root), tmp_path / "site")
    (root / "content/pages/extra-0.md").write_text("---\ntitle: Page 0\n---\n\nAnother text.\n", encoding="utf-8")
    nobody = Counting(ThreadPoolExecutor(1))
    assert not build(Request(root), tmp_path / "site", executor=nobody).failed
    assert nobody.tasks == 0


def test_a_mistake_in_a_template_is_told_as_it_is_here(site: Path, processes: Executor, tmp_path: Path) -> None:
    root = shutil.copytree(site, tmp_path / "sources")
    (root / "templates").mkdir(exist_ok=True)
    (root / "templates/page.html").write_text("<p>\n{{ page.nothing }}\n</p>\n", encoding="utf-8")
    told = [build(Request(root), tmp_path / "site", executor=executor) for executor in (None, processes)]
    here, there = [run.outcome().problems for run in told]
    assert [(problem.code, str(problem.place)) for problem in there] == [("template-error", "templates/page.html:2:1")]
    assert there == here
    assert not (tmp_path / "site").exists()


def test_another_version_of_the_tool_makes_no_pages() -> None:
    bundle = Bundle("another tool", "key", b"")
    with pytest.raises(EnvironmentProblem, match="another version of briefing"):
        render_sections(bundle, ["home"])
    assert bundle == replace(bundle, data=b"as long as the key is the same")


def test_a_process_that_ends_is_told_in_one_line(site: Path, tmp_path: Path) -> None:
    broken = ProcessPoolExecutor(1, multiprocessing.get_context("spawn"), os._exit, (1,))
    with broken, pytest.raises(EnvironmentProblem, match="a worker process ended early"):
        build(Request(site), tmp_path / "site", executor=broken)
    assert not (tmp_path / "site").exists()


def doubled(_: None, items: Sequence[int]) -> list[int]:
    return [2 * item for item in items]


@pytest.mark.parametrize("count", [0, 1, CHUNK, CHUNK + 1, CHUNK * (AHEAD + 3)])
def test_results_come_in_order_and_no_more_are_waited_for_than_may(count: int, threads: Executor) -> None:
    executor = Counting(threads)
    for number, result in enumerate(spread_over(executor, doubled, None, range(count))):
        executor.waiting = executor.tasks - (number // CHUNK + 1)
        assert result == 2 * number
    assert executor.tasks == -(-count // CHUNK)
    assert executor.most <= AHEAD


def test_without_dask_the_command_says_how_to_get_it(
    site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    options = ["-C", str(site), "build", "--output", str(tmp_path / "site"), "--scheduler", "127.0.0.1:1"]
    ended = CliRunner().invoke(main, options)
    told = "briefing: --scheduler needs the extra `dask`; install briefing with it, as in `pipx install '.[dask]'`\n"
    assert (ended.exit_code, ended.output) == (3, told)


# What follows starts a real cluster.


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DaskCluster]:
    """A scheduler; each test starts the workers that it needs, and leaves none."""
    with dask_cluster(tmp_path_factory.mktemp("dask") / "cluster") as cluster:
        yield cluster


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site of some 300 pages."""
    folder = tmp_path_factory.mktemp("corpus") / "sources"
    command = [sys.executable, str(REPOSITORY / "tests/bench/corpus.py"), "120", str(folder)]
    subprocess.run(command, env=environment(), check=True)
    return folder


def pages_staged(output: Path) -> int:
    """How many pages a build has put aside that has not made its output yet."""
    return len(list(output.parent.glob(f".{output.name}.*/**/*.html")))


def ended(build: subprocess.Popen[str]) -> tuple[int, str]:
    """The exit code, and what was said on the standard error."""
    _, told = build.communicate(timeout=BOUND_SECONDS)
    return build.returncode, told


@contextmanager
def in_mid_build(site: Path, output: Path, cluster: DaskCluster) -> Iterator[subprocess.Popen[str]]:
    """A build that has the first pages from the cluster."""
    process = start_build(site, output, "--scheduler", cluster.address, "--clean", **PATIENT)
    try:
        wait_until(lambda: pages_staged(output) > 0 or process.poll() is not None)
        yield process
    finally:
        process.kill()
        process.communicate()


@pytest.mark.slow
def test_a_dask_cluster_that_loses_a_worker_makes_the_same_bytes(
    corpus: Path, cluster: DaskCluster, tmp_path: Path
) -> None:
    here, there, gate = tmp_path / "here", tmp_path / "there", tmp_path / "gate"
    with start_build(corpus, here, "--jobs", "1") as local, cluster.workers(2, gate=gate) as workers:
        assert ended(local) == (0, "")
        pages = len(list(here.rglob("*.html")))
        with in_mid_build(corpus, there, cluster) as process:
            assert 0 < pages_staged(there) <= 2 * CHUNK < pages
            workers[0].kill()
            gate.touch()
            assert ended(process) == (0, "")
    assert tree(there) == tree(here)


@pytest.mark.slow
def test_a_dask_cluster_that_loses_all_workers_is_told_in_one_line(
    corpus: Path, cluster: DaskCluster, tmp_path: Path
) -> None:
    output = tmp_path / "site"
    with cluster.workers(1, gate=tmp_path / "never") as [worker], in_mid_build(corpus, output, cluster) as process:
        worker.kill()
        problem = f"briefing: the Dask cluster at {cluster.address} has lost its scheduler or all its workers"
        assert ended(process) == (3, f"{problem}; start them and build again\n")
    assert not output.exists()


@pytest.mark.slow
def test_a_dask_cluster_that_cannot_be_used_is_told_in_one_line(
    site: Path, cluster: DaskCluster, tmp_path: Path
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        nobody = f"127.0.0.1:{silent.getsockname()[1]}"
        problems = {
            cluster.address: f"the Dask scheduler at {cluster.address} has no workers; start some",
            **{
                address: f"there is no Dask scheduler to be reached at {address}; start one, or mend the address"
                for address in (nobody, "nonsense")
            },
        }
        outputs = [tmp_path / f"site-{number}" for number in range(len(problems))]
        patience = [PATIENT, {ANSWER: "2s"}, PATIENT]
        builds = [
            start_build(site, output, "--clean", "--scheduler", address, **answer)
            for output, address, answer in zip(outputs, problems, patience, strict=True)
        ]
        assert [ended(build) for build in builds] == [(3, f"briefing: {problem}\n") for problem in problems.values()]
    assert not any(output.exists() for output in outputs)


@pytest.mark.slow
def test_a_worker_with_another_version_is_told_in_one_line(site: Path, cluster: DaskCluster, tmp_path: Path) -> None:
    for folder in ("briefing", "templates"):
        shutil.copytree(REPOSITORY / folder, tmp_path / "other" / folder, ignore=shutil.ignore_patterns("*.pyc.*"))
    with (tmp_path / "other/briefing/views/words.py").open("a") as file:
        file.write("# Another version.\n")
    with cluster.workers(1, package=tmp_path / "other"):
        code, told = ended(start_build(site, tmp_path / "site", "--scheduler", cluster.address, "--clean", **PATIENT))
    assert code == 3
    assert re.fullmatch("briefing: a worker has another version of briefing, .*\n", told)
    assert not (tmp_path / "site").exists()
