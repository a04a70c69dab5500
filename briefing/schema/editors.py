"""How editors are told of the schemas."""

from briefing.schema.files import SchemaFile, schema_files
from briefing.write.schemas import FOLDER

EXTENSION = "redhat.vscode-yaml"


def vscode_settings() -> dict[str, object]:
    """The settings of VS Code for a site whose folder is opened in it. Its formatter would rewrite every file."""
    schemas = {f"./{FOLDER}/{file.name}.json": list(file.patterns) for file in schema_files() if file.patterns}
    return {"yaml.schemas": schemas, "yaml.format.enable": False}


def modeline(file: SchemaFile, folders: int) -> str:
    """The first line of a file so many folders below that of the site, for other editors with the same server."""
    return f"# yaml-language-server: $schema={'../' * folders}{FOLDER}/{file.name}.json"
