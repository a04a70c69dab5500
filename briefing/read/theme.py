"""The theme: templates and assets, the package's own and the site's, which take precedence file by file."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from briefing.diagnostics import Diagnostic, Pointer
from briefing.model.words import words_for
from briefing.read.sources import SourceFile, list_files, no_address, read_published, read_source

if TYPE_CHECKING:
    from briefing.read.catalogues import Catalogue

# The language of the catalogue that has all words.
THEME = "en"
# Of the words that are missing so many are named.
_NAMED = 5


@dataclass(slots=True)
class Theme:
    """`templates`: name to text; `words`: language to catalogue; `unsaid`: language to the words that are English in
    its catalogue, for want of its own; `assets`: path in the site to bytes; `origins`: a template or an asset to its
    file as shown."""

    templates: dict[str, str] = field(default_factory=dict)
    words: "dict[str, Catalogue]" = field(default_factory=dict)
    unsaid: dict[str, tuple[str, ...]] = field(default_factory=dict)
    assets: dict[str, bytes] = field(default_factory=dict)
    origins: dict[str, str] = field(default_factory=dict)


def default_theme() -> Path:
    """The folder whose `templates/` is the theme that comes with the package."""
    package = Path(__file__).resolve().parent.parent
    return package if (package / "templates").is_dir() else package.parent


def _add_words(theme: Theme, language: str, source: SourceFile) -> list[Diagnostic]:
    """A catalogue, or what a site changes in one: of a region's own, what it does not say is said as the language does,
    and of a language's in English."""
    from briefing.read.catalogues import read_catalogue  # a command that finds the site unchanged reads no YAML

    tags = (language, language.partition("-")[0], THEME)
    base = next((tag for tag in tags if tag in theme.words), None)
    known = theme.words.get(base) if base else None
    entries, problems = read_catalogue(source, known, language)
    theme.words[language] = {**(known or {}), **entries}
    of_language = base is not None and base.partition("-")[0] == language.partition("-")[0]
    english = theme.unsaid.get(base or "", ()) if of_language else known or ()
    theme.unsaid[language] = tuple(key for key in english if key not in entries)
    return problems


def check_words(theme: Theme, language: str, config: str) -> list[Diagnostic]:
    """What a site in a language is told of its words: that there are none, or which are missing; `config` is the file
    that says the language."""
    found = words_for(language, theme.words).language
    if found.partition("-")[0] != language.partition("-")[0]:
        message = f'there are no words in `{language}`: pages say theirs in English, and are marked `lang="en"`'
        help = f"write `templates/words/{language}.yaml` with all words, as docs/theming.md tells"
    elif unsaid := theme.unsaid.get(found):
        names = ", ".join(f"`{key}`" for key in unsaid[:_NAMED])
        more = f" and {len(unsaid) - _NAMED} more" if len(unsaid) > _NAMED else ""
        message = f"of the words in `{found}` {len(unsaid)} are missing, and said in English: {names}{more}"
        help = f"write them in `templates/words/{found}.yaml`"
    else:
        return []
    return [Diagnostic("words-missing", message, Pointer(config, ("language",)), help, severity="warning")]


def _in_order(path: str) -> tuple[bool, str]:
    """English words before those of other languages, and these before those of regions."""
    return path != f"templates/words/{THEME}.yaml", path.removesuffix(".yaml")


def read_theme(root: Path) -> tuple[Theme, list[Diagnostic]]:
    """The default theme, and over it the files of the site's `templates/`."""
    theme = Theme()
    problems: list[Diagnostic] = []
    own = default_theme()
    for base in [own] if root.resolve() == own else [own, root]:
        for path in sorted(list_files(base, "templates"), key=_in_order):
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
