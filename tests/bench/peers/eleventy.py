"""Eleventy: lists of summits and topics are paginations of one group a page."""

from collections.abc import Sequence
from pathlib import Path

from corpus import articles

from peers.installing import from_npm
from peers.tool import (
    LISTS,
    LISTS_DID,
    NODE_MODULES,
    STYLE,
    Tool,
    article_page,
    frame,
    front_matter,
    list_page,
    put,
)

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


ELEVENTY = Tool("Eleventy", LISTS, LISTS_DID, "@11ty/eleventy", from_npm, write_eleventy, eleventy_command, ("out",))
