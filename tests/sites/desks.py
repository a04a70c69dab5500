"""Small sites made of values: articles with claims, linked in memory or built, for the tests of the desk's memory."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import yaml

from briefing.build import Request, build
from briefing.link.checks import check_records
from briefing.link.site import Site, link
from briefing.read.content import read_content
from briefing.views.claims import ClaimView, claim_view
from tests.sites.wording import theme_words

SOURCES = ("gazette", "harbor-radio", "kyodo", "meridian", "wire")


@dataclass(frozen=True)
class Paper:
    """An article: its claims by id, each with its fields; every claim has words of its own in the text."""

    published: str
    claims: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    source: str = "gazette"


def words_of(claim: str) -> str:
    return f"the claim {claim} ends"


def write_desk(folder: Path, papers: Mapping[str, Paper], more: Mapping[str, str] | None = None) -> Path:
    """Write a site; `more` has further files by path."""
    files = {
        "config.yaml": "title: Desk\n",
        "content/sources.yaml": "".join(f"{id}: {{name: {id.replace('-', ' ').title()}}}\n" for id in SOURCES),
        "content/people.yaml": "brandt: {name: Ilse Brandt, roles: [{post: Prime Minister}]}\n",
        "content/measures.yaml": "gas: {label: Gas, unit: cubic meters}\nmoney: {label: Money, currency: USD}\n",
    }
    for id, paper in papers.items():
        head = f"---\ntitle: About {id}\nsource: {paper.source}\npublished: {paper.published}\n---\n\n"
        files[f"content/articles/{id}.md"] = (
            head + " ".join(f"Here {words_of(claim)}." for claim in paper.claims) + "\n"
        )
        claims = [
            {"id": claim, "quote": words_of(claim), "topics": ["trade"], **fields}
            for claim, fields in paper.claims.items()
        ]
        files[f"content/annotations/{id}.yaml"] = yaml.safe_dump({"claims": claims}, allow_unicode=True)
    for path, text in {**files, **(more or {})}.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    return folder


def linked(folder: Path, papers: Mapping[str, Paper], more: Mapping[str, str] | None = None) -> Site:
    """The linked site, which must be without fault."""
    content, problems = read_content(write_desk(folder, papers, more))
    assert [str(problem) for problem in problems] == []
    assert content.config is not None
    wrong = check_records(content, content.config).all
    assert [problem for problem in wrong if problem.severity == "error"] == []
    return link(content, content.config, words=theme_words())


def view_of(site: Site, ref: str) -> ClaimView:
    """A claim as templates see it."""
    claim = site.claims[ref]
    return claim_view(claim)


def built(folder: Path, papers: Mapping[str, Paper], more: Mapping[str, str] | None = None) -> Path:
    """The output of a build, which must be without fault."""
    run = build(Request(write_desk(folder, papers, more)), folder / "site")
    if run.failed:  # the run itself is too large to be shown
        pytest.fail("\n".join(problem.message for problem in run.problems))
    return folder / "site"
