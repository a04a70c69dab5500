"""What docs/curating.md shows of an import is what an import does."""

from pathlib import Path

from tests.commands import REPOSITORY
from tests.docs.example import blocks_of
from tests.importing.desk import imported, only, site


def test_the_mail_of_the_document_becomes_the_file_of_the_document(tmp_path: Path) -> None:
    text = (REPOSITORY / "docs/curating.md").read_text(encoding="utf-8")
    section = text.partition("### Importing articles\n")[2].partition("\n### ")[0]
    files = {block.info: block.text for block in blocks_of(section)}
    root = site(tmp_path)
    (root / "inbox").mkdir()
    (root / "inbox/ferry.eml").write_text(files["inbox/ferry.eml"], encoding="utf-8")
    article = only(imported(root, "inbox/ferry.eml"))
    assert (root / article.path).read_text(encoding="utf-8") == files[article.path]
