import { beforeEach, expect, test } from 'vitest';
import type { AcceptableStore } from '../../../src/state/store.ts';
import { describeWith } from '../../support/services.ts';
import { NOW, once, spend } from '../contract.ts';
import { attempt, database } from './database.ts';

describeWith('postgres', 'postgres: many at once', () => {
  const db = database();
  const pools = Array.from({ length: 4 }, () => db.another({ max: 4 }));
  let stores: AcceptableStore[];
  beforeEach(async () => {
    await db.clear();
    stores = pools.map((pool) => db.store(pool));
  });

  const each = (count: number, call: (i: number) => Promise<unknown>) =>
    Promise.all(Array.from({ length: count }, (_, i) => call(i)));

  test('four pools spend exactly the budget, twenty times', async () => {
    const allowed: number[] = [];
    for (let run = 0; run < 20; run++) {
      const results = await each(60, async (i) => {
        const operations = [once(`n${run} ${i}`), spend(`b${run}`, 37, 1)];
        return (await stores[i % 4]?.charge({ now: NOW, operations }))?.refused.length;
      });
      allowed.push(results.filter((refused) => refused === 0).length);
    }
    expect(allowed).toEqual(Array.from({ length: 20 }, () => 37));
  });

  test('the first charges of a new store, at once, make one', async () => {
    const codes = await each(16, (i) => attempt(stores[i % 4] as AcceptableStore, once(`n${i}`)));
    expect([new Set(codes), await db.run(`SELECT count(*)::int FROM ${db.schema}.store`)]).toEqual([
      new Set(['accepted']),
      [{ count: 1 }],
    ]);
  });

  test('counters in any order wait for each other without end for none', async () => {
    const keys = Array.from({ length: 6 }, (_, i) => spend(`k${i}`, 1000, 1));
    const codes = await each(80, (i) =>
      attempt(stores[i % 4] as AcceptableStore, ...(i % 2 === 0 ? keys : keys.toReversed())),
    );
    expect(new Set(codes)).toEqual(new Set(['accepted']));
  });

  test('charges, settlements, lifts and prunes of all kinds at once fail in none', async () => {
    const codes = await each(200, async (i) => {
      const store = stores[i % 4] as AcceptableStore;
      const key = `k${i % 5}`;
      const now = NOW + Math.floor(i / 10);
      try {
        if (i % 20 === 19) await store.lift('k', '');
        else if (i % 20 === 18) await store.prune(now);
        else {
          const operations = [
            once(`n${i}`, now - 30 + (i % 3)),
            spend(key, 1e9, 2, { window: 3, unit: 'u', until: now - 20 }),
          ];
          await store.charge({ now, operations, reservation: { id: `r${i}`, until: now + 20 } });
          await store.settle({ now, id: `r${i}`, costs: { u: 1 } });
        }
        return 'accepted';
      } catch (error) {
        return (error as { code: string }).code;
      }
    });
    expect(new Set(codes)).toEqual(new Set(['accepted']));
  });
});
