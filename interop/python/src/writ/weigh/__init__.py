"""Weighing evidence (§9.7): what is at hand meets the denials that logic left, or replaces them."""

from .authentic import chain_keys, require_authentic
from .decision import Weighing, never_passes, weigh

__all__ = ["Weighing", "chain_keys", "never_passes", "require_authentic", "weigh"]
