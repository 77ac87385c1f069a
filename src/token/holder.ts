import { MintError, VerifyError } from '../errors.ts';
import { sameKey } from '../keys/key-claim.ts';
import type { PublicKey } from '../keys/public-key.ts';
import type { Secret } from '../keys/secret.ts';
import { SigningKey } from '../keys/signing-key.ts';
import type { Token } from './model.ts';

/**
 * What the holder of an open token signs or MACs with: its seed in suite 2, the last tag in suite 1.
 *
 * @throws MintError `mint.sealed`, `mint.input`; VerifyError `holder.key` where the key is not the holder's
 */
export function holderSecret(token: Token, key: SigningKey | undefined): Secret {
  if (token.invocation !== undefined) throw new MintError('mint.sealed');
  if (token.suite === 'hmac') {
    if (key !== undefined)
      throw keyError('a token of the suite hmac carries its own secret and takes no key');
    return token.secret as Secret;
  }
  if (token.secret !== undefined && key !== undefined)
    throw keyError('a bundle carries its own key and takes no other');
  const own = token.secret === undefined ? key : new SigningKey(token.secret.expose());
  if (own === undefined) throw keyError('the holder’s key is needed');
  const holder = token.blocks.at(-1)?.claims.key as PublicKey;
  if (!sameKey(own.publicKey, holder)) throw new VerifyError('holder.key');
  return own.seed;
}

function keyError(detail: string): MintError {
  return new MintError('mint.input', { path: 'key', detail });
}
