"""MkDocs: lists are pages without text; a hook finds what stands in them."""

from collections.abc import Sequence
from pathlib import Path

from corpus import TOPICS, articles, summit_ids

from peers.installing import from_pip
from peers.tool import (
    LISTS,
    LISTS_DID,
    PYTHON,
    STYLE,
    Tool,
    article_page,
    extending,
    frame,
    front_matter,
    list_page,
    put,
)

MKDOCS_CONFIG = """site_name: Generated site
site_dir: out
use_directory_urls: false
plugins: []
hooks: [lists.py]
theme: {name: null, custom_dir: theme}
"""
MKDOCS_LISTS = '''"""Gives the templates the articles of each summit and topic, and the latest."""

from collections import defaultdict


def on_env(env, config, files):
    found = [file.page for file in files.documentation_pages() if "source" in file.page.meta]
    found.sort(key=lambda page: page.meta["date"], reverse=True)
    lists = defaultdict(list, latest=found[:50])
    for page in found:
        for id in (*page.meta["summits"], *page.meta["topics"]):
            lists[id].append(page)
    env.globals["lists"] = lists
    return env
'''


def write_mkdocs(count: int, site: Path) -> None:
    """Lists are pages without text; a hook finds what stands in them."""
    put(site / "mkdocs.yml", MKDOCS_CONFIG)
    put(site / "lists.py", MKDOCS_LISTS)
    docs, theme = site / "docs", site / "theme"
    put(docs / "style.css", STYLE)
    for article in articles(count):
        put(docs / f"articles/{article.id}.md", front_matter(article) + article.body)
    groups = [*(f"summits/{id}" for id in summit_ids(count)), *(f"topics/{id}" for id in TOPICS)]
    for path, list_id in [("index", "latest"), *((group, group.partition("/")[2]) for group in groups)]:
        put(docs / f"{path}.md", f"---\ntitle: {list_id}\ntemplate: list.html\nlist: {list_id}\n---\n")
    put(theme / "frame.html", frame("{{ page.title }}", "{% block main %}{% endblock %}"))
    topics = ("{% for topic in page.meta.topics %}", "{% endfor %}")
    day, source = "{{ page.meta.date }}", "{{ page.meta.source }}"
    page = article_page("{{ page.title }}", day, source, "{{ page.meta.summits[0] }}", topics, "{{ page.content }}")
    put(theme / "main.html", extending("frame.html", "main", page))
    loop = ("{% for each in lists[page.meta.list] %}", "{% endfor %}")
    day, source = "{{ each.meta.date }}", "{{ each.meta.source }}"
    entries = list_page("{{ page.title }}", loop, "/{{ each.url }}", "{{ each.title }}", day, source)
    put(theme / "list.html", extending("frame.html", "main", entries))


def mkdocs_command() -> Sequence[str]:
    """Its settings are in mkdocs.yml."""
    return [str(PYTHON / "bin/mkdocs"), "build", "--quiet"]


MKDOCS = Tool("MkDocs", LISTS, LISTS_DID, "mkdocs", from_pip, write_mkdocs, mkdocs_command, ("out",))
