"""WeasyPrint, or what has to be installed for it: its extra, or libraries of the system."""

import ctypes
import os
import sys
import warnings
from contextlib import redirect_stdout
from typing import Any

from briefing.diagnostics import EnvironmentProblem

# What WeasyPrint opens of the system, and how to come by it.
LIBRARIES = ("libgobject-2.0", "libpango-1.0", "libpangoft2-1.0", "libharfbuzz", "libharfbuzz-subset", "libfontconfig")
INSTALLED = "`apt-get install libpangoft2-1.0-0 libharfbuzz-subset0`, `dnf install pango`, `brew install pango`"


def weasyprint() -> Any:
    """The library; EnvironmentProblem where it or what it needs of the system is not installed."""
    try:
        # It prints several lines where a library is missing, and warns where one is that will be needed some day.
        with open(os.devnull, "w", encoding="utf-8") as nowhere, redirect_stdout(nowhere), warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)
            warnings.simplefilter("error", UserWarning)
            import weasyprint
    except UserWarning:  # Its next step would end the whole process.
        raise EnvironmentProblem(
            "printing needs fonts, and the system has none", "install some, as with `apt-get install fonts-dejavu-core`"
        ) from None
    except ImportError:
        raise EnvironmentProblem.of_extra("printing", "pdf") from None
    except OSError as error:
        missing = [name for name in LIBRARIES if not _is_here(name)]
        what = ", ".join(missing) or str(error).partition("\n")[0]
        raise EnvironmentProblem(
            f"printing needs libraries of the system that are not here or cannot be loaded: {what}",
            f"install them, as with {INSTALLED}",
        ) from None
    return weasyprint


def _is_here(name: str) -> bool:
    """Whether a library can be loaded, by its name on Linux or macOS."""
    number = ".1" if name == "libfontconfig" else ".0"
    try:
        ctypes.CDLL(f"{name}{number}.dylib" if sys.platform == "darwin" else f"{name}.so{number}")
    except OSError:
        return False
    return True
