import { concat, equal } from '../bytes.ts';
import { expectArray, expectBytes, expectMap, expectTime, expectUint } from '../cbor/expect.ts';
import { readCbor } from '../cbor/read.ts';
import { type CborMap, type CborValue, isArray, isBytes, isMap } from '../cbor/value.ts';
import { writeCbor } from '../cbor/write.ts';
import { PROTECTED_KID, signedBytes } from '../cose.ts';
import { signEd25519, verifyEd25519 } from '../crypto/ed25519.ts';
import { sha256 } from '../crypto/sha256.ts';
import { DecodeError, ReceiptError } from '../errors.ts';
import { type PublicKey, thumbprint } from '../keys/public-key.ts';
import type { SigningKey } from '../keys/signing-key.ts';
import * as limits from '../limits.ts';
import type { Recorded } from './receipts.ts';
import { encodeSummary } from './summary.ts';

/** The most bytes that a receipt has. */
export const RECEIPT_SIZE = 1_048_576;

/** How far a chain of receipts has come: how many there are, and the id of the last; no bytes where there is none. */
export interface Head {
  readonly size: number;
  readonly id: Uint8Array;
}

/** The head of a chain without a receipt. */
export const EMPTY: Head = { size: 0, id: new Uint8Array() };

/** Bytes in a log that are no receipt: what a writer that was killed left behind. */
export interface Torn {
  readonly length: number;
  readonly sha256: Uint8Array;
}

/** What a receipt says, whatever its place in the chain. */
export interface Content {
  readonly time: number;
  readonly token: Uint8Array | null;
  readonly evidence: readonly Uint8Array[];
  /** The JSON of the summary of the decision. */
  readonly summary: Uint8Array;
}

/** A decoded receipt, of which nothing is verified. Byte strings are views into what was decoded. */
export interface Receipt extends Content {
  /** Its place, from 0. */
  readonly number: number;
  /** The bytes before it that it seals. */
  readonly torn?: Torn | undefined;
  /** The thumbprint of the key that signed it. */
  readonly kid: Uint8Array;
  readonly header: Uint8Array;
  readonly payload: Uint8Array;
  readonly signature: Uint8Array;
}

/**
 * What a receipt keeps of a decision (spec §9.8.2).
 *
 * @throws ReceiptError `receipt.failed` for a token or evidence that is none or carries a secret, and for what is larger than a receipt may be
 */
export function contentOf({ decision, token, evidence }: Recorded): Content {
  if (token !== null && !isShareable(token)) fail('the token carries a secret, or is none');
  // Copies, since it is written later.
  const content: Content = {
    time: decision.now,
    token: token && Uint8Array.from(token),
    evidence: evidence.map((item) => Uint8Array.from(item)),
    summary: encodeSummary(decision),
  };
  if (!(content.time >= 0 && content.time < limits.time)) fail('the time is outside of the format');
  if (evidence.length > limits.entries) fail('too much evidence');
  if (!evidence.every(isEvidence)) fail('the evidence is none');
  const parts = [content.summary, content.token ?? '', ...content.evidence];
  // What stands around them has at most 1 KiB, and 5 bytes for each piece of evidence.
  if (parts.reduce((sum, { length }) => sum + length + 5, 1024) > RECEIPT_SIZE) fail('it is too large');
  return content;
}

/** The bytes of the receipt that follows a head, and its own head (spec §9.8.1). */
export function signReceipt(
  { time, token, evidence, summary }: Content,
  key: SigningKey,
  { size, id }: Head,
  torn?: Torn,
): { readonly bytes: Uint8Array; readonly head: Head } {
  const claims = new Map<number, CborValue>([[1, size]]);
  if (token !== null) claims.set(2, token);
  claims.set(3, evidence).set(4, summary).set(6, time);
  if (torn !== undefined) claims.set(9, [torn.length, torn.sha256]);
  const header = concat(PROTECTED_KID.ed25519, key.kid);
  const payload = writeCbor(claims);
  const signed = signedBytes('ed25519', 'receipt', id, header, payload);
  const signature = signEd25519(key.seed.expose(), signed);
  return {
    bytes: writeCbor([header, new Map(), payload, signature]),
    head: { size: size + 1, id: sha256(signed) },
  };
}

/** Decodes a receipt (spec §9.8.1). It verifies nothing. @throws ReceiptError `receipt.shape` */
export function decodeReceipt(bytes: Uint8Array): Receipt {
  try {
    if (bytes.length > RECEIPT_SIZE) return misshapen('it is too large');
    const [header, unprotected, payload, signature] = expectArray(readCbor(bytes), 'receipt', 4, 4);
    const prefix = PROTECTED_KID.ed25519;
    if (!isBytes(header) || !isBytes(payload) || !isBytes(signature) || signature.length !== 64)
      return misshapen('not a COSE_Sign1');
    if (!isMap(unprotected) || unprotected.size > 0) return misshapen('unprotected header');
    if (header.length !== prefix.length + 32 || !equal(header.subarray(0, prefix.length), prefix))
      return misshapen('protected header');
    const kid = header.subarray(prefix.length);
    return { ...parseClaims(expectMap(readCbor(payload), 'payload')), kid, header, payload, signature };
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    return misshapen([error.code, error.where.path].filter(Boolean).join(', '));
  }
}

/** The head of the chain with a receipt that follows `head`. */
export function headAfter({ size, id }: Head, { header, payload }: Receipt): Head {
  return { size: size + 1, id: sha256(signedBytes('ed25519', 'receipt', id, header, payload)) };
}

/**
 * Verifies that a receipt follows a head and is signed by a key (spec §9.8.3).
 *
 * @throws ReceiptError `receipt.key`, `receipt.link`, `receipt.signature`
 */
export function verifyReceipt(receipt: Receipt, key: PublicKey, head: Head): void {
  checkPlace(receipt, thumbprint(key), head);
  const { header, payload, signature } = receipt;
  if (!verifyEd25519(key.bytes, signedBytes('ed25519', 'receipt', head.id, header, payload), signature))
    throw new ReceiptError('receipt.signature');
}

/** What of {@link verifyReceipt} costs no cryptography. @throws ReceiptError `receipt.key`, `receipt.link` */
export function checkPlace({ kid, number }: Receipt, expected: Uint8Array, { size }: Head): void {
  if (!equal(kid, expected)) throw new ReceiptError('receipt.key');
  if (number !== size)
    throw new ReceiptError('receipt.link', { detail: `number ${number} stands where ${size} belongs` });
}

const CLAIMS: readonly (number | string)[] = [1, 2, 3, 4, 6, 9];

function parseClaims(claims: CborMap): Pick<Receipt, 'number' | 'torn' | keyof Content> {
  if (![...claims.keys()].every((name) => CLAIMS.includes(name))) misshapen('an unknown claim');
  const [number, token, evidence, summary, time, torn] = CLAIMS.map((name) => claims.get(name));
  if (number === undefined || summary === undefined || time === undefined)
    return misshapen('a missing claim');
  return {
    number: expectUint(number, 'number'),
    token: token === undefined ? null : expectBytes(token, 'token', 1, limits.token),
    evidence: expectArray(evidence, 'evidence', 0).map((item) =>
      expectBytes(item, 'evidence', 0, limits.evidenceSize),
    ),
    summary: expectBytes(summary, 'summary', 1, RECEIPT_SIZE),
    time: expectTime(time, 'time'),
    torn: torn === undefined ? undefined : parseTorn(torn),
  };
}

function parseTorn(value: CborValue): Torn {
  const [length, digest] = expectArray(value, 'torn', 2, 2) as [CborValue, CborValue];
  return { length: expectUint(length, 'torn'), sha256: expectBytes(digest, 'torn', 32) };
}

// What is attached to a bundle is the seed of its holder.
function isEvidence(item: Uint8Array): boolean {
  const items = item.length > limits.evidenceSize ? undefined : readSafely(item);
  return isArray(items) && items.length === 2 && typeof items[0] === 'number' && isArray(items[1]);
}

// An open token of suite 1 ends in its tag, which is all that a thief needs.
function isShareable(token: Uint8Array): boolean {
  const items = token.length > limits.token ? undefined : readSafely(token);
  return isArray(items) && (items[0] === 2 || (items[0] === 1 && isArray(items[2])));
}

function readSafely(bytes: Uint8Array): CborValue | undefined {
  try {
    return readCbor(bytes);
  } catch {
    return undefined;
  }
}

function misshapen(detail: string): never {
  throw new ReceiptError('receipt.shape', { detail });
}

function fail(detail: string): never {
  throw new ReceiptError('receipt.failed', { detail });
}
