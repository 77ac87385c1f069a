"""The test vectors, as the bytes that their tokens, evidence and receipts have on the wire."""

import base64
import io
import json
import re
from dataclasses import dataclass
from pathlib import Path

import cbor2

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "test-vectors"

# What refuses a token before its evidence is read (§8).
BEFORE_EVIDENCE = {
    *("anchor.unknown", "anchor.window", "anchor.grantor"),
    *("signature.invalid", "mac.invalid", "evidence.unsupported"),
}


@dataclass(frozen=True)
class Presentation:
    """A token with its evidence, as one test or one step of a sequence presents it.

    `code` is that of its refusal, or None where there was a decision. `made` has the signed bytes and the proof of each
    block and of the invocation, where the vectors tell them.
    """

    id: str
    text: str
    setting: dict
    code: str | None
    read_evidence: bool = True
    statuses: str = ""
    made: list | tuple = ()


def files():
    """Every file of tests, by name."""
    for path in sorted(FOLDER.glob("*.json")):
        content = json.loads(path.read_text(encoding="utf-8"))
        if "tests" in content:
            yield content


def stages():
    """The stage of every code, from the registry in the specification (§10)."""
    rows = re.findall(r"^\| `([a-z0-9.-]+)` \| (\w+) \|", (ROOT / "spec" / "writ.md").read_text(encoding="utf-8"), re.M)
    return dict(rows)


def presentations():
    """What the files present, and the tokens of those about minting, in their order."""
    setting = next(content for content in files() if content["type"] == "token")
    for content in files():
        if content["format"] == "writ-vectors/1":
            for test in content["tests"]:
                yield from _of_test(content, test)
        elif content["format"] == "writ-sequences/1":
            for test in content["tests"]:
                yield from _of_steps(content, test)
        elif content["type"] in ("presentation", "effective"):
            yield from (_of_case(content, test) for test in content["tests"])
        elif content["type"] == "mint":
            for test in content["tests"]:
                text = test.get("output", {}).get("text", "")
                if text.startswith("writ_"):
                    yield Presentation(test["id"], text, setting, None, False)


def cases():
    """The cases about texts and trust files."""
    return (test for content in files() if content["type"] in ("text", "keys") for test in content["tests"])


def _of_test(setting, test):
    code = test["code"] if test["stage"] in ("decode", "verify") else None
    shown = test.get("intermediates", {"blocks": []})
    objects = shown["blocks"] + ([shown["invocation"]] if "invocation" in shown else [])
    made = [(bytes.fromhex(each["signed"]), bytes.fromhex(each["proof"])) for each in objects]
    read_evidence = test["stage"] != "decode" and code not in BEFORE_EVIDENCE
    yield Presentation(test["id"], test["text"], setting, code, read_evidence, made=made)
    for request in test.get("requests", []):
        if "text" in request:
            yield Presentation(test["id"], request["text"], setting, None)


def _of_steps(setting, test):
    for number, step in enumerate(test["steps"], 1):
        if step["do"] == "authorize":
            code = None if "denials" in step else step["code"]
            name = f"{test['id']}, step {number}"
            yield Presentation(name, step["text"], setting, code, statuses=step.get("statuses", ""))


def _of_case(setting, test):
    asked = test["input"]
    read_evidence = "verified" not in asked and test["code"] not in BEFORE_EVIDENCE
    return Presentation(test["id"], asked["text"], setting, test["code"], read_evidence, asked.get("statuses", ""))


def split(text):
    """The parts of a text as bytes, the token first; None where it is no writ, or a part is not base64url."""
    for prefix in ("writ_secret_", "writ_"):
        if text.startswith(prefix):
            return parts(text.removeprefix(prefix))
    return None


def parts(text):
    """The parts of a text between its tildes as bytes; None where one is not base64url."""
    try:
        return [base64.b64decode(part + "=" * (-len(part) % 4), b"-_", validate=True) for part in text.split("~")]
    except ValueError:
        return None


def pieces(presentation):
    """Evidence on the token and in the statuses beside it, as bytes; None where a part is not base64url."""
    attached = [b""] if presentation.text.startswith("writ_secret_") else split(presentation.text)
    loaded = parts(presentation.statuses.replace("\n~", "~").strip()) if presentation.statuses else [b""]
    return None if attached is None or loaded is None else attached[1:] + loaded[1:]


def elements(array):
    """The bytes of each element of an encoded array, as they stand in it."""
    count = len(cbor2.loads(array))
    stream = io.BytesIO(array)
    stream.seek(1 if count < 24 else 2)
    decoder = cbor2.CBORDecoder(stream)
    found = []
    for _ in range(count):
        start = stream.tell()
        decoder.decode()
        found.append(array[start : stream.tell()])
    return found


def log_lines(log):
    """The lines of a log as bytes of receipts; None for a line that is not base64url."""
    return [(parts(line) or [None])[0] if "~" not in line else None for line in log.split("\n")]
