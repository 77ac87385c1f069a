import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkBlocks } from '../../src/decide/decide.ts';
import type { Facts } from '../../src/facts.ts';
import { inspect } from '../../src/inspect/inspect.ts';
import { lint } from '../../src/lint/lint.ts';
import type { LintReport } from '../../src/lint/linted.ts';
import { decode } from '../../src/token/decode.ts';
import { delegate } from '../../src/token/delegate.ts';
import { grant } from '../../src/token/grant.ts';
import type { HopClaims } from '../../src/token/model.ts';
import { type Change, hands, longScene, recipe, suites, textWith, trust } from '../support/chains.ts';
import {
  AUDIENCE,
  base64url,
  cfo,
  forge,
  type Item,
  lookup,
  NOW,
  research,
  sha256,
  stranger,
  textOf,
} from '../support/forge.ts';
import { anchor, facts, hop, type Root, root } from '../support/worlds.ts';

const named = (...texts: readonly string[]) =>
  texts.map((text, i) => ({ name: String.fromCharCode(97 + i), text }));
const lintAll = (...texts: readonly string[]): LintReport => lint(named(...texts), { now: NOW });
const codesOf = ({ tokens }: LintReport, code: string) =>
  tokens.flatMap(({ name, warnings }) =>
    warnings.flatMap((own) => (own.code === code ? [`${own.other?.name} > ${name}`] : [])),
  );
const mission = (id: string): Item =>
  new Map([
    [1, id],
    [2, 'x'],
  ]);

describe('each token', () => {
  const rows: [string, string][] = suites.flatMap((suite): [string, string][] => [
    [`sealed, suite ${suite}`, textWith(suite)],
    [`open, suite ${suite}`, textWith(suite, { invocation: null })],
    [`expired, suite ${suite}`, textWith(suite, { root: [[4, NOW - 1]] })],
    [`broad, suite ${suite}`, textWith(suite, { root: [[10, [[['*'], ['**']]]]] })],
  ]);
  test.each(rows)('has the warnings of inspect: %s', (_, text) => {
    const options = { trust, now: NOW };
    const [token] = lint(named(text), options).tokens;
    expect(token?.warnings).toEqual(inspect(text, options).warnings);
  });

  test('is told by place, human, mission, holder and expiry', () => {
    const text = textWith(2, { invocation: null, hop: [[4, NOW + 60]] });
    const { tokens } = lint([{ name: 'x.txt', line: 7, text }], { now: NOW });
    expect(tokens).toMatchObject([
      {
        name: 'x.txt',
        line: 7,
        grantor: 'mailto:cfo@acme.example',
        mission: 'q3-report',
        holder: 'agent:acme/lookup',
        key: { bytes: lookup.publicKey },
        sealed: false,
        expires: NOW + 60,
      },
    ]);
  });

  test('that is sealed ends with its request', () => {
    expect(lintAll(textWith(2)).tokens[0]?.expires).toBe(NOW + 60);
  });
});

describe('refused', () => {
  test.each([
    ['nothing', '', 'text.prefix'],
    ['another alphabet', 'writ_!', 'text.base64'],
    ['a cut token', textWith(2).slice(0, 401), 'cbor.truncated'],
  ])('%s, and the rest is reviewed', (_, text, code) => {
    const { refused, tokens, counts } = lintAll(text, textWith(2));
    expect([refused.map((own) => [own.name, own.code]), tokens.map(({ name }) => name)]).toEqual([
      [['a', code]],
      ['b'],
    ]);
    expect(counts).toMatchObject({ [code]: 1 });
  });

  test('with trust, what does not verify, and nothing is said of what it claims', () => {
    const text = forge({ ...recipe(2), root: stranger }).text;
    const { refused, tokens, groups } = lint(named(text), { trust, now: NOW });
    expect([refused, tokens, groups]).toEqual([[{ name: 'a', code: 'anchor.unknown' }], [], []]);
  });

  test('nothing without trust, and the report says that it is unverified', () => {
    const { verified, tokens } = lintAll(forge({ ...recipe(2), root: stranger }).text);
    expect([verified, tokens.length]).toEqual([false, 1]);
  });

  test('no hostile text makes it throw', () => {
    const hostile = fc.oneof(
      fc.string(),
      fc.uint8Array({ maxLength: 99 }).map((bytes) => textOf(bytes)),
    );
    fc.assert(fc.property(hostile, (text) => lintAll(text).refused.length === 1));
  });

  test('a clock that is no integer, as a TypeError', () => {
    expect(() => lint([], { now: 0.5 })).toThrow(TypeError);
  });
});

describe('duplicate', () => {
  const open = forge(recipe(2, { invocation: null }));
  const bundle = `${textOf(open.bytes, true)}~${base64url(lookup.seed)}`;
  const other = textWith(2, { invocation: [[2, 'reports/q4.pdf']] });
  test.each([
    ['the same open token', [open.text, open.text], ['a > b']],
    ['the same sealed request', [textWith(2), textWith(2)], ['a > b']],
    ['three times', [open.text, open.text, open.text], ['a > b', 'a > c']],
    ['a bundle of it', [open.text, bundle], ['a > b']],
    ['not: one chain sealed for two requests', [textWith(2), other], []],
    ['not: one chain open and sealed', [open.text, textWith(2)], []],
    ['not: two grants that say the same', [open.text, textWith(2, { root: [[7, sha256('x').slice(0, 16)]], invocation: null })], []], // biome-ignore format: a row
  ])('%s', (_, texts, expected) => {
    expect(codesOf(lintAll(...texts), 'duplicate')).toEqual(expected);
  });

  test('a copy is no overlap too', () => {
    expect(codesOf(lintAll(open.text, open.text), 'overlap')).toEqual([]);
  });
});

describe('overlap', () => {
  const key = lookup.publicKey;
  const first: Change = [[7, sha256('first').slice(0, 16)]];
  const second: Change = [[7, sha256('second').slice(0, 16)]];
  const own = (suite: 1 | 2, cti: Change, rootChange: Change, hopChange: Change = []) =>
    textWith(suite, { root: [...cti, ...rootChange], hop: hopChange, invocation: null });
  // What the root and the hop of either token have, and which one contains which.
  const rows: [string, Change, Change, string[], (Change | undefined)?, (Change | undefined)?][] = [
    ['equal ones: the first stays', [], [], ['a > b']],
    ['a later expiry', [], [[4, NOW + 9999]], ['b > a']],
    ['a narrower scope', [], [[10, [[['read'], ['reports/q3/*']]]]], ['a > b']],
    ['not: other patterns', [], [[10, [[['read'], ['hr/**']]]]], []],
    ['not: other actions', [], [[10, [[['list'], ['reports/**']]]]], []],
    ['a part of two permissions', [[10, [[['list'], ['**']], [['read'], ['reports/**']]]]], [], ['a > b']],
    ['one service more', [[3, ['https://z.acme.example', AUDIENCE]]], [[3, [AUDIENCE]]], ['a > b']],
    ['not: another service', [[3, ['https://z.acme.example']]], [[3, [AUDIENCE]]], []],
    ['a condition', [], [[14, new Map([['region', [1, 'de']]])]], ['a > b']],
    ['not: another value of it', [[14, new Map([['region', [1, 'fr']]])]], [[14, new Map([['region', [1, 'de']]])]], []],
    ['not: less time and a wider scope', [[4, NOW + 60]], [[10, [[['read'], ['reports/q3/*']]]]], []],
    ['not: a condition each', [[3, [AUDIENCE]]], [[14, new Map([['region', [1, 'de']]])]], []],
    ['another mission', [], [[9, mission('q4')]], ['a > b']],
    ['not: a status of another mission', [[12, [[key, 60]]]], [[12, [[key, 60]]], [9, mission('q4')]], []],
    ['a status of one subject', [[12, [[key, 60, 's']]]], [[12, [[key, 60, 's']]], [9, mission('q4')]], ['a > b']],
    ['a status that is as strict', [[12, [[key, 60]]]], [[12, [[key, 60]]]], ['a > b']],
    ['not: a budget of its own', [[15, [['call', 9]]], [3, [AUDIENCE]]], [[15, [['call', 9]]], [3, [AUDIENCE]]], []],
    ['no budget at all', [[3, [AUDIENCE]]], [[15, [['call', 9]]], [3, [AUDIENCE]]], ['a > b']],
    ['not: a consent of its own', [[17, key]], [[17, key]], []],
    ['not: further delegation', [], [[11, [9]]], ['b > a']],
    ['not: of an expired one', [[4, NOW]], [[4, NOW - 1]], []],
    ['not: of what is never usable', [[11, undefined]], [], []],
    ['not: of another human', [], [[1, 'mailto:ceo@acme.example']], []],
    ['not: of another holder', [], [], [], [], [[2, 'agent:acme/x']]],
    ['not: of another key', [], [], [], [], [[8, stranger.publicKey]]],
  ]; // biome-ignore format: rows read as rows
  test.each(rows)('%s', (_, a, b, expected, hopA = [], hopB = []) => {
    const report = lintAll(own(2, first, a, hopA), own(2, second, b, hopB));
    expect([codesOf(report, 'overlap'), report.refused]).toEqual([expected, []]);
  });

  test('in suite 1, a name is the holder', () => {
    expect(codesOf(lintAll(own(1, first, []), own(1, second, [])), 'overlap')).toEqual(['a > b']);
  });

  test('not by another anchor', () => {
    const other = forge({ ...recipe(2, { invocation: null }), root: stranger }).text;
    expect(codesOf(lintAll(own(2, first, []), other), 'overlap')).toEqual([]);
  });

  test('not of sealed requests', () => {
    expect(codesOf(lintAll(textWith(2, { root: first }), textWith(2, { root: second })), 'overlap')).toEqual([]);
  }); // biome-ignore format: short

  test('a budget that both share is one', () => {
    const budget: Change = [[15, [['call', 9]]], [3, [AUDIENCE]]]; // biome-ignore format: short
    const to = { key: hands.lookup, delegate: 'agent:acme/lookup', to: hands.lookup.publicKey };
    const wide = own(2, first, budget);
    expect(codesOf(lintAll(wide, delegate(wide, to)), 'overlap')).toEqual(['a > b']);
  });

  test('with trust, of what an anchor demands, which each mission fulfils apart', () => {
    const own = [...trust].map(([kid, one]) => [kid, { ...one, alive: { key: hands.cfo.publicKey, within: 9 } }] as const); // biome-ignore format: one step
    const texts = ['q3', 'q4'].map((id) => textWith(2, { root: [[9, mission(id)]], invocation: null }));
    expect(codesOf(lint(named(...texts), { trust: new Map(own), now: NOW }), 'overlap')).toEqual([]);
  });

  test('says which in words', () => {
    const [, token] = lint(
      [own(2, first, []), own(2, second, [])].map((text, i) => ({ name: 'x', line: i + 1, text })),
      { now: NOW },
    ).tokens;
    expect(token?.warnings.at(-1)).toEqual({
      code: 'overlap',
      detail: 'x:1 allows all of this too',
      other: { name: 'x', line: 1 },
    });
  });
});

test('what a contained token admits, the one that contains it admits', () => {
  const seen = { overlaps: 0, allowed: 0 };
  const mint = (own: Root, hops: readonly HopClaims[]) => {
    const { iat: _i, cti: _c, key: _k, ...told } = own as Root & HopClaims;
    // One service for all, since counters need one.
    const granted = grant({ ...told, key: hands.domain, aud: ['s1'], now: NOW });
    return hops.reduce(
      (text, { key: _, aud: __, ...more }) => delegate(text, { ...more, delegate: 'agent:a/x', force: true }),
      granted,
    );
  };
  // Rooms for containment: one authority with two ways to go on, and changes of single caveats.
  const pairs = fc
    .tuple(root, root, hop, hop, fc.boolean())
    .map(([a, b, one, two, same]) => [mint(a, [one]), mint(same ? { ...a, ...b, scope: a.scope } : a, [one, two])]);
  const rankOf = (text: string, asked: Facts) => {
    const findings = checkBlocks({ blocks: decode(text).blocks, anchor }, asked);
    return findings.length === 0 ? 0 : findings.every(({ need }) => need !== undefined) ? 1 : 2;
  };
  const law = fc.property(pairs, fc.array(facts, { minLength: 8, maxLength: 8 }), (texts, asked) => {
    const report = lintAll(...texts);
    return report.tokens.every(({ name, warnings }) =>
      warnings.every(({ code, other }) => {
        if (code !== 'overlap') return true;
        const [inner, outer] = [name, other?.name].map((own) => (own === 'a' ? texts[0] : texts[1]) as string);
        seen.overlaps += 1;
        return asked.every((one) => {
          const rank = rankOf(inner as string, one);
          seen.allowed += Number(rank === 0);
          return rankOf(outer as string, one) <= rank;
        });
      }),
    );
  });
  fc.assert(law, { numRuns: 1500 });
  // The law says nothing where nothing overlaps or nothing is admitted.
  expect(seen.overlaps).toBeGreaterThan(100);
  expect(seen.allowed).toBeGreaterThan(100);
}); // biome-ignore format: steps read as steps

describe('groups', () => {
  const wide = textWith(2, { invocation: null });
  const short = textWith(2, { invocation: null, hop: [[4, NOW + 60]] });
  const other = textWith(2, { invocation: null, hop: [[10, [[['read'], ['reports/q3/*']]]]] });
  const apart = textWith(2, { root: [[9, mission('a')]], invocation: null });

  test('by human, mission and holder, with their first and last expiry', () => {
    const { groups } = lintAll(wide, apart, short);
    expect(groups.map(({ mission, tokens, earliest, latest }) => [mission, tokens, earliest, latest])).toEqual([
      ['a', [1], NOW + 7200, NOW + 7200],
      ['q3-report', [0, 2], NOW + 60, NOW + 7200],
    ]); // biome-ignore format: short
  });

  test('two keys of one name are two holders', () => {
    const moved = forge(longScene(2, [[[8, research.publicKey]]])).text;
    expect(lintAll(wide, moved).groups.length).toBe(2);
  });

  test.each([
    ['one that contains all others', [short, wide, other], 1],
    ['none of two that differ', [short, other], undefined],
    ['none of one', [wide], undefined],
    ['none of equal ones', [wide, textWith(2, { root: [[7, sha256('x').slice(0, 16)]], invocation: null })], undefined], // biome-ignore format: a row
    ['none that is sealed', [textWith(2), short], undefined],
  ])('broadest: %s', (_, texts, expected) => {
    expect(lintAll(...texts).groups[0]?.broadest).toBe(expected);
  });
});

test('counts every warning and refusal', () => {
  const { counts } = lintAll('x', textWith(2), textWith(2), textWith(2, { root: [[4, NOW - 1]] }));
  expect(counts).toEqual({ 'text.prefix': 1, 'without-status': 3, duplicate: 1, expired: 1 });
});

test('no text of a token and no secret is in the report', () => {
  const open = forge(recipe(1, { invocation: null }));
  const bundle = `${textOf(forge(recipe(2, { invocation: null })).bytes, true)}~${base64url(lookup.seed)}`;
  const shown = JSON.stringify(lintAll(open.text, bundle, `${bundle}x`, 'writ_secret_!'));
  expect(shown).not.toMatch(/writ_/);
  for (const secret of [open.blocks.at(-1)?.proof as Uint8Array, lookup.seed, cfo.seed]) {
    expect(shown).not.toContain(base64url(secret).slice(0, 8));
  }
});
