"""Edits at random come to every field: a new one of a record needs a value here, or an edit of its own."""

from collections.abc import Collection

import pytest

from briefing.model.article import Article
from briefing.model.base import Record, fields_of
from briefing.model.claim import Claim
from briefing.model.config import Config
from briefing.model.entity import Organization, Person, Place, Source
from briefing.model.measure import Measure
from briefing.model.summit import Summit
from briefing.model.topic import StandingPage, Topic
from tests.edits.fieldvalues import ARTICLE, CLAIM, CONFIG, ENTITY, MEASURE, ONLY_FOR, PAGE, SUMMIT, TOPIC

# The values of a record's fields, and the fields that edits of their own change (tests/edits/catalogue.py).
TABLES: dict[type[Record], tuple[Collection[str], set[str]]] = {
    Claim: (CLAIM, {"id", "quote", "modality", "history"}),
    Article: (ARTICLE, {"text"}),
    Summit: (SUMMIT, set()),
    Topic: (TOPIC, set()),
    StandingPage: (PAGE, set()),
    Measure: (MEASURE, {"currency"}),
    Person: ([*ENTITY, *ONLY_FOR["people"]], set()),
    Organization: ([*ENTITY, *ONLY_FOR["organizations"]], set()),
    Place: ([*ENTITY, *ONLY_FOR["places"]], set()),
    Source: ([*ENTITY, *ONLY_FOR["sources"]], set()),
    Config: (CONFIG, set()),
}


@pytest.mark.parametrize("record", TABLES, ids=lambda record: record.__name__)
def test_every_field_of_a_record_is_edited(record: type[Record]) -> None:
    values, others = TABLES[record]
    keys = {field.alias or name for name, field in fields_of(record).items()}
    assert set(values) | others == keys
