import { type DecideOptions, decide } from '../../src/decide/decide.ts';
import { WritError } from '../../src/errors.ts';
import { importTrust } from '../../src/keys/import-trust.ts';
import { MacKey } from '../../src/keys/mac-key.ts';
import { SigningKey } from '../../src/keys/signing-key.ts';
import type { Trust } from '../../src/keys/trust.ts';
import type { Chain } from '../../src/token/chain.ts';
import { decode } from '../../src/token/decode.ts';
import { verify } from '../../src/token/verify.ts';
import {
  AUDIENCE,
  cbor,
  cfo,
  domain,
  type Forged,
  forge,
  grantPayload,
  hopPayload,
  type Item,
  invocationPayload,
  lookup,
  NOW,
  type Part,
  type Recipe,
  research,
  scene,
  stranger,
  textOf,
  trustFile,
} from './forge.ts';

export const suites: readonly (1 | 2)[] = [1, 2];

/** The trust of the scene. */
export const trust: Trust = importTrust(trustFile);

/** The request of the scene. */
export const REQUEST = { action: 'read', resource: 'reports/q3.pdf' } as const;

/** The keys of the scene, as the API takes them. */
export const hands = {
  cfo: new SigningKey(cfo.seed),
  research: new SigningKey(research.seed),
  lookup: new SigningKey(lookup.seed),
  stranger: new SigningKey(stranger.seed),
  domain: new MacKey(domain.secret, domain.kid),
} as const;

/** Claims to change in a payload; `undefined` takes one away. */
export type Change = readonly (readonly [number, Item])[];

/** What to change in the payloads of the scene; an invocation of `null` leaves the token open. */
export interface Changes {
  readonly root?: Change;
  readonly hop?: Change;
  readonly invocation?: Change | null;
}

/** The recipe of the scene with changed claims. */
export function recipe(suite: 1 | 2, { root = [], hop = [], invocation = [] }: Changes = {}): Recipe {
  const sealed = scene(suite, {
    blocks: [{ payload: grantPayload(suite, root) }, { payload: hopPayload(suite, hop) }],
  });
  if (invocation !== null) return { ...sealed, invocation: { payload: invocationPayload(invocation) } };
  const { invocation: _, ...open } = sealed;
  return open;
}

/** The text of the scene with changed claims. */
export function textWith(suite: 1 | 2, changes: Changes = {}): string {
  return forge(recipe(suite, changes)).text;
}

/** The scene with one of its parts made in another way: `0` the root, `1` the hop, `2` the invocation. */
export function withPart(suite: 1 | 2, index: number, change: Partial<Part>): Recipe {
  const made = recipe(suite);
  const parts = [...made.blocks, made.invocation as Part].map((part, i) =>
    i === index ? { ...part, ...change } : part,
  );
  return { ...made, blocks: parts.slice(0, 2), invocation: parts[2] as Part };
}

/** The scene with further hops, each to a key of its own; every payload can be changed by its place. */
export function longScene(suite: 1 | 2, hops: readonly Change[], root: Change = []): Recipe {
  const made = recipe(suite, { root });
  const keys = [lookup, stranger, cfo, research];
  return {
    ...made,
    blocks: [
      made.blocks[0] as Part,
      ...hops.map((hop, i) => ({ payload: hopPayload(suite, hop, keys[i % keys.length]) })),
    ],
    holders: [research, ...hops.map((_, i) => keys[i % keys.length] ?? lookup)],
  };
}

/** The verified chain of a text. */
export function chainOf(text: string, anchors: Trust = trust): Chain {
  return verify(decode(text), anchors, { now: NOW });
}

/** The items of a token put together by hand. */
export function assemble(suite: Item, blocks: Item, ...seal: readonly Item[]): string {
  return textOf(cbor([suite, blocks, ...seal]), suite === 1 && seal[0] instanceof Uint8Array);
}

/** The block items of a forged token. */
export function itemsOf({ blocks }: Pick<Forged, 'blocks'>): Item[] {
  return blocks.map(({ item }) => item);
}

/**
 * How the way of a request ends: `allowed`, the code of the first denial, or the class and code of the error, such as
 * `VerifyError mac.invalid`.
 */
export function outcomeOf(
  text: string,
  options: Partial<DecideOptions> = {},
  anchors: Trust = trust,
): string {
  const { now = NOW } = options;
  return classOf(() => {
    const chain = verify(decode(text), anchors, { now });
    return decide(chain, { audience: AUDIENCE, request: REQUEST, now, ...options }).code;
  });
}

/** What a call returns, or the class and code of its error; anything but a `WritError` is thrown on. */
export function classOf(call: () => string): string {
  try {
    return call();
  } catch (error) {
    if (error instanceof WritError) return `${error.name} ${error.code}`;
    throw error;
  }
}
