"""The layout of `content/`: which file is what by its folder and its name, and where one belongs that nothing reads."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from briefing.diagnostics import Diagnostic, Location, Note
from briefing.model.ids import RULE, broken_rule, is_id, likely_id
from briefing.model.registries import REGISTRIES
from briefing.read.fonts import SUFFIXES as FONTS
from briefing.read.limits import IMAGES
from briefing.read.pages import PAGES
from briefing.read.records import nearest
from briefing.read.sources import no_address, read_bytes
from briefing.read.texts import SUFFIXES

MARKDOWN, YAML = ".md", ".yaml"
# What a file of each folder of content/ is called. Folders below these are the editor's, to keep order in.
ENDINGS: dict[str, tuple[str, ...]] = {
    "articles": (MARKDOWN,),
    "annotations": (YAML,),
    "texts": SUFFIXES,
    "anchors": (YAML,),
    "fonts": FONTS,
    **dict.fromkeys(PAGES, (MARKDOWN,)),
    **dict.fromkeys(REGISTRIES, (YAML,)),
}
WITH_IDS = ("articles", "annotations", "texts", "anchors", *PAGES)
# The folders of content/ that are read, and the files beside them.
NAMES = frozenset([*ENDINGS, "media", *(f"{kind}{YAML}" for kind in REGISTRIES)])
MEDIA = frozenset([*IMAGES, "csv", "pdf", "txt"])
# How others spell the endings.
_SPELLINGS = {
    MARKDOWN: (".md", ".markdown", ".mdown", ".mdwn", ".mkd", ".mkdn", ".mdtext"),
    YAML: (".yaml", ".yml"),
}


@dataclass(slots=True)
class Layout:
    """The files of `content/` by what they are: articles with what belongs to them, pages and registries by kind, and
    media by the addresses that they get.

    `ids` are pairs of id and file, of those kinds whose files have ids.
    """

    files: dict[str, list[str]] = field(default_factory=lambda: {kind: [] for kind in ENDINGS})
    ids: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    media: dict[str, str] = field(default_factory=dict)
    problems: list[Diagnostic] = field(default_factory=list)


def laid_out(root: Path, paths: Iterable[str]) -> Layout:
    """The layout of the files with these paths below `root`, in the order in which they are given."""
    layout = Layout()
    for path in paths:
        kind = _kind(path)
        if kind == "media" and _is_media(path):
            _add_media(layout, path)
        elif kind in ENDINGS and path.endswith(ENDINGS[kind]):
            layout.files[kind].append(path)
        else:
            layout.problems.append(_unread(root, path, kind))
    for kind in WITH_IDS:
        layout.ids[kind] = _ids(layout, kind)
    return layout


def _ids(layout: Layout, kind: str) -> list[tuple[str, str]]:
    """Ids from file names, with their files; what is no id, or is the id of two files, is a problem of the layout."""
    found: dict[str, str] = {}
    names = set(map(_name, layout.files[kind]))
    for path in layout.files[kind]:
        stem, dot, ending = _name(path).rpartition(".")
        id = unicodedata.normalize("NFC", stem)
        if not is_id(id):
            layout.problems.append(_no_id(path, id, dot + ending, names))
        elif id in found:
            note = Note("the other file is", Location(found[id]))
            message = f"two files have the id `{id}`"
            layout.problems.append(
                Diagnostic("output-collision", message, Location(path), "rename one of them", (note,))
            )
        else:
            found[id] = path
    return list(found.items())


def _kind(path: str) -> str:
    """The folder of content/ that a file is in; for a file beside them its name, as of a registry."""
    _, folder, *rest = path.split("/")
    return folder if rest else folder.removesuffix(YAML)


def _name(path: str) -> str:
    return path.rpartition("/")[2]


def _is_media(path: str) -> bool:
    """Whether a file may be published as it is: nothing that a browser would run on the site's own address."""
    return path.rpartition(".")[2].lower() in MEDIA


def _add_media(layout: Layout, path: str) -> None:
    """Keep a file, at its name in NFC: systems that write names in NFD give it the same address."""
    address = unicodedata.normalize("NFC", path.removeprefix("content/"))
    if problem := no_address(path):
        layout.problems.append(problem)
    elif first := layout.media.get(address):
        note = Note("the other file is", Location(first))
        message = f"two files want the address {address}"
        layout.problems.append(Diagnostic("output-collision", message, Location(path), "rename one of them", (note,)))
    else:
        layout.media[address] = path


def _no_id(path: str, id: str, ending: str, names: set[str]) -> Diagnostic:
    """What is wrong with the name of a file, and one that none of the others has."""
    help, meant = f"rename the file: {RULE}", likely_id(id)
    if meant is not None:
        free = (name for name in (f"{meant}{ending}", f"{meant}-2{ending}") if name not in names)
        help = next((f"rename the file to {name}" for name in free), help)
    return Diagnostic("bad-id", f"`{id}` cannot be an id: {broken_rule(id)}", Location(path), help)


def _unread(root: Path, path: str, kind: str) -> Diagnostic:
    """That nothing reads a file. One that is only spelled as others spell it is missed, so that is an error."""
    if (root / path).is_symlink() and isinstance(problem := read_bytes(root, path), Diagnostic):
        return problem
    meant = _spelled(path)
    if meant is not None:
        message = f"nothing reads files whose names end in `{PurePosixPath(path).suffix}`"
        is_taken = (root / meant).exists() and not (root / meant).samefile(root / path)
        help = f"join it with {meant}, or remove it" if is_taken else f"rename it to {meant}"
        return Diagnostic("unknown-file", message, Location(path), help)
    message = "nothing reads this file"
    return Diagnostic("unknown-file", message, Location(path), _where_to(path, kind), severity="warning")


def _spelled(path: str) -> str | None:
    """The name that a file should have whose ending is spelled otherwise: `x.markdown` is `x.md`."""
    whole = PurePosixPath(path)
    for ending, spellings in _SPELLINGS.items():
        if whole.suffix.lower() in spellings:
            meant = str(whole.with_suffix(ending))
            return meant if meant != path and ending in ENDINGS.get(_kind(meant), ()) else None
    return None


def _where_to(path: str, kind: str) -> str:
    """Where a file belongs that nothing reads."""
    folders = sorted([*(kind for kind in ENDINGS if kind != "fonts" or path.endswith(FONTS)), "media"])
    if kind == "media":
        return f"publish one of these types: {', '.join(sorted(MEDIA))}"
    if kind == "articles" and PurePosixPath(path).suffix.lower() in _SPELLINGS[YAML]:
        return f"move it to {PurePosixPath(path.replace('/articles/', '/annotations/', 1)).with_suffix(YAML)}"
    if kind == "annotations" and path.endswith(MARKDOWN):
        return f"move it to {path.replace('/annotations/', '/articles/', 1)}"
    if kind not in ENDINGS and (meant := nearest(kind.lower(), folders)):
        return f"rename {'the folder' if path.count('/') > 1 else 'it'} to content/{meant}{_ending_of(path)}"
    if path.endswith(MARKDOWN):
        return "move it to content/articles/, summits/, topics/ or pages/, or out of content/"
    return "move it to content/media/ if pages use it, or out of content/"


def _ending_of(path: str) -> str:
    return "/" if path.count("/") > 1 else PurePosixPath(path).suffix
