import { type CaveatName, type Caveats, caveats } from '../../src/caveats/all.ts';
import { effectiveAuthority } from '../../src/decide/effective.ts';
import type { Delegate, Finding } from '../../src/facts.ts';
import type { Reviewed, Warning } from '../../src/inspect/warning.ts';
import type { Anchor } from '../../src/keys/trust.ts';
import { meetAudiences } from '../../src/token/audience.ts';
import { delegate } from '../../src/token/delegate.ts';
import { grant } from '../../src/token/grant.ts';
import type { Claimed, HopClaims, InvocationClaims } from '../../src/token/model.ts';
import { hands } from './chains.ts';
import { NOW } from './forge.ts';
import type { Root } from './worlds.ts';

/** Caveats of a block, and perhaps another time of issue or delegate; `undefined` takes one of the base away. */
export type Told = { readonly [N in CaveatName]?: Caveats[N] | undefined } & Partial<Delegate> & {
    readonly iat?: number;
  };

/** What else a review looks at. */
export interface Around {
  readonly invocation?: Partial<InvocationClaims>;
  readonly now?: number;
  readonly anchor?: Partial<Anchor>;
}

/** A chain of blocks with the given caveats, as it is reviewed; without any there is nothing to warn of. */
export function reviewed(
  root: Told = {},
  hops: readonly Told[] = [],
  { invocation, now = NOW, anchor = {} }: Around = {},
): Reviewed {
  const base = {
    grantor: 'mailto:cfo@acme.example',
    iat: NOW,
    cti: new Uint8Array(16),
    mission: { id: 'q3', purpose: 'x' },
    exp: NOW + 7200,
    scope: [{ actions: ['read', 'list'], resources: ['reports/**'] }],
    delegation: { depth: 9 },
    alive: [{ key: hands.cfo.publicKey, within: 300 }],
  };
  const [first = {}, ...rest] = [{ ...base, ...root }, ...hops].map((told, i) => ({
    delegate: `agent:a/${i}`,
    ...told,
  }));
  const blocks = [first, ...rest].map((claims) => ({ claims })) as unknown as Claimed;
  return {
    blocks,
    invocation: invocation as InvocationClaims | undefined,
    authorities: effectiveAuthority(blocks, anchor),
    now,
  };
}

/** Warnings as `code caveat block`; what has no caveat or block leaves it out. */
export function brief(warnings: readonly Warning[]): string[] {
  return warnings.map(({ code, caveat, block }) =>
    [code, caveat, block].filter((part) => part !== undefined).join(' '),
  );
}

/** How a request ends: it passes, it would with what is needed, or it never does. */
export type Verdict = 'allow' | 'need' | 'deny';

/** The verdict that findings add up to. */
export function verdictOf(findings: readonly Pick<Finding, 'need'>[]): Verdict {
  if (findings.length === 0) return 'allow';
  return findings.every(({ need }) => need !== undefined) ? 'need' : 'deny';
}

/** Claims as the blocks of a chain. */
export function claimed(first: Root, rest: readonly HopClaims[]): Claimed {
  return [first, ...rest].map((claims) => ({ claims })) as unknown as Claimed;
}

/** The open token of a chain; counters stand only in blocks where one service is left, as minting demands. */
export function mintWorld(suite: 1 | 2, first: Root, rest: readonly HopClaims[]): string {
  const to = suite === 2 ? { to: hands.research.publicKey } : {};
  const key = suite === 2 ? { key: hands.research } : {};
  const names = Object.keys(caveats) as CaveatName[];
  const claims: Caveats[] = [];
  const told = (own: Caveats): Caveats => {
    claims.push(own);
    const counted = meetAudiences(claims)?.length === 1;
    const kept = names.filter(
      (name) => own[name] !== undefined && (counted || caveats[name].counted !== true),
    );
    return Object.fromEntries(kept.map((name) => [name, own[name]]));
  };
  const { grantor, mission, delegate: agent, exp, scope } = first;
  const root = { ...told({ ...first, aud: first.aud ?? ['s1', 's2'] }), exp, scope };
  const granted = grant({ ...root, grantor, mission, delegate: agent, key: suite === 2 ? hands.cfo : hands.domain, ...to, now: NOW }); // biome-ignore format: one step
  return rest.reduce(
    (text, hop) => delegate(text, { ...told(hop), delegate: hop.delegate, ...key, ...to, force: true }),
    granted,
  );
}
