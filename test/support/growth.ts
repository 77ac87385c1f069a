import { stepsOf, type Work, workOf } from './work-counters.ts';

/** Makes a task of a size. */
export type Prepare = (size: number) => Task | Promise<Task>;

type Task = () => unknown;

type Sizes = readonly [small: number, middle: number, large: number];

/**
 * What a task does more of than twice as much, each time that its size doubles; none where its cost is at most linear.
 *
 * Each function of `src` is held to it, and each counter of cryptography and bytes, so that nothing hides behind what
 * costs more. What the runtime does inside of one call, as `includes` does, is not seen.
 */
export async function fasterThanLinear(from: number, prepare: Prepare): Promise<string[]> {
  const sizes: Sizes = [from, 2 * from, 4 * from];
  // A twentieth, since larger numbers have longer encodings; and a few, since some bytes take a check that most do not,
  // of 32 steps. What grows with the square of 8, 16 and 32 is at least 384 too many.
  return growing(
    sizes,
    prepare,
    ([small, middle, large]) => large - middle > 2 * Math.max(0, middle - small) + large / 20 + 128,
  );
}

/** What a task does more of where its size is sixteen times as large, beyond what a binary search would. */
export async function notFlat(from: number, prepare: Prepare): Promise<string[]> {
  const sizes: Sizes = [from, 4 * from, 16 * from];
  return growing(sizes, prepare, ([small, , large]) => large > 2 * small + 8);
}

async function growing(
  sizes: Sizes,
  prepare: Prepare,
  isTooMuch: (counts: Sizes) => boolean,
): Promise<string[]> {
  const works: Work[] = [];
  for (const size of sizes) works.push(await countIn(await prepare(size)));
  const names = new Set(works.flatMap((work) => Object.keys(work)));
  return [...names].flatMap((name) => {
    const counts = works.map((work) => work[name] ?? 0) as unknown as Sizes;
    return isTooMuch(counts) ? [`${name}: ${counts.join(', ')}`] : [];
  });
}

// Once before, so that what is computed once and kept is not counted with the small size alone.
async function countIn(task: Task): Promise<Work> {
  await task();
  const counts = await workOf(task);
  return { ...counts, ...(await stepsOf(task)) };
}
