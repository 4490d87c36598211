"""Photographs as evidence: is it one, what does it carry, its small copies, and where the original is kept.

Pure functions and one decoding process; nothing here knows Django. A file is received (`Shelf.receive`),
examined in a process of its own (`examine`: structure, full decoding, metadata, renditions) and kept bit for
bit under its SHA-256 (`Shelf.keep`). Whatever is not accepted raises PhotoRefused with a stable reason.
"""

from .child import Examined, ExaminerFailed, derive, examine
from .metadata import Metadata
from .refusals import REASONS, PhotoRefused
from .store import Kept, Received, Shelf, ShelfConflict, Waiting
from .verify import Verified

__all__ = [
    "REASONS",
    "Examined",
    "ExaminerFailed",
    "Kept",
    "Metadata",
    "PhotoRefused",
    "Received",
    "Shelf",
    "ShelfConflict",
    "Verified",
    "Waiting",
    "derive",
    "examine",
]
