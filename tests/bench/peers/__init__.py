"""The tools that are compared: how each is installed, writes its site and is run.

Every tool gets the same articles, and makes of them flat HTML files. `same-work Hugo` makes the kinds of pages that
`briefing` makes, from the same claims. The others make a page for each article, a list of all the articles of each
summit and topic, newest first, and a home page with the latest fifty. The peers share one small frame; feeds, site maps
and other extras are off, everything else is as they come. `briefing` makes its own pages.
"""

from peers.eleventy import ELEVENTY
from peers.hugo import HUGO
from peers.hugo_same_work import SAME_WORK_HUGO
from peers.installing import Missing
from peers.mkdocs import MKDOCS
from peers.nikola import NIKOLA
from peers.ours import BRIEFING
from peers.pelican import PELICAN
from peers.tool import FOLDER, ROOT, Tool

__all__ = ["BRIEFING", "FOLDER", "HUGO", "ROOT", "SAME_WORK_HUGO", "TOOLS", "Missing", "Tool"]

TOOLS = (BRIEFING, SAME_WORK_HUGO, HUGO, ELEVENTY, PELICAN, MKDOCS, NIKOLA)
