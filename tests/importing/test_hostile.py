"""Pages and texts made to be slow or deep: an article or a reason, in seconds, and never a traceback."""

import time
from pathlib import Path

import pytest

from tests.importing.desk import imported, site

pytestmark = pytest.mark.slow

P = "<p>The ferry between Port Sel and Valdor City will sail again from Monday, after fourteen months of repair.</p>"
REPORT = '{"@type":"Report","name":"x"},'
PAGES = {
    "elements in each other": "<html><body>" + "<div>" * 9_000 + P * 3,
    "marks in each other": "<html><body><p>" + "<b>" * 20_000 + "words " * 200,
    "quotations in each other": "<html><body><article>" + P * 3 + "<blockquote>" * 3_000 + P * 3,
    "lists in each other": "<html><body><article>" + P * 3 + "<ul><li>x" * 3_000 + P * 3,
    "a tag with attributes": "<html><body><p " + " ".join(f"a{number}=1" for number in range(50_000)) + ">" + P * 3,
    "links without end": "<html><body><article>" + P * 3 + "<a href=x>y</a> " * 50_000,
    "comments that do not end": "<!--" * 20_000,
    "tags that do not end": "<meta " * 200_000,
    "brackets of JSON": "<script type='application/ld+json'>" + "[" * 100_000 + "</script><article>" + P * 3,
    "articles of JSON": f"<script type='application/ld+json'>[{REPORT * 9_000}0]</script>{P}",
    "marks of Markdown": "<html><body><article>" + P + "<p>" + "*_`[<" * 10_000 + "</p>" + P,
    "marks piled on a letter": "<html><body><article>" + P * 3 + "<p>a" + "\u0301" * 5_000,
    "a title of dashes": "<title>" + "a - " * 30_000 + "</title><article>" + P * 3,
    "items without end": "- a\n" * 30_000,
    "quotations of mails": "> " * 5_000 + "some words of a mail\n\nand more\n",
    "headers of a mail": "From: a\nSubject: b\n\n" + "> " * 3_000 + "words here are more than five of them\n",
    "fields of front matter": "---\n" + "a: {" * 5_000 + "\n---\nText\n",
}  # fmt: skip


@pytest.mark.parametrize("what", PAGES)
def test_what_is_made_to_harm_is_imported_or_refused_in_seconds(what: str, tmp_path: Path) -> None:
    begun = time.process_time()
    run = imported(site(tmp_path), "-", data=PAGES[what].encode())
    errors = [problem for problem in run.problems if problem.severity == "error"]
    assert len(run.imported) + len(errors) == 1
    assert all(problem.help for problem in errors)
    assert time.process_time() - begun < 20
