"""Nikola: a summit is a category, a topic is a tag."""

from collections.abc import Sequence
from pathlib import Path

from corpus import articles

from peers.installing import from_pip
from peers.tool import LISTS, LISTS_DID, PYTHON, STYLE, Tool, article_page, extending, frame, list_page, put

NIKOLA_CONFIG = """BLOG_TITLE = BLOG_DESCRIPTION = "Generated site"
BLOG_AUTHOR = "Desk"
BLOG_EMAIL = "desk@example.org"
SITE_URL = "https://example.org/"
DEFAULT_LANG = "en"
TRANSLATIONS = {"en": ""}
NAVIGATION_LINKS = NAVIGATION_ALT_LINKS = {"en": ()}
TIMEZONE = "UTC"
THEME = "plain"
OUTPUT_FOLDER = "out"
POSTS = (("articles/*.md", "articles", "post.tmpl"),)
PAGES = ()
COMPILERS = {"markdown": (".md",)}
PRETTY_URLS = False
CATEGORY_PATH = "summits"
TAG_PATH = "topics"
CATEGORY_PREFIX = ""
CATEGORY_ALLOW_HIERARCHIES = CATEGORY_OUTPUT_FLAT_HIERARCHY = False
TAG_PAGES_ARE_INDEXES = CATEGORY_PAGES_ARE_INDEXES = False
INDEX_DISPLAY_POST_COUNT = 1_000_000
FILES_FOLDERS = {"files": ""}
IMAGE_FOLDERS = GALLERY_FOLDERS = LISTINGS_FOLDERS = {}
GENERATE_RSS = GENERATE_ATOM = USE_BUNDLES = SHOW_SOURCELINK = COPY_SOURCES = ENABLE_AUTHOR_PAGES = False
CREATE_MONTHLY_ARCHIVE = CREATE_SINGLE_ARCHIVE = CREATE_FULL_ARCHIVES = CREATE_DAILY_ARCHIVE = False
COMMENT_SYSTEM = COMMENT_SYSTEM_ID = LICENSE = CONTENT_FOOTER = ""
DISABLED_PLUGINS = [
    "classify_archive", "classify_authors", "classify_page_index", "copy_assets", "create_bundles", "gzip", "redirect",
    "render_authors", "render_galleries", "render_listings", "render_sources", "robots", "scale_images", "sitemap",
]
"""


def write_nikola(count: int, site: Path) -> None:
    """A summit is a category, a topic is a tag."""
    put(site / "conf.py", NIKOLA_CONFIG)
    put(site / "files/style.css", STYLE)
    for article in articles(count):
        facts = (
            f".. title: {article.title}\n.. slug: {article.id}\n.. date: {article.published} 00:00:00 UTC\n"
            f".. source: {article.source}\n.. category: {article.summit}\n.. tags: {', '.join(article.topics)}\n\n"
        )
        put(site / f"articles/{article.id}.md", facts + article.body)
    theme = site / "themes/plain"
    put(theme / "plain.theme", "[Theme]\nengine = jinja\nparent = base-jinja\n")
    put(theme / "templates/base.tmpl", frame("{{ title }}", "{% block content %}{% endblock %}"))
    page = article_page(
        "{{ post.title() }}",
        '{{ post.date.strftime("%Y-%m-%d") }}',
        '{{ post.meta("source") }}',
        '{{ post.meta("category") }}',
        ("{% for topic in post.tags %}", "{% endfor %}"),
        "{{ post.text() }}",
    )
    put(theme / "templates/post.tmpl", extending("base.tmpl", "content", page))
    for name, pages in (("tag", "posts"), ("list_post", "posts"), ("index", "posts[:50]")):
        entries = list_page(
            "{{ title }}",
            (f"{{% for post in {pages} %}}", "{% endfor %}"),
            "{{ post.permalink() }}",
            "{{ post.title() }}",
            '{{ post.date.strftime("%Y-%m-%d") }}',
            '{{ post.meta("source") }}',
        )
        put(theme / f"templates/{name}.tmpl", extending("base.tmpl", "content", entries))


def nikola_command() -> Sequence[str]:
    """Its settings are in conf.py."""
    return [str(PYTHON / "bin/nikola"), "build", "--quiet"]


NIKOLA_BUILT = ("out", "cache", ".doit.db", ".doit.db.db", ".doit.db.dat", ".doit.db.dir", ".doit.db.bak")
NIKOLA = Tool("Nikola", LISTS, LISTS_DID, "nikola", from_pip, write_nikola, nikola_command, NIKOLA_BUILT)
