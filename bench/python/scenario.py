"""What every peer is asked to do; the same as in `bench/compare/scenario.ts`."""

import time
from dataclasses import dataclass

# The lengths of chain that are measured, in blocks: a root, and 0, 3 and 15 hops.
LENGTHS = (1, 4, 16)

# When the run began, in Unix seconds; nothing expires in it.
NOW = int(time.time())


@dataclass(frozen=True)
class Asked:
    """What is asked of a service."""

    action: str
    resource: str


REQUEST = Asked("read", "reports/q3.pdf")
REFUSED = (Asked("write", "reports/q3.pdf"), Asked("read", "secrets/key.pem"))
# What hops refuse that the root allows.
NARROWED = Asked("list", "reports/q3.pdf")


@dataclass(frozen=True)
class Restriction:
    """What a block restricts."""

    exp: int
    actions: tuple[str, ...]
    prefix: str


def restriction_at(at: int) -> Restriction:
    """The restriction that the block at a place adds, the root being the one at 0."""
    exp = NOW + 86_400 - 60 * at
    if at == 0:
        return Restriction(exp, ("list", "read"), "reports/")
    return Restriction(exp, ("read",), "reports/q")


def delegate_at(at: int) -> str:
    """The name of the delegate that the block at a place hands its authority to."""
    return f"agent:acme/reader-{at + 1}"
