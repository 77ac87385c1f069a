import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ed25519Backend as nodeName, verify as nodeVerify } from './node.ts';
import type { Backend } from './seam.ts';

export { publicKey, randomBytes, sha256, sign } from './node.ts';

/** `crypto_sign_verify_detached` of libsodium, whose rule is that of spec §4.2. */
type VerifyDetached = (signature: Uint8Array, data: Uint8Array, publicKey: Uint8Array) => unknown;

/** A name that neither compiler nor bundler follows, since the package is optional. */
const PACKAGE: string = 'sodium-native';

const hex = (digits: string) => Buffer.from(digits, 'hex');

// Key, message, signature and verdict: RFC 8032 §7.1, test 2, another message, and a key with a part of small order,
// whose signature only a verifier that multiplies by the cofactor accepts, which spec §4.2 does not.
const KEY = hex('3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c');
const SIGNATURE = hex(
  '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00',
);
const PROBES: readonly (readonly [Uint8Array, Uint8Array, Uint8Array, boolean])[] = [
  [KEY, hex('72'), SIGNATURE, true],
  [KEY, hex('73'), SIGNATURE, false],
  [
    hex('16b981d0b88cdf3ab9fa87190822fe4905b475efda3aec7c34abfa92c19320f4'),
    hex('0000'),
    hex(
      'edc876d6831fd2105d0b4389ca2e283166469289146e2ce06faefe98b22548dfbf97e9912558482087807a8149dfcb344ea4754c6c59a4f8768d44f9a99ce209',
    ),
    false,
  ],
];

// Captured once: a later change of the package's exports must not reach it.
const verifyDetached = load();

/** Where it is not installed, or cannot be relied on, node:crypto verifies; that it cannot is a warning. */
function load(): VerifyDetached | undefined {
  const found = find();
  if (found === undefined) return undefined;
  const { require, path } = found;
  try {
    const { crypto_sign_verify_detached: verify } = require(path);
    if (PROBES.every(([key, data, signature, verdict]) => verify(signature, data, key) === verdict))
      return verify;
  } catch {
    // such as for a platform that it has no build for
  }
  process.emitWarning(`${PACKAGE} is installed, but does not work here: ${nodeName} verifies`, {
    code: 'WRIT_SODIUM',
  });
  return undefined;
}

/** The package in the folders above this file, and not where variables of the environment say. */
function find(): { require: NodeJS.Require; path: string } | undefined {
  try {
    const require = createRequire(import.meta.url); // which a bundle of CommonJS does not have
    for (let folder = dirname(fileURLToPath(import.meta.url)); ; folder = dirname(folder)) {
      const place = join(folder, 'node_modules', PACKAGE);
      if (existsSync(place)) return { require, path: require.resolve(place) };
      if (folder === dirname(folder)) return undefined;
    }
  } catch {
    return undefined;
  }
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
