import { toHex } from '../bytes.ts';
import { MintError } from '../errors.ts';
import { sameKey } from '../keys/key-claim.ts';
import { checkMembers } from '../members.ts';
import { systemTime } from '../time.ts';
import { type Arguments, checkArguments } from '../token/arguments.ts';
import { decode } from '../token/decode.ts';
import { type Link, linkBlocks } from '../token/links.ts';
import type { InvocationClaims, Token } from '../token/model.ts';
import type { Minted } from '../token/sign.ts';
import { type EvidenceKey, mintEvidence } from './mint-evidence.ts';
import { namedKeys } from './named-keys.ts';

/** An approver's answer. */
export type ApproveOptions<Key extends EvidenceKey> = Arguments & {
  readonly key: Key;
  /** A no is final for this chain and invocation. */
  readonly approved: boolean;
  /** For how many seconds the answer is good; by default 600. */
  readonly lifetime?: number;
  /** The time of the answer in Unix seconds; by default the system's clock. */
  readonly now?: number;
};

const MEMBERS = ['key', 'approved', 'lifetime', 'now', 'args', 'body'];

/**
 * Says yes or no to the one request that a sealed token carries (spec §5.8.2). The approver has looked at the chain and
 * at the arguments; that these are the ones that the holder sealed is checked here.
 *
 * @param presentation the sealed token, as the need of a decision gives it
 * @returns the text of the approval, `~…`; with a signer in a promise
 * @throws MintError `mint.input`, `mint.signature`; DecodeError; RequestError `request.malformed`
 * @example
 * approve(need.presentation, { key: cfo, approved: true, args: need.args })
 */
export function approve<Key extends EvidenceKey>(
  presentation: string,
  options: ApproveOptions<Key>,
): Minted<Key> {
  checkMembers(options, MEMBERS);
  const { key, approved, lifetime = 600, now = systemTime() } = options;
  const token = decode(presentation);
  const { invocation } = token;
  if (invocation === undefined)
    throw new MintError('mint.input', { path: 'presentation', detail: 'the token is open and asks nothing' });
  const { claims } = invocation;
  checkAnswer(token, key, options);
  const { id } = linkBlocks(token.suite, token.blocks).at(-1) as Link;
  const { arguments: digest } = claims;
  return mintEvidence('approval', key, id, [
    [1, claims.action],
    [2, claims.resource],
    [3, claims.audience],
    [4, now + lifetime],
    [6, now],
    [7, claims.nonce],
    [8, digest && [digest.mode === 'jcs' ? 1 : 2, digest.digest]],
    [10, approved],
  ]);
}

/**
 * Refuses a key that may not answer, and arguments that the holder did not seal, before anybody is asked.
 *
 * @throws MintError `mint.input`; RequestError `request.malformed`
 */
export function checkAnswer(token: Token, key: Pick<EvidenceKey, 'publicKey'>, given: Arguments): void {
  checkApprover(token, key);
  if (token.invocation !== undefined && !isSealed(token.invocation.claims, given)) {
    const detail = 'they are not the ones that the holder sealed';
    throw new MintError('mint.input', { path: 'approval, args', detail });
  }
}

function checkApprover({ blocks }: Token, { publicKey }: Pick<EvidenceKey, 'publicKey'>): void {
  const refuse = (detail: string) => new MintError('mint.input', { path: 'approval, key', detail });
  const approvers = namedKeys(blocks, {}).filter(({ caveat }) => caveat === 'approval');
  if (!approvers.some(({ key }) => sameKey(key, publicKey)))
    throw refuse('no block of the chain asks for its approval');
  if (blocks.some(({ claims }) => claims.key !== undefined && sameKey(claims.key, publicKey)))
    throw refuse('a delegate of the chain cannot approve its requests');
}

/** Whether arguments are the ones that an invocation was sealed with. @throws RequestError `request.malformed` */
export function isSealed({ arguments: sealed }: InvocationClaims, given: Arguments): boolean {
  const checked = checkArguments(given);
  const digest = sealed?.mode === 'body' ? checked.body : checked.jcs;
  return (digest && toHex(digest)) === (sealed && toHex(sealed.digest));
}
