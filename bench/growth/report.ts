import { short, table } from '../compare/table.ts';
import type { Machine } from '../machine.ts';
import type { Curve, Line } from './curve.ts';

/** How all that was measured grows. */
export interface Report {
  readonly date: string;
  readonly machine: Machine;
  readonly curves: readonly Curve[];
}

/** A report as Markdown. */
export function renderTables({ date, machine, curves }: Report): string {
  const { cpu, cores, memory, node, os, load } = machine;
  return [
    `# How the cost of a decision grows, ${date}\n`,
    `${cpu}, ${cores} cores, ${memory}, Node ${node}, ${os}, load ${load}. Medians.\n`,
    ...curves.map((curve) => `## By ${curve.title}, in ${curve.unit}\n\n${costs(curve)}\n`),
  ].join('\n');
}

function costs({ lines }: Curve): string {
  const sizes = (lines[0] as Line).points.map(({ size }) => size.toLocaleString('en'));
  const rows = lines.map(({ name, points }) => [name, ...points.map(({ cost }) => short(cost.median))]);
  return table(['', ...sizes], rows);
}
