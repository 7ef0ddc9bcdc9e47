"""Thrift's compact protocol: as much of it as it takes to read a Parquet footer and write it again.

A struct is its fields by number, each with its type; nothing is named, and nothing that is not understood is
lost: what is read and written again is the same to the byte. See Apache Thrift, thrift-compact-protocol.md.
"""

from typing import Any

TRUE, FALSE, BYTE, I16, I32, I64, DOUBLE, BINARY, LIST, SET, MAP, STRUCT = range(1, 13)
INTEGERS = (I16, I32, I64)
SHORT_MAX = 14  # more elements than this are counted after the head of a list

Struct = dict[int, tuple[int, Any]]  # number of the field: its type and value
List = tuple[int, list[Any]]  # the type of the elements, and these


class Reader:
    """Values from bytes, one after the other."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.at = 0

    def struct(self) -> Struct:
        """The fields up to the stop, in their order."""
        fields: Struct = {}
        number = 0
        while head := self._byte():
            delta, kind = head >> 4, head & 15
            number = number + delta if delta else self._zigzag()
            fields[number] = (TRUE, kind == TRUE) if kind in (TRUE, FALSE) else (kind, self._value(kind))
        return fields

    def _value(self, kind: int) -> Any:
        match kind:
            case 3:
                return self._taken(1)
            case 4 | 5 | 6:
                return self._zigzag()
            case 7:
                return self._taken(8)
            case 8:
                return self._taken(self._varint())
            case 9 | 10:
                return self._list()
            case 12:
                return self.struct()
        raise ValueError(f"a Parquet footer holds no thrift type {kind}")

    def _list(self) -> List:
        head = self._byte()
        count, kind = head >> 4, head & 15
        if count > SHORT_MAX:
            count = self._varint()
        # A truth in a list is a byte of its own.
        return kind, [self._taken(1) if kind in (TRUE, FALSE) else self._value(kind) for _ in range(count)]

    def _byte(self) -> int:
        return self._taken(1)[0]

    def _taken(self, count: int) -> bytes:
        taken = self.data[self.at : self.at + count]
        if len(taken) < count:
            raise ValueError("a Parquet footer ends too early")
        self.at += count
        return taken

    def _varint(self) -> int:
        value = shift = 0
        while True:
            byte = self._byte()
            value |= (byte & 127) << shift
            if byte < 128:
                return value
            shift += 7

    def _zigzag(self) -> int:
        value = self._varint()
        return (value >> 1) ^ -(value & 1)


def written(struct: Struct) -> bytes:
    """The bytes of a struct."""
    out = bytearray()
    _struct(out, struct)
    return bytes(out)


def _struct(out: bytearray, struct: Struct) -> None:
    before = 0
    for number, (kind, value) in struct.items():
        marked = (TRUE if value else FALSE) if kind == TRUE else kind
        if 0 < number - before < 16:
            out.append((number - before) << 4 | marked)
        else:
            out.append(marked)
            _varint(out, _zigzag(number))
        before = number
        if kind != TRUE:
            _value(out, kind, value)
    out.append(0)


def _value(out: bytearray, kind: int, value: Any) -> None:
    match kind:
        case 1 | 2 | 3 | 7:
            out += value
        case 4 | 5 | 6:
            _varint(out, _zigzag(value))
        case 8:
            _varint(out, len(value))
            out += value
        case 9 | 10:
            inner, elements = value
            if len(elements) > SHORT_MAX:
                out.append(15 << 4 | inner)
                _varint(out, len(elements))
            else:
                out.append(len(elements) << 4 | inner)
            for each in elements:
                _value(out, inner, each)
        case 12:
            _struct(out, value)
        case _:
            raise ValueError(f"a Parquet footer holds no thrift type {kind}")


def _varint(out: bytearray, value: int) -> None:
    while value > 127:
        out.append(value & 127 | 128)
        value >>= 7
    out.append(value)


def _zigzag(value: int) -> int:
    return value * 2 if value >= 0 else -value * 2 - 1
