import fc from 'fast-check';
import { expect, test } from 'vitest';
import { memoryStore } from '../../src/state/memory.ts';
import type { Operation, Standing, Store } from '../../src/state/store.ts';
import { stepsUntil } from '../support/steps.ts';

const START = 10_000;
// Counters and plans outlast a sequence: which of the rows past their time go first is each store's own matter.
const END = START * 10;

const key = fc.constantFrom('a', 'b', 'a\0\xff:7', '\xe9');
const once: fc.Arbitrary<Operation> = fc.record({
  kind: fc.constant('once' as const),
  key,
  until: fc.oneof(fc.integer({ min: START, max: START + 200 }), fc.constant(Number.POSITIVE_INFINITY)),
});
const most = Number.MAX_SAFE_INTEGER;
const spend: fc.Arbitrary<Operation> = fc
  .record({
    counter: fc.constantFrom(
      { key: 'life', amount: 20, window: undefined },
      { key: 'short', amount: 8, window: 5 },
      { key: 'long\0', amount: 15, window: 60 },
      { key: 'huge', amount: most, window: 60 },
    ),
    cost: fc.integer({ min: 0, max: 6 }),
    unit: fc.constantFrom(undefined, 'u', 'u', ''),
  })
  .map(({ counter, cost, unit }) => {
    const all = counter.key === 'huge' ? cost * Math.floor(most / 7) : cost;
    return { kind: 'spend', until: END, unit, ...counter, cost: all };
  });
const step = stepsUntil(END);
const keep: fc.Arbitrary<Operation> = fc.record({
  kind: fc.constant('keep' as const),
  key,
  until: fc.integer({ min: START, max: START + 200 }),
  at: fc.nat(4),
  what: fc.constantFrom('a', 'b c', '0 1 \0\xff'),
  final: fc.constantFrom(false, false, false, true),
});
const counted = fc.uniqueArray(fc.oneof(once, spend, spend, step), {
  maxLength: 4,
  selector: (one) => one.kind + one.key,
});
const operations = fc
  .tuple(counted, fc.array(keep, { maxLength: 2 }))
  .map(([some, said]): Operation[] => [...some, ...said]);

type Call = (store: Store, now: number) => unknown;

const charge: fc.Arbitrary<Call> = fc
  .tuple(
    operations,
    fc.option(fc.record({ id: fc.constantFrom('r', '\0'), lasts: fc.integer({ min: 1, max: 200 }) })),
  )
  .map(
    ([all, made]): Call =>
      (store, now) =>
        store.charge({
          now,
          operations: all,
          ...(made && { reservation: { id: made.id, until: now + made.lasts } }),
        }),
  );
const costs = fc
  .tuple(fc.subarray(['u', '']), fc.nat(3))
  .map(([units, cost]) => Object.fromEntries(units.map((unit) => [unit, cost])));
const settle: fc.Arbitrary<Call> = fc.tuple(fc.constantFrom('r', 'r', '\0', 'none'), costs).map(
  ([id, actual]): Call =>
    (store, now) =>
      store.settle({ now, id, costs: actual }),
);
const look = operations.map(
  (all): Call =>
    (store, now) =>
      store.look({ now, operations: all }),
);
const lift = fc.tuple(fc.constantFrom('', 'l', 's'), fc.constantFrom('', '\0', 'or')).map(
  ([prefix, part]): Call =>
    async (store) =>
      [...(await store.lift(prefix, part))].sort(),
);
// How many rows is not asked: a reservation that is made anew is two rows to one store, and one to the other.
const prune = fc.constant<Call>(async (store, now) => void (await store.prune(now)));
const call = fc.oneof(
  { weight: 12, arbitrary: charge },
  { weight: 4, arbitrary: settle },
  { weight: 2, arbitrary: look },
  { weight: 1, arbitrary: lift },
  { weight: 1, arbitrary: prune },
);
const by = fc.oneof(fc.integer({ min: 0, max: 8 }), fc.integer({ min: -40, max: 70 }));

async function said(work: () => unknown): Promise<unknown> {
  try {
    return await work();
  } catch (error) {
    return (error as { code: string }).code;
  }
}

/** The law that a store on a server answers as the store in memory; `open` gives one that is empty. */
export function lawOfMemory(open: () => Promise<Store>): void {
  test('it answers as a store in memory, for any sequence of calls and steps of the clock', async () => {
    const seen = {
      ...{ allowed: 0, refused: 0, settled: 0, malformed: 0, clock: 0, lifted: 0 },
      ...{ final: 0, contradicted: 0 },
    };
    const count = (answer: unknown) => {
      if (answer === true) seen.settled++;
      if (answer === 'cost.malformed') seen.malformed++;
      if (answer === 'store.clock') seen.clock++;
      if (Array.isArray(answer) && typeof answer[0] === 'string') seen.lifted++;
      const { refused, standing } = (answer ?? {}) as { refused?: number[]; standing?: Standing[] };
      if (refused !== undefined) seen[refused.length === 0 ? 'allowed' : 'refused']++;
      if (standing?.some(({ kept }) => kept?.final)) seen.final++;
      if (standing?.some(({ kept }) => kept?.what === '')) seen.contradicted++;
    };
    const calls = fc.array(fc.tuple(by, call), { minLength: 1, maxLength: 40, size: 'max' });
    const law = fc.asyncProperty(calls, async (all) => {
      const [store, model] = [await open(), memoryStore()];
      let now = START;
      for (const [step, ask] of all) {
        now += step;
        const at = now;
        const expected = await said(() => ask(model, at));
        expect(await said(() => ask(store, at))).toEqual(expected);
        count(expected);
      }
    });
    await fc.assert(law, { numRuns: 200 });
    // Where one of these is rare, the law says little of it.
    expect(Math.min(...Object.values(seen))).toBeGreaterThan(10);
  });
}
