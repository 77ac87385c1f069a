import fc from 'fast-check';
import { expect, test } from 'vitest';
import { memoryStore } from '../../../src/state/memory.ts';
import type { Operation, Standing } from '../../../src/state/store.ts';
import { describeWith } from '../../support/services.ts';
import { database } from './database.ts';

const START = 10_000;
const END = START * 10;

const once: fc.Arbitrary<Operation> = fc.record({
  kind: fc.constant('once' as const),
  key: fc.constantFrom('a', 'b', '\0c'),
  until: fc.integer({ min: START, max: START + 200 }),
});
const counters = [
  { key: 'life', amount: 20, window: undefined },
  { key: 'short', amount: 8, window: 5 },
  { key: 'long', amount: 15, window: 60 },
];
const spend: fc.Arbitrary<Operation> = fc
  .record({
    counter: fc.constantFrom(...counters),
    cost: fc.integer({ min: 0, max: 6 }),
    unit: fc.constantFrom(undefined, 'u', 'v'),
  })
  .map(({ counter, cost, unit }) => ({ kind: 'spend', until: END, cost, unit, ...counter }));
const step: fc.Arbitrary<Operation> = fc.tuple(fc.boolean(), fc.boolean(), fc.boolean()).map((admits) => ({
  kind: 'step',
  key: 'p',
  until: Number.POSITIVE_INFINITY,
  steps: admits.map((each, i) => ({ min: i % 2, max: i + 2, admits: each })),
}));
const keep: fc.Arbitrary<Operation> = fc
  .record({
    key: fc.constantFrom('k', 'k', 'l'),
    until: fc.integer({ min: START, max: START + 200 }),
    at: fc.nat(4),
    what: fc.constantFrom('a', 'a', 'b', '\xff', 'end'),
  })
  .map((own) => ({ kind: 'keep', ...own, final: own.what === 'end' && own.at > 3 }));

const operations = fc
  .tuple(
    fc.uniqueArray(fc.oneof(once, spend, spend, step), {
      maxLength: 4,
      selector: ({ kind, key }) => kind + key,
    }),
    fc.oneof(fc.constant([]), fc.array(keep, { maxLength: 3 })),
  )
  .map(([counted, said]) => [...counted, ...said]);

const command = fc.record({
  by: fc.oneof(fc.integer({ min: 0, max: 8 }), fc.integer({ min: -40, max: 70 })),
  what: fc.oneof(
    {
      weight: 6,
      arbitrary: fc.record({ charge: operations, reserve: fc.option(fc.integer({ min: 1, max: 40 })) }),
    },
    { weight: 2, arbitrary: fc.record({ look: operations }) },
    {
      weight: 3,
      arbitrary: fc.record({
        settle: fc.nat(2),
        part: fc.nat(2),
        odd: fc.option(fc.nat(6), { freq: 5, nil: undefined }),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({ lift: fc.constantFrom('', 'l', 'sh'), part: fc.constantFrom('', 'o') }),
    },
    { weight: 1, arbitrary: fc.constant('prune' as const) },
  ),
});

/** What a call gave, or the code that it threw. */
async function said(call: () => unknown): Promise<unknown> {
  try {
    return await call();
  } catch (error) {
    return (error as { readonly code: string }).code;
  }
}

describeWith('postgres', 'postgres: a random sequence', () => {
  const db = database();

  test('is answered as a store in memory answers it', async () => {
    const seen = { allowed: 0, refused: 0, settled: 0, clock: 0, malformed: 0, lifted: 0, contradicted: 0 };
    const law = fc.asyncProperty(
      fc.array(command, { minLength: 1, maxLength: 25, size: 'max' }),
      async (commands) => {
        await db.clear();
        const memory = memoryStore();
        const store = db.store();
        const reserved: { id: string; units: string[] }[] = [];
        let now = START;
        for (const [i, { by, what }] of commands.entries()) {
          now += by;
          if (what === 'prune') {
            expect(await said(() => store.prune(now))).toEqual(await said(() => memory.prune(now)));
          } else if ('charge' in what) {
            const reservation =
              what.reserve === null ? undefined : { id: `r${i}`, until: now + what.reserve };
            const charge = { now, operations: what.charge, reservation };
            const outcome = await said(() => memory.charge(charge));
            expect(await said(() => store.charge(charge))).toEqual(outcome);
            if (outcome === 'store.clock') seen.clock++;
            else {
              const { refused, standing } = outcome as { refused: number[]; standing: Standing[] };
              seen[refused.length === 0 ? 'allowed' : 'refused']++;
              seen.contradicted += standing.filter(({ kept }) => kept?.what === '').length;
            }
            const units = what.charge.flatMap((one) => (one.kind === 'spend' ? (one.unit ?? []) : []));
            if (reservation) reserved.push({ id: reservation.id, units });
          } else if ('look' in what) {
            const look = { now, operations: what.look };
            expect(await said(() => store.look(look))).toEqual(await said(() => memory.look(look)));
          } else if ('lift' in what) {
            const keys = (await memory.lift(what.lift, what.part)).toSorted();
            expect((await store.lift(what.lift, what.part)).toSorted()).toEqual(keys);
            seen.lifted += keys.length;
          } else {
            const made = reserved[reserved.length - 1 - (what.settle % Math.max(1, reserved.length))];
            const costs = Object.fromEntries(made?.units.map((unit) => [unit, what.odd ?? what.part]) ?? []);
            const settlement = { now, id: made?.id ?? 'none', costs };
            const settled = await said(() => memory.settle(settlement));
            expect(await said(() => store.settle(settlement))).toEqual(settled);
            if (settled === true) seen.settled++;
            if (settled === 'cost.malformed') seen.malformed++;
          }
        }
      },
    );
    await fc.assert(law, { numRuns: 100 });
    // Where one of these is rare, the law says little of it.
    expect(Math.min(seen.allowed, seen.refused, seen.clock)).toBeGreaterThan(10);
    expect(Math.min(seen.settled, seen.malformed, seen.lifted, seen.contradicted)).toBeGreaterThan(0);
  });
});
