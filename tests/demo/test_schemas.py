"""No file of the demonstration is marked by its schemas."""

from tests.commands import REPOSITORY
from tests.schema.sites import Schemas, documents


def test_no_file_of_the_demonstration_is_marked() -> None:
    schemas, files = Schemas(REPOSITORY), list(documents(REPOSITORY))
    assert len(files) > 50
    assert {path: wrong for path, name, text in files if (wrong := schemas.wrong(name, text))} == {}
