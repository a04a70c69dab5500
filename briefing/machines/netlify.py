"""The configuration of Netlify for a site: `netlify.toml`.

https://docs.netlify.com/build/configure-builds/file-based-configuration/
"""

import json
import shlex

from briefing.machines.headers import Rule
from briefing.machines.servers import NOT_FOUND, Hosted


def netlify(site: Hosted) -> str:
    """What is built and published, and addresses that need another status than files have.

    Headers are in `_headers`, which is read where the site is the folder that is published, and said here for one that
    is in a folder of that; so is its page for missing addresses.
    """
    below = site.base.strip("/")
    published, command = "site", shlex.join(["briefing", "build", "--strict", *site.options])
    if below:
        published, output = "public", f"public/{below}"
        command = f"mkdir -p {shlex.quote(output.rpartition('/')[0])} && {command} --output {shlex.quote(output)}"
    elif site.options:  # editions of other kinds go elsewhere by themselves
        command += f" --output {published}"
    parts = [
        f"[build]\n  publish = {_text(published)}\n  command = {_text(command)}\n",
        '[build.environment]\n  PYTHON_VERSION = "3.13"\n',
    ]
    parts += [_headers(site, rule) for rule in site.rules if below and not rule.path.startswith("*.")]
    parts += [_redirect(site.address(old), site.address(new), 301) for old, new in site.moved.items()]
    parts += [_redirect(site.address(path), site.address(path), 410) for path in site.gone]
    if below:
        parts.append(_redirect("/*", site.address(NOT_FOUND), 404, is_forced=False))
    return "\n".join(parts)


def _headers(site: Hosted, rule: Rule) -> str:
    told = "".join(f"    {name} = {_text(value)}\n" for name, value in rule.headers.items())
    return f"[[headers]]\n  for = {_text(site.address(rule.path))}\n  [headers.values]\n{told}"


def _redirect(old: str, new: str, status: int, is_forced: bool = True) -> str:
    """Forced, because there is a file at the old address too, for hosts that know no redirects."""
    forced = "  force = true\n" if is_forced else ""
    return f"[[redirects]]\n  from = {_text(old)}\n  to = {_text(new)}\n  status = {status}\n{forced}"


def _text(text: str) -> str:
    """A text of TOML, of which one of JSON is always one."""
    return json.dumps(text)
