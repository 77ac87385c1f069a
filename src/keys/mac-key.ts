import { randomBytes } from '../crypto/random.ts';
import { KeyError } from '../errors.ts';
import { Secret } from './secret.ts';

/** The root secret of suite 1 and the 16-byte id that is kept with it. */
export class MacKey {
  readonly suite = 'hmac';
  readonly kid: Uint8Array;
  readonly secret: Secret;

  /** @throws KeyError `key.length` where the secret is not 32 bytes or the id not 16 */
  constructor(secret: Uint8Array, kid: Uint8Array) {
    if (secret.length !== 32 || kid.length !== 16) throw new KeyError('key.length');
    this.secret = new Secret(secret);
    this.kid = Uint8Array.from(kid);
  }

  static generate(): MacKey {
    return new MacKey(randomBytes(32), randomBytes(16));
  }
}
