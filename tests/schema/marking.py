"""What the language server marks in all files of some sites."""

from collections.abc import Sequence
from pathlib import Path

from click.testing import CliRunner

from briefing.cli import main
from briefing.schema.files import schema_files
from tests.schema.language_server import language_server
from tests.schema.sites import documents


def with_schemas(root: Path) -> Path:
    """A site, with its schemas written as they are now."""
    ended = CliRunner().invoke(main, ["-C", str(root), "schema"])
    assert ended.exit_code == 0, ended.output
    return root


def marked_in(root: Path, sites: Sequence[Path]) -> dict[str, list[str]]:
    """What is marked in each YAML file of sites in the folder `root`, one server for all."""
    schemas = {
        (site / f".briefing/schema/{file.name}.json").as_uri(): [f"{site.name}/{one}" for one in file.patterns]
        for site in map(with_schemas, sites)
        for file in schema_files()
    }
    files = {f"{of.name}/{path}": text for of in sites for path, _, text in documents(of) if path.endswith(".yaml")}
    with language_server(root, schemas) as server:
        return server.all_marks(files)
