import type { Machine } from '../machine.ts';
import type { Speed } from '../measure.ts';
import type { Kind } from './places.ts';

/** How fast something went with a store, so many at a time. */
export interface Run extends Speed {
  readonly what: string;
  readonly store: Kind;
  readonly inFlight: number;
}

/** All that was measured of stores. */
export interface Report {
  readonly date: string;
  readonly machine: Machine;
  readonly runs: readonly Run[];
  /** Bytes that a live nonce takes, of so many. */
  readonly nonces: Readonly<Partial<Record<Kind, { readonly count: number; readonly bytes: number }>>>;
}

/** A report as people read it, in Markdown. */
export function renderReport({ date, machine, runs, nonces }: Report): string {
  const { cpu, cores, memory, node, os, load } = machine;
  return [
    `# Stores, ${date}`,
    '',
    `${cpu}, ${cores} cores, ${memory}, Node ${node}, ${os}, load ${load}.`,
    '',
    '![Charges of three counters](store.svg)',
    '',
    '| | store | in flight | per second | CPU µs | p50 µs | p99 µs |',
    '| --- | --- | --- | --- | --- | --- | --- |',
    ...runs.map(
      ({ what, store, inFlight, perSecond, cpu, p50, p99 }) =>
        `| ${[what, store, inFlight, perSecond, cpu, p50, p99].join(' | ')} |`,
    ),
    '',
    '| store | bytes of a live nonce | of so many |',
    '| --- | --- | --- |',
    ...Object.entries(nonces).map(([store, { count, bytes }]) => `| ${store} | ${bytes} | ${count} |`),
    '',
  ].join('\n');
}
