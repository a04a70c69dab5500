"""An edit makes the pages again that show it, and not many others."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from briefing.build import build
from briefing.request import Request
from briefing.theme.templates import Templates
from tests.edits.editor import claims_of, mapping, split
from tests.samples import first_of
from tests.sites.rich import dumped, write_rich_site

ARTICLE = "preview"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = write_rich_site(tmp_path / "desk")
    assert not build(Request(root), root / "site").failed
    return root


@contextmanager
def made_pages(patch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The paths of the pages for which a template is run."""
    paths: list[str] = []
    real = Templates.render

    def render(self: Templates, name: str, context: Any, path: str) -> Any:
        paths.append(path)
        return real(self, name, context, path)

    with patch.context() as within:
        within.setattr(Templates, "render", render)
        yield paths


def made_after(root: Path, patch: pytest.MonkeyPatch) -> list[str]:
    """The pages that the next build makes again."""
    with made_pages(patch) as paths:
        assert not build(Request(root), root / "site").failed
    return sorted(paths)


def in_head(**fields: object) -> Callable[[Path], None]:
    def edit(root: Path) -> None:
        path = root / f"content/articles/{ARTICLE}.md"
        front, body = split(path)
        path.write_text(f"---\n{dumped({**front, **fields})}---\n{body}", encoding="utf-8")

    return edit


def in_claim(**fields: object) -> Callable[[Path], None]:
    def edit(root: Path) -> None:
        path = root / f"content/annotations/{ARTICLE}.yaml"
        claims = claims_of(path)
        claims[0] |= fields
        path.write_text(dumped({**mapping(path), "claims": claims}), encoding="utf-8")

    return edit


ALONE = {
    "the day an article was read": in_head(accessed="2025-03-04"),
    "the writers of an article": in_head(authors=["Somebody Else"]),
    "where an article was written": in_head(dateline="Harbor City"),
    "a former id of a claim": in_claim(former_ids=["once-called-so"]),
}


@pytest.mark.parametrize("name", first_of(4, ALONE))
def test_what_only_the_page_of_an_article_shows_makes_that_page_alone(
    name: str, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ALONE[name](root)
    assert made_after(root, monkeypatch) == [f"articles/{ARTICLE}.html"]


def test_the_text_of_a_claim_makes_only_pages_that_show_it(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    in_claim(text="Nobody has said it in these words before.")(root)
    made = made_after(root, monkeypatch)
    showing = [
        path.relative_to(root / "site").as_posix()
        for path in (root / "site").rglob("*.html")
        if "Nobody has said it in these words before." in path.read_text(encoding="utf-8")
    ]
    assert showing
    assert made == sorted(showing)


def test_a_new_build_makes_nothing(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert made_after(root, monkeypatch) == []


@pytest.mark.slow
def test_a_page_that_is_gone_is_made_again_whatever_was_planned_with_it(root: Path) -> None:
    pages = {path: path.read_bytes() for path in sorted((root / "site").rglob("*.html"))}
    for page, data in pages.items():
        page.unlink()
        run = build(Request(root), root / "site")
        assert not run.failed
        assert run.written is not None
        assert (run.written.new, run.written.changed, run.written.removed) == (1, 0, 0), page
        assert page.read_bytes() == data
