import { toHex } from '../../src/bytes.ts';
import { type CaveatName, type Caveats, type CaveatValues, caveatNames } from '../../src/caveats/all.ts';
import { type Chain, describeCaveat, type Token, type WritError } from '../../src/index.ts';
import { describeKey } from '../../src/keys/public-key.ts';
import { printable } from '../../src/printable.ts';
import { formatTime } from '../../src/time.ts';
import { linkBlocks } from '../../src/token/links.ts';
import type { HopClaims } from '../../src/token/model.ts';
import { style } from '../output.ts';

/** What is known of a token besides its text. */
export type Verification =
  | { readonly kind: 'untried' }
  | { readonly kind: 'held'; readonly chain: Chain }
  | { readonly kind: 'failed'; readonly error: WritError };

type Row = readonly [label: string, text: string];

const SUITES = {
  ed25519: 'Ed25519',
  hmac: 'HMAC, so every verifier holds the root secret and could forge',
} as const;

/** A token as lines for a terminal, from the human down. */
export function renderToken(token: Token, text: string, verification: Verification): string[] {
  const { suite, blocks, invocation } = token;
  const count = `${blocks.length} ${blocks.length === 1 ? 'block' : 'blocks'}`;
  const open = invocation === undefined ? 'open' : 'sealed';
  const ids = linkBlocks(suite, blocks).map(({ id }) => toHex(id));
  return [
    style('bold', `${open} token, ${count}, ${text.length} characters; suite ${SUITES[suite]}`),
    describeVerification(verification),
    ...blocks.flatMap(({ claims }, i) => ['', ...renderBlock(i, claims, ids[i] as string, blocks[0].claims)]),
    ...renderSeal(token),
  ];
}

/** A token as data: the contract of `inspect --json`. */
export function tokenAsJson(token: Token, text: string, verification: Verification): Record<string, unknown> {
  const ids = linkBlocks(token.suite, token.blocks).map(({ id }) => toHex(id));
  const failed = verification.kind === 'failed' ? { error: verification.error.code } : {};
  return {
    verified: verification.kind === 'held',
    ...failed,
    suite: token.suite,
    sealed: token.invocation !== undefined,
    secret: token.secret !== undefined,
    characters: text.length,
    blocks: token.blocks.map(({ claims }, i) => ({ id: ids[i], ...claims })),
    invocation: token.invocation?.claims ?? null,
  };
}

function describeVerification(verification: Verification): string {
  if (verification.kind === 'untried') {
    return style('yellow', 'NOT VERIFIED: no trust file was given, so all of this is what somebody wrote');
  }
  if (verification.kind === 'failed') {
    return style('red', `NOT VERIFIED: ${verification.error.code}; all of this is what somebody wrote`);
  }
  const { kind, principal } = verification.chain.anchor;
  const how = kind === 'human' ? 'by their own key' : 'by an authority that attests the human';
  return style('green', printable(`VERIFIED back to ${principal}, ${how}; caveats were not decided`));
}

function renderBlock(
  index: number,
  claims: Token['blocks'][number]['claims'],
  id: string,
  root: Token['blocks'][0]['claims'],
): string[] {
  const { delegate, key, task, reference, instruction }: HopClaims = claims;
  const isRoot = claims === root;
  const rows: Row[] = [
    [isRoot ? 'granted by' : 'handed to', isRoot ? root.grantor : delegate],
    ...(isRoot ? rootRows(root) : []),
    ...(task === undefined ? [] : [['task', `“${task}”`] as const]),
    ...(isRoot || reference === undefined ? [] : [['reference', reference] as const]),
    ...(isRoot || instruction === undefined ? [] : [['instructed', `SHA-256 ${instruction}`] as const]),
    ...(key === undefined ? [] : [['holder', describeKey(key)] as const]),
    ['block id', id],
    ...caveatRows(claims),
  ];
  return rows.map((row, i) => renderRow(row, i === 0 ? String(index) : ''));
}

function rootRows({ delegate, mission, iat }: Token['blocks'][0]['claims']): Row[] {
  const { id, purpose, reference, instruction } = mission;
  return [
    ['to', delegate],
    ['mission', `${id}: “${purpose}”`],
    ...(reference === undefined ? [] : [['reference', reference] as const]),
    ...(instruction === undefined ? [] : [['instructed', `SHA-256 ${instruction}`] as const]),
    ['issued', formatTime(iat)],
  ];
}

function caveatRows(caveats: Caveats): Row[] {
  const describe = <N extends CaveatName>(name: N) => describeCaveat(name, caveats[name] as CaveatValues[N]);
  const lines = caveatNames(caveats).flatMap(describe);
  return lines.map((line, i) => [i === 0 ? 'caveats' : '', line]);
}

function renderSeal({ invocation, secret, suite, evidence }: Token): string[] {
  const attached: string[] =
    evidence.length === 0
      ? []
      : ['', `${evidence.length} pieces of evidence, which this version does not read`];
  if (invocation === undefined) {
    const holder =
      secret === undefined
        ? ''
        : suite === 'hmac'
          ? '; whoever has this text is the holder'
          : '; it carries the holder’s key';
    return [...attached, '', `open: its holder may delegate it or invoke it${holder}`];
  }
  const { action, resource, audience, iat, exp, nonce, arguments: sealed, task } = invocation.claims;
  const rows: Row[] = [
    ['request', `${action} ${resource}`],
    ['for', audience],
    [
      'arguments',
      sealed === undefined
        ? 'none'
        : `SHA-256 of the ${sealed.mode === 'jcs' ? 'JCS form' : 'body'} ${toHex(sealed.digest)}`,
    ],
    ...(task === undefined ? [] : [['task', `“${task}”`] as const]),
    ['valid', `${formatTime(iat)} for ${exp - iat} s`],
    ['nonce', toHex(nonce)],
  ];
  return ['', ...rows.map((row, i) => renderRow(row, i === 0 ? '→' : '')), ...attached];
}

function renderRow([label, text]: Row, mark: string): string {
  return printable(`${mark.padStart(2)}  ${label.padEnd(10)}  ${text}`);
}
