import { equal } from '../bytes.ts';
import { signedBytes } from '../cose.ts';
import { verifyEd25519 } from '../crypto/ed25519.ts';
import { VerifyError } from '../errors.ts';
import { ED25519, keyProblem, type PublicKey, thumbprint } from '../keys/public-key.ts';
import type { Evidence } from './read-evidence.ts';

// A chain can name a thousand keys, and each is compared with every item.
const kids = new WeakMap<PublicKey, Uint8Array>();

/** The thumbprint of a key, computed once. */
export function kidOf(key: PublicKey): Uint8Array {
  const known = kids.get(key);
  if (known !== undefined) return known;
  const kid = thumbprint(key);
  kids.set(key, kid);
  return kid;
}

/** Whether a key is the one that an item says it is signed by. */
export function isSigner({ kid }: Evidence, key: PublicKey): boolean {
  return key.algorithm === ED25519 && equal(kid, kidOf(key));
}

// A feed is signed once, and relied on at every request.
const known = new WeakSet<Evidence>();

/**
 * Refuses an item whose signature by a key does not verify.
 *
 * @param link the id that it hangs on, or no bytes (spec §5.3)
 * @throws VerifyError `key.weak`, `evidence.signature`
 */
export function authenticate(item: Evidence, key: PublicKey, link: Uint8Array, path: string): void {
  if (known.has(item)) return;
  const { kind, header, payload, proof } = item;
  const problem = keyProblem(key);
  if (problem !== undefined) throw new VerifyError(problem, { path });
  if (!verifyEd25519(key.bytes, signedBytes('ed25519', kind, link, header, payload), proof))
    throw new VerifyError('evidence.signature', { path });
  if (kind === 'status') known.add(item);
}
