"""The files of a new site: those of `files/`, with its title, its language and where the tool came from."""

from pathlib import Path

from briefing.characters import FORBIDDEN
from briefing.edit.blocks import scalar
from briefing.edit.refusal import Refused
from briefing.model.config import Config
from briefing.read.content import CONFIG
from briefing.read.records import to_record
from briefing.read.sources import SourceFile
from briefing.read.theme import default_theme
from briefing.read.yaml_reader import read_yaml
from briefing.scaffold.installed import Origin

FILES = Path(__file__).parent / "files"
# Names that would be hidden, and not found by whoever looks here: `dot-gitignore` is `.gitignore`.
_DOT = "dot-"
WORKFLOW = ".github/workflows/site.yml"
# What stands in the workflow, as in the documents, where nobody knows the tool's own repository.
_REPOSITORY, _COMMIT = "OWNER/briefing", "FULL_COMMIT_ID"


def new_site(title: str, language: str, origin: Origin | None) -> dict[str, bytes]:
    """The files of a site by their paths in it. `Refused` where the title or the language cannot be one."""
    if "\n" in title or FORBIDDEN.search(title):
        raise Refused("the title holds a character that cannot be seen", "leave it out")
    texts = {_path(file): file.read_text(encoding="utf-8") for file in sorted(FILES.rglob("*")) if file.is_file()}
    config = texts[CONFIG].replace("SITE_TITLE", scalar(title)).replace("SITE_LANGUAGE", scalar(language))
    _check(config)
    texts |= {CONFIG: config, "README.md": texts["README.md"].replace("SITE_TITLE", title)}
    if origin:
        from_there = texts[WORKFLOW].replace(_REPOSITORY, origin.repository).replace(_COMMIT, origin.commit)
        texts[WORKFLOW] = from_there
    if not _has_words(language):  # which is a warning until somebody has written them
        texts[WORKFLOW] = texts[WORKFLOW].replace("build --strict ", "build ")
    return {path: text.encode() for path, text in texts.items()}


def _has_words(language: str) -> bool:
    """Whether the theme speaks a language."""
    words = default_theme() / "templates/words"
    return any((words / f"{tag}.yaml").exists() for tag in (language, language.partition("-")[0]))


def _path(file: Path) -> str:
    first, *rest = file.relative_to(FILES).parts
    return "/".join([f".{first.removeprefix(_DOT)}" if first.startswith(_DOT) else first, *rest])


def _check(config: str) -> None:
    document, _ = read_yaml(SourceFile(CONFIG, config))
    for problem in to_record(Config, document, document.data)[1]:
        raise Refused(problem.message, problem.help)
