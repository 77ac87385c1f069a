import { MintError } from '../errors.ts';
import { sameKey } from '../keys/key-claim.ts';
import { checkMembers } from '../members.ts';
import { systemTime } from '../time.ts';
import { decode } from '../token/decode.ts';
import { type Link, linkBlocks } from '../token/links.ts';
import type { Token } from '../token/model.ts';
import type { Minted } from '../token/sign.ts';
import { type EvidenceKey, mintEvidence } from './mint-evidence.ts';

/** Whose consent it is. */
export interface ConsentToOptions<Key extends EvidenceKey> {
  readonly key: Key;
  /** The time in Unix seconds; by default the system's clock. */
  readonly now?: number;
}

/**
 * Proves by the human's own key the grant that a token begins with (spec §5.8.3). It holds for all that is delegated
 * under the grant.
 *
 * @param text any token of the grant
 * @returns the text of the consent, `~…`; with a signer in a promise
 * @throws MintError `mint.input` where the grant does not ask for it, `mint.signature`; DecodeError
 * @example
 * consentTo(text, { key: cfo })
 */
export function consentTo<Key extends EvidenceKey>(
  text: string,
  options: ConsentToOptions<Key>,
): Minted<Key> {
  checkMembers(options, ['key', 'now']);
  const { key, now = systemTime() } = options;
  const token = decode(text);
  checkConsenter(token, key);
  const { suite, blocks } = token;
  const [{ id }] = linkBlocks(suite, blocks) as [Link];
  return mintEvidence('consent', key, id, [[6, now]]);
}

/** Refuses a key whose consent the grant does not ask for, before anybody is asked. @throws MintError `mint.input` */
export function checkConsenter({ blocks }: Token, { publicKey }: Pick<EvidenceKey, 'publicKey'>): void {
  const { consent } = blocks[0].claims;
  if (consent === undefined || !sameKey(consent, publicKey))
    throw new MintError('mint.input', {
      path: 'consent, key',
      detail: 'the grant does not ask for its consent',
    });
}
