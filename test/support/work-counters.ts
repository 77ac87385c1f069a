import { Session } from 'node:inspector';
import { setFlagsFromString } from 'node:v8';

// Counts work and never time, so that a guard of it cannot be noisy. Nothing is replaced: what is counted is done too.

/** How often something was done, by its name; what was not done is missing. */
export type Work = Readonly<Record<string, number>>;

const counters = new Map<string, number>();

type Call = (...given: never[]) => unknown;

/** The same function, each of whose calls adds to counters what `amounts` says of its arguments. */
export function counted<F extends Call>(own: F, amounts: (...given: Parameters<F>) => Work): F {
  return new Proxy(own, {
    apply(target, self, given) {
      for (const [name, amount] of Object.entries(amounts(...(given as Parameters<F>))))
        if (amount > 0) counters.set(name, (counters.get(name) ?? 0) + amount);
      return Reflect.apply(target, self, given);
    },
  });
}

/** What a task does of all that is counted by name. */
export async function workOf(task: () => unknown): Promise<Work> {
  counters.clear();
  await task();
  return Object.fromEntries([...counters].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Counts alone. How many bytes are hashed or verified depends on every name in a token. */
export function withoutSizes({ 'hash bytes': _, 'verify bytes': __, ...work }: Work): Work {
  return work;
}

const session = new Session();

/** Lets the engine count how often each block of code runs; only code that is loaded afterwards is counted. */
export function startCounting(): void {
  setFlagsFromString('--no-opt'); // what is inlined is not counted
  session.connect();
  session.post('Profiler.enable');
  session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
}

/**
 * How often the code of `src` runs in a task: for each function, by its place, the runs of its busiest block, which is
 * the innermost of its loops.
 */
export async function stepsOf(task: () => unknown): Promise<Work> {
  takeSteps();
  await task();
  return takeSteps();
}

function takeSteps(): Work {
  const steps: Record<string, number> = {};
  session.post('Profiler.takePreciseCoverage', (error, taken) => {
    if (error) throw error;
    for (const { url, functions } of taken.result) {
      const [, path] = /\/src\/(.*\.ts)$/.exec(url) ?? [];
      if (path === undefined) continue;
      for (const { functionName, ranges } of functions) {
        const runs = Math.max(...ranges.map(({ count }) => count));
        if (runs > 0) steps[`${path} ${functionName} at ${ranges[0]?.startOffset}`] = runs;
      }
    }
  });
  return steps;
}
