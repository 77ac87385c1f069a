"""Every block, invocation, piece of evidence and receipt of the vectors as a COSE object."""

import hashlib

import cbor2
from cwt import VerifyError

from cose import SIGN1, Checker, named, thumbprint
from vectors import files, log_lines, parts, pieces, presentations, split


def check_cose(unseen):
    """Verifies everything; returns the checker and how many presentations and receipts were refused as they must be.

    `unseen` are the tests whose wrong signature the library accepts.
    """
    checker = Checker()
    refused = sum(_presentation(checker, presentation, presentation.id in unseen) for presentation in presentations())
    for content in files():
        if content["format"] == "writ-logs/1":
            refused += sum(_log(checker, content, test) for test in content["tests"])
    return checker, refused


def _bytes(text):
    return parts(text)[0]


def _anchors(setting):
    """Keys and secrets by kid: all that the file tells, trusted or not."""
    keys = [bytes.fromhex(key["publicKey"]) for key in setting["keys"].values()]
    jwks = setting["trust"]["keys"]
    keys += [_bytes(jwk["x"]) for jwk in jwks if jwk["kty"] == "OKP"]
    secrets = {_bytes(jwk["kid"]): _bytes(jwk["k"]) for jwk in jwks if jwk["kty"] == "oct"}
    return {thumbprint(key): key for key in keys} | secrets


def _watchers(setting, token):
    """The status authority of the anchor that signed the root block, where it has one."""
    root = cbor2.loads(cbor2.loads(token)[1][0][0])[4]
    for jwk in setting["trust"]["keys"]:
        kid = thumbprint(_bytes(jwk["x"])) if jwk["kty"] == "OKP" else _bytes(jwk["kid"])
        if kid == root and "alive" in jwk["writ"]:
            return [_bytes(jwk["writ"]["alive"]["key"]["x"])]
    return []


def _presentation(checker, presentation, unseen):
    """Whether the library had to refuse, and did."""
    if presentation.code not in (None, "signature.invalid", "mac.invalid", "evidence.signature"):
        return False
    token = split(presentation.text)[0]
    try:
        proven = checker.chain(token, _anchors(presentation.setting))
        ids = [hashlib.sha256(signed).digest() for signed, _ in proven[: len(cbor2.loads(token)[1])]]
        keys = named(token, _watchers(presentation.setting, token))
        for piece in pieces(presentation) if presentation.read_evidence else []:
            checker.evidence(piece, ids, keys)
    except VerifyError as error:
        if presentation.code is None or unseen:
            checker.wrong.append(f"{presentation.id}: the library refuses it: {error!r}")
        return presentation.code is not None
    if presentation.code is not None:
        if not unseen:
            checker.wrong.append(f"{presentation.id}: the library accepts what is {presentation.code}")
    elif presentation.made and proven != presentation.made:
        checker.wrong.append(f"{presentation.id}: the library makes other signed bytes, or other tags")
    return False


def _log(checker, setting, test):
    """Whether the library had to refuse a receipt of this log, and did."""
    if test["code"] is not None and (test["code"] != "receipt.signature" or "line" not in test):
        return False
    key = _bytes(setting["key"]["x"])
    lines = log_lines(test["log"])
    wanted = range(1, test["line"] + 1) if test["code"] else [receipt["line"] for receipt in test["receipts"]]
    link = b""
    try:
        for line in wanted:
            signed = checker.verify(SIGN1, lines[line - 1], "receipt", link, [(thumbprint(key), key)])
            link = hashlib.sha256(signed).digest()
    except VerifyError as error:
        if test["code"] is None:
            checker.wrong.append(f"{test['id']}: the library refuses it: {error!r}")
        return test["code"] is not None
    if test["code"] is not None:
        checker.wrong.append(f"{test['id']}: the library accepts what is {test['code']}")
    elif link.hex() != test["head"]:
        checker.wrong.append(f"{test['id']}: the library has another id of the last receipt")
    return False
