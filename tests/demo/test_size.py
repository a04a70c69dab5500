"""What the demonstration has to span, counted from its YAML alone."""

from tests.demo.reading import Claim, claims, front_matter, registry

RESOLVED = {"fulfilled", "partly", "not-fulfilled", "overtaken", "superseded"}
MEETINGS = {
    "biden-kishida-2024-04": "2024-04-10",
    "ishiba-trump-2025-02": "2025-02-07",
    "trump-modi-2025-02": "2025-02-13",
    "trump-takaichi-2025-10": "2025-10-28",
    "trump-lee-2025-10": "2025-10-29",
    "trump-takaichi-2026-03": "2026-03-19",
}


def known_later(claim: Claim, refs: list[str]) -> bool:
    """Whether one of these was published after the claim."""
    return any(claims()[ref].published > claim.published for ref in refs)


def test_the_meetings_are_there_on_their_days() -> None:
    assert {id: summit["start"][:10] for id, summit in front_matter("summits").items()} == MEETINGS


def test_there_are_enough_articles_and_claims() -> None:
    assert len(front_matter("articles")) >= 16
    assert len(claims()) >= 120
    assert sum(claim.is_forward for claim in claims().values()) >= 60


def test_enough_claims_are_resolved_with_evidence_from_a_later_document() -> None:
    resolved = [
        claim.ref
        for claim in claims().values()
        if claim.is_forward and claim.status in RESOLVED and known_later(claim, claim.history[-1]["evidence"])
    ]
    assert len(resolved) >= 12


def test_there_are_enough_figures_on_enough_measures() -> None:
    measures = [claim.fields["figure"]["measure"] for claim in claims().values() if "figure" in claim.fields]
    assert len(measures) >= 20
    assert len(set(measures)) >= 8
    assert any(measures.count(measure) > 1 for measure in set(measures))


def test_there_are_enough_people_and_organizations_and_offices_have_dates() -> None:
    people = registry("people")
    assert len(people) + len(registry("organizations")) >= 25
    leaders = {
        participant["person"] for summit in front_matter("summits").values() for participant in summit["participants"]
    }
    for leader in leaders:
        assert any("start" in role for role in people[leader]["roles"]), leader
