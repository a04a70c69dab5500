"""Edits of articles whose text is kept apart: the text, its anchors, and whether they are there."""

from datetime import UTC, datetime
from pathlib import Path

from briefing.anchor import anchor
from briefing.request import Request
from tests.edits.editor import NOTHING, NUMBER, Dice, one_of, pages, put, put_front, split, text_of
from tests.edits.fieldvalues import words


def put_apart(dice: Dice, root: Path) -> str:
    """The text of an article is kept apart from now on, or stands in its own file again."""
    path = one_of(dice, pages(root, "articles"))
    if path is None:
        return NOTHING
    front, body = split(path)
    text = root / f"content/texts/{path.stem}.md"
    if front.pop("text", None):
        if text.exists():
            put_front(dice, path, front, text_of(text))
            text.unlink()
        (root / f"content/anchors/{path.stem}.yaml").unlink(missing_ok=True)
        return f"the text of {path.stem} is in its file again"
    front.pop("rights", None)
    put(dice, text, body)
    put_front(dice, path, {**front, "text": "apart"}, f"\nOur note on it, {words(dice)}.\n")
    _anchor(root)
    return f"the text of {path.stem} is kept apart"


def revise_text(dice: Dice, root: Path) -> str:
    """Another number in a text, or a paragraph before all others; mostly it is anchored again."""
    text = one_of(dice, sorted((root / "content/texts").glob("[!.]*.md")))
    if text is None:
        return put_apart(dice, root)
    old = text_of(text)
    new = NUMBER.sub(f"No. {dice.randrange(1000, 10000)}", old) if dice.random() < 0.5 else f"{words(dice)}.\n\n{old}"
    put(dice, text, new)
    if dice.random() < 0.8:
        _anchor(root)
    return f"{text.name}: revised"


def anchor_again(_: Dice, root: Path) -> str:
    _anchor(root)
    return "all texts are anchored"


def take_text_away(dice: Dice, root: Path) -> str:
    """A text is not there any more, or is back. A file whose name begins with a dot is none of the site's."""
    path = one_of(dice, sorted((root / "content/texts").iterdir()) if (root / "content/texts").is_dir() else [])
    if path is None:
        return put_apart(dice, root)
    target = path.with_name(path.name[1:] if path.name.startswith(".") else f".{path.name}")
    if target.exists():
        return NOTHING
    path.rename(target)
    return f"{path.name} is called {target.name}"


def _anchor(root: Path) -> None:
    anchor(Request(root), [], datetime(2026, 3, 10, tzinfo=UTC))
