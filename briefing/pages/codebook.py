"""The page of the data: which tables there are, where their files stand, and what their columns say."""

from briefing.machines.catalog import by_article, layouts
from briefing.machines.tables import Layout
from briefing.model.config import License
from briefing.model.frozen import frozen
from briefing.pages.page import Context
from briefing.views.phrases import unmarked
from briefing.views.values import LinkView


def file_name(table: str, period: str, ending: str) -> str:
    """The path of a table, or of its rows of a period."""
    return f"data/{table}-{period}.{ending}" if period else f"data/{table}.{ending}"


@frozen
class ColumnView:
    """A column of a table: the type of its cells in the words of Table Schema, what it says, which values it can have
    where they are counted, and the column of another table in which its own are found."""

    name: str
    type: str
    description: str
    values: tuple[str, ...]
    leads_to: str | None


@frozen
class TableView:
    """A table of the data: what it is of, its files, its columns, and those that tell its rows apart."""

    name: str
    description: str
    files: tuple[LinkView, ...]
    columns: tuple[ColumnView, ...]
    key: tuple[str, ...]


def codebook(periods: tuple[str, ...], endings: tuple[str, ...], license: License | None, is_citable: bool) -> Context:
    """What the page of the data shows."""
    return {
        "tables": tuple(_table(layout, periods, endings) for layout in layouts().values()),
        "is_citable": is_citable,
        "license": license.name if license else None,
        "license_url": license.url if license else None,
    }


def _table(layout: Layout, periods: tuple[str, ...], endings: tuple[str, ...]) -> TableView:
    name = layout.name
    of = periods if name in by_article() else ("",)
    files = [
        LinkView(unmarked(f"{period} {ending.upper()}".strip()), file_name(name, period, ending))
        for period in of
        for ending in endings
    ]
    leads = {key.columns[-1]: f"{key.table}.{key.names[-1]}" for key in layout.leads}
    columns = [
        ColumnView(column.name, column.type, column.description, column.values, leads.get(column.name))
        for column in layout.columns
    ]
    return TableView(name, layout.description, tuple(files), tuple(columns), layout.key)
