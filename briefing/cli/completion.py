"""What shells complete after commands: ids, told from the names of files and from one file at most."""

from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.shell_completion import CompletionItem

if TYPE_CHECKING:
    from briefing.read.layout import Layout


def claim_references(context: click.Context, _: click.Parameter, typed: str) -> list[CompletionItem]:
    """References of claims: of the articles' names up to the `#`, then of the one that is named."""
    article, mark, begun = typed.partition("#")
    if not mark:
        return [CompletionItem(f"{id}#") for id, _ in _layout(context).ids["annotations"] if id.startswith(article)]
    path = dict(_layout(context).ids["annotations"]).get(article)
    ids = _claims(_folder(context), path) if path else []
    return [CompletionItem(f"{article}#{id}") for id in ids if id.startswith(begun)]


def articles_apart(context: click.Context, _: click.Parameter, typed: str) -> list[CompletionItem]:
    """Ids of articles whose words are kept apart, as far as their files tell."""
    ids = {id for kind in ("texts", "anchors") for id, _ in _layout(context).ids[kind]}
    return [CompletionItem(id) for id in sorted(ids) if id.startswith(typed)]


def summits(context: click.Context, _: click.Parameter, typed: str) -> list[CompletionItem]:
    """Ids of summits."""
    return [CompletionItem(id) for id, _ in _layout(context).ids["summits"] if id.startswith(typed)]


def theme_names(_: click.Context, __: click.Parameter, typed: str) -> list[CompletionItem]:
    """Names of the files of the theme."""
    from briefing.read.overrides import theme_files

    return [CompletionItem(name) for name in theme_files() if name.startswith(typed)]


def own_names(context: click.Context, _: click.Parameter, typed: str) -> list[CompletionItem]:
    """Names of the site's own files of the theme."""
    from briefing.read.overrides import own_files

    return [CompletionItem(name) for name in own_files(_folder(context)) if name.startswith(typed)]


def _folder(context: click.Context) -> Path:
    """The folder of the site that is being typed about."""
    return Path(*context.find_root().params.get("folders") or ())


def _layout(context: click.Context) -> "Layout":
    from briefing.read.content import list_content

    return list_content(_folder(context)).layout


def _claims(root: Path, path: str) -> list[str]:
    """The ids of the claims in a file, as far as it can be read."""
    from briefing.read.annotations import derived_id
    from briefing.read.sources import SourceFile, read_source
    from briefing.read.yaml_reader import read_yaml

    source = read_source(root, path)
    data = read_yaml(source)[0].data if isinstance(source, SourceFile) else {}
    claims = data.get("claims") if isinstance(data, dict) else None
    found = []
    for claim in claims if isinstance(claims, list) else ():
        quote = claim.get("quote") if isinstance(claim, dict) else None
        words = quote.get("exact") if isinstance(quote, dict) else quote
        id = claim.get("id") if isinstance(claim, dict) else None
        if isinstance(id, str) or isinstance(words, str):
            found.append(id if isinstance(id, str) else derived_id(str(words)))
    return found
