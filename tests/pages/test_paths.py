"""Where a page may be is known without planning: from how the paths of a section begin."""

from typing import Any

import pytest

from briefing.link.lists import Lists
from briefing.pages import archive, data, figures, timeline, voice_index
from briefing.pages.page import Section
from briefing.pages.plan import plan, sections_for
from briefing.request import Request
from briefing.resident import Resident
from tests.sites.rich import write_rich_site


@pytest.fixture(scope="module")
def resident(tmp_path_factory: pytest.TempPathFactory) -> Resident:
    return Resident(Request(write_rich_site(tmp_path_factory.mktemp("rich")), base_url="https://desk.example/"))


def test_every_page_is_found_in_its_section(resident: Resident, monkeypatch: pytest.MonkeyPatch) -> None:
    """Those of long lists too, of which there is one for every year here."""
    for module, name in ((archive, "NEWEST"), (figures, "LONGEST"), (figures, "VALUES_SHOWN"), (timeline, "LATEST")):
        monkeypatch.setattr(module, name, 0)
    monkeypatch.setattr(voice_index, "MOST_WITHOUT_LETTERS", 0)
    monkeypatch.setattr(data, "LARGE", 0)
    assert resident.site is not None
    lists, count = Lists(resident.site), 0
    for section in plan(lists).values():
        for page in section.planned():
            assert section.name in [one.name for _, one in sections_for(lists, page.path)], page.path
            count += 1
    assert count > 200


@pytest.mark.parametrize("path", ["articles/none.html", "none.html", "favicon.ico", "summits/none/index.html"])
def test_nothing_is_planned_to_know_that_nothing_is_there(
    resident: Resident, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    planned: list[str] = []

    def noted(section: "Section[Any]") -> list[Any]:
        planned.append(section.name)
        return []

    monkeypatch.setattr(Section, "planned", noted)
    assert resident.page(path) is None
    assert planned == []
