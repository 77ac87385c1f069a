import { PROTECTED, signedBytes } from '../cose.ts';
import { randomBytes } from '../crypto/random.ts';
import type { SigningKey } from '../keys/signing-key.ts';
import { checkMembers } from '../members.ts';
import { systemTime } from '../time.ts';
import { type Arguments, checkArguments } from './arguments.ts';
import { decode } from './decode.ts';
import { encodePayload, encodeTask, encodeToken } from './encode.ts';
import { type HolderKey, holderOf, type WithHolderKey } from './holder.ts';
import { type Link, linkBlocks } from './links.ts';
import type { Task } from './model.ts';
import { type Minted, mint, type Unsigned } from './sign.ts';

type Invocation = Arguments &
  Task & {
    /** The one service that the request is for. */
    readonly audience: string;
    readonly action: string;
    readonly resource: string;
    /**
     * The 16 bytes that make the invocation one of its own, by default random: those of an invocation that is sealed
     * again, for an approval that came.
     */
    readonly nonce?: Uint8Array;
    /** How long the invocation lives, 1 to 300 seconds; by default 60. */
    readonly lifetime?: number;
    /** The time of signing in Unix seconds; by default the system's clock. */
    readonly now?: number;
  };

/** One request by the holder. */
export type InvokeOptions<Key extends HolderKey = SigningKey> = Invocation & WithHolderKey<Key>;

const OPTIONS = [
  ...['key', 'audience', 'action', 'resource', 'args', 'body', 'nonce', 'lifetime', 'now'],
  ...['task', 'reference', 'instruction'],
];

/**
 * Seals an open token with one request, which is all that its receiver can do with it (spec §5.7).
 *
 * @param text an open token or a bundle
 * @returns the text of a sealed token, which holds no secret; with a signer in a promise
 * @throws MintError `mint.input`, `mint.sealed`, `mint.signature`; VerifyError `holder.key`; RequestError
 *   `request.malformed`; KeyError; DecodeError
 * @example
 * invoke(text, { key: lookup, audience: 'https://files.acme.example', action: 'read', resource: 'reports/q3.pdf' })
 */
export function invoke<Key extends HolderKey = SigningKey>(
  text: string,
  options: InvokeOptions<Key>,
): Minted<Key> {
  return mint(options.key as Key, (key) => prepareInvocation(text, options, key));
}

function prepareInvocation(text: string, options: Invocation, key: HolderKey): Unsigned {
  checkMembers(options, OPTIONS);
  const token = decode(text);
  const by = holderOf(token, key);
  const { action, resource, audience, nonce = randomBytes(16), lifetime = 60, now = systemTime() } = options;
  const { jcs, body } = checkArguments(options);
  const header = PROTECTED[token.suite];
  const payload = encodePayload([
    [1, action],
    [2, resource],
    [3, audience],
    [4, now + lifetime],
    [6, now],
    [7, nonce],
    [8, body !== undefined ? [2, body] : jcs !== undefined ? [1, jcs] : undefined],
    [9, encodeTask(options)],
  ]);
  const last = linkBlocks(token.suite, token.blocks).at(-1) as Link;
  const signed = signedBytes(token.suite, 'invocation', last.id, header, payload);
  const { suite, blocks, evidence } = token;
  return {
    by,
    signed,
    finish: (proof) => encodeToken({ suite, blocks, invocation: { header, payload, proof }, evidence }),
  };
}
