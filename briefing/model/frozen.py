"""What values have in common that are kept and sent by the thousand."""


class Frozen:
    """A frozen dataclass that is pickled as a call of its class, which takes a third of the time."""

    __slots__ = ()
    __match_args__: tuple[str, ...]

    def __reduce__(self) -> tuple[type, tuple[object, ...]]:
        return type(self), tuple(getattr(self, name) for name in self.__match_args__)
