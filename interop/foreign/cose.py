"""Blocks, evidence and receipts as COSE objects, checked by a COSE library that is given nothing but `external_aad`."""

import base64
import hashlib

import cbor2
from cwt import COSE, COSEKey, VerifyError

from vectors import elements

LABELS = ("grant", "hop", "invocation", "status", "approval", "consent", "receipt")
KINDS = {1: "status", 2: "approval", 3: "consent"}

# The library wants to be told what it gets: the CBOR tag of a COSE_Sign1, or of a COSE_Mac0 (RFC 9052 §2).
SIGN1, MAC0 = b"\xd2", b"\xd1"


class Key:
    """A key of the library that remembers the bytes which the library gave it to verify."""

    def __init__(self, key):
        self._key = key
        self.signed = None

    def __getattr__(self, name):
        return getattr(self._key, name)

    def verify(self, signed, proof):
        self.signed = signed
        self._key.verify(signed, proof)


def _key(kind, kid, key):
    form = {1: 1, 3: -19, -1: 6, -2: key} if kind == SIGN1 else {1: 4, 3: 5, -1: key}
    return Key(COSEKey.new(form | ({2: kid} if kid else {})))


def thumbprint(public):
    """The key id of a public key (RFC 7638)."""
    x = base64.urlsafe_b64encode(public).rstrip(b"=")
    return hashlib.sha256(b'{"crv":"Ed25519","kty":"OKP","x":"' + x + b'"}').digest()


def ask(kind, raw, label, link, keys):
    """Puts one object to the library; returns the key that was asked, and the error or None.

    `keys` are pairs of a kid, or None, and a public key or secret. Where the object has a kid, the library chooses by
    it. Raises ValueError where no key has the kid.
    """
    keys = [_key(kind, *key) for key in keys]
    try:
        COSE.new().decode(kind + raw, keys, external_aad=cbor2.dumps([f"writ/1 {label}", link]))
        error = None
    except VerifyError as refusal:
        error = refusal
    return next(key for key in keys if key.signed is not None), error


class Checker:
    """Has every object verified once, and once more with each thing around it changed."""

    def __init__(self):
        self.signed = {}  # the bytes that the library made to be signed, by what was asked
        self.altered = 0
        self.wrong = []

    def verify(self, kind, raw, label, link, keys):
        """The bytes that the library made of an object to be signed. Raises VerifyError where the proof does not hold."""
        asked = (kind, raw, label, link, tuple(keys))
        if asked not in self.signed:
            key, error = ask(*asked)
            if error:
                raise error
            self.signed[asked] = key.signed
            self._alter(*asked)
        return self.signed[asked]

    def _alter(self, kind, raw, label, link, keys):
        end = -len(cbor2.dumps(bytes(64 if kind == SIGN1 else 32))) - 1  # the last byte of the payload
        other_label = LABELS[(LABELS.index(label) + 1) % len(LABELS)]
        other_link = bytes([link[0] ^ 1]) + link[1:] if link else bytes(32)
        for what, altered in (
            ("label", (raw, other_label, link)),
            ("link", (raw, label, other_link)),
            ("payload", (raw[:end] + bytes([raw[end] ^ 1]) + raw[end + 1 :], label, link)),
            ("proof", (raw[:-1] + bytes([raw[-1] ^ 1]), label, link)),
        ):
            self.altered += 1
            if ask(kind, *altered, keys)[1] is None:
                self.wrong.append(f"accepted with another {what}: {label} {raw.hex()}")

    def chain(self, token, anchors):
        """Verifies the blocks of a token, then its invocation, under `anchors`: keys and secrets by kid.

        Returns the signed bytes and the proof of each. An error of the library says that something does not hold.
        """
        suite, blocks, *seal = elements(token)
        kind = SIGN1 if cbor2.loads(suite) == 2 else MAC0
        objects = [("hop" if place else "grant", raw) for place, raw in enumerate(elements(blocks))]
        last_tag = cbor2.loads(seal[0]) if seal else None
        if isinstance(last_tag, list):
            objects.append(("invocation", seal[0]))
        keys = [(kid, key) for kid, key in anchors.items() if len(kid) == (32 if kind == SIGN1 else 16)]
        proven = []
        for label, raw in objects:
            link = hashlib.sha256(proven[-1][0]).digest() if proven else b""
            if kind == MAC0 and label != "invocation":
                raw = _with_tag(raw, label, link, keys, last_tag if raw is objects[-1][1] else None)
            signed = self.verify(kind, raw, label, link, keys)
            _, _, payload, proof = cbor2.loads(raw)
            proven.append((signed, proof))
            keys = [(None, proof if kind == MAC0 else cbor2.loads(payload).get(8))]
        return proven

    def evidence(self, piece, ids, named):
        """Verifies a piece of evidence for the chain with these ids of blocks; `named` are the chain's keys by kid.

        Returns its signed bytes, or None where the chain does not name its key.
        """
        kind, raw = elements(piece)
        label = KINDS[cbor2.loads(kind)]
        kid = cbor2.loads(cbor2.loads(raw)[0])[4]
        if kid not in named:
            return None
        link = {"status": b"", "approval": ids[-1], "consent": ids[0]}[label]
        return self.verify(SIGN1, raw, label, link, [(kid, named[kid])])


def _with_tag(block, label, link, keys, tag):
    """A block of suite 1 is a COSE_Mac0 without its tag. Only the last one shows; the library makes the others."""
    untagged = b"\x84" + block[1:]
    if tag is None:
        key, _ = ask(MAC0, untagged + cbor2.dumps(bytes(32)), label, link, keys)
        tag = key.sign(key.signed)
    return untagged + cbor2.dumps(tag)


def named(token, anchor_keys=()):
    """The public keys that `alive`, `approval` and `consent` of a chain name, by kid (§9.7)."""
    found = list(anchor_keys)
    for block in cbor2.loads(token)[1]:
        claims = cbor2.loads(block[2])
        found += [entry[0] for entry in claims.get(12, [])]
        found += [key for entry in claims.get(13, []) for key in entry[1]]
        found += [claims[17]] if 17 in claims else []
    return {thumbprint(key): key for key in found if isinstance(key, bytes)}
