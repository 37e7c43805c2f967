"""What a row and a document have to agree on, and whether they do."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from validator.compare import EMPTY, difference
from validator.index.uniform import Shape
from validator.late import regex
from validator.model import Binding
from validator.unseen import invisible

_EMPTY = frozenset(word.encode() for word in EMPTY)

# Which part of a row a cell is, and what reads it; `None` where the table has no such column.
Cell = tuple[int, Callable[[bytes], bytes]] | None


class Side(NamedTuple):
    """A field that is compared: the position of what documents state, the cell that states it too."""

    position: int
    cell: Cell
    binding: Binding


class Terms(NamedTuple):
    """What has to be the same in the rows of one stretch and their documents.

    `id` is the cell that states the ID; `ids` are the positions of what documents state of it; those of
    `silent` are expressions that no document may answer, because then another one would be compared.
    """

    shape: Shape
    id: Cell
    ids: tuple[int, ...]
    sides: tuple[Side, ...]
    silent: tuple[int, ...]
    pattern: Callable[[str], object] | None

    def question(self) -> tuple[object, ...]:
        """The terms as plain values; the pattern of IDs is the plan's."""
        sides = tuple((side.position, side.cell and side.cell[0], side.binding) for side in self.sides)
        return self.shape.kinds, self.id and self.id[0], self.ids, sides, self.silent

    def agreed(self, row: bytes, values: Sequence[bytes | None]) -> bytes | None:
        """The ID that both sides state (empty: none has any); `None` where they are not in accord."""
        parts = row.split(b"|")
        stated = self._id(parts, values)
        if stated is None:
            return None
        for position, cell, binding in self.sides:
            value = values[position]
            told = None if cell is None else cell[1](parts[cell[0]])
            if value is None or told is None:
                if not _is_fine_alone(value, told, binding):
                    return None
            elif value == told and not binding.map:
                # A cell of such a row holds no controls, and no blanks at its ends.
                if told in _EMPTY or not (told.isascii() or _is_clear(told)):
                    return None
            elif not _is_said_otherwise(binding, told, value):
                return None
        for position in self.silent:
            if values[position] is not None:
                return None
        return stated

    def _id(self, parts: Sequence[bytes], values: Sequence[bytes | None]) -> bytes | None:
        stated = None if self.id is None else self.id[1](parts[self.id[0]])
        said = None
        for position in self.ids:
            value = values[position]
            if value is not None:
                said = value
                if stated is None:
                    stated = value
                elif value != stated:
                    return None
        if self.ids and said is None:
            return None
        if stated is None:
            return b""
        is_fine = _is_plain(stated) and (self.pattern is None or self.pattern(stated.decode()))
        return stated if is_fine else None


_PLAIN = regex(rb"[!-~](?:[ -~]*[!-~])?")


def _is_plain(value: bytes) -> bool:
    """Whether a value is ASCII without controls, does not begin or end with blanks, and says something."""
    return _PLAIN.fullmatch(value) is not None and value not in _EMPTY


def _is_clear(value: bytes) -> bool:
    """Whether a value says something, with nothing in it that cannot be seen."""
    if value.isascii():
        return _is_plain(value)
    text = value.decode()
    return text.strip() == text and text not in EMPTY and invisible(text) is None


def _is_fine_alone(value: bytes | None, cell: bytes | None, binding: Binding) -> bool:
    """Whether nothing is to be said of a field that at most one side states."""
    if value is None and binding.required:
        return False
    is_cell_fine = cell is None or cell in _EMPTY or _is_clear(cell)
    return is_cell_fine and (value is None or _is_clear(value))


def _is_said_otherwise(binding: Binding, cell: bytes, value: bytes) -> bool:
    """Whether both sides say the same in the notations of the contract."""
    expression = binding.document[0]
    if expression.startswith("heading") or not (_is_plain(cell) and _is_plain(value)):
        return False
    return difference(binding, expression, cell.decode(), value.decode()) is None
