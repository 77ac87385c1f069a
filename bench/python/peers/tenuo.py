"""Tenuo: warrants that name the keys of their holders; the core is Rust."""

import base64
import time
from dataclasses import dataclass, replace

from tenuo import (
    Authorizer,
    Pattern,
    SigningKey,
    Warrant,
    decode_warrant_stack_base64,
    encode_warrant_stack,
)
from tenuo.exceptions import TenuoError

from peer import Duties, Peer
from scenario import LENGTHS, Asked, restriction_at


@dataclass(frozen=True)
class _Sent:
    """The two headers of a request."""

    warrants: str
    possession: str


def _capabilities_at(at: int) -> dict[str, dict[str, Pattern]]:
    restriction = restriction_at(at)
    resource = Pattern(f"{restriction.prefix}*")
    return {action: {"resource": resource} for action in restriction.actions}


def _ttl_at(at: int) -> int:
    return restriction_at(at).exp - int(time.time())


class _Party:
    def __init__(self) -> None:
        self._keys = [SigningKey.generate() for _ in range(max(LENGTHS) + 1)]
        self._authorizer = Authorizer(trusted_roots=[self._keys[0].public_key])

    # A warrant has no place for the name of its delegate: it has the key.
    def mint(self, named: bool) -> str:
        root = Warrant.issue(
            self._keys[0],
            capabilities=_capabilities_at(0),
            ttl_seconds=_ttl_at(0),
            holder=self._keys[1].public_key,
        )
        return encode_warrant_stack([root])

    def attenuate(self, held: str, at: int, named: bool) -> str:
        warrants = decode_warrant_stack_base64(held)
        child = warrants[-1].attenuate(
            _capabilities_at(at),
            self._keys[at],
            ttl_seconds=_ttl_at(at),
            holder=self._keys[at + 1].public_key,
        )
        return encode_warrant_stack([*warrants, child])

    def seal(self, held: str, asked: Asked) -> _Sent:
        warrants = decode_warrant_stack_base64(held)
        holder = self._keys[len(warrants)]
        arguments = {"resource": asked.resource}
        signature = warrants[-1].sign(holder, asked.action, arguments, int(time.time()))
        return _Sent(held, base64.b64encode(signature).decode())

    def authorize(self, sent: _Sent, asked: Asked) -> bool:
        try:
            self._authorizer.check_chain(
                decode_warrant_stack_base64(sent.warrants),
                asked.action,
                {"resource": asked.resource},
                signature=base64.b64decode(sent.possession),
            )
        except TenuoError:
            return False
        return True

    def size_held(self, held: str) -> int:
        return len(base64.b64decode(held))

    def size_sent(self, sent: _Sent) -> int:
        return self.size_held(sent.warrants) + len(base64.b64decode(sent.possession))

    def tamper(self, sent: _Sent) -> _Sent:
        altered = bytearray(base64.b64decode(sent.warrants))
        altered[altered.index(b"reports")] ^= 1
        return replace(sent, warrants=base64.b64encode(altered).decode())


PEER = Peer(
    name="tenuo",
    package="tenuo",
    module="tenuo",
    notes=(
        "Ed25519; a delegate is a key and has no name; "
        "hashes are written as numbers, so sizes vary by a few bytes"
    ),
    duties=Duties(possession=True, replay=False, audience=False),
    party=_Party(),
)
