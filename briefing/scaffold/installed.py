"""Where this tool was installed from: its repository and the commit, where its installer has written that down."""

import json
import re
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, distribution

DISTRIBUTION = "briefing-desk"
_GITHUB = re.compile(r"(?:https://|ssh://git@)github\.com/([\w.-]+/[\w.-]+?)(?:\.git)?/?")
_COMMIT = re.compile(r"[0-9a-f]{40}")


@dataclass(frozen=True, slots=True)
class Origin:
    """A repository on GitHub, as `owner/name`, and a commit of it."""

    repository: str
    commit: str


def origin() -> Origin | None:
    """The origin of this installation; None if it came another way, or nobody knows."""
    try:
        return origin_of(distribution(DISTRIBUTION).read_text("direct_url.json") or "")
    except PackageNotFoundError:
        return None


def origin_of(record: str) -> Origin | None:
    """The origin that a record of a direct URL tells (PEP 610, `direct_url.json`)."""
    try:
        told = json.loads(record)
        found, commit = _GITHUB.fullmatch(told["url"]), told["vcs_info"]["commit_id"]
    except (ValueError, TypeError, KeyError):
        return None
    return Origin(found[1], commit) if found and _COMMIT.fullmatch(str(commit)) else None
