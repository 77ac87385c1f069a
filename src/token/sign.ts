import { signEd25519, verifyEd25519 } from '../crypto/ed25519.ts';
import { hmac } from '../crypto/hmac.ts';
import { MintError } from '../errors.ts';
import { checkKey } from '../keys/jwk.ts';
import { PublicKey } from '../keys/public-key.ts';
import { Secret } from '../keys/secret.ts';
import type { Signer } from '../keys/signer.ts';
import { SigningKey } from '../keys/signing-key.ts';

/** What makes a proof: a secret of suite 1; in suite 2 a key, or a signer that has it. */
export type Prover = Secret | SigningKey | Signer;

/** A token that lacks nothing but its last proof. */
export interface Unsigned {
  readonly by: Prover;
  /** The bytes that the proof covers (spec §5.3). */
  readonly signed: Uint8Array;
  /** The text with the proof. @throws MintError for all that can be refused whatever the proof is */
  readonly finish: (proof: Uint8Array) => string;
}

/** The text of a token; where the key is a {@link Signer}, a promise of it. */
export type Minted<Key> = Key extends Signer ? Promise<string> : string;

const BLANK = new Uint8Array(64);

/**
 * Prepares and signs a token: at once, or, where the key is a signer, in a promise that all refusals reject.
 *
 * @throws MintError `mint.signature`; KeyError where a signer's key must not be used
 */
export function mint<Key>(key: Key, prepare: (key: Key) => Unsigned): Minted<Key> {
  const minted = isSigner(key) ? (async () => sign(prepare(fix(key))))() : sign(prepare(key));
  return minted as Minted<Key>;
}

function isSigner(key: unknown): key is Signer {
  return typeof (key as Partial<Signer> | undefined)?.sign === 'function';
}

// A copy, so that the key that is checked is the key that is used.
function fix<Key extends Signer>(signer: Key): Key {
  const { bytes, algorithm } = signer.publicKey;
  const fixed: Signer = {
    publicKey: checkKey(new PublicKey(bytes, algorithm)),
    sign: (data) => signer.sign(data),
  };
  return fixed as Key;
}

function sign({ by, signed, finish }: Unsigned): string | Promise<string> {
  if (by instanceof Secret) return finish(hmac(by.expose(), signed));
  if (by instanceof SigningKey) return finish(signEd25519(by.seed.expose(), signed));
  if (!isSigner(by)) throw new TypeError('the key is neither a SigningKey, a MacKey nor a Signer');
  // What is refused whatever the proof is, a signer is never asked to sign.
  finish(BLANK);
  return ask(by, signed).then(finish);
}

async function ask(signer: Signer, signed: Uint8Array): Promise<Uint8Array> {
  // Both ways a copy: neither what was asked nor what was checked can change afterwards.
  const returned: unknown = await signer.sign(Uint8Array.from(signed));
  const proof = returned instanceof Uint8Array ? Uint8Array.from(returned) : new Uint8Array();
  if (!verifyEd25519(signer.publicKey.bytes, signed, proof)) {
    const detail = proof.length === 64 ? undefined : `it has ${proof.length} bytes instead of 64`;
    throw new MintError('mint.signature', { detail });
  }
  return proof;
}
