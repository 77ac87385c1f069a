/**
 * The candidate that a word most likely stands for: the fewest letters inserted, left out or replaced, and at most
 * a third of the word.
 *
 * @example
 * nearest('exp.pased', ['exp.passed', 'nbf.early']) // 'exp.passed'
 */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  const [best] = candidates
    .map((candidate) => ({ candidate, distance: distanceOf(word, candidate) }))
    .sort((a, b) => a.distance - b.distance);
  return best !== undefined && best.distance <= word.length / 3 ? best.candidate : undefined;
}

// Levenshtein's, row by row.
function distanceOf(a: string, b: string): number {
  const first = Array.from({ length: b.length + 1 }, (_, i) => i);
  const last = [...a].reduce((row, letter, i) => {
    const next = [i + 1];
    for (let j = 0; j < b.length; j++) {
      const replaced = (row[j] as number) + (letter === b[j] ? 0 : 1);
      next.push(Math.min(replaced, (row[j + 1] as number) + 1, (next[j] as number) + 1));
    }
    return next;
  }, first);
  return last.at(-1) as number;
}
