"""What a change of an annotation file would make of the site: the mistakes that `check` would find anew."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from briefing.diagnostics import Diagnostic
from briefing.edit.refusal import Refused
from briefing.link.checks import Checks, check_records
from briefing.link.site import Site
from briefing.read.annotations import read_annotations
from briefing.read.articles import ArticleFile, ArticleHead, ArticleJob, ArticleRead, read_body
from briefing.read.content import Content
from briefing.read.sources import decode
from briefing.write.annotations import FOLDER


def annotations_of(job: ArticleJob) -> str:
    """The annotation file of an article: the one that is there, or the one to be made."""
    return job.annotations or f"{FOLDER}/{job.id}.yaml"


def refuse_mistakes(root: Path, site: Site, job: ArticleJob, before: bytes, after: bytes) -> list[Diagnostic]:
    """Refuse a change of an article's annotation file by which anything in the site would be wrong that was not.

    Returns the new warnings.
    """
    found = list(_problems(root, site, job, after))
    known = set(_problems(root, site, job, before)) if found else set()
    new = [problem for problem in found if problem not in known]
    for problem in new:
        if problem.severity == "error":
            raise Refused(problem.message, problem.help)
    return new


def _problems(root: Path, site: Site, job: ArticleJob, data: bytes) -> Iterator[Diagnostic]:
    path = annotations_of(job)
    content, source = site.content, decode(path, data)
    body = read_body(root, ArticleRead(job))
    if body.record is None:
        raise Refused(f"{job.path} has errors", "mend them first: `briefing check` tells them")
    annotations, _ = read_annotations(source, job.id, body.quoted, body.record, content.edition)
    yield from annotations.problems
    head = ArticleHead(job.id, job.path, body.record, path)
    file = ArticleFile(head, (*annotations.claims, *annotations.lost))
    others = content.articles.keys() - {job.id}
    yield from check_records(_with(content, file, annotations.known), site.config, Checks((), {}), others).all


def _with(content: Content, file: ArticleFile, claims: list[str]) -> Content:
    """The content with another state of an article."""
    of_claims = {ref for ref in content.known.get("claims", ()) if ref.partition("#")[0] != file.id}
    known = {**content.known, "claims": of_claims.union(claims)}
    return replace(content, articles={**content.articles, file.id: file}, known=known)
