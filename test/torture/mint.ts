import { invocationDigest } from '../../src/state/operations.ts';
import { decode } from '../../src/token/decode.ts';
import { invoke } from '../../src/token/invoke.ts';
import { verify } from '../../src/token/verify.ts';
import { type Change, hands, recipe, trust } from '../support/chains.ts';
import { AUDIENCE, forge, hex, NOW, sha256 } from '../support/forge.ts';

/** What a sealed request asks, and what is due of what it reserves. */
export interface Asked {
  readonly action: string;
  readonly resource: string;
  readonly due?: number;
}

/** A sealed request as a worker takes it. */
export interface Presentation extends Asked {
  readonly number: number;
  readonly text: string;
  /** The id under which a verifier reserves its cost. */
  readonly reservation: string;
}

/** Seals requests, each with a nonce of its own. */
export type Mint = (asked: Asked) => Presentation;

/** Makes what seals requests below a root with these caveats, which is for all actions and resources. */
export function minter(suite: 1 | 2, name: string, caveats: Change): Mint {
  const cti = sha256(`cti ${name}`).slice(0, 16);
  const root: Change = [[3, [AUDIENCE]], [7, cti], [10, [[['*'], ['**']]]], ...caveats]; // biome-ignore format: short
  const open = forge(recipe(suite, { root, invocation: null }));
  const chain = verify(decode(open.text), trust, { now: NOW });
  const by = suite === 2 ? { key: hands.lookup } : {};
  let number = 0;
  return (asked) => {
    const { action, resource } = asked;
    const text = invoke(open.text, { ...by, audience: AUDIENCE, action, resource, now: NOW, lifetime: 300 });
    const { claims } = decode(text).invocation as NonNullable<ReturnType<typeof decode>['invocation']>;
    return { ...asked, number: number++, text, reservation: hex(invocationDigest(chain, claims)) };
  };
}

/** As many of them. */
export function mintAll(mint: Mint, count: number, asked: Asked): Presentation[] {
  return Array.from({ length: count }, () => mint(asked));
}
