"""`make docs`: the documents are as it writes them, and it keeps what people have written."""

import pytest

from tests.docs import generate
from tests.docs.views import ROOT
from tests.golden import Golden

TABLE = """Fields of a claim:

| field | value | default | meaning |
|---|---|---|---|
| `quote` | text, or a mapping | required | the *exact* words |
| `mood` | text | none | what is gone |
| `topics` | list of ids | none | what it is about |

Fields of a quote:

| field | value | default | meaning |
|---|---|---|---|
| `exact` | text | required | the words |
"""
ROWS = {
    "`quote`": ["`quote`", "mapping", "required", "the exact words of the article"],
    "`due`": ["`due`", "date", "none", "when it should have come true"],
    "`topics`": ["`topics`", "list of text", "required", "topics"],
}


@pytest.mark.parametrize("path", [generate.CURATING, generate.THEMING, generate.COMMANDS])
def test_a_document_is_as_make_docs_writes_it(path: str, golden: Golden) -> None:
    golden.files(ROOT, {path: (ROOT / path).read_text(encoding="utf-8")}, {path: generate.documents()[path]})


def test_rows_are_added_in_their_place_and_those_of_what_is_gone_go_but_words_of_people_stay() -> None:
    seen = generate.with_table(TABLE, "Fields of a claim:", ROWS, lambda old, new: [*old[:2], new[2], *old[3:]])
    before, _, rest = TABLE.partition("| `mood`")
    assert seen == (
        before
        + "| `due` | date | none | when it should have come true |\n"
        + "| `topics` | list of ids | required | what it is about |\n"
        + rest.partition("what it is about |\n")[2]
    )


def test_a_template_without_a_section_gets_one_in_its_place_which_is_to_be_put_into_words() -> None:
    text = "## The templates\n\n### a.html\n\nA.\n\n### c.html\n\nC.\n\n## The views\n"
    seen = generate.with_section(text, "b.html")
    assert seen == text.replace("### c", "### b.html\n\n| name | type | what |\n|---|---|---|\n\n### c")
    assert generate.with_section(seen, "b.html") == seen
    assert generate.with_section(text, "d.html").endswith(
        "### d.html\n\n| name | type | what |\n|---|---|---|\n\n## The views\n"
    )


def test_what_stands_between_marks_is_written_anew_and_nothing_else() -> None:
    text = "before\n<!-- begin: help -->\nold\n<!-- end: help -->\nafter\n"
    seen = "before\n<!-- begin: help -->\n\nnew\n<!-- end: help -->\nafter\n"
    assert generate.between(text, "help", "new") == seen
    assert generate.between(seen, "help", "new") == seen
