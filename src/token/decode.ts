import { createBrand } from '../brand.ts';
import { expectArray } from '../cbor/expect.ts';
import { readCbor } from '../cbor/read.ts';
import { type CborValue, isArray, isBytes, isMap } from '../cbor/value.ts';
import { PROTECTED, PROTECTED_KID } from '../cose.ts';
import { refuse } from '../errors.ts';
import { Secret } from '../keys/secret.ts';
import type { Suite } from '../keys/suite.ts';
import * as limits from '../limits.ts';
import { parseText, type TextParts } from '../text.ts';
import { parseGrant, parseHop, parseInvocation } from './claims.ts';
import type { Known, KnownBlocks } from './known-blocks.ts';
import type { GrantClaims, HopClaims, Signed, Token } from './model.ts';

const TAG_LENGTH = 32;

type Parse<C> = (payload: Uint8Array, path: string, header: Uint8Array, proof: CborValue | undefined) => C;

// Claims are parsed once, so verifying relies on the very object that decoding made.
const tokens = createBrand();

/** What `decode` may be given beside the text. */
export interface DecodeOptions {
  /** Where a verifier looks up the blocks that it has verified before; by default every one is read. */
  readonly known?: KnownBlocks | undefined;
}

/**
 * Decodes a token from its text (spec §7). It verifies nothing: no claim of the result may be relied on.
 *
 * @throws DecodeError `text.*`, `limit.*`, `cbor.*`, `token.*`, `claim.*`
 * @example
 * const token = decode(text)
 * const chain = verify(token, trust)
 */
export function decode(text: string, { known }: DecodeOptions = {}): Token {
  const parts = parseText(text);
  const [number, blocks, seal] = expectItems(readCbor(parts.token), 2, 3, 'token');
  const suite: Suite = number === 1 ? 'hmac' : number === 2 ? 'ed25519' : refuse('token.suite');
  // In suite 1, blocks carry no tags of their own.
  const [kidLength, proofLength] = suite === 'hmac' ? [16, 0] : [32, 64];
  if (isArray(blocks) && blocks.length > limits.blocks) refuse('limit.blocks');
  let root: GrantClaims | undefined;
  let found: Known | null | undefined = null;
  const parse: Parse<GrantClaims | HopClaims> = (payload, path, header, proof) => {
    found = known?.find(found, header, payload, proof);
    const claims =
      found?.claims ?? (root ? parseHop(payload, suite, path, root) : parseGrant(payload, suite, path));
    root ??= claims as GrantClaims;
    return claims;
  };
  const [first, ...hops] = expectItems(blocks, 1, limits.blocks, 'token').map((item, i) =>
    decodeSigned(
      item,
      `block ${i}`,
      (i ? PROTECTED : PROTECTED_KID)[suite],
      i ? 0 : kidLength,
      proofLength,
      parse,
    ),
  ) as unknown as [Signed<GrantClaims>, ...Signed<HopClaims>[]];

  const open = suite === 'hmac' ? isBytes(seal) && seal.length === TAG_LENGTH : seal === undefined;
  if (!open && !isArray(seal)) refuse('token.seal');
  const invocation = open
    ? undefined
    : decodeSigned(seal, 'invocation', PROTECTED[suite], 0, proofLength || TAG_LENGTH, parseInvocation);
  const secret = open ? secretOf(parts, seal) : undefined;
  // A token with a secret has the prefix that scanners look for, and no other has it.
  if (parts.secret !== (secret !== undefined)) refuse('text.prefix');
  const token: Token = {
    suite,
    blocks: [Object.assign(first, { kid: first.header.subarray(-kidLength) }), ...hops],
    invocation,
    secret: secret && new Secret(secret),
    evidence: parts.secret ? [] : parts.attachments,
  };
  tokens.add(token);
  return token;
}

/** @throws TypeError where the value did not come from `decode`, as a copy does not */
export function assertToken(token: Token): void {
  if (!tokens.has(token)) throw new TypeError('not from decode()');
}

// The header is fixed but for the bytes of the key id, which come last, so comparing bytes is parsing it.
function decodeSigned<C>(
  value: CborValue | undefined,
  path: string,
  prefix: Uint8Array,
  kidLength: number,
  proofLength: number,
  parse: Parse<C>,
): Signed<C> {
  const length = proofLength ? 4 : 3;
  const [header, unprotected, payload, proof] = expectItems(value, length, length, path);
  if (
    !isBytes(header) ||
    header.length !== prefix.length + kidLength ||
    prefix.some((byte, i) => header[i] !== byte) ||
    !isMap(unprotected) ||
    unprotected.size > 0
  ) {
    return refuse('token.header', path);
  }
  if (!isBytes(payload)) return refuse('token.shape', path);
  const claims = parse(payload, path, header, proof);
  if (!proofLength) return { header, payload, claims };
  if (!isBytes(proof) || proof.length !== proofLength) return refuse('token.shape', path);
  return { header, payload, claims, proof };
}

// The last tag in suite 1; in suite 2 the seed of a bundle, matched with the last key where it is used and not here.
function secretOf({ secret, attachments }: TextParts, tag: CborValue | undefined): Uint8Array | undefined {
  const [seed, ...more] = attachments;
  if (!secret || seed === undefined) return tag as Uint8Array | undefined;
  return tag === undefined && seed.length === 32 && more.length === 0 ? seed : refuse('text.secret');
}

// At least two are always there, or one block; which others are, the length has shown.
function expectItems(value: CborValue | undefined, min: number, max: number, path: string): CborItems {
  return expectArray(value, path, min, max, 'token.shape') as unknown as CborItems;
}

type CborItems = [CborValue, CborValue, ...CborValue[]];
