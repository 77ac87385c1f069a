"""Evidence (§5.8): what others sign, apart from the token."""

from .approval import approve
from .claims import Answer, Consent, Entry, State, Status
from .consent import consent_to
from .mission import Change, change_state
from .piece import Piece, read_piece
from .status import issue_status
from .text import decode_evidence

__all__ = [
    "Answer",
    "Change",
    "Consent",
    "Entry",
    "Piece",
    "State",
    "Status",
    "approve",
    "change_state",
    "consent_to",
    "decode_evidence",
    "issue_status",
    "read_piece",
]
