"""Addresses back to files: where the record is written that a page, or a place in one, stands for."""

from briefing.diagnostics import Pointer
from briefing.model.addresses import FIGURES, FOLDERS
from briefing.model.registries import ENTITIES
from briefing.read.content import CONFIG, Content

_KINDS = {folder: kind for kind, folder in FOLDERS.items()}
_MEASURE = "measure_"


def record_place(content: Content, address: str) -> Pointer | None:
    """Where a record stands: a file with front matter, an entry of a registry, or a claim; None for lists and the like.

    A topic without a file stands in the configuration.
    """
    path, _, fragment = address.partition("#")
    if path == FIGURES and fragment:
        return _entry(content, "measures", fragment.removeprefix(_MEASURE))
    folder, slash, name = path.rpartition("/")
    kind, id = _KINDS.get(folder + slash, ""), name.removesuffix(".html")
    if kind in ENTITIES:
        return _entry(content, kind, id)
    if kind == "articles" and fragment:
        return _claim(content, id, fragment)
    if file := getattr(content, kind, {}).get(id):
        return Pointer(file.path)
    topics = content.config.topics if content.config else {}
    return Pointer(CONFIG, ("topics", id)) if kind == "topics" and id in topics else None


def _entry(content: Content, kind: str, id: str) -> Pointer | None:
    return Pointer(content.file_of(kind, id), (id,)) if f"{kind}/{id}" in content.files else None


def _claim(content: Content, article: str, id: str) -> Pointer | None:
    file = content.articles.get(article)
    claims = file.claims if file else ()
    index = next((one.index for one in claims if one.id == id), None)
    path = file.annotations if file else None
    return None if path is None or index is None else Pointer(path, ("claims", index))
