"""What is answered for an address of the site: as a host would answer it, and pages with the script of the server."""

from html import escape
from http import HTTPStatus

from briefing.serve.addresses import HTML, TEXT, split, type_of
from briefing.serve.live import Answer, Kind, LiveSite
from briefing.serve.routes import OWN, Reply

# A page that leads on at once has no use for a script, and its policy would not let one talk to the server.
_LEADS_ON = b'http-equiv="refresh"'
_UNMADE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Not to be shown yet</title>
</head>
<body>
<p>This page cannot be shown yet. It comes by itself once this is mended:</p>
<pre>{problems}</pre>
</body>
</html>
"""
_STATUS = {Kind.FOUND: HTTPStatus.OK, Kind.MISSING: HTTPStatus.NOT_FOUND, Kind.UNMADE: HTTPStatus.SERVICE_UNAVAILABLE}


def page_reply(site: LiveSite, path: str | None, target: str, token: str) -> Reply:
    """What stands at a path; `target` is the address that was asked for, to which the page's links are relative.

    A site that will stand in a folder of its host is also found below the name of that folder, where its page for
    missing addresses looks for everything.
    """
    address = split(target)
    asked = address.path if address else "/"
    answer = site.answer(path or "")
    base = site.base_path()
    if answer.kind is Kind.MISSING and path and base and path.startswith(base):
        path = path.removeprefix(base)
        answer = site.answer(path)
    if answer.kind is Kind.FOLDER:
        headers = {"Location": f"./{asked.rpartition('/')[2]}/"}
        return Reply(b"it is a folder\n", TEXT, HTTPStatus.FOUND, headers=headers)
    if answer.kind is Kind.FOUND and not (path or "").endswith(".html"):
        return Reply(answer.data, type_of(path or ""), etag=answer.digest)
    return Reply(_page(site, answer, asked, token), HTML, _STATUS[answer.kind], answer.digest)


def _page(site: LiveSite, answer: Answer, asked: str, token: str) -> bytes:
    if answer.kind is Kind.UNMADE:
        data = _UNMADE.replace("{problems}", escape(site.board.newest.problems)).encode()
    else:
        data = answer.data or b"there is no such page\n"
    return with_script(data, answer, asked, token)


def with_script(data: bytes, answer: Answer, asked: str, token: str) -> bytes:
    """A page with the script of the server, whose address is relative to that of the page: the server may stand behind
    another that has it under any."""
    if _LEADS_ON in data:
        return data
    up = "../" * max(0, asked.count("/") - 1)
    values = {"page": answer.digest, "version": answer.version, **({"token": token} if token else {})}
    attributes = "".join(f' data-{name}="{escape(value)}"' for name, value in values.items())
    tag = f'<script type="module" src="{up}{OWN}main.js"{attributes}></script>\n'.encode()
    head, mark, rest = data.partition(b"</head>")
    return head + tag + mark + rest if mark else data + tag
