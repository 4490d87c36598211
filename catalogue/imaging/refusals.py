"""Why a file was not accepted as a photograph: stable codes and sentences for people."""

from __future__ import annotations

#: Every code that a refusal may carry. They are part of the REST interface: add, never rename.
REASONS = {
    "empty": "the file holds no bytes",
    "too_large": "the file is larger than an original may be",
    "not_a_photograph": "the bytes are not a picture at all, or a drawing such as SVG",
    "unsupported_format": "a picture, but of a kind that is not taken (GIF, AVIF, camera raw …)",
    "animated": "a moving picture",
    "truncated": "the file ends before its picture does",
    "damaged": "the file contradicts itself or cannot be decoded",
    "too_many_pixels": "decoding would need more memory than is allowed",
    "too_many_pages": "more pages than a photograph file may have",
    "trailing_data": "unknown bytes follow the picture",
    "polyglot": "the picture is at the same time something else: an archive, a document, a program",
    "decoder_crashed": "the decoder died of the file",
    "took_too_long": "the decoder did not finish in time",
    "archive": "a ZIP archive that cannot or may not be unpacked",
}


class PhotoRefused(ValueError):
    """The file is not accepted. `reason` is one of REASONS; `str()` says what is wrong and what to do."""

    def __init__(self, reason: str, sentence: str) -> None:
        if reason not in REASONS:
            raise AssertionError(f"unknown reason {reason!r}")
        super().__init__(sentence)
        self.reason = reason
        self.sentence = sentence


def truncated(what: str) -> PhotoRefused:
    """The refusal of a file that stops early; `what` names the picture's format."""
    return PhotoRefused(
        "truncated",
        f"This {what} file ends before the picture does. Copy it from the camera again and check its size.",
    )


def damaged(what: str, detail: str) -> PhotoRefused:
    """The refusal of a file that breaks the rules of its own format; `detail` is a clause, no full stop."""
    return PhotoRefused(
        "damaged", f"This {what} file is damaged: {detail}. Copy it from the camera again, or export it anew."
    )
