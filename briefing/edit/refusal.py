"""Why a change is not made. Nothing has been written then."""


class Refused(Exception):
    """A change that cannot be made as asked: a fact in lower case without a full stop, and what to do about it."""

    def __init__(self, message: str, help: str) -> None:
        super().__init__(message, help)
        self.message, self.help = message, help

    def __str__(self) -> str:
        return f"{self.message}; {self.help}"
