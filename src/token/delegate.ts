import { type Caveats, caveats } from '../caveats/all.ts';
import { PROTECTED } from '../cose.ts';
import { randomBytes } from '../crypto/random.ts';
import { MintError } from '../errors.ts';
import type { PublicKey } from '../keys/public-key.ts';
import { SigningKey } from '../keys/signing-key.ts';
import { checkMembers } from '../members.ts';
import { checkAudience, meetAudiences } from './audience.ts';
import { defaultSubject } from './claims.ts';
import { decode } from './decode.ts';
import {
  asShaped,
  encodeCaveats,
  encodeDelegate,
  encodePayload,
  encodeTask,
  encodeToken,
  pickCaveats,
} from './encode.ts';
import { withoutDefaultSubject } from './grant.ts';
import { type HolderKey, holderOf, type WithHolderKey } from './holder.ts';
import { type Link, linkBlocks, linkObject } from './links.ts';
import type { Task } from './model.ts';
import { checkNarrower } from './narrower.ts';
import { type Minted, mint, type Unsigned } from './sign.ts';

interface Hop extends Omit<Caveats, 'consent'>, Task {
  /** The next delegate, as a URI. */
  readonly delegate: string;
  /** Its public key; in suite 2, unless `bundle`. */
  readonly to?: PublicKey;
  /** The 8 to 16 bytes that keep two hops apart that say the same, by default random where there are limits or a plan. */
  readonly cti?: Uint8Array;
  /** In suite 2: makes a key for the delegate, and the result carries it as a secret. */
  readonly bundle?: boolean;
  /** Makes the hop even where it asks for more than the token has; it gains nothing by that. */
  readonly force?: boolean;
}

/** What a hop says: its delegate, why, and caveats, which can only narrow. */
export type DelegateOptions<Key extends HolderKey = SigningKey> = Hop & WithHolderKey<Key>;

const OPTIONS = [
  ...['key', 'delegate', 'to', 'bundle', 'force', 'cti', 'task', 'reference', 'instruction'],
  ...Object.keys(caveats).filter((name) => name !== 'consent'),
];

/**
 * Appends a hop to an open token: hands its authority, narrowed, to another delegate (spec §5.4.2).
 *
 * @param text an open token or a bundle
 * @returns the text of the longer open token, with a signer in a promise; in suite 1, and of a bundle, it is a secret
 * @throws MintError `hop.wider` with the caveat and block in its path, `mint.sealed`, `mint.input`, `mint.signature`;
 *   VerifyError `holder.key`; KeyError; DecodeError
 * @example
 * delegate(text, { key: agent, delegate: 'agent:acme/lookup', to: lookup.publicKey, task: 'Find the Q3 revenue',
 *   scope: [{ actions: ['read'], resources: ['reports/q3/**'] }] })
 */
export function delegate<Key extends HolderKey = SigningKey>(
  text: string,
  options: DelegateOptions<Key>,
): Minted<Key> {
  return mint(options.key as Key, (key) => prepareHop(text, options, key));
}

function prepareHop(text: string, options: Hop, key: HolderKey): Unsigned {
  checkMembers(options, OPTIONS);
  const token = decode(text);
  const by = holderOf(token, key);
  const { to, bundle, force } = options;
  if (bundle === true && to !== undefined) {
    throw new MintError('mint.input', { path: 'to', detail: 'a bundle makes the delegate’s key itself' });
  }
  const child = bundle === true ? SigningKey.generate() : undefined;
  const root = token.blocks[0].claims;
  const own = asShaped('caveats', () => withoutDefaultSubject(pickCaveats(options), defaultSubject(root)));
  checkAudience(own, meetAudiences([...token.blocks.map(({ claims }) => claims), own]));

  const counted = own.limits !== undefined || own.plan !== undefined;
  const { cti = counted ? randomBytes(8) : undefined } = options;
  const header = PROTECTED[token.suite];
  const payload = encodePayload([
    ...encodeDelegate(token.suite, options.delegate, child?.publicKey ?? to),
    [7, cti],
    [9, encodeTask(options)],
    ...encodeCaveats(own),
  ]);
  const parent = linkBlocks(token.suite, token.blocks).at(-1) as Link;
  const { signed } = linkObject(token.suite, 'hop', parent.id, { header, payload });
  const { suite, evidence } = token;
  const finish = (proof: Uint8Array) => {
    const blocks = [...token.blocks, { header, payload, proof }];
    const longer = encodeToken({ suite, blocks, seed: child?.seed, evidence });
    if (force !== true) checkNarrower(decode(longer));
    return longer;
  };
  return { by, signed, finish };
}
