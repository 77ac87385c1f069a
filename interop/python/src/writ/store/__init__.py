"""What remembers and counts for all replicas of a service (§9.6, §9.7.4)."""

from .branch import Branch, Count
from .budget import Spend
from .memory import MemoryStore
from .operations import Answer, Keep, Kept, Reserve, Store
from .plan import Step, TakeStep
from .replay import UseNonce

__all__ = [
    "Answer",
    "Branch",
    "Count",
    "Keep",
    "Kept",
    "MemoryStore",
    "Reserve",
    "Spend",
    "Step",
    "Store",
    "TakeStep",
    "UseNonce",
]
