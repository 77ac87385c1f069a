import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Store, Suite } from '../src/index.ts';
import { createVerifier, lmdbStore, memoryStore } from './built.ts';
import { chargeAt, fillNonces } from './counters.ts';
import { nameMachine } from './machine.ts';
import { measure, type Speed } from './measure.ts';
import { AUDIENCE, type Presentations, present } from './presentations.ts';

// How many authorisations a store bears, and how much room a live nonce takes. `--json` gives the figures as data,
// `--dir` says on which disk the store is tried.

const { values: options } = parseArgs({
  options: { json: { type: 'boolean', default: false }, dir: { type: 'string', default: tmpdir() } },
});
const { gc } = globalThis;
if (gc === undefined) throw new Error('the bench needs --expose-gc');

const now = () => Math.floor(Date.now() / 1000);

interface Run extends Speed {
  readonly what: string;
  readonly store: 'memory' | 'lmdb';
  readonly inFlight: number;
}

type Place = Pick<Run, 'store' | 'inFlight'>;

const places: readonly Place[] = [
  { store: 'memory', inFlight: 1 },
  { store: 'memory', inFlight: 64 },
  { store: 'lmdb', inFlight: 1 },
  { store: 'lmdb', inFlight: 64 },
];
const count = 2000;
const warmUp = 500;

/** Gives a task a new store, and takes the store away. */
async function withStore<T>(
  kind: Run['store'],
  task: (store: Store, path: string) => Promise<T>,
): Promise<T> {
  if (kind === 'memory') return task(memoryStore(), '');
  const folder = mkdtempSync(join(options.dir, 'writ-bench-'));
  const path = join(folder, 'store');
  const store = await lmdbStore({ path });
  try {
    return await task(store, path);
  } finally {
    await store.close();
    rmSync(folder, { recursive: true });
  }
}

async function measureAuthorize(suite: Suite, { trust, sealed }: Presentations, place: Place): Promise<Run> {
  const args = { amount: 12 };
  const speed = await withStore(place.store, (store) => {
    const verifier = createVerifier({
      trust,
      audience: AUDIENCE,
      store,
      costs: { 'usd-cent': () => 1200 },
    });
    return measure(sealed, { warmUp, inFlight: place.inFlight }, async (presentation) => {
      const { code } = await verifier.authorize(presentation, {
        action: 'pay',
        resource: 'invoices/7',
        args,
      });
      if (code !== 'allowed') throw new Error(`denied: ${code}`);
    });
  });
  return { what: `authorize, ${suite}`, ...place, ...speed };
}

async function measureStore(place: Place): Promise<Run> {
  const time = now();
  const charges = Array.from({ length: count + warmUp }, () => chargeAt(time));
  const speed = await withStore(place.store, (store) =>
    measure(charges, { warmUp, inFlight: place.inFlight }, async (charge) => {
      const { refused } = await store.charge(charge);
      if (refused.length > 0) throw new Error('refused');
    }),
  );
  return { what: 'store alone', ...place, ...speed };
}

/** Bytes of heap that a live nonce takes. */
async function weighInMemory(count: number): Promise<number> {
  const store = memoryStore();
  gc?.();
  const before = process.memoryUsage().heapUsed;
  await fillNonces(store, count, now());
  gc?.();
  const bytes = (process.memoryUsage().heapUsed - before) / count;
  // Asked once more, so that it is not collected before it is weighed.
  await store.prune(now());
  return Math.round(bytes);
}

/** Bytes of disk that a live nonce takes. */
function weighOnDisk(count: number): Promise<number> {
  return withStore('lmdb', async (store, path) => {
    // A store opens its files when it is first asked.
    await store.prune(now());
    const before = sizeOf(path);
    await fillNonces(store, count, now());
    return Math.round((sizeOf(path) - before) / count);
  });
}

function sizeOf(path: string): number {
  const sizes = readdirSync(path, { recursive: true }).map((name) => statSync(join(path, String(name))));
  return sizes.reduce((sum, { blocks }) => sum + 512 * blocks, 0);
}

const nonces = { memory: 500_000, lmdb: 50_000 };
// First, while the heap is empty.
const bytesPerNonce = { memory: await weighInMemory(nonces.memory), lmdb: await weighOnDisk(nonces.lmdb) };
const runs: Run[] = [];
const done = (run: Run) => {
  runs.push(run);
  console.error(`${run.what}, ${run.store}, ${run.inFlight} in flight: done`);
};
for (const suite of ['ed25519', 'hmac'] as const) {
  // Every store is new, so that all take the same presentations.
  const presentations = present(suite, warmUp + count);
  for (const place of places) done(await measureAuthorize(suite, presentations, place));
}
for (const place of places) done(await measureStore(place));

const machine = nameMachine();
if (options.json) console.log(JSON.stringify({ machine, runs, nonces, bytesPerNonce }, null, 2));
else {
  const { cpu, cores, memory, node, os, load } = machine;
  console.log(`${cpu}, ${cores} cores, ${memory}, Node ${node}, ${os}, load ${load}`);
  const rows = runs.map(({ what, store, inFlight, perSecond, cpu, p50, p99 }) =>
    [what, store, inFlight, perSecond, cpu, p50, p99].map(String),
  );
  console.log(table([['', 'store', 'in flight', 'per second', 'CPU µs', 'p50 µs', 'p99 µs'], ...rows]));
  console.log(`a live nonce: ${bytesPerNonce.memory} bytes of heap, of ${nonces.memory}`);
  console.log(`              ${bytesPerNonce.lmdb} bytes on disk, of ${nonces.lmdb}`);
}

function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, i) => Math.max(...rows.map((row) => (row[i] ?? '').length)));
  const line = (row: readonly string[]) =>
    row.map((cell, i) => (i < 2 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0))).join('  ');
  return rows.map(line).join('\n');
}
