import { getPublicKey, hashes, sign as nobleSign, Point } from '@noble/ed25519';
import { _SHA256, _SHA512 } from '@noble/hashes/sha2.js';
import { equal, littleEndian } from '../../bytes.ts';
import type { Backend } from './seam.ts';

// Captured once: a later change of the global must not reach the keys that are made here.
const webCrypto = /* @__PURE__ */ (() => globalThis.crypto)();

// noble calls whatever hangs on its mutable hook, so it is set anew before each call into noble.
function withOwnHash<T>(call: () => T): T {
  hashes.sha512 = (data) => new _SHA512().update(data).digest();
  return call();
}

export const ed25519Backend: Backend['ed25519Backend'] = 'noble';

// The classes: noble's functions of the same names add options that nobody needs here, and a browser would load them.
export const sha256: Backend['sha256'] = (data) => new _SHA256().update(data).digest();

// Not noble's own `verify`, which is cofactored even in its strict mode.
export const verify: Backend['verify'] = (publicKey, data, signature) => {
  const R = signature.subarray(0, 32);
  const S = littleEndian(signature.subarray(32));
  const k = littleEndian(new _SHA512().update(R).update(publicKey).update(data).digest()) % Point.CURVE().n;
  try {
    const A = Point.fromBytes(publicKey);
    return equal(Point.BASE.multiply(S, false).subtract(A.multiply(k, false)).toBytes(), R);
  } catch {
    return false; // the key is no point of the curve
  }
};

export const sign: Backend['sign'] = (seed, data) => withOwnHash(() => nobleSign(data, seed));

export const publicKey: Backend['publicKey'] = (seed) => withOwnHash(() => getPublicKey(seed));

export const randomBytes: Backend['randomBytes'] = (length) =>
  webCrypto.getRandomValues(new Uint8Array(length));
