import { toHex } from '../../../src/bytes.ts';
import { signEd25519, verifyEd25519 } from '../../../src/crypto/ed25519.ts';
import { VerifyError } from '../../../src/errors.ts';
import { checkKey } from '../../../src/keys/jwk.ts';
import { PublicKey } from '../../../src/keys/public-key.ts';
import { SigningKey } from '../../../src/keys/signing-key.ts';
import type { Run } from '../format.ts';
import { fromHex } from '../from-hex.ts';

/** Verifies a signature, or makes one where a seed is given (spec §4.2). */
export const ed25519: Run = ({ publicKey, seed, message, signature }) => {
  const data = fromHex(message as string);
  if (seed !== undefined) return sign(fromHex(seed as string), data);
  const { bytes } = checkKey(new PublicKey(fromHex(publicKey as string)));
  if (!verifyEd25519(bytes, data, fromHex(signature as string))) throw new VerifyError('signature.invalid');
  return {};
};

function sign(seed: Uint8Array, data: Uint8Array): object {
  const { publicKey } = new SigningKey(seed);
  return { publicKey: toHex(publicKey.bytes), signature: toHex(signEd25519(seed, data)) };
}
