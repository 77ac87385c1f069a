import { expect, test } from 'vitest';
import { renderChart } from '../../bench/compare/chart.ts';
import type { PeerFigures, Report } from '../../bench/compare/report.ts';

const spread = (median: number) => ({ median, p25: median, p75: median });
const peer = (name: string, cold4: number): PeerFigures => ({
  name,
  version: '1',
  language: '',
  notes: '',
  ns: { cold4: spread(cold4) },
  bytes: { named: [1, 1, 151], bare: [1, 1, 151] },
  importMs: 1,
  installBytes: 1,
});
const report: Report = {
  date: '2026-01-02',
  machine: { cpu: 'A & B', cores: 1, memory: '', node: 'v20', os: '', load: 0 },
  rounds: 1,
  ratios: {},
  ratioSpreads: {},
  promises: [],
  floors: [],
  peers: [peer('slow', 100_000), peer('fast', 1000)],
  failures: [],
};
const picture = renderChart(report);

test('the fastest stands first, with its time', () => {
  const texts = [...picture.matchAll(/>(fast|slow|1\.00 µs|100 µs)</g)].map(([, text]) => text);
  expect(texts.slice(0, 4)).toEqual(['fast', '1.00 µs', 'slow', '100 µs']);
});

test('ten times the time is one step of the axis further', () => {
  const [fast = 0, slow = 0] = [...picture.matchAll(/class="peer"[^>]* width="([\d.]+)"/g)].map(([, width]) =>
    Number(width),
  );
  expect([fast, slow]).toEqual([1, 470]);
});

test('no name is read as markup', () => {
  expect(picture).toContain('A &amp; B');
});
