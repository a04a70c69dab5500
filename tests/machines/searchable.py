"""A desk that writes in English about articles in English and Japanese, to be searched, and a server for its site."""

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import NamedTuple

import yaml

from tests.commands import REPOSITORY

# The site is served below a folder, as many hosts do.
BELOW = "/a/b/"


class Said(NamedTuple):
    """A claim: its words in the article, and what the desk says, if it does."""

    quote: str
    text: str | None = None
    by: str | None = None
    is_promised: bool = False


ARTICLES: dict[str, tuple[str, str, str, dict[str, Said]]] = {
    "budget": (
        "令和八年度予算案の要点",
        "asahi",
        "2026-01-09",
        {
            "defense-share": Said("政府は防衛費を国内総生産の二％とする方針を維持した"),
            "tax-rise": Said("法人税への付加税は来年度から始まると首相は述べた", by="takaichi"),
            "nuclear": Said("原子力発電所の再稼働が電気料金を下げるとの試算もある"),
        },
    ),
    "talks": (
        "日米首脳、関税で平行線",
        "asahi",
        "2026-02-20",
        {
            "tariff": Said("自動車関税の引き下げについて両首脳は合意に至らなかった", "They did not agree on cars."),
            "rare-earths": Said("重要鉱物の供給網を共同で築くことを確認した", is_promised=True),
            "visit": Said("大統領は秋の訪日を検討すると語った", by="brandt"),
        },
    ),
    "harbor": (
        "Harbor deal signed in Łódź",
        "gazette",
        "2025-06-03",
        {
            "port": Said("the new container port will open in 2029", "The container port is to open in 2029."),
            "cafe": Said("the Café Zürich coalition backs the naïve plan"),
            "lng": Said("LNG shipments rose to 5.5 million tons", "Shipments of gas rose.", by="brandt"),
        },
    ),
    "tariffs": (
        "What the tariff letter says",
        "gazette",
        "2025-07-08",
        {
            "letter": Said("a tariff of 25 percent applies from August 1", "A tariff of 25 percent is announced."),
            "steel": Said("steel and aluminum stay at the old rate", by="takaichi"),
            "revenue": Said("<b>revenue</b> & duties are not in the letter", "Nothing is said of revenue."),
        },
    ),
}
# What readers type, and the claim that comes first.
QUERIES = {
    "container port": "harbor#port",
    "PORT 2029": "harbor#port",
    "lodz port": "harbor#port",
    "cafe zurich": "harbor#cafe",
    "naive": "harbor#cafe",
    "shipm": "harbor#lng",
    "5.5 million": "harbor#lng",
    "tariff lett": "tariffs#letter",
    "takaichi aluminum": "tariffs#steel",
    "revenue": "tariffs#revenue",
    "防衛費": "budget#defense-share",
    "関税": "talks#tariff",
    "自動車関税": "talks#tariff",
    "再稼働": "budget#nuclear",
    "重要鉱物　供給網": "talks#rare-earths",
    "鉱": "talks#rare-earths",
    "ﾌﾞﾗﾝﾄ 訪日": "talks#visit",
    "訪日を検討": "talks#visit",
    "高市": "budget#tax-rise",
    "付加税": "budget#tax-rise",
}


def write_searchable(folder: Path, more: str = "") -> Path:
    """Write the site; `more` is put into its configuration."""
    files = {
        "config.yaml": f"title: Searched\n{more}",
        "content/sources.yaml": "asahi: {name: Asahi, language: ja}\ngazette: {name: Gazette}\n",
        "content/people.yaml": (
            "takaichi: {name: Sanae Takaichi, names: {ja: 高市早苗}}\n"
            "brandt: {name: Ilse Brandt, names: {ja: ブラント}}\n"
        ),
    }
    for id, (title, source, day, claims) in ARTICLES.items():
        text = "\n\n".join(f"{one.quote.replace('<', chr(92) + '<')}。" for one in claims.values())
        head = {"title": title, "source": source, "published": day}
        files[f"content/articles/{id}.md"] = f"---\n{yaml.safe_dump(head, allow_unicode=True)}---\n\n{text}\n"
        written = [_claim(name, one) for name, one in claims.items()]
        files[f"content/annotations/{id}.yaml"] = yaml.safe_dump({"claims": written}, allow_unicode=True)
    for path, written_text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(written_text, encoding="utf-8")
    return folder


def _claim(id: str, said: Said) -> dict[str, object]:
    return {
        "id": id,
        "quote": said.quote,
        "topics": ["trade"],
        **({"text": said.text} if said.text else {}),
        **({"attribution": [{"by": said.by}]} if said.by else {}),
        **({"modality": "commitment"} if said.is_promised else {}),
    }


def header_policy() -> str:
    """The content security policy that docs/hosting.md has hosts send."""
    written = (REPOSITORY / "docs/hosting.md").read_text(encoding="utf-8")
    found = re.search(r"^ +Content-Security-Policy: (.+)$", written, re.MULTILINE)
    assert found
    return found[1]


@contextmanager
def served(site: Path, policy: str) -> Iterator[str]:
    """The address of a site below a folder of a local server that sends a policy."""

    class Handler(SimpleHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def translate_path(self, path: str) -> str:
            return str(site / path.partition("?")[0].removeprefix(BELOW)) if path.startswith(BELOW) else "/dev/null/no"

        def end_headers(self) -> None:
            self.send_header("Content-Security-Policy", policy)
            super().end_headers()

        def log_message(self, format: str, *args: object) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}{BELOW}"
    finally:
        server.shutdown()
        server.server_close()
