import {
  base64url,
  cbor,
  cfo,
  claims,
  type Forged,
  forgeEvidence,
  grantPayload,
  hex,
  hopPayload,
  type Item,
  invocationPayload,
  lookup,
  type Made,
  NOW,
  type Pair,
  type Part,
  pair,
  type Recipe,
  research,
  scene,
  sha256,
  stranger,
  textOf,
  trustFile,
} from '../../test/support/forge.ts';

// The common scene with more anchors, and shorthands for the ways in which scenarios depart from it.

export type Entries = Iterable<readonly [number, Item]>;

/** A sealed token, and when it is presented. */
interface Sealed {
  readonly blocks: readonly Made[];
  /** That of the invocation. */
  readonly payload: ReadonlyMap<number, Item>;
  readonly now: number;
}

/** A piece of evidence, made for a token. */
export type Piece = (sealed: Sealed) => Uint8Array;
type Suite = 1 | 2;

export const iam = pair('iam');
export const retired = pair('retired');
export const early = pair('early');
export const current = pair('current');
export const watched = pair('watched');
export const control = pair('control');
export const writer = pair('writer');

const all = { cfo, research, lookup, writer, stranger, iam, retired, early, current, watched, control };

/** The keys of all tests by name. */
export const keys = Object.fromEntries(
  Object.entries(all).map(([name, { publicKey, seed }]) => [
    name,
    { publicKey: hex(publicKey), seed: hex(seed) },
  ]),
);

const ed25519 = ({ jwk: { kty, crv, x } }: Pair) => ({ kty, crv, x });
const human = (key: Pair, rest: object) => ({
  ...ed25519(key),
  writ: { principal: 'mailto:cfo@acme.example', kind: 'human', ...rest },
});

/** The trust file of all tests. */
export const trust = {
  keys: [
    ...trustFile.keys,
    {
      ...ed25519(iam),
      writ: { principal: 'https://iam.acme.example', kind: 'authority', speaks_for: ['mailto:*'] },
    },
    human(retired, { until: NOW }),
    human(early, { from: NOW + 1 }),
    human(current, { from: NOW, until: NOW + 1 }),
    human(watched, { alive: { key: ed25519(control), within: 60 } }),
  ],
};

/** The scene's sealed token with changes to the grant. */
export function grant(changes: Entries, suite: Suite = 2, part: Partial<Part> = {}): Recipe {
  return scene(suite, {
    blocks: [{ payload: grantPayload(suite, changes), ...part }, { payload: hopPayload(suite) }],
  });
}

/** The scene's sealed token with changes to the hop. */
export function hop(changes: Entries, suite: Suite = 2, part: Partial<Part> = {}): Recipe {
  return scene(suite, {
    blocks: [{ payload: grantPayload(suite) }, { payload: hopPayload(suite, changes), ...part }],
  });
}

/** The scene's sealed token with changes to the invocation. */
export function seal(changes: Entries, suite: Suite = 2, part: Partial<Part> = {}): Recipe {
  return scene(suite, { invocation: { payload: invocationPayload(changes), ...part } });
}

/** The scene's token with bytes of the grant's payload replaced, and signed as it then is. */
export function grantBytes(from: string, to: string, changes: Entries = []): Recipe {
  return grant([], 2, { payloadBytes: replaced(cbor(grantPayload(2, changes)), from, to) });
}

/** A sealed token with a hop for each of the changes, to the lookup agent, then to the writer, then on. */
export function hops(changes: readonly Entries[], grantChanges: Entries = [], suite: Suite = 2): Recipe {
  const to = changes.map((_, i) => [lookup, writer][i] ?? pair(`agent ${i + 1}`));
  const payloads = changes.map((change, i) => hopPayload(suite, change, to[i]));
  return scene(suite, {
    blocks: [grantPayload(suite, grantChanges), ...payloads].map((payload) => ({ payload })),
    holders: [research, ...to],
  });
}

/** The same token without its invocation. */
export function open({ invocation: _, ...rest }: Recipe): Recipe {
  return rest;
}

/** The scene's open token with changes to grant and hop, for requests that are sealed one by one. */
export function chain(grantChanges: Entries, hopChanges: Entries = [], suite: Suite = 2): Recipe {
  return open(hops([hopChanges], grantChanges, suite));
}

/** One block of a token. */
export function blockOf({ blocks }: Forged, at: number): Made {
  return blocks[at] as Made;
}

/** The invocation of a sealed token. */
export function sealOf({ invocation }: Forged): Made {
  return invocation as Made;
}

/** The text of a token put together anew from parts of others. */
export function pack(...parts: readonly Item[]): string {
  return textOf(cbor(parts));
}

/** The blocks of a token as they stand in it. */
export function items({ blocks }: Forged, ...order: readonly number[]): Item[] {
  return order.map((i) => blocks[i]?.item);
}

/** Bytes in which the only place of a run of hexadecimal digits is replaced. */
export function replaced(bytes: Uint8Array, from: string, to: string): Uint8Array {
  const parts = hex(bytes).split(from);
  if (parts.length !== 2) throw new Error(`${from} is there ${parts.length - 1} times`);
  return Uint8Array.from(Buffer.from(parts.join(to), 'hex'));
}

/** Bytes with the lowest bit of one of them inverted. */
export function flipped(bytes: Uint8Array, at = 0): Uint8Array {
  return bytes.map((byte, i) => (i === at ? byte ^ 1 : byte));
}

/** A list as a set is written: sorted by encoding. */
export function set(...members: readonly Item[]): Item[] {
  return [...members].sort((a, b) => Buffer.compare(cbor(a), cbor(b)));
}

/** The claim of an invocation that binds arguments: 1 for their canonical JSON, 2 for the raw body. */
export function digest(of: object | string): [number, Item] {
  return typeof of === 'string' ? [8, [2, sha256(of)]] : [8, [1, sha256(jcs(of))]];
}

/** RFC 8785 for the arguments and summaries that scenarios have. */
export function jcs(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(jcs).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const present = Object.entries(value).filter(([, item]) => item !== undefined);
  const members = present.sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([name, item]) => `${JSON.stringify(name)}:${jcs(item)}`).join(',')}}`;
}

/** The RFC 7638 thumbprint of a public key. */
export function keyId(publicKey: Uint8Array): Uint8Array {
  return sha256(`{"crv":"Ed25519","kty":"OKP","x":"${base64url(publicKey)}"}`);
}

/** How a piece of evidence departs from the one that is asked for. */
export interface Departure extends Partial<Part> {
  /** Who signs it. */
  readonly by?: Pair;
  readonly claims?: Entries;
  readonly wrap?: (number: number, item: Item) => Item;
}

/** The default subject of the scene. */
export const MISSION = 'mailto:cfo@acme.example#q3-report';
export const [ACTIVE, SUSPENDED, COMPLETED, REVOKED] = [1, 2, 3, 4] as const;

/**
 * A status of the mission, by default active, issued when it is presented and good for an hour.
 *
 * @param at when it was issued, in seconds after the clock of the scene
 */
export function status(at?: number, entry: Item = [ACTIVE, []], departure: Departure = {}): Piece {
  return ({ now }) => {
    const issued = at === undefined ? now : NOW + at;
    return evidence('status', control, departure, [
      [4, issued + 3600],
      [6, issued],
      [8, { [MISSION]: entry }],
    ]);
  };
}

/** A yes to the request of a sealed token, given when it is presented and good for ten minutes. */
export function yes(departure: Departure = {}): Piece {
  return ({ blocks, payload, now }) => {
    const link = (blocks.at(-1) as Made).id;
    const { 1: action, 2: resource, 3: audience, 7: nonce, 8: bound } = Object.fromEntries(payload);
    const request: Entries = [[1, action], [2, resource], [3, audience], [7, nonce], [8, bound]]; // biome-ignore format: pairs read as pairs
    const answer: Entries = [[4, now + 600], [6, now], [10, true]]; // biome-ignore format: pairs read as pairs
    return evidence('approval', cfo, { link, ...departure }, [...request, ...answer]);
  };
}

/** A no to the request of a sealed token. */
export function noTo(departure: Departure = {}): Piece {
  return yes({ ...departure, claims: [[10, false], ...(departure.claims ?? [])] });
}

/** A consent to the grant of a token. */
export function consent(departure: Departure = {}): Piece {
  return ({ blocks, now }) =>
    evidence('consent', cfo, { link: (blocks[0] as Made).id, ...departure }, [[6, now]]);
}

function evidence(
  kind: 'status' | 'approval' | 'consent',
  owner: Pair,
  { by = owner, claims: changes = [], wrap, ...part }: Departure,
  entries: Entries,
): Uint8Array {
  return forgeEvidence(kind, { payload: claims(entries, changes), signer: by, ...part }, wrap).bytes;
}
