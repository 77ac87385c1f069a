import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { Store, Suite } from '../../src/index.ts';
import { createVerifier } from '../built.ts';
import { chargeAt, fillNonces } from '../counters.ts';
import { nameMachine } from '../machine.ts';
import { measure } from '../measure.ts';
import { AUDIENCE, type Presentations, present } from '../presentations.ts';
import { renderChart } from './chart.ts';
import { DIR, type Kind, kinds, withStore } from './places.ts';
import { type Report, type Run, renderReport } from './report.ts';

// How many authorisations a store bears, and how much room a live nonce takes. `--json` gives the figures as data,
// `--dir` says on which disk the store is tried, `--only` names kinds of stores; a run of all is kept in bench/results.

const { values: options } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    dir: { type: 'string', default: DIR },
    only: { type: 'string', default: kinds.join(',') },
  },
});
if (globalThis.gc === undefined) throw new Error('the bench needs --expose-gc');
const wanted = options.only.split(',');
const unknown = wanted.filter((name) => !(kinds as readonly string[]).includes(name));
if (unknown.length > 0) throw new Error(`no store ${unknown.join(', ')}; there are ${kinds.join(', ')}`);

const now = () => Math.floor(Date.now() / 1000);
type Place = Pick<Run, 'store' | 'inFlight'>;
const places = kinds
  .filter((store) => wanted.includes(store))
  .flatMap((store): Place[] => [1, 64].map((inFlight) => ({ store, inFlight })));
const count = 2000;
const warmUp = 500;

/** Does a task for each item with a new store. */
function measureIn<T>(
  what: string,
  place: Place,
  items: readonly T[],
  begin: (store: Store) => (item: T) => Promise<void>,
): Promise<Run> {
  return withStore[place.store](options.dir, async ({ store }) => {
    const speed = await measure(items, { warmUp, inFlight: place.inFlight }, begin(store));
    console.error(`${what}, ${place.store}, ${place.inFlight} in flight: done`);
    return { what, ...place, ...speed };
  });
}

function measureAuthorize(suite: Suite, { trust, sealed }: Presentations, place: Place): Promise<Run> {
  const asked = { action: 'pay', resource: 'invoices/7', args: { amount: 12 } };
  return measureIn(`authorize, ${suite}`, place, sealed, (store) => {
    const verifier = createVerifier({ trust, audience: AUDIENCE, store, costs: { 'usd-cent': () => 1200 } });
    return async (presentation) => {
      const { code } = await verifier.authorize(presentation, asked);
      if (code !== 'allowed') throw new Error(`denied: ${code}`);
    };
  });
}

function measureStore(place: Place): Promise<Run> {
  const time = now();
  const charges = Array.from({ length: count + warmUp }, () => chargeAt(time));
  return measureIn('store alone', place, charges, (store) => async (charge) => {
    const { refused } = await store.charge(charge);
    if (refused.length > 0) throw new Error('refused');
  });
}

/** Bytes that a live nonce takes. */
function weighNonces(kind: Kind, count: number): Promise<{ count: number; bytes: number }> {
  return withStore[kind](options.dir, async ({ store, weigh }) => {
    // A store opens its files when it is first asked.
    await store.prune(now());
    const before = await weigh();
    await fillNonces(store, count, now());
    const bytes = Math.round(((await weigh()) - before) / count);
    // Asked once more, so that one in memory is not collected before it is weighed.
    await store.prune(now());
    return { count, bytes };
  });
}

// First, while the heap is empty.
const nonces: Partial<Record<Kind, { count: number; bytes: number }>> = {};
for (const kind of kinds)
  if (wanted.includes(kind)) nonces[kind] = await weighNonces(kind, kind === 'memory' ? 500_000 : 20_000);
const runs: Run[] = [];
for (const suite of ['ed25519', 'hmac'] as const) {
  // Every store is new, so that all take the same presentations.
  const presentations = present(suite, warmUp + count);
  for (const place of places) runs.push(await measureAuthorize(suite, presentations, place));
}
for (const place of places) runs.push(await measureStore(place));

const date = new Date().toISOString().slice(0, 10);
const report: Report = { date, machine: nameMachine(), runs, nonces };
if (wanted.length === kinds.length) {
  const keep = (name: string, text: string) =>
    writeFileSync(new URL(`../results/${name}`, import.meta.url), text);
  keep('store.json', `${JSON.stringify(report, null, 2)}\n`);
  keep('store.md', renderReport(report));
  keep('store.svg', renderChart(report));
}
console.log(options.json ? JSON.stringify(report, null, 2) : renderReport(report));
