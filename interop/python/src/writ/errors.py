"""Errors and their codes (§1, §10). A code is never renamed and never reused."""

from __future__ import annotations

from typing import Final

_BY_STAGE: Final[dict[str, str]] = {
    "decode": """
        limit.size limit.depth limit.text limit.entries limit.blocks limit.evidence
        text.prefix text.base64 text.secret cbor.truncated cbor.trailing
        cbor.not-shortest cbor.indefinite cbor.reserved cbor.integer cbor.float cbor.tag
        cbor.simple cbor.key-type cbor.key-order cbor.duplicate-key cbor.utf8
        cbor.character token.shape token.suite token.header token.seal claim.unknown
        claim.missing claim.value claim.set claim.degenerate evidence.shape
        evidence.kind receipt.shape
    """,
    "key": """
        key.format key.length key.weak key.mismatch key.algorithm trust.format
        trust.anchor trust.duplicate
    """,
    "verify": """
        anchor.unknown anchor.window anchor.grantor signature.invalid mac.invalid
        evidence.unsupported evidence.signature holder.key invocation.missing
    """,
    "request": """
        request.malformed context.malformed cost.malformed reservation.unknown
    """,
    "mint": """
        mint.input mint.sealed mint.signature mission.final hop.wider
    """,
    "decide": """
        invocation.expired invocation.early invocation.audience invocation.action
        invocation.resource invocation.arguments invocation.replay aud.other exp.passed
        nbf.early iat.early scope.action scope.resource scope.arguments delegation.depth
        delegation.delegate alive.suspended alive.completed alive.revoked alive.block
        alive.key approval.refused context.missing context.mismatch limits.audience
        limits.cost limits.spent limits.frozen plan.audience plan.step plan.early
        plan.closed consent.key ext.unknown ext.refused store.failed store.timeout store.full
        store.clock store.lost store.older store.damaged receipt.failed receipt.locked
        receipt.key receipt.signature receipt.link receipt.truncated
    """,
    "need": """
        invocation.store alive.status alive.subject alive.authority alive.early
        alive.stale alive.older alive.conflict approval.required approval.approver
        approval.delegate approval.request approval.nonce approval.early approval.stale
        approval.twice approval.store limits.store plan.store consent.proof
        consent.early
    """,
}

#: Every code and the stage that it belongs to.
CODES: Final[dict[str, str]] = {
    code: stage for stage, codes in _BY_STAGE.items() for code in codes.split()
}


class WritError(Exception):
    """A refusal with its one stable code. The detail never holds a token, key or claim value."""

    def __init__(self, code: str, detail: str = "") -> None:
        if code not in CODES:
            raise ValueError("no such code")
        super().__init__(code, detail)
        self.code: Final = code
        self.detail: Final = detail

    def __str__(self) -> str:
        return f"{self.code}: {self.detail}" if self.detail else self.code

    @property
    def stage(self) -> str:
        """The stage of §10: decode, key, verify, request, mint, decide or need."""
        return CODES[self.code]
