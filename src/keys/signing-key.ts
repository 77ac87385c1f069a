import { ed25519PublicKey } from '../crypto/ed25519.ts';
import { randomBytes } from '../crypto/random.ts';
import { KeyError } from '../errors.ts';
import { PublicKey, thumbprint } from './public-key.ts';
import { Secret } from './secret.ts';

/** An Ed25519 key pair that signs: a grantor's, an agent's, a status authority's. */
export class SigningKey {
  readonly suite = 'ed25519';
  readonly publicKey: PublicKey;
  readonly seed: Secret;

  /** @throws KeyError `key.length` where the seed is not 32 bytes */
  constructor(seed: Uint8Array) {
    if (seed.length !== 32)
      throw new KeyError('key.length', { detail: 'an Ed25519 seed has exactly 32 bytes' });
    this.seed = new Secret(seed);
    this.publicKey = new PublicKey(ed25519PublicKey(seed));
  }

  /** The key id that a root block of this key carries: its thumbprint. */
  get kid(): Uint8Array {
    return thumbprint(this.publicKey);
  }

  static generate(): SigningKey {
    return new SigningKey(randomBytes(32));
  }
}
