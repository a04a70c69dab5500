"""The schemas of a site, kept as they should be."""

from pathlib import Path

from briefing.read.content import Content
from briefing.schema.files import schemas
from briefing.write.schemas import replace_schemas


def write_schemas(root: Path, content: Content) -> list[str]:
    """Write the schemas of a site with this content into its `.briefing/schema/`; the names of those files that were
    other ones before. EnvironmentProblem where that cannot be done."""
    return replace_schemas(root, schemas(content))
