"""Minting tokens (§5.4, §5.7)."""

from .tokens import delegate, grant, invoke

__all__ = ["delegate", "grant", "invoke"]
