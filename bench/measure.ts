import { performance } from 'node:perf_hooks';

/** How fast something went; times in microseconds. */
export interface Speed {
  readonly perSecond: number;
  /** Of the processor, of all threads, for each; it says more than the others where the machine is shared. */
  readonly cpu: number;
  readonly p50: number;
  readonly p99: number;
}

/**
 * Does a task once for each item, so many at a time. The first items are not counted: until then, the engine compiles.
 *
 * @param inFlight how many are begun before the first has ended
 */
export async function measure<T>(
  items: readonly T[],
  { warmUp, inFlight }: { warmUp: number; inFlight: number },
  task: (item: T) => unknown,
): Promise<Speed> {
  for (const item of items.slice(0, warmUp)) await task(item);
  const measured = items.slice(warmUp);
  const took = new Float64Array(measured.length);
  let next = 0;
  const work = async () => {
    while (next < measured.length) {
      const i = next++;
      const begun = performance.now();
      await task(measured[i] as T);
      took[i] = performance.now() - begun;
    }
  };
  const spent = process.cpuUsage();
  const begun = performance.now();
  await Promise.all(Array.from({ length: inFlight }, work));
  const seconds = (performance.now() - begun) / 1000;
  const { user, system } = process.cpuUsage(spent);
  took.sort();
  const percentile = (p: number) => Math.round(1000 * (took[Math.floor((took.length - 1) * p)] as number));
  return {
    perSecond: Math.round(measured.length / seconds),
    cpu: Math.round((user + system) / measured.length),
    p50: percentile(0.5),
    p99: percentile(0.99),
  };
}
