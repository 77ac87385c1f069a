import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkBlocks, decide } from '../../src/decide/decide.ts';
import { checkAuthority, effectiveAuthority } from '../../src/decide/effective.ts';
import type { Finding } from '../../src/facts.ts';
import { delegate } from '../../src/token/delegate.ts';
import { grant } from '../../src/token/grant.ts';
import { invoke } from '../../src/token/invoke.ts';
import type { Claimed, HopClaims } from '../../src/token/model.ts';
import { chainOf, hands } from '../support/chains.ts';
import { NOW } from '../support/forge.ts';
import { anchor, facts, hop, root } from '../support/worlds.ts';

type Verdict = 'allow' | 'need' | 'deny';

/** Whether a request passes, would pass with what is needed, or never. */
function verdictOf(findings: readonly Pick<Finding, 'need'>[]): Verdict {
  if (findings.length === 0) return 'allow';
  return findings.every(({ need }) => need !== undefined) ? 'need' : 'deny';
}

const chains = fc
  .tuple(root, fc.array(hop, { maxLength: 4 }))
  .map(([first, rest]) => [first, ...rest].map((claims) => ({ claims })) as unknown as Claimed);

describe('the decision is what the effective authority says', () => {
  test('for any chain and request, with every kind of caveat', () => {
    const seen: Record<Verdict, number> = { allow: 0, need: 0, deny: 0 };
    const law = fc.property(chains, facts, (blocks, asked) => {
      const decided = verdictOf(checkBlocks({ blocks, anchor }, asked));
      const last = effectiveAuthority(blocks, anchor).at(-1);
      seen[decided] += 1;
      return last !== undefined && verdictOf(checkAuthority(last, asked)) === decided;
    });
    fc.assert(law, { numRuns: 10_000 });
    // The law says nothing of verdicts that do not occur.
    expect(Math.min(...Object.values(seen))).toBeGreaterThan(300);
  });

  test('after every hop, as if the chain ended there', () => {
    const law = fc.property(chains, facts, (blocks, asked) =>
      effectiveAuthority(blocks, anchor).every((authority, i) => {
        const cut = blocks.slice(0, i + 1) as unknown as Claimed;
        return verdictOf(checkAuthority(authority, asked)) === verdictOf(checkBlocks({ blocks: cut, anchor }, asked));
      }),
    ); // biome-ignore format: one step
    fc.assert(law, { numRuns: 2000 });
  });

  test('with a status that the anchor demands', () => {
    const alive = { key: hands.cfo.publicKey, within: 60 };
    const law = fc.property(chains, facts, (blocks, asked) => {
      const [authority] = effectiveAuthority(blocks, { alive }).slice(-1);
      const judged = { blocks, anchor: { alive } };
      return authority !== undefined && verdictOf(checkAuthority(authority, asked)) === verdictOf(checkBlocks(judged, asked)); // biome-ignore format: one step
    });
    fc.assert(law, { numRuns: 1000 });
  });

  test('for real tokens', () => {
    const { domain } = hands;
    const seen = { allow: 0, deny: 0 };
    const law = fc.property(root, fc.array(hop, { maxLength: 3 }), facts, (first, rest, asked) => {
      const { limits: _l, plan: _p, iat: _i, cti: _c, key: _k, ...own } = first as typeof first & HopClaims;
      let text = grant({ ...own, key: domain, aud: own.aud ?? ['s1', 's2'], now: NOW });
      for (const { limits: _, plan: __, key: ___, ...more } of rest)
        text = delegate(text, { ...more, force: true });
      const request = { action: asked.action, resource: asked.resource, args: asked.args };
      const { audience, context } = asked;
      const chain = chainOf(invoke(text, { ...request, audience, now: NOW }));
      const { verdict } = decide(chain, { audience, request, context, now: NOW });
      const findings = effectiveAuthority(chain.blocks, chain.anchor).slice(-1).flatMap((authority) => checkAuthority(authority, { ...asked, now: NOW })); // biome-ignore format: one step
      seen[verdict] += 1;
      expect(findings.length === 0 ? 'allow' : 'deny').toBe(verdict);
    });
    fc.assert(law, { numRuns: 400 });
    expect(Math.min(seen.allow, seen.deny)).toBeGreaterThan(20);
  });
});
