import type { Awaitable } from './peer.ts';
import { shuffle } from './statistics.ts';

/** One thing that is timed. */
export interface Case<T = unknown> {
  readonly name: string;
  /** Makes what so many runs use up, outside of the time. */
  prepare(count: number): Awaitable<readonly T[]>;
  /** What is timed; a result of `false` is a defect of the run. */
  run(item: T): unknown;
  /** The most runs in a batch, where preparing one takes as long as running it. */
  readonly most?: number;
  /** Called before it is warmed up and before each round; one function for all cases of a peer. */
  readonly renew?: (() => Awaitable<void>) | undefined;
}

/** The time of each case in each round, in nanoseconds for one run. */
export type Samples = ReadonlyMap<string, readonly number[]>;

const BATCH = 20e6;
// For each round: so long, at 15 of them, that the engine has compiled what is hot, WebAssembly too.
const WARM_UP = 10e6;

/**
 * Times all cases in one process: each round takes every case once, in random order, for about 20 ms. What slows the
 * machine down for a while then slows all of them, and a quotient within a round is free of it.
 *
 * @param tell called with what has been done
 */
export async function interleave(
  cases: readonly Case[],
  { rounds, tell }: { rounds: number; tell: (done: string) => void },
): Promise<Samples> {
  const batches = new Map<Case, number>();
  for (const one of cases) {
    await one.renew?.();
    batches.set(one, await calibrate(one, rounds * WARM_UP));
    tell(`warmed up ${batches.size} of ${cases.length}: ${one.name}`);
  }
  const samples = new Map(cases.map(({ name }) => [name, [] as number[]]));
  const renewals = new Set(cases.map(({ renew }) => renew));
  for (let round = 1; round <= rounds; round++) {
    for (const renew of renewals) await renew?.();
    for (const one of shuffle(cases)) {
      const count = batches.get(one) as number;
      samples.get(one.name)?.push((await time(one, count)) / count);
    }
    tell(`round ${round} of ${rounds}`);
  }
  return samples;
}

/** How many runs take as long as a batch should, once the engine has compiled them. */
async function calibrate(one: Case, warmUp: number): Promise<number> {
  const begun = process.hrtime.bigint();
  let count = 1;
  for (let spent = 0; ; ) {
    const took = await time(one, count);
    spent += took;
    const fitting = Math.max(1, Math.min(one.most ?? 1e6, Math.round((count * BATCH) / took)));
    // What takes far longer to prepare than to run is of a peer that other cases warm up too.
    if (spent >= warmUp || Number(process.hrtime.bigint() - begun) >= 4 * warmUp) return fitting;
    count = Math.min(fitting, 4 * count);
  }
}

/** Nanoseconds that a batch takes. */
async function time(one: Case, count: number): Promise<number> {
  const items = await one.prepare(count);
  // What the preparation left behind is not to be collected at the expense of the case.
  globalThis.gc?.({ type: 'minor' });
  let failed = 0;
  const begun = process.hrtime.bigint();
  for (const item of items) {
    const result = one.run(item);
    if ((result instanceof Promise ? await result : result) === false) failed++;
  }
  const took = Number(process.hrtime.bigint() - begun);
  if (failed > 0) throw new Error(`${one.name}: ${failed} of ${count} runs failed`);
  return took;
}
