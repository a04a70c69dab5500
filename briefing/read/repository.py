"""Where a site is in its repository."""

import os
from pathlib import Path


def folder_in_repository(root: Path) -> str:
    """What stands before the paths of a site in those of its repository, such as `desk/`: the folder with a `.git` that
    is nearest above; without one, what the service that runs the command names; else the site's own."""
    site = root.resolve()
    found = next((folder for folder in (site, *site.parents) if os.path.lexists(folder / ".git")), None)
    named = os.environ.get("GITHUB_WORKSPACE")
    if found is None and named and site.is_relative_to(Path(named).resolve()):
        found = Path(named).resolve()
    inside = site.relative_to(found or site).as_posix()
    return "" if inside == "." else f"{inside}/"
