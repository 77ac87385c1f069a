"""Writ: capability tokens for agents.

A human grants authority once, every hop hands it on narrowed, and a service verifies the whole
chain offline and decides each request. The specification is the authority on everything here.
"""

from .caveats.facts import Facts, Handler
from .charge import AtMost
from .decide import Request, decide
from .decision import Decision, Denial
from .decoding import decode
from .effective import Effective, effective_authority
from .errors import CODES, WritError
from .evidence import (
    Entry,
    Piece,
    State,
    approve,
    consent_to,
    decode_evidence,
    issue_status,
)
from .http import from_authorization, http_status
from .keys import PublicKey, Secret, Signer, SigningKey, import_jwk
from .mint import delegate, grant, invoke
from .receipts import ReceiptLog, prove, verify_log
from .store import MemoryStore, Store
from .token import Token
from .trust import Anchor, Trust, import_trust
from .verifier import Verifier
from .verify import Chain, verify

__all__ = [
    "CODES",
    "Anchor",
    "AtMost",
    "Chain",
    "Decision",
    "Denial",
    "Effective",
    "Entry",
    "Facts",
    "Handler",
    "MemoryStore",
    "Piece",
    "PublicKey",
    "ReceiptLog",
    "Request",
    "Secret",
    "Signer",
    "SigningKey",
    "State",
    "Store",
    "Token",
    "Trust",
    "Verifier",
    "WritError",
    "approve",
    "consent_to",
    "decide",
    "decode",
    "decode_evidence",
    "delegate",
    "effective_authority",
    "from_authorization",
    "grant",
    "http_status",
    "import_jwk",
    "import_trust",
    "invoke",
    "issue_status",
    "prove",
    "verify",
    "verify_log",
]
