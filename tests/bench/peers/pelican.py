"""Pelican: a summit is a category, a topic is a tag."""

from collections.abc import Sequence
from pathlib import Path

from corpus import articles

from peers.installing import from_pip
from peers.tool import LISTS, LISTS_DID, PYTHON, STYLE, Tool, article_page, extending, frame, list_page, put

PELICAN_CONFIG = """SITENAME = "Generated site"
PATH = "content"
OUTPUT_PATH = "out"
THEME = "theme"
TIMEZONE = "UTC"
DEFAULT_PAGINATION = False
DIRECT_TEMPLATES = ["index"]
ARTICLE_SAVE_AS = ARTICLE_URL = "articles/{slug}.html"
CATEGORY_SAVE_AS = CATEGORY_URL = "summits/{slug}.html"
TAG_SAVE_AS = TAG_URL = "topics/{slug}.html"
AUTHOR_SAVE_AS = ""
THEME_STATIC_DIR = "."
STATIC_PATHS = []
FEED_ALL_ATOM = CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None
"""


def write_pelican(count: int, site: Path) -> None:
    """A summit is a category, a topic is a tag."""
    put(site / "pelicanconf.py", PELICAN_CONFIG)
    for article in articles(count):
        facts = (
            f"Title: {article.title}\nDate: {article.published}\nSlug: {article.id}\nSource: {article.source}\n"
            f"Category: {article.summit}\nTags: {', '.join(article.topics)}\n\n"
        )
        put(site / f"content/{article.id}.md", facts + article.body)
    put(site / "theme/static/style.css", STYLE)
    theme = site / "theme/templates"
    put(theme / "frame.html", frame("{% block title %}{% endblock %}", "{% block main %}{% endblock %}"))
    day, topics = '{{ article.date.strftime("%Y-%m-%d") }}', ("{% for topic in article.tags %}", "{% endfor %}")
    title, source = "{{ article.title }}", "{{ article.source }}"
    page = article_page(title, day, source, "{{ article.category }}", topics, "{{ article.content }}")
    put(theme / "article.html", _pelican(title, page))
    for name, title, pages in (
        ("category", "{{ category }}", "articles"),
        ("tag", "{{ tag }}", "articles"),
        ("index", "Latest", "articles[:50]"),
    ):
        loop = (f"{{% for article in {pages} %}}", "{% endfor %}")
        entries = list_page(title, loop, "/{{ article.url }}", "{{ article.title }}", day, source)
        put(theme / f"{name}.html", _pelican(title, entries))


def _pelican(title: str, main: str) -> str:
    return extending("frame.html", "title", title) + f"{{% block main %}}{main}{{% endblock %}}"


def pelican_command() -> Sequence[str]:
    """Its settings are in pelicanconf.py."""
    return [str(PYTHON / "bin/pelican"), "--quiet"]


PELICAN = Tool(
    "Pelican", LISTS, LISTS_DID, "pelican[markdown]", from_pip, write_pelican, pelican_command, ("out", "cache")
)
