"""The pictures of README and of the documents, taken of the demonstration: `make screenshots`."""

import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from briefing.build import Request, build
from tests.commands import REPOSITORY

PICTURES = REPOSITORY / "docs/pictures"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
SUMMIT = "summits/ishiba-trump-2025-02.html"
# A picture, its page, and how it is looked at: width, height, and the options of the browser.
SHOTS: tuple[tuple[str, str, int, int, dict[str, str]], ...] = (
    ("summit", SUMMIT, 1280, 800, {}),
    ("summit-phone", SUMMIT, 390, 780, {}),
    ("summit-dark", SUMMIT, 1280, 800, {"color_scheme": "dark"}),
    ("summit-print", SUMMIT, 794, 1123, {"media": "print"}),
    ("home", "index.html", 1280, 800, {}),
    ("topic", "topics/trade.html", 1280, 800, {}),
    ("ledger", "ledger.html", 1280, 800, {}),
    ("article", "articles/2025-02-05-ishiba-trump-preview.html", 1280, 800, {}),
)


def main() -> None:
    """Take all of them."""
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        output = Path(folder) / "site"
        assert not build(Request(REPOSITORY, clean=True), output).failed
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        for name, path, width, height, options in SHOTS:
            page = browser.new_page(viewport={"width": width, "height": height})
            page.emulate_media(**options)  # type: ignore[arg-type]
            page.goto((output / path).as_uri())
            page.screenshot(path=PICTURES / f"{name}.png")
            page.close()
        browser.close()


if __name__ == "__main__":
    main()
