"""All that one request asks of a store, done wholly or not at all (§9.6)."""

from ..costs import AtMost, Costs
from .ask import Ask, CostsOf, Replay, without_store
from .charging import Charging

__all__ = ["Ask", "AtMost", "Charging", "Costs", "CostsOf", "Replay", "without_store"]
