"""Preview images: their size and their words, which pages lead to them, and what is told where they cannot be drawn."""

import io
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from PIL import Image, ImageFont

from briefing.build import build
from briefing.cli import main
from briefing.link.site import link
from briefing.machines.preview_image import HEIGHT, WIDTH, Card, drawn, undrawn, wrapped
from briefing.pages import previews
from briefing.read.content import read_content
from briefing.request import Request
from tests.commands import small_site
from tests.markup import parsed
from tests.samples import first_of
from tests.sites.desks import Paper, write_desk
from tests.sites.wording import theme_words

BASE = "https://example.org/desk/"
CARD = Card("Harbor desk", "Talks begin", ("Gazette, February 5, 2025", "1 claim"))


def own_font() -> bytes:
    """The font that comes with Pillow, as a file that a site may have."""
    face = ImageFont.load_default(20)
    assert isinstance(face, ImageFont.FreeTypeFont)
    data: bytes = face.font_bytes
    return data


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data)).convert("RGB")


def test_an_image_has_the_size_that_is_asked_for_and_the_same_bytes_each_time() -> None:
    first = drawn(CARD, None)
    assert first == drawn(CARD, None) == drawn(CARD, own_font())
    assert opened(first).size == (1200, 630) == (WIDTH, HEIGHT)
    assert first != drawn(Card("Harbor desk", "Talks end", CARD.lines), None)


@pytest.mark.parametrize(
    "title", first_of(3, ["A", "Talks begin " * 4, "Talks begin " * 60, "Donaudampfschifffahrt" * 20]), ids=len
)
def test_words_keep_to_their_place(title: str) -> None:
    """No word is drawn at an edge, nor the title over what stands below it."""
    image = opened(drawn(Card("Harbor desk " * 20, title, ("A line " * 40, "1 claim")), None))
    paper = image.getpixel((WIDTH - 1, 0))
    rows = [y for y in range(HEIGHT) if any(image.getpixel((x, y)) != paper for x in range(60, WIDTH - 40, 2))]
    assert rows[0] > 60
    assert rows[-1] < HEIGHT - 60
    assert not set(range(440, 455)) & set(rows)
    assert all(image.getpixel((x, y)) == paper for x in range(WIDTH - 40, WIDTH) for y in range(0, HEIGHT, 3))


def test_what_a_font_has_not_is_told_and_never_drawn() -> None:
    assert undrawn("Talks, 2 of them", None) == ""
    assert undrawn("Talks on 防衛費 with é", None) == "防衛費é"
    assert undrawn("e\u0301", None) == "é"
    assert undrawn("\u200fshort\u00ad", None) == ""  # what nobody sees needs no drawing
    assert undrawn("שלום नमस्ते", None) != ""
    assert undrawn("abc", b"OTTO and no more") == "abc"


def test_lines_are_parted_at_spaces_and_in_scripts_without_them_before_no_full_stop() -> None:
    face: Any = ImageFont.load_default(20)
    face.getlength = len  # every character as wide as any other
    assert list(wrapped(face, "ab cde fgh", 6)) == ["ab cde", "fgh"]
    assert list(wrapped(face, "防衛費は増える。", 7)) == ["防衛費は増え", "る。"]
    assert list(wrapped(face, "abcdefgh i", 3)) == ["abc", "def", "gh", "i"]


def site(folder: Path, more: str = f"base_url: {BASE}\npreview_images: true\n") -> Path:
    """A site of one article with these lines in its configuration."""
    root = small_site(folder)
    (root / "config.yaml").write_text(f"title: Small site\n{more}", encoding="utf-8")
    return root


def told(root: Path) -> tuple[int, str]:
    result = CliRunner().invoke(main, ["-C", str(root), "build"], catch_exceptions=False)
    return result.exit_code, result.stderr


def test_pages_of_articles_summits_and_topics_lead_to_their_images(tmp_path: Path) -> None:
    root = site(tmp_path)
    (root / "content/summits").mkdir()
    summit = "---\ntitle: A meeting\nstart: 2025-02-07\n---\n"
    (root / "content/summits/meeting.md").write_text(summit, encoding="utf-8")
    assert told(root) == (0, "")
    for page in ("articles/talks", "summits/meeting", "topics/defense"):
        metas = {one.get("property") or one.get("name"): one.get("content") for one in parsed_metas(root, page)}
        assert metas["og:image"] == f"{BASE}previews/{page}.png"
        assert metas["twitter:card"] == "summary_large_image"
        image = opened((root / f"site/previews/{page}.png").read_bytes())
        assert image.size == (int(str(metas["og:image:width"])), int(str(metas["og:image:height"])))
        if not page.startswith("topics/"):
            [data] = [one.text for one in parsed(root / f"site/{page}.html").iter("script") if one.get("type")]
            assert json.loads(str(data))["image"] == metas["og:image"]
    names = {one.get("property") for one in parsed_metas(root, "index")}
    assert "og:image" not in names


def parsed_metas(root: Path, page: str) -> list[Any]:
    return list(parsed(root / f"site/{page}.html").iter("meta"))


@pytest.mark.parametrize("more", ["", f"base_url: {BASE}\n"], ids=["", "address"])
def test_there_are_none_where_none_are_asked_for(tmp_path: Path, more: str) -> None:
    root = site(tmp_path, more)
    assert told(root) == (0, "")
    assert not (root / "site/previews").exists()


def test_an_image_is_made_again_only_for_other_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root, made = site(tmp_path), []

    def counted(card: Card, font: bytes | None) -> bytes:
        made.append(card.title)
        return drawn(card, font)

    monkeypatch.setattr(previews, "drawn", counted)
    article, claims = root / "content/articles/talks.md", root / "content/annotations/talks.yaml"
    build(Request(root), root / "site")
    assert sorted(made) == ["Defense", "Energy", "Investment", "Talks begin", "Trade"]
    made.clear()
    article.write_text(article.read_text(encoding="utf-8") + "\nMore.\n", encoding="utf-8")
    claims.write_text(claims.read_text(encoding="utf-8") + "    text: They meet.\n", encoding="utf-8")
    build(Request(root), root / "site")
    assert made == []
    article.write_text(article.read_text(encoding="utf-8").replace("Talks begin", "Talks end"), encoding="utf-8")
    build(Request(root), root / "site")
    assert made == ["Talks end"]


def test_the_first_font_that_has_all_words_is_used(tmp_path: Path) -> None:
    root = site(tmp_path)
    (root / "content/fonts").mkdir()
    (root / "content/fonts/a-damaged.otf").write_bytes(b"OTTO and no more")
    (root / "content/fonts/b.ttf").write_bytes(own_font())
    assert told(root) == (0, "")
    assert (root / "site/previews/articles/talks.png").is_file()
    assert not [path for path in (root / "site").rglob("*") if path.suffix in (".ttf", ".otf")]
    (root / "content/fonts/b.ttf").write_bytes(b"<html>")
    code, said = told(root)
    assert code == 1
    assert "error[unreadable-file]: content/fonts/b.ttf is not a font" in said


def test_where_nobody_could_find_them_that_is_told(tmp_path: Path) -> None:
    root = site(tmp_path, "preview_images: true\n")
    code, said = told(root)
    assert (code, (root / "site/previews").exists()) == (0, False)
    assert "warning[preview-not-made]: no preview image is made: others look for them at whole addresses" in said
    assert "1 warning" in said


def test_without_pillow_one_line_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(previews, "is_here", lambda: False)
    code, said = told(site(tmp_path))
    assert code == 3
    assert said == (
        "briefing: config.yaml: `preview_images: true` needs the extra `images`; "
        "install briefing with it, as in `pipx install '.[images]'`\n"
    )


@pytest.mark.parametrize(("language", "told"), [("en", "2 claims, 1 open"), ("ja", "記述2件、未決1件")])
def test_counts_are_parted_as_the_language_does(language: str, told: str, tmp_path: Path) -> None:
    papers = {"a": Paper("2025-02-05", {"x": {"modality": "expectation"}, "y": {}})}
    content, _ = read_content(write_desk(tmp_path, papers, {"config.yaml": f"title: Desk\nlanguage: {language}\n"}))
    assert content.config is not None
    site = link(content, content.config, words=theme_words(language))
    assert previews.article_card(site.article("a"), "Desk").lines[1] == told
