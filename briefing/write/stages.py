"""What a build makes its files for: a stage, from which they come into the output, or nowhere."""

from collections.abc import Callable, Mapping
from typing import Protocol

from briefing.write.ownership import digest as digest_of


class Stage(Protocol):
    """Where the files of the new site go."""

    def add(self, path: str, data: bytes) -> str:
        """Put a file there, and give its SHA-256."""

    def there(self, files: Mapping[str, str]) -> set[str]:
        """The paths of those files that are there with their SHA-256."""

    def keep(self, path: str, digest: str) -> None:
        """Leave a file, which is there with that SHA-256, as it is."""

    def change(self, path: str, known: str, changed: Callable[[bytes], bytes]) -> str:
        """Put there what is made of a file that is there with that SHA-256, and give its own."""


class Nowhere:
    """For commands that write nothing: what would be put there, with its SHA-256."""

    def __init__(self) -> None:
        self.files: dict[str, str] = {}

    def add(self, path: str, data: bytes) -> str:
        """Note a file."""
        self.files[path] = of_data = digest_of(data)
        return of_data

    def there(self, files: Mapping[str, str]) -> set[str]:
        """Any file is taken to be there."""
        return set(files)

    def keep(self, path: str, digest: str) -> None:
        """Note a file, as if it were there."""
        self.files[path] = digest

    def change(self, path: str, known: str, changed: Callable[[bytes], bytes]) -> str:
        """Note a file, as if it were there and needed no change."""
        self.files[path] = known
        return known
