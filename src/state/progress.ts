import type { Judged } from './judged.ts';
import type { Rows } from './rows.ts';
import type { Operation } from './store.ts';

/** The step that was taken last, and how often each was taken. */
type Progress = readonly [until: number, position: number, ...taken: number[]];

/** Judges which step of a plan a request takes (spec §9.6.5). */
export function judgeStep(
  rows: Rows,
  key: string,
  { until, steps }: Extract<Operation, { kind: 'step' }>,
): Judged {
  const row = rows.get(key) as Progress | undefined;
  const [, position, ...taken] = row ?? [until, 0, ...steps.map(() => 0)];
  const step = findStep();
  return {
    standing: { used: taken.reduce((sum, count) => sum + count, 0), taken, position },
    holds: step !== undefined,
    added: row === undefined ? 1 : 0,
    apply() {
      if (step === undefined) return;
      const progress: Progress = [until, step, ...taken.map((count, i) => (i === step ? count + 1 : count))];
      if (row === undefined) rows.add(key, progress, until);
      else rows.set(key, progress);
    },
  };

  // A step is open where all from the last one that was taken up to it have their least number of uses.
  function findStep(): number | undefined {
    for (let i = position; i < steps.length; i++) {
      const { min, max, admits } = steps[i] as (typeof steps)[number];
      const count = taken[i] as number;
      if (admits && count < max) return i;
      if (count < min) return undefined;
    }
    return undefined;
  }
}
