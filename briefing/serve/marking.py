"""The addresses of the desk: what panels in pages ask for and send, checked for its form before anything is done."""

import json
from collections.abc import Callable, Mapping
from datetime import datetime
from http import HTTPStatus
from typing import Any

from briefing.diagnostics import EnvironmentProblem
from briefing.edit.blocks import claim_yaml
from briefing.edit.refusal import Refused
from briefing.edit.selection import Selection
from briefing.serve.addresses import HTML
from briefing.serve.choices import choices, evidence
from briefing.serve.desk import Desk
from briefing.serve.hints import hints
from briefing.serve.routes import Call, Handle, Reply, Routes

Answer = Callable[[Call], Any]


def desk_routes(now: Callable[[], datetime]) -> Routes:
    """What a server answers besides where its pages may change files."""
    desk = Desk(now)
    gets: dict[str, Answer] = {
        "desk/choices": lambda call: choices(call.site, _text(call.query, "article")),
        "desk/evidence": lambda call: evidence(
            call.site,
            *(call.query.get(name, "") for name in ("article", "modality", "status", "words")),
        ),
        "desk/hints": lambda call: hints(call.site, _text(call.query, "article")),
        "desk/text": lambda call: Reply(desk.text(call.site, _text(call.query, "article")).encode(), HTML),
    }
    posts: dict[str, Answer] = {
        "desk/quote": lambda call: desk.marked(call.site, _text(call.body, "article"), _selection(call.body)),
        "desk/yaml": lambda call: {"yaml": claim_yaml(_mapping(call.body, "claim"))},
        "desk/add": lambda call: desk.add(call.site, *_target(call.body), _mapping(call.body, "claim")),
        "desk/status": lambda call: desk.add_status(
            call.site, *_target(call.body), _text(call.body, "claim"), _mapping(call.body, "entry")
        ),
        "desk/fields": lambda call: desk.set_fields(
            call.site, *_target(call.body), _text(call.body, "claim"), _mapping(call.body, "fields")
        ),
        "desk/undo": lambda call: desk.undo(call.site, _text(call.body, "undo")),
    }
    return Routes({name: _told(one) for name, one in gets.items()}, {name: _told(one) for name, one in posts.items()})


def _told(answer: Answer) -> Handle:
    """An answer as JSON, and a refusal with its reason."""

    def handle(call: Call) -> Reply:
        try:
            json.dumps(dict(call.body), ensure_ascii=False).encode()
            told = answer(call)
        except (UnicodeEncodeError, RecursionError):  # half a character; lists in lists in lists
            return Reply.json(
                {"message": "this cannot be written in a file", "help": "leave it out"}, HTTPStatus.CONFLICT
            )
        except Refused as refused:
            return Reply.json({"message": refused.message, "help": refused.help}, HTTPStatus.CONFLICT)
        except EnvironmentProblem as problem:
            message, help = problem.args
            return Reply.json({"message": message, "help": help}, HTTPStatus.CONFLICT)
        return told if isinstance(told, Reply) else Reply.json(told)

    return handle


def _target(body: Mapping[str, Any]) -> tuple[str, str]:
    """The article, and the state of its annotation file that the page has seen."""
    return _text(body, "article"), _text(body, "seen", may_be_empty=True)


def _selection(body: Mapping[str, Any]) -> Selection:
    before, after, offset = (body.get(key) for key in ("before", "after", "offset"))
    return Selection(
        _text(body, "words", may_be_empty=True),
        before if isinstance(before, str) else "",
        after if isinstance(after, str) else "",
        offset if isinstance(offset, int) else 0,
    )


def _text(values: Mapping[str, Any], key: str, may_be_empty: bool = False) -> str:
    value = values.get(key)
    if not isinstance(value, str) or not (value or may_be_empty):
        raise Refused(f"`{key}` is missing", "reload the page")
    return value


def _mapping(values: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    value = values.get(key)
    if not isinstance(value, dict):
        raise Refused(f"`{key}` is missing", "reload the page")
    return value
