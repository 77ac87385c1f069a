import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { memoryStore } from '../../src/state/memory.ts';
import type { Charge, Kept, Operation, Settlement, Standing, Store } from '../../src/state/store.ts';
import { stepsUntil } from '../support/steps.ts';

type Spend = Extract<Operation, { kind: 'spend' }>;
type Keep = Extract<Operation, { kind: 'keep' }>;

/** What happened, once and for all; how all stands is computed from the list anew each time. */
type Event = {
  at: number;
  charge: Charge;
  steps: readonly (number | undefined)[];
  back: Map<string, number>;
  settled: boolean;
};

/** The contract, as naively as can be: no rows, no windows that slide, nothing that is forgotten early. */
class Model {
  readonly #events: Event[] = [];
  /** All that was said, in order, whatever became of the charge. */
  readonly #said: (Keep & { readonly time: number })[] = [];
  #latest = 0;

  charge(charge: Charge) {
    if (charge.now < this.#latest - 30) return 'store.clock';
    this.#latest = Math.max(this.#latest, charge.now);
    const at = this.#latest;
    const judged = charge.operations.map((operation) => this.#judge(operation, at));
    const refused = judged.flatMap(({ holds }, i) => (holds ? [] : [i]));
    for (const one of charge.operations) if (one.kind === 'keep') this.#said.push({ ...one, time: at });
    if (refused.length === 0)
      this.#events.push({
        at,
        charge,
        steps: judged.map(({ step }) => step),
        back: new Map(),
        settled: false,
      });
    return { refused, standing: judged.map(({ standing }) => standing) };
  }

  settle({ now, id, costs }: Settlement) {
    if (now < this.#latest - 30) return 'store.clock';
    this.#latest = Math.max(this.#latest, now);
    const event = this.#events.findLast(({ charge }) => charge.reservation?.id === id);
    if (event === undefined || event.settled || (event.charge.reservation?.until as number) <= this.#latest)
      return false;
    const units = new Set(this.#spends(event).map(({ unit }) => unit));
    const fits = this.#spends(event).every(
      ({ unit = '', cost }) => (costs[unit] ?? -1) >= 0 && (costs[unit] as number) <= cost,
    );
    if (!fits || Object.keys(costs).some((unit) => !units.has(unit))) return 'cost.malformed';
    for (const [unit, cost] of Object.entries(costs)) event.back.set(unit, cost);
    event.settled = true;
    return true;
  }

  prune(now: number) {
    if (now < this.#latest - 30) return 'store.clock';
    this.#latest = Math.max(this.#latest, now);
    return undefined;
  }

  #spends({ charge }: Event): Spend[] {
    return charge.operations.filter(
      (operation): operation is Spend => operation.kind === 'spend' && operation.unit !== undefined,
    );
  }

  // All is remembered as long as anything that was said since it was last forgotten asks.
  #keptOf(key: string, at: number): Kept | undefined {
    let until = 0;
    let said: Keep[] = [];
    for (const one of this.#said.filter((other) => other.key === key)) {
      if (until <= one.time - 30) said = [];
      until = Math.max(said.length === 0 ? 0 : until, one.until);
      said.push(one);
    }
    if (said.length === 0 || until <= at - 30) return undefined;
    // What ended first, in the order in which it was learnt; or else the latest, if it is one.
    const ended = said.find(({ final }) => final);
    if (ended) return { at: ended.at, what: ended.what, final: true };
    const latest = Math.max(...said.map((one) => one.at));
    const whats = new Set(said.filter((one) => one.at === latest).map(({ what }) => what));
    return { at: latest, what: whats.size === 1 ? ([...whats][0] as string) : '', final: false };
  }

  #judge(
    operation: Operation,
    at: number,
  ): { standing: Standing; holds: boolean; step?: number | undefined } {
    const own = this.#events.flatMap((event) =>
      event.charge.operations.flatMap((other, i) =>
        other.kind === operation.kind && other.key === operation.key ? [{ event, other, i }] : [],
      ),
    );
    switch (operation.kind) {
      case 'once': {
        const seen = own.some(({ other }) => other.until > at - 30);
        return { standing: { used: seen ? 1 : 0 }, holds: !seen };
      }
      case 'spend': {
        const { window, amount, cost } = operation;
        const counting = own
          .filter(
            ({ other, event }) =>
              (other as Spend).cost > 0 && (window === undefined || event.at > at - window),
          )
          .map(({ other, event }) => ({
            at: event.at,
            cost: event.back.get((other as Spend).unit ?? '') ?? (other as Spend).cost,
          }));
        const used = counting.reduce((sum, use) => sum + use.cost, 0);
        const oldest = Math.min(...counting.map((use) => use.at));
        return {
          standing: { used, ...(window !== undefined && counting.length > 0 && { frees: oldest + window }) },
          holds: used + cost <= amount,
        };
      }
      case 'keep': {
        const kept = this.#keptOf(operation.key, at);
        const { at: said, what, final } = operation;
        const same = kept?.at === said && kept.what === what;
        const later = kept !== undefined && !kept.final && (final || said > kept.at);
        return {
          standing: { used: kept ? 1 : 0, kept },
          holds: kept === undefined || same || later,
        };
      }
      case 'step': {
        const taken = operation.steps.map(
          (_, step) => own.filter(({ event, i }) => event.steps[i] === step).length,
        );
        const position = Math.max(0, ...own.map(({ event, i }) => event.steps[i] as number));
        const step = operation.steps.findIndex(
          ({ max, admits }, j) =>
            j >= position &&
            admits &&
            (taken[j] as number) < max &&
            operation.steps.slice(position, j).every(({ min }, k) => (taken[position + k] as number) >= min),
        );
        return {
          standing: { used: own.length, taken, position },
          holds: step >= 0,
          step: step >= 0 ? step : undefined,
        };
      }
    }
  }
}

const START = 10_000;
// Far enough that no counter ends within a sequence; nonces do.
const END = START * 10;

const once: fc.Arbitrary<Operation> = fc.record({
  kind: fc.constant('once' as const),
  key: fc.constantFrom('a', 'b', 'c'),
  until: fc.integer({ min: START, max: START + 200 }),
});
// What a key counts is part of a key, as it is of the keys of limits.
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
const step = stepsUntil(END);

const keep: fc.Arbitrary<Operation> = fc
  .record({
    key: fc.constantFrom('k', 'k', 'l'),
    until: fc.integer({ min: START, max: START + 200 }),
    at: fc.nat(4),
    said: fc.constantFrom('a', 'a', 'b', 'c', 'end'),
  })
  .map(({ said, ...own }) => ({ kind: 'keep', ...own, what: said, final: said === 'end' && own.at > 3 }));

/** One operation of a charge for each counter, as for each limit; of what is said, there can be several of one key. */
const counted = fc.uniqueArray(fc.oneof(once, spend, spend, step), {
  maxLength: 4,
  selector: ({ kind, key }) => kind + key,
});
const operations = fc
  .tuple(counted, fc.oneof({ weight: 1, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: fc.array(keep, { maxLength: 3 }) }))
  .map(([some, said]): Operation[] => [...some, ...said]); // biome-ignore format: short
const move = fc.record({ by: fc.oneof(fc.integer({ min: 0, max: 8 }), fc.integer({ min: -40, max: 70 })) });
const command = fc.tuple(
  move,
  fc.oneof(
    {
      weight: 4,
      arbitrary: fc.record({ charge: operations, reserve: fc.option(fc.integer({ min: 1, max: 40 })) }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        settle: fc.nat(2),
        part: fc.nat(2),
        wild: fc.option(fc.dictionary(fc.constantFrom('u', 'v'), fc.nat(6)), { freq: 1, nil: undefined }),
      }),
    },
    { weight: 1, arbitrary: fc.constant('prune' as const) },
  ),
);

const said = (call: () => unknown): unknown => {
  try {
    return call();
  } catch (error) {
    return (error as { code: string }).code;
  }
};

describe('ledger: a store counts as the plain list of what happened says', () => {
  test('for any sequence of charges, settlements and steps of the clock', () => {
    const seen = { allowed: 0, refused: 0, settled: 0, clock: 0, contradicted: 0, ended: 0 };
    const law = fc.property(fc.array(command, { minLength: 1, maxLength: 40, size: 'max' }), (commands) => {
      const store: Store = memoryStore();
      const model = new Model();
      let now = START;
      const reserved: { id: string; units: string[] }[] = [];
      commands.forEach(([{ by }, what], i) => {
        now += by;
        if (what === 'prune') {
          expect(said(() => void store.prune(now))).toBe(model.prune(now));
          return;
        }
        if ('charge' in what) {
          const reservation = what.reserve === null ? undefined : { id: `r${i}`, until: now + what.reserve };
          const charge = { now, operations: what.charge, reservation };
          const outcome = said(() => store.charge(charge));
          expect(outcome).toEqual(model.charge(charge));
          if (typeof outcome === 'string') {
            seen.clock++;
            return;
          }
          for (const { kept } of (outcome as { standing: Standing[] }).standing) {
            seen.contradicted += Number(kept?.what === '');
            seen.ended += Number(kept?.final === true);
          }
          const units = what.charge.flatMap((one) => (one.kind === 'spend' ? (one.unit ?? []) : []));
          if (reservation) reserved.push({ id: reservation.id, units });
          seen[(outcome as { refused: unknown[] }).refused.length === 0 ? 'allowed' : 'refused']++;
          return;
        }
        // Mostly one that fits a reservation, so that some are settled.
        const made = reserved[reserved.length - 1 - (what.settle % Math.max(1, reserved.length))];
        const fitting = Object.fromEntries(made?.units.map((unit) => [unit, what.part]) ?? []);
        const settlement = { now, id: made?.id ?? 'none', costs: what.wild ?? fitting };
        const settled = said(() => store.settle(settlement));
        expect(settled).toBe(model.settle(settlement));
        if (settled === true) seen.settled++;
      });
    });
    fc.assert(law, { numRuns: 2000 });
    // Where one of these is rare, the law says little of it.
    expect(Math.min(seen.allowed, seen.refused, seen.clock)).toBeGreaterThan(2000);
    expect(Math.min(seen.settled, seen.contradicted, seen.ended)).toBeGreaterThan(200);
  });
});
