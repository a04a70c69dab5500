"""Any records of a site may be internal: then whatever names them is told, and once that is mended nothing leaks."""

import random
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from briefing.build import Request, Run, build
from briefing.diagnostics import Location, Pointer
from tests.outputs import MEMORY
from tests.samples import first_of
from tests.sites.rich import Data, write_front_matter, write_rich_site, write_yaml
from tests.sites.secrets import leaks, word

PAGES = ("articles", "summits", "topics", "pages")
REGISTRIES = ("people", "organizations", "places", "sources", "measures")


@pytest.mark.parametrize(
    "seed", [*first_of(4, range(4)), *(pytest.param(seed, marks=pytest.mark.long) for seed in range(4, 200))]
)
def test_whatever_is_internal_is_told_of_or_left_out(seed: int) -> None:
    with tempfile.TemporaryDirectory(dir=MEMORY) as folder:
        dice, root, output = random.Random(seed), write_rich_site(Path(folder) / "desk"), Path(folder) / "site"
        assert build(Request(root), output).written  # what it leaves may not be believed afterwards
        for kind, id in dice.sample(list(_records(root)), dice.randint(1, 6)):
            _hide(root, kind, id)
        for _ in range(40):
            run = build(Request(root, allow_removal=True), output)
            if not run.failed:
                break
            assert {problem.code for problem in run.problems if problem.severity == "error"} == {"internal-reference"}
            _mend(root, run)
        assert run.written
        assert leaks(output) == {}


def _records(root: Path) -> Iterator[tuple[str, str]]:
    """All records of a site: their kinds and ids, claims as `<article>#<number in its file>`."""
    for kind in PAGES:
        yield from ((kind, path.stem) for path in sorted((root / "content" / kind).glob("*.md")))
    for kind in REGISTRIES:
        yield from ((kind, id) for id in _read(root / f"content/{kind}.yaml"))
    for path in sorted((root / "content/annotations").glob("*.yaml")):
        yield from (("claims", f"{path.stem}#{number}") for number in range(len(_read(path)["claims"])))


def _read(path: Path) -> Data:
    return yaml.safe_load(path.read_text(encoding="utf-8"))  # type: ignore[no-any-return]


def _hide(root: Path, kind: str, id: str) -> None:
    """Make a record internal, with a secret word in each of its texts."""
    if kind in PAGES:
        path = root / f"content/{kind}/{id}.md"
        _, front, body = path.read_text(encoding="utf-8").split("---\n", 2)
        body = body if kind == "articles" else f"{body}\nMore of {word(id)}.\n"
        write_front_matter(path, _hidden(yaml.safe_load(front), id), f"{body}\nBeside {word(id)}.\n")
        return
    article, mark, number = id.partition("#")
    path = root / (f"content/annotations/{article}.yaml" if mark else f"content/{kind}.yaml")
    data = _read(path)
    if mark:
        data["claims"][int(number)] = _hidden(data["claims"][int(number)], id)
    else:
        data[id] = _hidden(data[id], id)
    write_yaml(path, data)


def _hidden(record: Data, id: str) -> Data:
    texts = ("title", "name", "label", "summary", "text", "hedge", "resolution", "unit", "reliability_note", "dateline")
    told = {key: f"{word(id + key)} told" for key in texts if key in record}
    history = [{**entry, "why": f"Because of {word(id + 'why')}"} for entry in record.get("history", ())]
    return {**record, **told, **({"history": history} if history else {}), "visibility": "internal"}


def _mend(root: Path, run: Run) -> None:
    """Make internal what names something internal."""
    wrong = {(one.place.path, one.place) for one in run.problems if one.code == "internal-reference"}
    for path, place in wrong:
        kind, stem = Path(path).parts[1].removesuffix(".yaml"), Path(path).stem
        if kind == "annotations" and isinstance(place, Pointer):
            _hide(root, "claims", f"{stem}#{place.way[1]}")
        elif kind in REGISTRIES and isinstance(place, Pointer):
            _hide(root, kind, str(place.way[0]))
        else:
            assert isinstance(place, Location) or kind in PAGES
            _hide(root, kind, stem)
