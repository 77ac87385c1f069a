import { concat, equal, fromBase64url, toBase64url, utf8 } from '../bytes.ts';
import { signEd25519, verifyEd25519 } from '../crypto/ed25519.ts';
import { sha256 } from '../crypto/sha256.ts';
import { ReceiptError } from '../errors.ts';
import type { PublicKey } from '../keys/public-key.ts';
import type { SigningKey } from '../keys/signing-key.ts';

// The type of an Ed25519 signature, in the key ids of C2SP's signed notes.
const ED25519 = 1;

const PREFIX = '— ';

// All but newlines.
const CONTROL = /[^\n\P{Cc}]/u;

/** As many as others must accept, and some more. */
const MAX_SIGNATURES = 100;

/** Whether a text may name a key in a signed note: not empty, and without white space and `+`. */
export function isKeyName(name: unknown): name is string {
  return typeof name === 'string' && /^[^\s\p{Cc}\p{Z}+]+$/u.test(name);
}

/**
 * A text, which ends in a newline, with its signature: a signed note as C2SP specifies it (c2sp.org/signed-note).
 *
 * @example
 * signNote('pay.acme.example\n7\nCsUY…2I=\n', 'pay.acme.example', key)
 */
export function signNote(text: string, name: string, key: SigningKey): string {
  const signature = signEd25519(key.seed.expose(), utf8(text));
  const proof = toBase64(concat(noteKeyId(name, key.publicKey), signature));
  return `${text}\n${PREFIX}${name} ${proof}\n`;
}

/**
 * The text of a signed note, where the key signed it under whatever name; signatures of others are passed over.
 *
 * @throws ReceiptError `receipt.shape` where it is no note, `receipt.key` where no signature is of the key,
 *   `receipt.signature` where one that claims to be is not
 */
export function openNote(note: string, key: PublicKey): string {
  const end = note.lastIndexOf('\n\n') + 1;
  const lines = note.slice(end + 1).split('\n');
  if (
    end === 0 ||
    lines.pop() !== '' ||
    lines.length === 0 ||
    lines.length > MAX_SIGNATURES ||
    CONTROL.test(note)
  )
    return misshapen();
  const text = note.slice(0, end);
  let signed = false;
  for (const { name, keyId, signature } of lines.map(parseSignature)) {
    if (!equal(keyId, noteKeyId(name, key))) continue;
    if (!verifyEd25519(key.bytes, utf8(text), signature)) throw new ReceiptError('receipt.signature');
    signed = true;
  }
  if (!signed) throw new ReceiptError('receipt.key');
  return text;
}

/** The id of a key under a name: 4 bytes, a hint and no more. */
function noteKeyId(name: string, key: PublicKey): Uint8Array {
  return sha256(concat(utf8(`${name}\n`), Uint8Array.of(ED25519), key.bytes)).subarray(0, 4);
}

function parseSignature(line: string): { name: string; keyId: Uint8Array; signature: Uint8Array } {
  const [name, text, ...more] = line.startsWith(PREFIX) ? line.slice(PREFIX.length).split(' ') : [];
  const bytes = text === undefined ? undefined : fromBase64(text);
  if (!isKeyName(name) || more.length > 0 || bytes === undefined || bytes.length < 5) return misshapen();
  return { name, keyId: bytes.subarray(0, 4), signature: bytes.subarray(4) };
}

function misshapen(): never {
  throw new ReceiptError('receipt.shape', { detail: 'not a signed note' });
}

/** RFC 4648 §4 base64 with padding. */
export function toBase64(bytes: Uint8Array): string {
  const text = toBase64url(bytes).replaceAll('-', '+').replaceAll('_', '/');
  return text.padEnd(Math.ceil(text.length / 4) * 4, '=');
}

/** The strict inverse of {@link toBase64}; `undefined` where the text is not canonical. */
export function fromBase64(text: string): Uint8Array | undefined {
  if (text.length % 4 > 0 || /[-_]/.test(text)) return undefined;
  return fromBase64url(
    text
      .replace(/={1,2}$/, '')
      .replaceAll('+', '-')
      .replaceAll('/', '_'),
  );
}
