"""What all the tools share: what a tool is, and the articles and the template that the peers are given."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus import TOPICS, Article

HERE = Path(__file__).parents[1]
ROOT = HERE.parents[1]
FOLDER = ROOT / ".bench"
PYTHON = FOLDER / "python"
NODE_MODULES = FOLDER / "node" / "node_modules"


@dataclass(frozen=True)
class Tool:
    """A static site generator. `work` says in a few words what it makes, `did` in full.

    `built` is what a build leaves in the folder of the site; the first is the output.
    """

    name: str
    work: str
    did: str
    package: str
    install: Callable[[str], str]  # to the version
    write: Callable[[int, Path], None]
    command: Callable[[], Sequence[str]]
    built: tuple[str, ...]


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


def extending(base: str, block: str, text: str) -> str:
    """A Jinja or Nunjucks template that fills one block of another."""
    return f'{{% extends "{base}" %}}{{% block {block} %}}{text}{{% endblock %}}'


LISTS = "articles and lists"
LISTS_DID = "articles, lists of articles and a home page; no claims, and so no pages of what rests on them"
