import { describe, expect, test } from 'vitest';
import { equal } from '../../src/bytes.ts';
import { RevokedIds } from '../../src/evidence/revoked.ts';
import type { Status } from '../../src/evidence/status.ts';
import type { JsonObject } from '../../src/json.ts';
import { createVerifier, type VerifierOptions } from '../../src/verifier.ts';
import { type Change, REQUEST, suites, trust } from '../support/chains.ts';
import { approvalText, auditor, boss, entryOf, keeper, readAll, statusText } from '../support/evidence.ts';
import { AUDIENCE, cbor, type Item, NOW, sha256 } from '../support/forge.ts';
import { fasterThanLinear, notFlat } from '../support/growth.ts';
import { presented, type Special } from '../support/presented.ts';
import { stepsOf } from '../support/work-counters.ts';

// How cost grows is asserted on counted work and never on time.

/** A request, and how its decision ends. */
interface Case {
  readonly text: string;
  readonly args?: JsonObject;
  readonly options?: Partial<VerifierOptions>;
  readonly outcome?: string;
}

const base = { trust, audience: AUDIENCE, clock: () => NOW };

/** Decides each time as a verifier does that has not seen the token. */
function deciding({ text, args = {}, options, outcome = 'allowed' }: Case): () => Promise<void> {
  return async () => {
    const { code } = await createVerifier({ ...base, ...options }).authorize(text, { ...REQUEST, args });
    expect(code).toBe(outcome);
  };
}

function list<T>(size: number, item: (i: number) => T): T[] {
  return Array.from({ length: size }, (_, i) => item(i));
}

/** So many items as a set, and one among them. */
function setOf(size: number, item: (name: number) => Item, own?: Item): Item[] {
  const others = list(own === undefined ? size : size - 1, (i) => item(1000 + i));
  const items = own === undefined ? others : [...others, own];
  return items.sort((a, b) => Buffer.compare(cbor(a), cbor(b)));
}

function mapOf(size: number, value: Item): Map<Item, Item> {
  return new Map(setOf(size, (i) => `n${i}`).map((name) => [name, value]));
}

const inTwo = (root: Change, special: Special = {}): Case => presented(2, 2, { root, ...special });
const scoped = (permissions: Item[], special: Special = {}): Case => inTwo([[10, permissions]], special);
const PASSES: Item[] = [['read'], ['reports/**']];
const named = (size: number) => list(size, (i) => `n${1000 + i}`);
const handlers = <T>(size: number, gives: T) =>
  Object.fromEntries(named(size).map((name) => [name, () => gives]));
// Of arguments whose canonical form is as they are written.
const sealing = (args: JsonObject): Special => ({ invocation: [[8, [1, sha256(JSON.stringify(args))]]] });

test('what is quadratic, and not what is linear, is faster than linear', async () => {
  const [a, b] = [new Uint8Array(), new Uint8Array()];
  const calling = (times: number) => () => {
    for (let i = 0; i < times; i++) equal(a, b);
  };
  expect(await fasterThanLinear(8, calling)).toEqual([]);
  const ofEqual = expect.stringMatching(/^bytes\.ts equal /);
  expect(await fasterThanLinear(8, (size) => calling(size + size ** 2 / 2))).toContainEqual(ofEqual);
  expect(await notFlat(8, (size) => calling(10 + size))).toContainEqual(ofEqual);
  expect(await notFlat(8, (size) => calling(10 + Math.log2(size)))).toEqual([]);
});

describe('a decision grows at most linearly', () => {
  test.each(suites)('with blocks, suite %i', async (suite) => {
    expect(await fasterThanLinear(8, (size) => deciding(presented(suite, size)))).toEqual([]);
  });

  test.each<[string, Special]>([
    ['an audience', { root: [[3, [AUDIENCE]]], hop: [[3, [AUDIENCE]]] }],
    ['limits', { root: [[3, [AUDIENCE]]], hop: [[7, sha256('cti').slice(0, 8)], [15, [['call', 9]]]] }], // biome-ignore format: claims in a row
  ])('with blocks that have %s', async (_, special) => {
    expect(await fasterThanLinear(8, (size) => deciding(presented(2, size, special)))).toEqual([]);
  });

  test.each<[string, (size: number) => Case]>([
    ['permissions', (n) => scoped(setOf(n, (i) => [['read'], [`r${i}`]], PASSES))],
    ['permissions for other actions', (n) => scoped(setOf(n, (i) => [[`a${i}`], ['reports/**']], PASSES))],
    ['permissions for other arguments', (n) => ({ ...scoped(setOf(n, (i) => [...PASSES, new Map([[`n${i}`, true]])])), outcome: 'scope.arguments' })],
    ['permissions that do not admit it', (n) => ({ ...scoped(setOf(n, (i) => [['read'], [`r${i}`]])), outcome: 'scope.resource' })],
    ['patterns of a permission', (n) => scoped([[['read'], setOf(n, (i) => `r${i}`, 'reports/**')]])],
    ['actions of a permission', (n) => scoped([[setOf(n, (i) => `a${i}`, 'read'), ['reports/**']]])],
    ['values of a predicate', (n) => ({ ...scoped([[...PASSES, new Map([['a', [3, setOf(n, (i) => i)]]])]], sealing({ a: 5 })), args: { a: 5 } })],
    ['services', (n) => inTwo([[3, setOf(n, (i) => `s${i}`, AUDIENCE)]])],
    ['parties to delegate to', (n) => inTwo([[11, [31, setOf(n, (i) => `p:${i}`, 'agent:*')]]])],
    ['limits', (n) => inTwo([[3, [AUDIENCE]], [15, setOf(n, (i) => ['call', i])]])],
    ['steps of a plan', (n) => inTwo([[3, [AUDIENCE]], [16, list(n, (i) => [[['read'], [i === n - 1 ? 'reports/**' : `r${1000 + i}`]], 0, 9])]])],
    ['observations', (n) => ({ ...inTwo([[14, mapOf(n, [4, 0, false])]]), options: { context: handlers(n, 5) } })],
    ['extensions', (n) => ({ ...inTwo([[18, mapOf(n, 1)]]), options: { ext: handlers(n, true) } })],
    ['approvals that it needs', (n) => ({ ...inTwo([[13, setOf(n, (i) => [[], [boss.publicKey], 1, i])]]), outcome: 'approval.required' })],
    ['statuses that it needs', (n) => ({ ...inTwo([[12, setOf(n, (i) => [keeper.publicKey, i, `s${i}`])]]), outcome: 'alive.status' })],
  ])('with %s', async (_, prepare) => {
    expect(await fasterThanLinear(60, (size) => deciding(prepare(size)))).toEqual([]);
  }); // biome-ignore format: a case a line

  test('with arguments, each under a rule', async () => {
    const prepare = (size: number) => {
      const args = Object.fromEntries(named(size).map((name) => [name, 5]));
      const rules = mapOf(size, [4, 0, false]);
      return deciding({ ...scoped([[...PASSES, rules]], sealing(args)), args });
    };
    expect(await fasterThanLinear(16, prepare)).toEqual([]);
  });
});

test('blocks that each ask for one status, which lists ids, cost at most linearly', async () => {
  const alive: Change = [[12, [[keeper.publicKey, 60]]]];
  const statuses = readAll(statusText(keeper, NOW, entryOf(1, sha256('revoked')))) as Status[];
  const prepare = (size: number) =>
    deciding({
      ...presented(2, size, { root: alive, hop: alive }),
      options: { statuses: () => statuses },
    });
  expect(await fasterThanLinear(8, prepare)).toEqual([]);
});

test('blocks that a verifier knows cost at most linearly', async () => {
  const prepare = (size: number) => {
    const verifier = createVerifier(base);
    const { text } = presented(2, size);
    return () => verifier.authorize(text, REQUEST);
  };
  expect(await fasterThanLinear(8, prepare)).toEqual([]);
});

// Every block may say so, and every block below is compared: the one square, of at most 32.
test('blocks that each say whom they may delegate to are compared once with each below', async () => {
  const hop: Change = [[11, [31, ['agent:*']]]];
  const steps = await stepsOf(deciding(presented(2, 32, { hop })));
  expect(Object.entries(steps).filter(([name]) => / isParty /.test(name))).toEqual([
    [expect.stringMatching(/^caveats\/delegation/), (31 * 30) / 2],
  ]);
});

describe('evidence', () => {
  const { text } = presented(2, 2, { root: [[12, [[keeper.publicKey, 60]]]] });

  test.each<[string, (size: number) => Case]>([
    ['the same key at other times', (n) => ({ text: text + list(n, (i) => statusText(keeper, NOW - i)).join('') })],
    ['the same key at one time', (n) => ({ text: text + list(n, (i) => statusText(keeper, NOW, entryOf(1, sha256(`${i}`)))).join(''), outcome: 'alive.conflict' })],
    ['a key that is not named', (n) => ({ text: text + list(n, (i) => statusText(auditor, NOW - i)).join(''), outcome: 'alive.authority' })],
  ])('that rides on a token, by %s, costs at most linearly', async (_, prepare) => {
    expect(await fasterThanLinear(4, (size) => deciding(prepare(size)))).toEqual([]);
  }); // biome-ignore format: a case a line

  test('that approves, of the same key at other times, costs at most linearly', async () => {
    const forged = presented(2, 2, { root: [[13, [[[], [boss.publicKey], 1, 600]]]] });
    const prepare = (size: number) =>
      deciding({
        text: forged.text + list(size, (i) => approvalText(forged, boss, [[6, NOW - i]])).join(''),
      });
    expect(await fasterThanLinear(4, prepare)).toEqual([]);
  });
});

describe('revoked ids', () => {
  const listed = (size: number) => list(size, (i) => sha256(`revoked ${i}`));

  test('are read at a cost that is at most linear', async () => {
    const prepare = (size: number) => {
      const says = statusText(keeper, NOW, entryOf(1, ...listed(size)));
      return () => readAll(says);
    };
    expect(await fasterThanLinear(300, prepare)).toEqual([]);
  });

  test('of a status that is loaded do not slow decisions down', async () => {
    const { text } = presented(2, 4, { root: [[12, [[keeper.publicKey, 60]]]] });
    const prepare = (size: number) => {
      const statuses = readAll(statusText(keeper, NOW, entryOf(1, ...listed(size)))) as Status[];
      return deciding({ text, options: { statuses: () => statuses } });
    };
    expect(await notFlat(100, prepare)).toEqual([]);
  });

  test('a million are searched in twenty steps', async () => {
    const bytes = new Uint8Array(32 * 2 ** 20 - 32);
    for (let i = 0; i < 2 ** 20 - 1; i++) new DataView(bytes.buffer).setUint32(32 * i, 2 * i);
    const ids = new RevokedIds(bytes, new Float64Array(2 ** 20 - 1));
    const absent = new Uint8Array(32).fill(1);
    const steps = await stepsOf(() => ids.has(absent));
    expect(Math.max(...Object.values(steps))).toBe(20);
  });
});

describe('a verifier that has met many tokens decides as fast', () => {
  test.each(suites)('suite %i', async (suite) => {
    const meet = async (size: number) => {
      const verifier = createVerifier(base);
      let met = 0;
      const next = async () => {
        const child = met++;
        const { text } = presented(suite, 2, { child, invocation: [[4, NOW + 1 + (child % 300)]] });
        expect((await verifier.authorize(text, REQUEST)).code).toBe('allowed');
      };
      while (met < size) await next();
      return next;
    };
    expect(await notFlat(16, meet)).toEqual([]);
  });
});
