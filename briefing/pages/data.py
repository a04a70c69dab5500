"""Data: the records as tables, CSV and JSON, with what describes and cites them."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from itertools import groupby
from typing import Any

from briefing.link.changes import ArticleCorrected, Change, ClaimsAdded, FigureRevised, StatusMoved, changes_of
from briefing.link.lists import Lists
from briefing.link.site import LinkedArticle, LinkedClaim, Site
from briefing.machines.records import Naming, Sheet, sheets_of, with_more
from briefing.machines.tables import Column, Layout, Row, as_csv, as_json, package
from briefing.model.addresses import page_path
from briefing.model.article import Article
from briefing.model.base import Record
from briefing.model.claim import Claim
from briefing.model.config import Config
from briefing.model.digests import digest, joined
from briefing.model.registries import REGISTRIES
from briefing.model.summit import Summit
from briefing.pages.page import File, Section
from briefing.read.content import CONFIG

# Where its sections stand in the plan, and the addresses that are no record's.
WEIGHT = 130
PATHS = ("data/",)

# With more claims than this the tables of claims and articles have a file for each year.
LARGE = 5000
_NAMING = Naming(
    {
        "claims.history": "history",
        "history.evidence": "evidence",
        "claims.relations": "relations",
        "claims.attribution": "attributions",
        "claims.figure": "figures",
    },
    frozenset(["figure"]),
    frozenset(["draft", "lead", "exclude", "quotes"]),
)
