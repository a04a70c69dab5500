"""What hosts are to say of the files of a site: its policy, how long a browser may keep what, and types of content.
`_headers` is the file in which Netlify and Cloudflare Pages read it.

https://docs.netlify.com/manage/routing/headers/
https://developers.cloudflare.com/pages/configuration/headers/
"""

from collections.abc import Iterable, Mapping

from briefing.model.frozen import frozen

# What each page says of itself at its head, and what can only be said in a header: that no site shows it in a frame.
_POLICY = (
    "default-src 'none'; script-src {scripts}; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
CACHE = "Cache-Control"
TYPE = "Content-Type"
# For pages, feeds and data: kept, but used only after the host was asked whether it is still so.
ASKED = "no-cache"
# For files whose names change with what is in them.
FOR_EVER = "public, max-age=31536000, immutable"


@frozen
class Rule:
    """Headers of some files: of all in a folder, `feeds/*`, of all with an ending, `*.csv`, or of one, `feed.xml`."""

    path: str
    headers: Mapping[str, str]

    @property
    def is_of_folder(self) -> bool:
        """Whether it is of all that is in a folder."""
        return self.path.endswith("*")


def everywhere(has_pagefind: bool) -> Rule:
    """The rule for all files. The search of Pagefind runs WebAssembly."""
    scripts = "'self' 'wasm-unsafe-eval'" if has_pagefind else "'self'"
    return Rule(
        "*",
        {
            "Content-Security-Policy": _POLICY.format(scripts=scripts),
            "Referrer-Policy": "strict-origin-when-cross-origin",
            "X-Content-Type-Options": "nosniff",
        },
    )


ASSETS = Rule("assets/*", {CACHE: FOR_EVER})


def types(kinds: Iterable[tuple[str, str]]) -> tuple[Rule, ...]:
    """The rules for types of content, by the paths of their files."""
    return tuple(Rule(path, {TYPE: kind}) for path, kind in kinds)


def headers_file(rules: Iterable[Rule]) -> bytes:
    """The file `_headers` in the folder that is published.

    Rules of files with an ending are left out: Netlify may take what follows a `*` for nothing, and so the rule for one
    of the whole folder. Both hosts know these types. Pages have no rule for caches either: both hosts have browsers ask
    whether a file is still so, and Cloudflare joins the values of all rules of a file.
    """
    blocks = [
        f"/{rule.path}\n" + "".join(f"  {name}: {value}\n" for name, value in rule.headers.items())
        for rule in rules
        if not rule.path.startswith("*.")
    ]
    return "\n".join(blocks).encode()
