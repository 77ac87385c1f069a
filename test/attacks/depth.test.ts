import { describe, expect, test } from 'vitest';
import { importTrust } from '../../src/keys/import-trust.ts';
import { type Change, longScene, outcomeOf, suites, textWith } from '../support/chains.ts';
import { cfo, forge, type Item, lookup, research, scene } from '../support/forge.ts';

const none = (count: number): Change[] => Array(count).fill([]);
const chain = (suite: 1 | 2, hops: readonly Change[], root: Change = []) =>
  outcomeOf(forge(longScene(suite, hops, root)).text);
const approval = (...keys: Uint8Array[]): Change => [[13, [[[], keys, 1, 60]]]];

describe.each(suites)('H. depth and consent to sub-delegation, suite %i', (suite) => {
  test.each([1, 2, 3])('P01 one hop more than a depth of %i', (depth) => {
    expect(chain(suite, none(depth), [[11, [depth]]])).toBe('allowed');
    expect(chain(suite, none(depth + 1), [[11, [depth]]])).toBe('delegation.depth');
  });

  test('P01 more blocks than any token has, whatever the depth says', () => {
    expect(chain(suite, none(31), [[11, [1000]]])).toBe('allowed');
    expect(chain(suite, none(32), [[11, [1000]]])).toBe('DecodeError limit.blocks');
  });

  test('P02 depth is counted: what a block claims of those below it changes nothing', () => {
    expect(chain(suite, [[[11, [0]]], []], [[11, [9]]])).toBe('delegation.depth');
    expect(chain(suite, [[[11, [9]]], [[11, [9]]]], [[11, [1]]])).toBe('delegation.depth');
  });

  test('P03 a child raises the depth', () => {
    expect(chain(suite, [[[11, [5]]], []], [[11, [1]]])).toBe('delegation.depth');
  });

  test('P03 a child enables delegation again that an ancestor ended', () => {
    expect(chain(suite, [[[11, [0]]], [[11, [5]]]])).toBe('delegation.depth');
  });

  test('P03 a child names more delegates than its parent', () => {
    const to = (...names: Item[]): Item => [4, names];
    const stranger: Change = [[2, 'agent:other/x']];
    const hops = [[[11, to('agent:*')]], stranger] as Change[];
    expect(chain(suite, hops, [[11, to('agent:acme/*')]])).toBe('delegation.delegate');
  });

  test('P05 a hop where the root does not consent to any', () => {
    expect(chain(suite, none(1), [[11, undefined]])).toBe('delegation.depth');
  });

  test('P05 a hop to somebody to whom the root does not consent', () => {
    expect(chain(suite, none(1), [[11, [1, ['agent:acme/other']]]])).toBe('delegation.delegate');
  });

  test('P05 a grant without the human’s own consent, and one with that of another mission', () => {
    const text = textWith(suite, { root: [[17, cfo.publicKey]] });
    expect(outcomeOf(text)).toBe('consent.proof');
    expect(outcomeOf(`${text}~gwMA`)).toBe('VerifyError evidence.unsupported');
  });

  test('D01 an approval that was not presented', () => {
    expect(outcomeOf(textWith(suite, { hop: approval(cfo.publicKey) }))).toBe('approval.required');
  });

  test('D13 a child that drops or weakens the approval of its parent', () => {
    const root = approval(cfo.publicKey);
    const weaker: Change = [[13, [[[[['*'], ['**']]], [lookup.publicKey], 1, 9999]]]];
    expect(outcomeOf(textWith(suite, { root }))).toBe('approval.required');
    expect(outcomeOf(textWith(suite, { root, hop: weaker }))).toBe('approval.required');
  });

  test('V13 no status at all', () => {
    expect(outcomeOf(textWith(suite, { root: [[12, [[cfo.publicKey, 60]]]] }))).toBe('alive.status');
  });
});

describe('G. the human root', () => {
  test('R01 the key of an agent signs a grant in the name of a human', () => {
    expect(outcomeOf(forge({ ...scene(2), root: research }).text)).toBe('VerifyError anchor.unknown');
  });

  test('R01 the key of a service that is trusted for others signs it', () => {
    const writ = { principal: 'https://iam.acme.example', kind: 'authority', speaks_for: ['agent:acme/*'] };
    const anchors = importTrust({ keys: [{ kty: 'OKP', crv: 'Ed25519', x: research.jwk.x, writ }] });
    expect(outcomeOf(forge({ ...scene(2), root: research }).text, {}, anchors)).toBe(
      'VerifyError anchor.grantor',
    );
  });
});
