"""Why something is not imported: said where it is found out, and told with the name of what was to be imported."""

from briefing.diagnostics import CODES


class Refused(Exception):
    """What was given is not imported. `message` is a fact, `help` says what to do; `line` and `column` are 1-based."""

    def __init__(self, message: str, help: str, code: str = "no-article", line: int = 1, column: int = 1) -> None:
        super().__init__(message)
        if code not in CODES:
            raise KeyError(f"undocumented diagnostic code {code}")
        self.message, self.help, self.code, self.line, self.column = message, help, code, line, column
