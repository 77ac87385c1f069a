import fc from 'fast-check';
import { SigningKey } from '../../src/keys/signing-key.ts';

/** Key pairs of all seeds. */
export const pairs: fc.Arbitrary<SigningKey> = fc
  .uint8Array({ minLength: 32, maxLength: 32 })
  .map((seed) => new SigningKey(seed));

/** A PEM block, made without the code under test. */
export function armour(label: string, bytes: Uint8Array, width = 64): string {
  const lines =
    Buffer.from(bytes)
      .toString('base64')
      .match(new RegExp(`.{1,${width}}`, 'g')) ?? [];
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`;
}
