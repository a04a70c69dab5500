"""The theme: templates and assets, the package's own and the site's, which take precedence file by file."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from briefing.diagnostics import Diagnostic
from briefing.read.sources import SourceFile, list_files, no_address, read_published, read_source

if TYPE_CHECKING:
    from briefing.read.catalogues import Catalogue

# The language of the catalogue that has all words.
THEME = "en"


@dataclass(slots=True)
class Theme:
    """`templates`: name to text; `words`: language to catalogue; `assets`: path in the site to bytes; `origins`: a
    template or an asset to its file as shown."""

    templates: dict[str, str] = field(default_factory=dict)
    words: "dict[str, Catalogue]" = field(default_factory=dict)
    assets: dict[str, bytes] = field(default_factory=dict)
    origins: dict[str, str] = field(default_factory=dict)


def default_theme() -> Path:
    """The folder whose `templates/` is the theme that comes with the package."""
    package = Path(__file__).resolve().parent.parent
    return package if (package / "templates").is_dir() else package.parent


def _add_words(theme: Theme, language: str, source: SourceFile) -> list[Diagnostic]:
    """A catalogue, or what a site changes in one: a language that the theme has not has all words of the site's own."""
    from briefing.read.catalogues import read_catalogue  # a command that finds the site unchanged reads no YAML

    known = theme.words.get(language, theme.words.get(THEME))
    entries, problems = read_catalogue(source, known)
    theme.words[language] = {**(known or {}), **entries}
    return problems


def read_theme(root: Path) -> tuple[Theme, list[Diagnostic]]:
    """The default theme, and over it the files of the site's `templates/`."""
    theme = Theme()
    problems: list[Diagnostic] = []
    own = default_theme()
    for base in [own] if root.resolve() == own else [own, root]:
        for path in list_files(base, "templates"):
            name = path.removeprefix("templates/")
            if problem := no_address(path):
                problems.append(problem)
                continue
            if name.startswith("assets/"):
                data = read_published(base, path)
                if isinstance(data, Diagnostic):
                    problems.append(data)
                else:
                    theme.assets[name] = data
            else:
                source = read_source(base, path)
                if isinstance(source, Diagnostic):
                    problems.append(source)
                elif name.startswith("words/") and name.endswith(".yaml"):
                    problems += _add_words(theme, name[len("words/") : -len(".yaml")], source)
                    continue
                else:
                    theme.templates[name] = source.text
            theme.origins[name] = path
    return theme, problems
