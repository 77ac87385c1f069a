import type { Suite, Verifier } from '../../src/index.ts';
import { spreadOf } from '../compare/statistics.ts';
import { domainOf } from './chain.ts';
import type { Line, Point } from './curve.ts';

// So many are sealed at a time, outside of the time, and the last of them are what is timed.
const BATCH = 500;

/**
 * What the last of so many tokens takes, each of a chain of its own, of a verifier that has met all others.
 *
 * @param most how many it meets
 */
export async function measureTokens(name: string, suite: Suite, most: number): Promise<Line> {
  const domain = domainOf(suite);
  const sizes = [100, 1e3, 1e4, 1e5].filter((size) => size <= most);
  const sealed = (size: number) => Array.from({ length: size }, () => domain.chain(1).seal());
  const meet = async (verifier: Verifier, texts: readonly string[]) => {
    const took: number[] = [];
    for (const text of texts) {
      const begun = process.hrtime.bigint();
      const { code } = await verifier.authorize(text);
      took.push(Number(process.hrtime.bigint() - begun) / 1e3);
      if (code !== 'allowed') throw new Error(`denied: ${code}`);
    }
    return took;
  };
  await meet(domain.verifier(), sealed(2000)); // until then, the engine compiles
  const first: number[] = [];
  for (const text of sealed(100)) first.push(...(await meet(domain.verifier(), [text])));
  const points: Point[] = [{ size: 1, cost: spreadOf(first) }];
  const verifier = domain.verifier();
  let met = 0;
  for (const size of sizes) {
    let took: number[] = [];
    while (met < size) {
      const batch = Math.min(BATCH, size - met);
      took = await meet(verifier, sealed(batch));
      met += batch;
    }
    points.push({ size, cost: spreadOf(took) });
  }
  return { name, points };
}
