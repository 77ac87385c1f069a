"""Measures the peers that come as packages of Python, and prints the figures as JSON."""

import argparse
import json
import platform
import sys
from dataclasses import asdict
from importlib.metadata import version
from typing import Any

from installed import import_times, install_bytes
from interleave import cases_of, interleave
from peer import Peer, Sent, chain_of
from peers import biscuit, tenuo
from prove import prove
from scenario import LENGTHS, REQUEST

_PEERS: tuple[Peer[Any], ...] = (tenuo.PEER, biscuit.PEER)
_IMPORTS = 5


def _tell(done: str) -> None:
    print(done, file=sys.stderr)


def _rounds(text: str) -> int:
    rounds = int(text)
    if rounds < 2:
        raise argparse.ArgumentTypeError("a spread takes 2 rounds or more")
    return rounds


def _weigh(peer: Peer[Sent]) -> dict[str, list[int]]:
    """Bytes at each length, in binary: of what is held, and of what is sent with a request."""
    party = peer.party
    named, bare = (
        [chain[blocks - 1] for blocks in LENGTHS]
        for chain in (chain_of(party, max(LENGTHS), names) for names in (True, False))
    )
    return {
        "named": [party.size_held(held) for held in named],
        "bare": [party.size_held(held) for held in bare],
        "sent": [party.size_sent(party.seal(held, REQUEST)) for held in named],
    }


def _measure(rounds: int) -> dict[str, object]:
    for peer in _PEERS:
        prove(peer)
        _tell(f"proved {peer.name}")
    imports = import_times([peer.module for peer in _PEERS], _IMPORTS)
    _tell("timed imports")
    spreads = interleave([case for peer in _PEERS for case in cases_of(peer)], rounds, _tell)
    return {
        "peers": [
            {
                "name": peer.name,
                "version": version(peer.package),
                "language": "Python (Rust)",
                "notes": peer.notes,
                "duties": asdict(peer.duties),
                "ns": {
                    case.what: asdict(spread)
                    for case, spread in spreads.items()
                    if case.peer == peer.name
                },
                "bytes": _weigh(peer),
                "importMs": imports[peer.module],
                "installBytes": install_bytes(peer.package),
            }
            for peer in _PEERS
        ],
        "python": platform.python_version(),
    }


def main() -> None:
    """Reads the options, measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=_rounds, default=15, metavar="N", help="15 by default")
    print(json.dumps(_measure(parser.parse_args().rounds)))


if __name__ == "__main__":
    main()
