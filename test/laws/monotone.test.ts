import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Caveats } from '../../src/caveats/all.ts';
import { checkBlocks, decide } from '../../src/decide/decide.ts';
import type { Facts } from '../../src/facts.ts';
import { delegate } from '../../src/token/delegate.ts';
import { grant } from '../../src/token/grant.ts';
import { invoke } from '../../src/token/invoke.ts';
import type { Claimed, HopClaims } from '../../src/token/model.ts';
import { chainOf, hands } from '../support/chains.ts';
import { NOW } from '../support/forge.ts';
import { anchor, facts, hop, type Root, root } from '../support/worlds.ts';

/** Whether blocks admit a request, where store and evidence answer each caveat of each block as `answers` says. */
function admits(claims: readonly [Root, ...HopClaims[]], asked: Facts, answers: readonly boolean[]): boolean {
  const blocks = claims.map((own) => ({ claims: own })) as unknown as Claimed;
  return checkBlocks({ blocks, anchor }, asked).every(
    ({ need, block }) => need !== undefined && answers[(block ?? 0) % answers.length] === true,
  );
}

describe('monotone: what a chain with one more hop admits, the chain admits', () => {
  test('for any claims, requests, contexts, and answers of store and evidence', () => {
    const seen = { longer: 0, shorter: 0, runs: 0 };
    const any = fc.tuple(root, fc.array(hop, { maxLength: 2 }), hop, facts, fc.array(fc.boolean(), { minLength: 4, maxLength: 4 })); // biome-ignore format: short
    const law = fc.property(any, ([first, rest, last, asked, answers]) => {
      const longer = admits([first, ...rest, last], asked, answers);
      const shorter = admits([first, ...rest], asked, answers);
      seen.runs += 1;
      seen.longer += Number(longer);
      seen.shorter += Number(shorter);
      return shorter || !longer;
    });
    fc.assert(law, { numRuns: 6000 });
    // A law about what is admitted says nothing where little is admitted, or where hops never narrow.
    expect(seen.longer / seen.runs).toBeGreaterThan(0.1);
    expect(seen.shorter - seen.longer).toBeGreaterThan(seen.runs * 0.05);
  });

  test.each([1, 2] as const)('for real tokens of suite %i', (suite) => {
    const seen = { longer: 0, runs: 0 };
    const { cfo, domain, research } = hands;
    const to = suite === 2 ? { to: research.publicKey } : {};
    const key = suite === 2 ? { key: research } : {};
    const stateless = ({ limits: _l, plan: _p, ...own }: Caveats): Caveats => own;
    const any = fc.tuple(root, fc.array(hop, { maxLength: 1 }), hop, facts);
    const law = fc.property(any, ([first, rest, last, asked]) => {
      const own = { ...first, ...stateless(first), aud: first.aud ?? ['s1', 's2'], now: NOW };
      const { iat: _i, cti: _c, limits: _l, plan: _p, ...told } = own;
      let text = grant({ ...told, key: suite === 2 ? cfo : domain, ...to });
      const extend = (parent: string, { key: _k, ...more }: HopClaims) =>
        delegate(parent, { ...stateless(more), delegate: more.delegate, ...key, ...to, force: true });
      for (const more of rest) text = extend(text, more);
      const { action, resource, args, audience, context } = asked;
      const ask = (open: string) => {
        const sealed = invoke(open, { action, resource, args, audience, now: NOW, ...key });
        return decide(chainOf(sealed), { audience, request: { action, resource, args }, context, now: NOW })
          .verdict;
      };
      const longer = ask(extend(text, last));
      seen.runs += 1;
      seen.longer += Number(longer === 'allow');
      return longer === 'deny' || ask(text) === 'allow';
    });
    fc.assert(law, { numRuns: suite === 2 ? 80 : 300 });
    expect(seen.longer / seen.runs).toBeGreaterThan(0.03);
  });
});
