import {
  cbor,
  cfo,
  type Forged,
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

// RFC 8785 for the arguments that scenarios have.
function jcs(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(jcs).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([name, item]) => `${JSON.stringify(name)}:${jcs(item)}`).join(',')}}`;
}
