import type { PeerFigures, Report } from './report.ts';
import type { Spread } from './statistics.ts';
import { perHop } from './weigh.ts';

/** A report as Markdown, aligned, so that it reads well on a terminal too. */
export function renderTables(report: Report): string {
  const { date, machine, python, rounds, failures } = report;
  const { cpu, cores, memory, node, os, load } = machine;
  const on = [`${cpu}, ${cores} cores`, memory, `Node ${node}`, ...(python ? [`Python ${python}`] : []), os];
  const failed = failures.map(({ name, why }) => `- ${name}: ${why}`);
  return [
    `# Writ beside its peers, ${date}\n`,
    `${on.join(', ')}, load ${load}; ${rounds} rounds.\n`,
    '## Time\n\nMedian, and in brackets the quarters around it; fastest first at 4 blocks.\n',
    `${times(report)}\n`,
    '## Size\n',
    'Bytes of what is held at 1, 4 and 16 blocks with names and without, and for a hop; of what is sent with a request',
    'at 4 blocks.\n',
    `${sizes(report.peers)}\n`,
    '## What a decision covers\n',
    `${duties(report.peers)}\n`,
    ...(failed.length === 0 ? [] : ['## Not measured\n', ...failed, '']),
    '## What is promised\n',
    promises(report),
  ].join('\n');
}

const WHATS = ['mint', 'attenuate', 'cold1', 'cold4', 'cold16', 'warm1', 'warm4', 'warm16', 'pure4'] as const;

function times({ peers, floors }: Report): string {
  const rows = [...peers.map(({ name, version, ns }) => ({ name: `${name} ${version}`, ns })), ...floors];
  const cold = ({ ns }: (typeof rows)[number]) => ns.cold4?.median ?? 0;
  const heads = [
    'mint',
    'attenuate',
    'cold, 1',
    'cold, 4',
    'cold, 16',
    'warm, 1',
    'warm, 4',
    'warm, 16',
    'pure, 4',
  ];
  return table(
    ['', ...heads],
    rows
      .sort((a, b) => cold(a) - cold(b))
      .map(({ name, ns }) => [name, ...WHATS.map((what) => time(ns[what]))]),
  );
}

function time(spread: Spread | undefined): string {
  if (spread === undefined) return '';
  const { median, p25, p75 } = spread;
  const [unit, per] = median < 1e6 ? ['µs', 1e3] : ['ms', 1e6];
  return `${short(median / per)} ${unit} (${short(p25 / per)}–${short(p75 / per)})`;
}

/** A figure with about three digits. */
export function short(figure: number): string {
  return figure.toFixed(figure >= 100 ? 0 : figure >= 10 ? 1 : 2);
}

function sizes(peers: readonly PeerFigures[]): string {
  const heads = ['with names', 'per hop', 'without', 'per hop', 'sent', 'import', 'installed'];
  const rows = peers.map(({ name, bytes: { named, bare, sent }, importMs, installBytes }) => [
    name,
    named.join(' / '),
    short(perHop(named)),
    bare.join(' / '),
    short(perHop(bare)),
    sent === undefined ? '' : String(sent[1]),
    `${short(importMs)} ms`,
    `${Math.round(installBytes / 1024)} KiB`,
  ]);
  return table(['', ...heads], rows);
}

function duties(peers: readonly PeerFigures[]): string {
  const yes = (does: boolean | undefined) => (does === undefined ? '' : does ? 'yes' : 'no');
  const rows = peers.map(({ name, duties, language, notes }) => [
    name,
    yes(duties?.possession),
    yes(duties?.replay),
    yes(duties?.audience),
    language,
    notes,
  ]);
  return table(['', 'proves possession', 'refuses replay', 'enforces audience', 'written in', 'notes'], rows);
}

function promises({ promises: all, ratioSpreads }: Report): string {
  const rows = all.map(({ says, atMost, measured, kept }) => [
    says,
    short(atMost),
    short(measured),
    kept ? '✓' : '✗',
  ]);
  return `${table(['', 'at most', 'measured', ''], rows)}\n\n${spreads(ratioSpreads)}`;
}

function spreads(all: Report['ratioSpreads']): string {
  const rows = Object.entries(all).map(([key, { median, p25, p75 }]) => [
    key,
    `${short(median)} (${short(p25)}–${short(p75)})`,
  ]);
  return `All ratios, each the median of the quotients within a round:\n\n${table(['', 'measured'], rows)}`;
}

/** A table in Markdown, aligned. */
export function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = heads.map((head, i) => Math.max(3, head.length, ...rows.map((row) => row[i]?.length ?? 0)));
  const line = (cells: readonly string[]) =>
    `| ${widths.map((width, i) => (cells[i] ?? '').padEnd(width)).join(' | ')} |`;
  return [line(heads), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}
