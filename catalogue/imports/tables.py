"""Reading CSV files that others made: all of it or one sentence, never half."""

import csv
import hashlib
import io
from pathlib import Path


class FileRefused(ValueError):
    """The file as a whole cannot be read; its one sentence says why and what to do. Nothing was written."""


def read_csv(path, required, largest=512 * 1024 * 1024, called=None):
    """(rows as dictionaries with `line`, SHA-256 of the file). Every row has a value for every column.

    Sentences name the file as `called`, where it is kept under another name than its sender's.
    Raises FileRefused for a missing file, an encoding other than UTF-8, wrong columns, or a file cut short.
    """
    path = Path(path)
    name = called or path.name
    try:
        if path.stat().st_size > largest:
            raise FileRefused(f"{name} is larger than {largest // 2**20} MB; split it and import the pieces.")
        data = path.read_bytes()
    except OSError as problem:
        raise FileRefused(f"{called or path} cannot be read: {problem.strerror}.") from None
    return list(rows_of(name, decoded(name, data), required)), hashlib.sha256(data).hexdigest()


def decoded(name, data):
    """The text of a UTF-8 file, with or without byte order mark."""
    if not data.strip():
        raise FileRefused(f"{name} is empty.")
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise FileRefused(f"{name} is in UTF-16; save it as CSV in UTF-8 and import it again.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        line = data.count(b"\n", 0, problem.start) + 1
        raise FileRefused(
            f"{name} is not in UTF-8 (line {line}); save it as CSV in UTF-8 and import it again."
        ) from None
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise FileRefused(f"{name} holds a null character in line {line}; it is no CSV file, or it is damaged.")
    return text


def rows_of(name, text, required):
    """The rows of CSV `text`, each with its line number under `line`."""
    csv.field_size_limit(16 * 1024 * 1024)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        header = [column.strip() for column in next(reader)]
        check_header(name, header, required)
        before = reader.line_num
        for cells in reader:
            line, before = before + 1, reader.line_num
            if not cells:
                continue
            if len(cells) != len(header):
                raise FileRefused(
                    f"{name}, line {line}, has {len(cells)} columns instead of {len(header)}: the file is cut short"
                    " or damaged. Nothing was written."
                )
            yield dict(zip(header, cells, strict=True)) | {"line": line}
    except csv.Error as problem:
        raise FileRefused(
            f"{name}, line {reader.line_num}, is no well-formed CSV ({problem}): the file is cut short or damaged."
            " Nothing was written."
        ) from None


def check_header(name, header, required):
    missing = [column for column in required if column not in header]
    if missing:
        raise FileRefused(
            f"{name} lacks the column{'s' if len(missing) > 1 else ''} {', '.join(missing)}; "
            f"expected are {', '.join(required)} (comma-separated, with a header line)."
        )
    twice = sorted({column for column in header if header.count(column) > 1})
    if twice:
        raise FileRefused(f"{name} has the column {twice[0]} twice; name each column once.")
