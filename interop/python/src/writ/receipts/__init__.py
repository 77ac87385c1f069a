"""Receipts (§9.8): what was decided, in a log that shows what was removed, changed or added."""

from .checkpoint import Checkpoint, open_checkpoint
from .log import Log, Logged, verify_log
from .prove import Proven, prove
from .receipt import Receipt, read_receipt
from .summary import summarize
from .writer import ReceiptLog

__all__ = [
    "Checkpoint",
    "Log",
    "Logged",
    "Proven",
    "Receipt",
    "ReceiptLog",
    "open_checkpoint",
    "prove",
    "read_receipt",
    "summarize",
    "verify_log",
]
