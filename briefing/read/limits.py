"""How much a file may hold, by what it is; and what to do about one that holds more."""

from typing import NamedTuple

MIB = 1024 * 1024
MAX_DEPTH = 32
IMAGES = ("avif", "gif", "jpeg", "jpg", "png", "webp")


class Limit(NamedTuple):
    """At most so many MiB and, in YAML, so many values; and how to mend more of it."""

    mib: int
    values: int
    help: str


# A registry of 20,000 entries with a few facts each has 2 MiB and 300,000 values, and is read in seconds.
_REGISTRY_MIB, _REGISTRY_VALUES = 4, 500_000
_MEDIA_MIB = 10
# A million addresses.
_URLS_MIB = 64
# Fonts of Chinese and Japanese have 5 to 20.
_FONT_MIB = 32
_MIB, _VALUES = 1, 50_000


def limit_of(path: str) -> Limit:
    """The limit of the file at a path below the folder of the site."""
    # Records bring pydantic, which a build that finds nothing changed does without.
    from briefing.model.registries import REGISTRIES

    if path == "urls.json":
        return Limit(_URLS_MIB, _VALUES, "put back the file that `briefing urls accept` wrote")
    folder = path.removeprefix("content/").partition("/")[0]
    ending = path.rpartition(".")[2].lower()
    if path.startswith("content/fonts/"):
        return Limit(_FONT_MIB, _VALUES, "use one with fewer characters")
    if path.startswith(("content/media/", "templates/assets/")):
        return _of_published(ending)
    if not path.startswith("content/"):
        return Limit(_MIB, _VALUES, "make it smaller")
    if folder.removesuffix(".yaml") in REGISTRIES:
        folder = folder.removesuffix(".yaml")
        help = f"split it into several files of a folder: content/{folder}/a-m.yaml, content/{folder}/n-z.yaml"
        return Limit(_REGISTRY_MIB, _REGISTRY_VALUES, help)
    if folder == "annotations":
        return Limit(_MIB, _VALUES, "split its article into several, and the claims with it")
    return Limit(_MIB, _VALUES, "split it into several smaller files")


def _of_published(ending: str) -> Limit:
    """Files that readers get as they are."""
    if ending in IMAGES:
        return Limit(_MEDIA_MIB, _VALUES, "save the image smaller: with fewer pixels, or as WebP or JPEG")
    return Limit(_MEDIA_MIB, _VALUES, "publish a smaller file, or link to where it stands")
