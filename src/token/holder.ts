import { MintError, VerifyError } from '../errors.ts';
import { sameKey } from '../keys/key-claim.ts';
import type { PublicKey } from '../keys/public-key.ts';
import type { Signer } from '../keys/signer.ts';
import { SigningKey } from '../keys/signing-key.ts';
import type { Token } from './model.ts';
import type { Prover } from './sign.ts';

/** The holder's key, or a signer that has it; in suite 2, unless the token is a bundle. */
export type HolderKey = SigningKey | Signer | undefined;

/** Options with a holder's key, which tells what minting gives. */
export type WithHolderKey<Key extends HolderKey> = { readonly key: Key } | { readonly key?: SigningKey };

/**
 * What the holder of an open token makes its proof with: its key or signer in suite 2, the last tag in suite 1.
 *
 * @throws MintError `mint.sealed`, `mint.input`; VerifyError `holder.key` where the key is not the holder's
 */
export function holderOf(token: Token, key: HolderKey): Prover {
  if (token.invocation !== undefined) throw new MintError('mint.sealed');
  if (token.suite === 'hmac') {
    if (key !== undefined)
      throw keyError('a token of the suite hmac carries its own secret and takes no key');
    return token.secret as Prover;
  }
  if (token.secret !== undefined && key !== undefined)
    throw keyError('a bundle carries its own key and takes no other');
  const own = token.secret === undefined ? key : new SigningKey(token.secret.expose());
  if (own === undefined) throw keyError('the holder’s key is needed');
  const holder = token.blocks.at(-1)?.claims.key as PublicKey;
  if (!sameKey(own.publicKey, holder)) throw new VerifyError('holder.key');
  return own;
}

function keyError(detail: string): MintError {
  return new MintError('mint.input', { path: 'key', detail });
}
