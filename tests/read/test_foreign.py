"""Keys of other tools: each is led to the one that is meant here, or out of the file."""

import pytest

from briefing.diagnostics import Diagnostic
from briefing.model.article import Article
from briefing.model.base import Record
from briefing.model.claim import Claim
from briefing.model.config import Config
from briefing.model.entity import Organization, Person, Place
from briefing.model.measure import Measure
from briefing.model.summit import Summit
from briefing.model.topic import StandingPage, Topic
from briefing.read.records import to_record
from briefing.read.sources import SourceFile
from briefing.read.yaml_reader import read_yaml

MEANT = [
    (Article, "date", "published"),
    (Article, "publishDate", "published"),
    (Article, "Published", "published"),
    (Article, "lastmod", "updated"),
    (Article, "author", "authors"),
    (Article, "byline", "authors"),
    (Article, "description", "summary"),
    (Article, "lang", "language"),
    (Article, "source_url", "url"),
    (Article, "canonicalURL", "url"),
    (Article, "publisher", "source"),
    (Article, "redirect_from", "aliases"),
    (Article, "former_ids", "aliases"),
    (Article, "licence", "rights"),
    (Claim, "tags", "topics"),
    (Claim, "status", "history"),
    (Claim, "deadline", "due"),
    (Claim, "confidence", "likelihood"),
    (Claim, "speaker", "attribution"),
    (Claim, "highlight", "quote"),
    (Summit, "date", "start"),
    (Summit, "name", "title"),
    (Summit, "attendees", "participants"),
    (Person, "title", "name"),
    (Person, "aka", "aliases"),
    (Person, "position", "roles"),
    (Organization, "website", "url"),
    (Place, "tz", "timezone"),
    (Measure, "name", "label"),
    (Config, "baseURL", "base_url"),
    (Config, "url", "base_url"),
    (Config, "menu", "nav"),
    (Topic, "description", "summary"),
    (StandingPage, "date", "written"),
]
ADVICE = [
    (Article, "tags", "an article has no topics of its own: give them to its claims, in content/annotations/"),
    (Article, "categories", "an article has no topics of its own: give them to its claims, in content/annotations/"),
    (Article, "slug", "remove it: the name of the file makes the address, and `aliases` keep old ones"),
    (StandingPage, "permalink", "remove it: the name of the file makes the address, and `aliases` keep old ones"),
    (Article, "layout", "remove it: what pages look like is in templates/"),
    (Article, "cover", "show images in the text: `![what it shows](../media/x.jpg)`"),
    (Article, "status", "write `draft: true` to keep it out of the site, or remove it"),
]


def problems(model: type[Record], text: str) -> list[Diagnostic]:
    document, _ = read_yaml(SourceFile("file.yaml", text))
    return to_record(model, document, document.data)[1]


@pytest.mark.parametrize(("model", "key", "meant"), MEANT)
def test_a_key_of_another_tool_is_led_to_the_one_that_is_meant(model: type[Record], key: str, meant: str) -> None:
    found = problems(model, f"{key}: x\n")
    helps = [problem.help for problem in found if problem.code == "unknown-key"]
    assert helps == [f"write `{meant}`, as it is called here"]
    # That one is missing only because it is called otherwise.
    assert f"`{meant}` is missing" not in [problem.message for problem in found]


@pytest.mark.parametrize(("model", "key", "advice"), ADVICE)
def test_of_a_key_that_has_no_place_it_is_said_what_to_do(model: type[Record], key: str, advice: str) -> None:
    assert advice in [problem.help for problem in problems(model, f"{key}: x\n") if problem.code == "unknown-key"]


def test_a_key_that_is_there_under_both_names_is_to_be_removed() -> None:
    found = problems(Article, "title: T\nsource: x\npublished: 2025\ndate: 2025\n")
    assert [problem.help for problem in found] == ["remove it: `published` is there already"]


@pytest.mark.parametrize(("key", "help"), [("titel", "write `title`"), ("publishd", "write `published`")])
def test_a_slip_is_still_a_slip(key: str, help: str) -> None:
    found = problems(Article, f"{key}: x\n")
    assert [problem.help for problem in found if problem.code == "unknown-key"] == [help]
