"""The addresses of the desk, asked in any way: what is right is done, all else is refused with a reason."""

import json
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

from briefing.cli import main
from briefing.serve.marking import desk_routes
from tests.edit.served import write_site
from tests.outputs import tree
from tests.serve.serving import Here, answering

Tell = Callable[[str, Any], tuple[int, dict[str, Any]]]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_site(tmp_path_factory.mktemp("site"))


@pytest.fixture(scope="module")
def server(site: Path) -> Iterator[Here]:
    routes = desk_routes(lambda: datetime(2026, 3, 11, tzinfo=UTC))
    with answering(site, routes.posts) as here:
        here.server.routes = here.server.routes.__class__({**here.server.routes.gets, **routes.gets}, routes.posts)
        yield here


@pytest.fixture(scope="module")
def tell(server: Here) -> Tell:
    def told(name: str, body: Any) -> tuple[int, dict[str, Any]]:
        headers = {"Content-Type": "application/json", "X-Briefing-Token": server.server.token}
        answer = server.ask(f"/_briefing/desk/{name}", "POST", json.dumps(body).encode(), headers)
        return answer.status, json.loads(answer.body)

    return told


def choices(server: Here, article: str) -> dict[str, Any]:
    data = json.loads(server.ask(f"/_briefing/desk/choices?article={article}").body)
    assert isinstance(data, dict)
    return data


def test_a_claim_is_drafted_added_changed_and_taken_back(server: Here, tell: Tell, site: Path) -> None:
    """What the panel does, without it; the undo of one change at a time, the last first."""
    before = tree(site)
    status, drafted = tell("quote", {"article": "preview", "words": "likely to announce", "offset": 1})
    assert (status, drafted["claim"]["quote"], drafted["is_widened"]) == (200, "likely to announce", False)
    claim = {**drafted["claim"], "topics": ["energy"], "id": "gas"}
    status, added = tell("add", {"article": "preview", "seen": drafted["seen"], "claim": claim})
    assert status == 200, added
    entry = {"status": "in-progress", "on": "2026-03-07", "why": "So.", "evidence": ["communique#concluded"]}
    status, moved = tell("status", {"article": "preview", "seen": added["seen"], "claim": "gas", "entry": entry})
    assert status == 200, moved
    status, said = tell(
        "fields", {"article": "preview", "seen": moved["seen"], "claim": "gas", "fields": {"text": "It is: so."}}
    )
    assert status == 200, said
    found = yaml.safe_load((site / "content/annotations/preview.yaml").read_text())["claims"][-1]
    assert (found["text"], found["history"][0]["status"]) == ("It is: so.", "in-progress")
    assert choices(server, "preview")["claims"]["gas"]["status"] == "in-progress"
    assert tell("undo", {"undo": added["undo"]})[0] == 409
    for change in (said, moved, added):
        assert tell("undo", {"undo": change["undo"]})[0] == 200
        assert tell("undo", {"undo": change["undo"]})[0] == 409
    assert tree(site) == before


def claim(**fields: Any) -> dict[str, Any]:
    return {"quote": "likely to announce", "topics": ["energy"], **fields}


ENTRY = {"status": "fulfilled", "on": "2026-03-07", "why": "So.", "evidence": ["communique#concluded"]}


@pytest.mark.parametrize(
    ("name", "body", "told"),
    [
        ("add", {"claim": claim(quote="words of nobody")}, "quote is not in the article"),
        ("add", {"claim": claim(quote="natural gas")}, "quote stands 3 times"),
        ("add", {"claim": claim(quote="")}, "quote has no words"),
        ("add", {"claim": claim(topics=["sports"])}, "there is no topic `sports`"),
        ("add", {"claim": claim(topics=[])}, "`topics` is missing"),
        ("add", {"claim": claim(topics="energy")}, "`topics` is text"),
        ("add", {"claim": claim(mood="bad")}, "`mood` is not a known key"),
        ("add", {"claim": claim(id="on-friday")}, "is used in"),
        ("add", {"claim": claim(about=["nobody"])}, "source `nobody`"),
        ("add", {"claim": claim(text="a\u202eb")}, "U+202E"),
        ("add", {"claim": claim(text={"a": [1, None, {"b": {}}]})}, "`text`"),
        ("add", {"claim": claim(recorded="2026-02-30")}, "2026-02-30"),
        ("add", {"claim": ["no", "mapping"]}, "`claim` is missing"),
        ("add", {"claim": claim(), "seen": "another"}, "was changed since"),
        ("add", {"claim": claim(), "article": "nothing"}, "there is no article"),
        ("add", {"claim": claim(), "article": "../../config"}, "there is no article"),
        ("add", {"claim": claim(), "article": 5}, "`article` is missing"),
        ("add", {"claim": claim(text="half \ud800")}, "cannot be written in a file"),
        ("add", {"claim": claim(text=json.loads("[" * 900 + "]" * 900))}, ""),
        ("status", {"claim": "on-friday", "entry": {**ENTRY, "status": "confirmed"}}, "cannot be the status"),
        ("status", {"claim": "on-friday", "entry": {**ENTRY, "evidence": []}}, "names no evidence"),
        ("status", {"claim": "on-friday", "entry": {**ENTRY, "evidence": ["preview#joint-exercise"]}}, "cannot show"),
        ("status", {"claim": "on-friday", "entry": {**ENTRY, "on": "2026-03-06"}}, ""),
        ("status", {"claim": "on-friday", "entry": {**ENTRY, "evidence": ["a#b"]}}, "there is no claim `a#b`"),
        ("status", {"claim": "nothing", "entry": ENTRY}, "no claim is called `nothing`"),
        ("fields", {"claim": "on-friday", "fields": {"text": "Brandt will receive Vale on Friday. "}}, "is different"),
        ("fields", {"claim": "on-friday", "fields": {"topics": ["sports"]}}, "there is no topic `sports`"),
        ("fields", {"claim": "on-friday", "fields": {"summit": "nowhere"}}, "there is no summit `nowhere`"),
        ("fields", {"claim": "on-friday", "fields": {"due": ""}}, "`due` cannot be changed"),
        ("fields", {"claim": "on-friday", "fields": {"attribution": [{"by": "nobody"}]}}, "`nobody`"),
        ("fields", {"claim": "on-friday", "fields": {"id": "x"}}, "`id` of a claim is not changed here"),
        ("fields", {"claim": "on-friday"}, "`fields` is missing"),
        ("quote", {"words": "—"}, "no words are selected"),
        ("quote", {"words": "x" * 20_000}, "more than 10,000 characters"),
        ("quote", {"words": "likely to sing", "offset": "x"}, "do not stand together"),
        ("yaml", {"claim": {"quote": "x", "x": "y"}}, "`x` is not a known key"),
        ("undo", {"undo": "x"}, "not known any more"),
    ],
)
def test_what_cannot_be_done_is_refused(
    server: Here, tell: Tell, site: Path, name: str, body: Mapping[str, Any], told: str
) -> None:
    """In the words of `check` where it is a mistake; nothing is written."""
    before = tree(site)
    seen = choices(server, "preview")["seen"]
    status, answer = tell(name, {"article": "preview", "seen": seen, **body})
    assert status == 409
    assert told in answer["message"]
    assert answer["help"]
    assert tree(site) == before


def test_a_text_that_is_not_here_cannot_be_marked_in(server: Here, tell: Tell, site: Path) -> None:
    """Its claims can have statuses all the same."""
    text = site / "content/texts/apart.md"
    words = text.read_bytes()
    text.unlink()
    server.site.changed(["content/texts/apart.md"])
    status, answer = tell("quote", {"article": "apart", "words": "gas"})
    text.write_bytes(words)
    server.site.changed(["content/texts/apart.md"])
    assert (status, answer["message"]) == (409, "the text of this article is kept apart and is not here")


def test_suggestions_are_those_of_the_command(server: Here, site: Path) -> None:
    """The likely ones first and as they stand there; the words are the article's, at the place that is told."""
    told = json.loads(server.ask("/_briefing/desk/hints?article=preview").body)
    ended = CliRunner().invoke(
        main, ["-C", str(site), "suggest", "preview", "--format", "json"], catch_exceptions=False
    )
    wanted = [one["claim"] for one in json.loads(ended.output)["suggestions"]]
    likely = [one for one in told["suggestions"] if one["is_likely"]]
    assert [{**one["claim"], "id": None} for one in likely] == [{**one, "id": None} for one in wanted]
    assert told["suggestions"][: len(likely)] == likely
    assert told["seen"] == choices(server, "preview")["seen"]
    text = "".join((site / "content/articles/preview.md").read_text().split("---\n", 2)[2].split())
    for one in likely:
        words = "".join(one["words"].split())
        assert words in text.replace("*", "").replace("[^who]", "").replace(
            "[Meridian](https://meridian.example/)", "Meridian"
        )
        assert one["claim"]["draft"] is True
    assert likely[0]["offset"] < likely[-1]["offset"]


def test_a_mistake_elsewhere_keeps_nobody_from_marking(server: Here, tell: Tell, site: Path) -> None:
    """Nor one in the file itself, if what is added is right."""
    other = site / "content/annotations/communique.yaml"
    right = other.read_bytes()
    other.write_bytes(right.replace(b"The two governments", b"Three governments"))
    server.site.changed(["content/annotations/communique.yaml"])
    before = tree(site)
    for article, quote in (("preview", "likely to announce"), ("communique", "concluded a contract")):
        seen = choices(server, article)["seen"]
        claim = {"quote": quote, "topics": ["energy"]}
        status, added = tell("add", {"article": article, "seen": seen, "claim": claim})
        assert status == 200, added
        assert tell("undo", {"undo": added["undo"]})[0] == 200
    assert tree(site) == before
    other.write_bytes(right)
    server.site.changed(["content/annotations/communique.yaml"])


def test_evidence_is_what_can_show_the_status(server: Here) -> None:
    """Of another article that is not older, of a kind that shows it, and with the words that were typed."""

    def offered(modality: str, status: str, words: str) -> list[str]:
        query = f"article=preview&modality={modality}&status={status}&words={words}"
        return [one["ref"] for one in json.loads(server.ask(f"/_briefing/desk/evidence?{query}").body)]

    assert offered("expectation", "fulfilled", "gas%20concluded") == ["communique#concluded"]
    assert offered("expectation", "fulfilled", "steel") == []
    assert offered("expectation", "", "") == ["communique#concluded"]
