import { type Bar, panel, renderPanels } from '../bars.ts';
import type { Report, Run } from './report.ts';

/** What a store alone does, as a picture: how many charges in a second, and how long the slowest of a hundred takes. */
export function renderChart({ date, machine, runs }: Report): string {
  const alone = runs.filter(({ what }) => what === 'store alone');
  const bars = (value: (run: Run) => number, says: (value: number) => string): Bar[] =>
    alone.map((run) => ({
      name: `${run.store}, ${run.inFlight} in flight`,
      value: value(run),
      says: says(value(run)),
      kind: run.inFlight === 1 ? 'own' : 'other',
    }));
  const speed = bars(
    ({ perSecond }) => perSecond,
    (value) => value.toLocaleString('en'),
  );
  const slowest = bars(
    ({ p99 }) => p99 / 1000,
    (value) => `${value.toFixed(2)} ms`,
  );
  return renderPanels('Stores beside each other', `${date}, ${machine.cpu}, Node ${machine.node}`, [
    panel('Charges of a nonce and three counters in a second', 'logarithmic', speed),
    panel('What 99 of 100 charges take at most', 'ms, logarithmic', slowest),
  ]);
}
