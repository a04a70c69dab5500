"""A site on a server: what configurations of servers are made from."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import quote, unquote, urlsplit

from briefing.machines.headers import Rule

# What is in the folder for tools, and not for readers.
HIDDEN = (".briefing", "_headers", "_redirects")
NOT_FOUND = "404.html"


@dataclass(frozen=True)
class Hosted:
    """A site at an address. `root` is the folder of its host, in which that of the site has the path of the address.
    `moved` are old paths with the new ones, `gone` those of pages that say so, all relative to the site; `options` are
    what a build is to be told to make this edition of it."""

    base_url: str
    root: str
    rules: tuple[Rule, ...]
    moved: Mapping[str, str]
    gone: tuple[str, ...]
    options: tuple[str, ...] = ()

    @cached_property
    def host(self) -> str:
        """The host without its port."""
        return host_of(self.base_url)

    @property
    def port(self) -> int:
        """The port that it listens on."""
        return urlsplit(self.base_url).port or (443 if self.is_secure else 80)

    @cached_property
    def base(self) -> str:
        """The path of the site on its host: `/`, or `/a/b/`."""
        path = unquote(urlsplit(self.base_url).path).strip("/")
        return f"/{path}/" if path else "/"

    @property
    def folder(self) -> str:
        """The folder of the site."""
        return f"{self.root.rstrip('/')}{self.base}".rstrip("/")

    @property
    def is_secure(self) -> bool:
        """Whether it is served with TLS."""
        return self.base_url.startswith("https:")

    def path(self, path: str) -> str:
        """A path of the site on its host."""
        return self.base + path

    def address(self, path: str) -> str:
        """The same as browsers ask for it."""
        return quote(self.path(path), safe="/*")

    @property
    def everywhere(self) -> Rule:
        """The rule for all files."""
        return next(rule for rule in self.rules if rule.path == "*")

    def others(self, cached: Rule) -> tuple[Rule, ...]:
        """The rules but for that of all files and that of those which are kept."""
        return tuple(rule for rule in self.rules if rule not in (self.everywhere, cached))


def host_of(base_url: str) -> str:
    """The host of an address without its port, as it stands in requests: names of other scripts as ASCII."""
    place = urlsplit(base_url).netloc
    host = place if place.endswith("]") or ":" not in place else place.rpartition(":")[0]
    try:
        return host if host.isascii() else host.encode("idna").decode()
    except UnicodeError:
        return host


def quoted(text: str) -> str:
    """A text in quotation marks, as all these files have them."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def indented(lines: list[str], step: str) -> str:
    """Lines as a text, with what stands in braces moved in."""
    depth, made = 0, []
    for line in lines:
        depth -= line.startswith("}")
        made.append(f"{step * depth}{line}\n" if line else "\n")
        depth += line.endswith("{")
    return "".join(made)
