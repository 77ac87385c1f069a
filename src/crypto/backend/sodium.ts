import { createRequire } from 'node:module';
import { ed25519Backend as nodeName, verify as nodeVerify } from './node.ts';
import type { Backend } from './seam.ts';

export { publicKey, randomBytes, sha256, sign } from './node.ts';

/** `crypto_sign_verify_detached` of libsodium, whose rule is that of spec §4.2. */
type VerifyDetached = (signature: Uint8Array, data: Uint8Array, publicKey: Uint8Array) => unknown;

/** A name that neither compiler nor bundler follows, since the package is optional. */
const PACKAGE: string = 'sodium-native';

// RFC 8032 §7.1, test 2, whose message is the byte 0x72.
const KEY = Buffer.from('3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c', 'hex');
const SIGNATURE = Buffer.from(
  '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00',
  'hex',
);

// Captured once: a later change of the package's exports must not reach it.
const verifyDetached = load();

/** Where it is not installed, or cannot be loaded, node:crypto verifies; that it cannot be loaded is a warning. */
function load(): VerifyDetached | undefined {
  let require: NodeJS.Require;
  let path: string;
  try {
    require = createRequire(import.meta.url); // which a bundle of CommonJS does not have
    path = require.resolve(PACKAGE);
  } catch {
    return undefined;
  }
  try {
    const { crypto_sign_verify_detached: verify } = require(path);
    if (
      verify(SIGNATURE, Uint8Array.of(0x72), KEY) === true &&
      verify(SIGNATURE, Uint8Array.of(0x73), KEY) === false
    )
      return verify;
  } catch {
    // such as for a platform that it has no build for
  }
  process.emitWarning(`${PACKAGE} is installed, but does not work here: ${nodeName} verifies`, {
    code: 'WRIT_SODIUM',
  });
  return undefined;
}

/** What verifies Ed25519 signatures in this process, to be logged when a service starts. */
export const ed25519Backend: Backend['ed25519Backend'] =
  verifyDetached === undefined ? nodeName : 'sodium-native';

export const verify: Backend['verify'] =
  verifyDetached === undefined
    ? nodeVerify
    : (key, data, signature) => {
        const verdict = verifyDetached(signature, data, key);
        // It has none on bytes in shared memory.
        return typeof verdict === 'boolean' ? verdict : nodeVerify(key, data, signature);
      };
