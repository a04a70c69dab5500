"""What a build would take away from readers, and whether that needs a word of its editor."""

from collections.abc import Collection

from briefing.diagnostics import Diagnostic, Location
from briefing.wording import first_of

PATHS_SHOWN = 5
_ARTICLES, _LIST = "articles/", "articles/index.html"


def much_removed(published: Collection[str], planned: Collection[str]) -> Diagnostic | None:
    """The problem with a site that is to lose more than half of its pages, or every article; paths to paths.

    Half does not happen to a small site: about ten pages of any site, its lists, stay whatever is in it. So what is
    asked of it is that its articles are not all gone.
    """
    pages = [path for path in published if path.endswith(".html")]
    gone = sorted(set(pages) - set(planned))
    are_most = 2 * len(gone) > len(pages)
    if not are_most and not (_has_articles(gone) and not _has_articles(planned)):
        return None
    what = "pages" if are_most else "pages, among them every article"
    message = f"this would remove {len(gone)} of {len(pages)} published {what}: {first_of(gone, PATHS_SHOWN)}"
    help = "put back what is gone from content/; if these pages are to go, build with --allow-removal"
    return Diagnostic("much-removed", message, Location("content"), help)


def _has_articles(paths: Collection[str]) -> bool:
    return any(path.startswith(_ARTICLES) and path.endswith(".html") and path != _LIST for path in paths)
