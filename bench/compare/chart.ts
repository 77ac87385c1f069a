import { type Bar, type Panel, panel, renderPanels } from '../bars.ts';
import type { Report } from './report.ts';
import { short } from './table.ts';
import { perHop } from './weigh.ts';

/** A report as a picture: the time of a decision, cold and warm, at 4 blocks, and the bytes of a hop. */
export function renderChart(report: Report): string {
  const { cpu, node } = report.machine;
  const foot = `${report.date}, ${cpu}, Node ${node}, ${report.rounds} rounds`;
  return renderPanels('Writ beside its peers', foot, [timePanel(report), bytePanel(report)]);
}

function timePanel({ peers, floors }: Report): Panel {
  const bars = [...peers, ...floors].flatMap(({ name, ns }): Bar[] =>
    (['cold4', 'warm4'] as const).flatMap((what) => {
      const spread = ns[what];
      if (spread === undefined) return [];
      const warm = what === 'warm4' ? ', warm' : '';
      const value = spread.median / 1e3;
      const says = value < 1000 ? `${short(value)} µs` : `${short(value / 1000)} ms`;
      const [p25, p75] = [spread.p25 / 1e3, spread.p75 / 1e3];
      return [{ name: `${name}${warm}`, value, spread: { p25, p75 }, says, kind: kindOf(name) }];
    }),
  );
  return panel(
    'From text to decision, 4 blocks and a request',
    'µs, logarithmic; lines span the quarters',
    bars,
  );
}

function bytePanel({ peers }: Report): Panel {
  const bars = peers
    .filter(({ name }) => !name.includes('sodium'))
    .map(({ name, bytes }): Bar => {
      const value = perHop(bytes.bare);
      return { name, value, says: short(value), kind: kindOf(name) };
    });
  return panel('Bytes that a hop adds', 'without names, mean of 15 hops, logarithmic', bars);
}

function kindOf(name: string): Bar['kind'] {
  return name.startsWith('writ') ? 'own' : name.startsWith('floor') ? 'floor' : 'peer';
}
