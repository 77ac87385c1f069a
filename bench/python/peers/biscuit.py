"""Biscuit: the library in Rust, bound to Python."""

import base64
import json
from datetime import UTC, datetime, timedelta

from biscuit_auth import (
    AuthorizationError,
    AuthorizerBuilder,
    Biscuit,
    BiscuitBuilder,
    BiscuitValidationError,
    BlockBuilder,
    KeyPair,
)

from peer import Duties, Peer
from scenario import NOW, Asked, delegate_at, restriction_at


def _date(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _code_at(at: int, named: bool) -> str:
    restriction = restriction_at(at)
    delegate = f"\ndelegate({json.dumps(delegate_at(at))});" if named else ""
    return f"""check if time($t), $t < {_date(restriction.exp)};
check if operation($o), {json.dumps(restriction.actions)}.contains($o);
check if resource($r), $r.starts_with({json.dumps(restriction.prefix)});{delegate}"""


def _binary(text: str) -> bytes:
    return base64.urlsafe_b64decode(text)


class _Party:
    def __init__(self) -> None:
        pair = KeyPair()
        self._key = pair.private_key
        self._root = pair.public_key
        limits = AuthorizerBuilder().limits()
        # The default of 1 ms is exceeded by 16 blocks on a machine that is busy.
        limits.max_time = timedelta(seconds=1)
        self._limits = limits

    def mint(self, named: bool) -> str:
        return BiscuitBuilder(_code_at(0, named)).build(self._key).to_base64()

    def attenuate(self, held: str, at: int, named: bool) -> str:
        parent = Biscuit.from_base64(held, self._root)
        return parent.append(BlockBuilder(_code_at(at, named))).to_base64()

    def seal(self, held: str, asked: Asked) -> str:
        return held

    def authorize(self, sent: str, asked: Asked) -> bool:
        builder = AuthorizerBuilder(
            f"operation({json.dumps(asked.action)}); resource({json.dumps(asked.resource)}); "
            f"time({_date(NOW)}); allow if true;"
        )
        builder.set_limits(self._limits)
        try:
            builder.build(Biscuit.from_base64(sent, self._root)).authorize()
        except (BiscuitValidationError, AuthorizationError):
            return False
        return True

    def size_held(self, held: str) -> int:
        return len(_binary(held))

    def size_sent(self, sent: str) -> int:
        return self.size_held(sent)

    def tamper(self, sent: str) -> str:
        altered = bytearray(_binary(sent))
        altered[altered.index(b"reports")] ^= 1
        return base64.urlsafe_b64encode(altered).decode()


PEER = Peer(
    name="biscuit-python",
    package="biscuit-python",
    module="biscuit_auth",
    notes="Ed25519; a token carries the key of its next block; each request has its authorizer",
    duties=Duties(possession=False, replay=False, audience=False),
    party=_Party(),
)
