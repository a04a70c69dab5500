"""A small site with all that a selection can run across, and the real server for it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from briefing.anchor import anchor
from briefing.request import Request
from tests.serve.serving import started

FILES = {
    "config.yaml": "title: Estmark desk\n",
    "content/sources.yaml": "harbor-times: {name: The Harbor Times}\nmeridian: {name: Meridian}\n",
    "content/people.yaml": "brandt: {name: Ilse Brandt}\nvale: {name: Tomas Vale}\n",
    "content/summits/port-sel.md": "---\ntitle: Meeting in Port Sel\nstart: 2026-03-06\nstatus: held\n---\n",
    "content/articles/preview.md": """\
---
title: Gas deal in sight
source: harbor-times
published: 2026-03-02
summits: [port-sel]
---

Prime Minister *Ilse Brandt* will receive President **Tomas Vale** in Port Sel on Friday.[^who] According to two
officials, the leaders are likely to announce a contract for natural gas.

## What is *on* the table

- A contract for **natural gas**, about 12 billion cubic meters a year.[^gas]
- A contract for natural gas, they said.
- Higher tariffs on steel are “on the table”, an adviser told [Meridian](https://meridian.example/).

> We would consider a joint exercise, Ms. Brandt said.

| what | how much |
|---|---|
| gas | 12 billion cubic meters |
| steel | 54,000 tons, up from `4,000` |

防衛費は三十五億円になる。合意しない。

[^who]: Both have *said* so.
[^gas]: The figure of **the office**.
""",
    "content/annotations/preview.yaml": """\
# The preview of the meeting
claims:
  - id: on-friday
    quote: will receive President Tomas Vale in Port Sel on Friday
    text: Brandt will receive Vale on Friday.
    topics: [trade]
    modality: expectation
    due: 2026-03-06   # the day itself

  - id: joint-exercise
    quote: would consider a joint exercise
    text: Brandt would consider a joint exercise.
    topics: [defense]
    modality: expectation
# the end
""",
    "content/articles/communique.md": """\
---
title: Communiqué of Port Sel
source: meridian
published: 2026-03-07
---

The two governments concluded a contract for natural gas.
""",
    "content/annotations/communique.yaml": """\
claims:
  - id: concluded
    quote: The two governments concluded a contract for natural gas
    text: The contract for gas was concluded.
    topics: [energy]
""",
    "content/articles/apart.md": """\
---
title: Statement on the gas contract
source: meridian
published: 2026-03-09
text: apart
---
""",
    "content/texts/apart.md": """\
The President signed the contract for **natural gas** on Friday.[^1] It runs for 20 years.

1. First deliveries are due in the autumn.
2. First deliveries are due by sea.

[^1]: At noon.
""",
}


def write_site(folder: Path) -> Path:
    for path, text in FILES.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    assert anchor(Request(folder), [], datetime(2026, 3, 10, tzinfo=UTC)).written == ["apart"]
    return folder


@contextmanager
def served(site: Path, *options: str) -> Iterator[str]:
    """The address of the real server for a site."""
    with started(site, "--port=0", *options) as server:
        yield f"http://{server.host}:{server.port}/"
