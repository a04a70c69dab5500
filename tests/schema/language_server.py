"""The real yaml-language-server over its standard streams, as an editor drives it."""

import json
import subprocess
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from queue import Queue
from typing import Any

from tests.commands import BOUND_SECONDS, REPOSITORY

SERVER = REPOSITORY / "node_modules/yaml-language-server/bin/yaml-language-server"
Message = dict[str, Any]


class LanguageServer:
    """One server for one site, whose files it takes for those of the schemas that `schemas` names, by patterns."""

    def __init__(self, root: Path, schemas: Mapping[str, object]) -> None:
        self.root = root
        # It is not to look for schemas elsewhere.
        self._settings = {"yaml": {"schemas": schemas, "schemaStore": {"enable": False}}}
        self._process = subprocess.Popen(
            ["node", str(SERVER), "--stdio"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        self._answers: dict[int, Queue[Message]] = {}
        self._marks: dict[str, Queue[list[Message]]] = {}
        self._versions: dict[str, int] = {}
        self._number = 0
        self._configured = threading.Event()
        threading.Thread(target=self._listen, daemon=True).start()
        folder = root.as_uri()
        capabilities = {
            "workspace": {
                "configuration": True,
                "workspaceFolders": True,
                "didChangeConfiguration": {"dynamicRegistration": True},
                "didChangeWatchedFiles": {"dynamicRegistration": True},
            },
            "textDocument": {
                "completion": {"completionItem": {"snippetSupport": True, "documentationFormat": ["plaintext"]}},
                "hover": {"contentFormat": ["markdown"]},
                "publishDiagnostics": {},
            },
        }
        folders = [{"uri": folder, "name": "site"}]
        self.ask("initialize", processId=None, rootUri=folder, workspaceFolders=folders, capabilities=capabilities)
        self._tell("initialized")
        assert self._configured.wait(BOUND_SECONDS)

    def close(self) -> None:
        """End the server that was started."""
        self.ask("shutdown")
        self._tell("exit")
        self._process.wait(BOUND_SECONDS)
        for stream in (self._process.stdin, self._process.stdout):
            assert stream is not None
            stream.close()

    def ask(self, method: str, **params: Any) -> Any:
        """The answer to a request."""
        self._number += 1
        number, answers = self._number, Queue[Message]()
        self._answers[number] = answers
        self._send({"id": number, "method": method, "params": params})
        answer = answers.get(timeout=BOUND_SECONDS)
        assert "error" not in answer, answer
        return answer["result"]

    def marks(self, path: str, text: str) -> list[str]:
        """What the server marks in a file of this text: `line:column message`, 1-based."""
        return self.all_marks({path: text})[path]

    def all_marks(self, files: Mapping[str, str]) -> dict[str, list[str]]:
        """What it marks in several files. It waits a moment before it looks at one."""
        shown = {path: self._show(path, text) for path, text in files.items()}
        found = {path: self._marks[uri].get(timeout=BOUND_SECONDS) for path, uri in shown.items()}
        return {path: [_told(mark) for mark in marks] for path, marks in found.items()}

    def completions(self, path: str, text: str) -> dict[str, Message]:
        """What it offers at the `|` in the text, by label."""
        result = self._at_cursor("textDocument/completion", path, text)
        items = result["items"] if isinstance(result, dict) else result or []
        return {item["label"]: item for item in items}

    def hover(self, path: str, text: str) -> str:
        """What it tells of the place at the `|` in the text."""
        result = self._at_cursor("textDocument/hover", path, text)
        return str(result["contents"]["value"]) if result else ""

    def rewritten(self, path: Path) -> None:
        """Say that a file has another content now, as an editor that watches it does."""
        self._tell("workspace/didChangeWatchedFiles", changes=[{"uri": path.as_uri(), "type": 2}])

    def _at_cursor(self, method: str, path: str, text: str) -> Any:
        before, _, after = text.partition("|")
        uri = self._show(path, before + after)
        line = before.count("\n")
        position = {"line": line, "character": len(before) - (before.rfind("\n") + 1)}
        return self.ask(method, textDocument={"uri": uri}, position=position)

    def _show(self, path: str, text: str) -> str:
        uri = (self.root / path).as_uri()
        version = self._versions[uri] = self._versions.get(uri, 0) + 1
        self._marks[uri] = Queue()
        if version == 1:
            document = {"uri": uri, "languageId": "yaml", "version": version, "text": text}
            self._tell("textDocument/didOpen", textDocument=document)
        else:
            document = {"uri": uri, "version": version}
            self._tell("textDocument/didChange", textDocument=document, contentChanges=[{"text": text}])
        return uri

    def _tell(self, method: str, **params: Any) -> None:
        self._send({"method": method, "params": params})

    def _send(self, message: Message) -> None:
        data = json.dumps({"jsonrpc": "2.0", **message}).encode()
        stream = self._process.stdin
        assert stream is not None
        stream.write(b"Content-Length: %d\r\n\r\n" % len(data) + data)
        stream.flush()

    def _listen(self) -> None:
        while message := self._received():
            method = message.get("method")
            if method is None:
                self._answers.pop(message["id"]).put(message)
            elif "id" in message:
                self._send({"id": message["id"], "result": self._answer(method, message.get("params"))})
            elif method == "textDocument/publishDiagnostics":
                with_uri = message["params"]
                self._marks.setdefault(with_uri["uri"], Queue()).put(with_uri["diagnostics"])

    def _answer(self, method: str, params: Any) -> Any:
        if method != "workspace/configuration":
            return None
        self._configured.set()
        return [self._settings.get(item.get("section", ""), {}) for item in params["items"]]

    def _received(self) -> Message | None:
        stream = self._process.stdout
        assert stream is not None
        length = 0
        while line := stream.readline().strip():
            name, _, value = line.partition(b":")
            length = int(value) if name.lower() == b"content-length" else length
        return json.loads(stream.read(length)) if length else None


def _told(mark: Message) -> str:
    start = mark["range"]["start"]
    return f"{start['line'] + 1}:{start['character'] + 1} {mark['message']}"


@contextmanager
def language_server(root: Path, schemas: Mapping[str, object]) -> Iterator[LanguageServer]:
    """A server while the body runs."""
    server = LanguageServer(root, schemas)
    try:
        yield server
    finally:
        server.close()
