"""A section of a document gone through as a reader would: its files written, its commands run, in their order."""

import html
import os
import re
import subprocess
import sys
from pathlib import Path

from tests.docs.example import blocks_of, write
from tests.docs.views import ROOT
from tests.golden import Golden

MORE = " (more)"


def walk(document: Path, section: str, folder: Path, golden: Golden, environment: dict[str, str] | None = None) -> Path:
    """Go through a section in a folder, and return the one that its commands have led to.

    A block of `sh` is run, and what it prints is what the `text` after it says; of `text` with the name of a page each
    line stands on that page. Any other block is a file, or the end of one. `sh` with more words is not run.
    """
    variables = environment or of_this_tool(folder.parent)
    printed = ""
    for block in blocks_of(section):
        if block.language == "sh" and not block.info:
            printed, folder = _run(block.text, folder, variables)
        elif block.language == "text" and block.info:
            shown = visible(folder / block.info)
            assert [line for line in block.text.splitlines() if line not in shown] == []
        elif block.language == "text":
            golden.part(document, block.text, printed)
        elif block.info.endswith(MORE):
            with (folder / block.info.removesuffix(MORE)).open("a", encoding="utf-8") as file:
                file.write(block.text)
        elif block.language != "sh":
            write(folder, block)
    return folder


def of_this_tool(folder: Path) -> dict[str, str]:
    """The environment of a shell in which `briefing` is the tool that is tested."""
    tools = folder / "bin"
    tools.mkdir()
    (tools / "briefing").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m briefing "$@"\n', encoding="utf-8")
    (tools / "briefing").chmod(0o755)
    return {"PATH": f"{tools}:{os.defpath}", "PYTHONPATH": str(ROOT), "LC_ALL": "C.UTF-8"}


def _run(commands: str, folder: Path, environment: dict[str, str]) -> tuple[str, Path]:
    """What commands print, the same on every machine and day, and the folder that they end in."""
    ends_in = Path(environment["PATH"].partition(":")[0]) / "ends-in"
    script = f"{commands}code=$?\npwd > '{ends_in}'\nexit $code\n"
    done = subprocess.run(script, shell=True, check=False, cwd=folder, env=environment, capture_output=True, text=True)
    printed = re.sub(r"\d+\.\d s\.", "0.1 s.", done.stderr + done.stdout)
    assert done.returncode == (1 if "error[" in printed else 0), printed
    return printed, Path(ends_in.read_text(encoding="utf-8").rstrip("\n"))


def visible(page: Path) -> str:
    """What a reader sees of a page, white space folded."""
    text = re.sub(r"<head>.*?</head>|<sup.*?</sup>", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", text)).replace(" ,", ",").replace(" .", ".").split())
