"""What the demonstration has to span, counted from its YAML alone."""

from pathlib import Path
from typing import Any

import yaml

CONTENT = Path(__file__).parents[2] / "content"
FORWARD = {"expectation", "proposal", "commitment"}
RESOLVED = {"fulfilled", "partly", "not-fulfilled", "overtaken", "superseded"}
MEETINGS = {
    "biden-kishida-2024-04": "2024-04-10",
    "ishiba-trump-2025-02": "2025-02-07",
    "trump-modi-2025-02": "2025-02-13",
    "trump-takaichi-2025-10": "2025-10-28",
    "trump-lee-2025-10": "2025-10-29",
    "trump-takaichi-2026-03": "2026-03-19",
}


def data(text: str) -> Any:
    return yaml.load(text, Loader=yaml.BaseLoader)


def facts(folder: str) -> dict[str, dict[str, Any]]:
    files = sorted((CONTENT / folder).glob("*.md"))
    return {file.stem: data(file.read_text(encoding="utf-8").split("---\n")[1]) for file in files}


def registry(name: str) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = data((CONTENT / f"{name}.yaml").read_text(encoding="utf-8"))
    return found


CLAIMS = {
    f"{file.stem}#{claim['id']}": claim
    for file in sorted((CONTENT / "annotations").glob("*.yaml"))
    for claim in data(file.read_text(encoding="utf-8"))["claims"]
}
ARTICLES = facts("articles")


def published(ref: str) -> str:
    return str(ARTICLES[ref.partition("#")[0]]["published"])[:10]


def test_the_meetings_are_there_on_their_days() -> None:
    assert {id: summit["start"][:10] for id, summit in facts("summits").items()} == MEETINGS


def test_there_are_enough_articles_and_claims() -> None:
    assert len(ARTICLES) >= 16
    assert len(CLAIMS) >= 120
    assert sum(claim.get("modality") in FORWARD for claim in CLAIMS.values()) >= 60


def test_enough_claims_are_resolved_with_evidence_from_a_later_document() -> None:
    resolved = [
        ref
        for ref, claim in CLAIMS.items()
        if claim.get("modality") in FORWARD
        and claim.get("history", [{"status": None}])[-1]["status"] in RESOLVED
        and any(published(evidence) > published(ref) for evidence in claim["history"][-1]["evidence"])
    ]
    assert len(resolved) >= 12


def test_there_are_enough_figures_on_enough_measures() -> None:
    measures = [claim["figure"]["measure"] for claim in CLAIMS.values() if "figure" in claim]
    assert len(measures) >= 20
    assert len(set(measures)) >= 8
    assert any(measures.count(measure) > 1 for measure in set(measures))


def test_there_are_enough_people_and_organizations_and_offices_have_dates() -> None:
    people = registry("people")
    assert len(people) + len(registry("organizations")) >= 25
    leaders = {participant["person"] for summit in facts("summits").values() for participant in summit["participants"]}
    for leader in leaders:
        assert any("start" in role for role in people[leader]["roles"]), leader
