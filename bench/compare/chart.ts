import { escapeXml, renderPicture, WIDTH } from '../svg.ts';
import type { Report } from './report.ts';
import type { Spread } from './statistics.ts';
import { short } from './table.ts';
import { perHop } from './weigh.ts';

interface Bar {
  readonly name: string;
  readonly value: number;
  readonly spread?: Spread;
  readonly says: string;
  readonly kind: 'own' | 'floor' | 'peer';
}

const LEFT = 300;
const RIGHT = 90;
const ROW = 24;
const HEAD = 62;

/** A report as a picture: the time of a decision, cold and warm, at 4 blocks, and the bytes of a hop. */
export function renderChart(report: Report): string {
  const panels = [timePanel(report), bytePanel(report)];
  const height = panels.reduce((sum, { height }) => sum + height, 20);
  let top = 0;
  const drawn = panels.map(({ draw, height }) => {
    const at = draw(top);
    top += height;
    return at;
  });
  const { cpu, node } = report.machine;
  const foot = `${report.date}, ${cpu}, Node ${node}, ${report.rounds} rounds`;
  return renderPicture({ label: 'Writ beside its peers', height, foot, body: drawn.join('\n') });
}

interface Panel {
  readonly height: number;
  readonly draw: (top: number) => string;
}

function timePanel({ peers, floors }: Report): Panel {
  const bars = [...peers, ...floors].flatMap(({ name, ns }): Bar[] =>
    (['cold4', 'warm4'] as const).flatMap((what) => {
      const spread = ns[what];
      if (spread === undefined) return [];
      const warm = what === 'warm4' ? ', warm' : '';
      const value = spread.median / 1e3;
      const says = value < 1000 ? `${short(value)} µs` : `${short(value / 1000)} ms`;
      return [{ name: `${name}${warm}`, value, spread, says, kind: kindOf(name) }];
    }),
  );
  return panel(
    'From text to decision, 4 blocks and a request',
    'µs, logarithmic; lines span the quarters',
    bars,
    true,
  );
}

function bytePanel({ peers }: Report): Panel {
  const bars = peers
    .filter(({ name }) => !name.includes('sodium'))
    .map(({ name, bytes }): Bar => {
      const value = perHop(bytes.bare);
      return { name, value, says: short(value), kind: kindOf(name) };
    });
  return panel('Bytes that a hop adds', 'without names, mean of 15 hops, logarithmic', bars, false);
}

function kindOf(name: string): Bar['kind'] {
  return name.startsWith('writ') ? 'own' : name.startsWith('floor') ? 'floor' : 'peer';
}

function panel(title: string, unit: string, unsorted: readonly Bar[], whiskers: boolean): Panel {
  const bars = [...unsorted].sort((a, b) => a.value - b.value);
  const low = Math.floor(Math.log10(bars[0]?.value ?? 1));
  const high = Math.max(low + 1, Math.ceil(Math.log10(bars.at(-1)?.value ?? 10)));
  const x = (value: number) => LEFT + ((Math.log10(value) - low) / (high - low)) * (WIDTH - LEFT - RIGHT);
  const bottom = HEAD + bars.length * ROW;
  const draw = (top: number) => {
    const grid = Array.from({ length: high - low + 1 }, (_, i) => 10 ** (low + i)).map((value) => {
      const at = x(value).toFixed(1);
      return `<line class="grid" x1="${at}" x2="${at}" y1="${top + HEAD - 6}" y2="${top + bottom}"/>
<text class="faint" x="${at}" y="${top + HEAD - 11}" font-size="11" text-anchor="middle">${value.toLocaleString('en')}</text>`;
    });
    const rows = bars.map((bar, i) => drawBar(bar, { x, y: top + HEAD + i * ROW, whiskers }));
    return `<text x="16" y="${top + 26}" font-size="16" font-weight="600">${escapeXml(title)}</text>
<text class="faint" x="16" y="${top + HEAD - 11}" font-size="11">${escapeXml(unit)}</text>
${[...grid, ...rows].join('\n')}`;
  };
  return { height: bottom + 16, draw };
}

interface Place {
  readonly x: (value: number) => number;
  readonly y: number;
  readonly whiskers: boolean;
}

function drawBar({ name, value, spread, says, kind }: Bar, { x, y, whiskers }: Place): string {
  const [end, middle] = [x(value), y + ROW / 2];
  const reach = whiskers && spread !== undefined ? x(spread.p75 / 1e3) : end;
  const line =
    whiskers && spread !== undefined
      ? `<line class="whisker" x1="${x(spread.p25 / 1e3).toFixed(1)}" x2="${reach.toFixed(1)}" y1="${middle}" y2="${middle}"/>`
      : '';
  const weight = kind === 'own' ? ' font-weight="600"' : '';
  return `<text x="${LEFT - 8}" y="${middle + 4}" text-anchor="end"${weight}>${escapeXml(name)}</text>
<rect class="${kind}" x="${LEFT}" y="${y + 4}" width="${Math.max(1, end - LEFT).toFixed(1)}" height="${ROW - 8}" rx="2"/>${line}
<text x="${(reach + 8).toFixed(1)}" y="${middle + 4}" font-size="12">${says}</text>`;
}
