"""The file `_redirects`, as Netlify and Cloudflare read it: a rule a line, an address, where it leads, and a status.

Cloudflare refuses other statuses than those of redirects, and a `!` after one, perhaps the whole site with it; Netlify
needs both, because it asks for a rule only where there is no file.
https://developers.cloudflare.com/pages/configuration/redirects/
https://docs.netlify.com/manage/routing/redirects/redirect-options/
"""

from collections.abc import Iterable, Iterator
from urllib.parse import quote

# Cloudflare reads so many rules that are no patterns, and no line that is longer.
MOST, LONGEST = 2000, 1000


def redirects(moved: Iterable[tuple[str, str]], gone: Iterable[tuple[str, str]], is_netlify: bool) -> bytes:
    """The rules for addresses that have moved, and, where Netlify reads them, for those that are gone, each with the
    page that says so. All are paths on the host."""
    rules = _forced(moved, gone) if is_netlify else _common(moved)
    return "".join(f"{rule}\n" for rule in rules).encode()


def _forced(moved: Iterable[tuple[str, str]], gone: Iterable[tuple[str, str]]) -> Iterator[str]:
    yield from (f"{quote(old)} {quote(new)} 301!" for old, new in moved)
    yield from (f"{quote(path)} {quote(page)} 410!" for path, page in gone)


def _common(moved: Iterable[tuple[str, str]]) -> list[str]:
    rules = (f"{quote(old)} {quote(new)} 301" for old, new in moved)
    return [rule for rule in rules if len(rule) <= LONGEST][:MOST]
