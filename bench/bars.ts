import { escapeXml, renderPicture, WIDTH } from './svg.ts';

/** A quantity beside others. */
export interface Bar {
  readonly name: string;
  readonly value: number;
  /** Where the middle half of what was measured lies. */
  readonly spread?: { readonly p25: number; readonly p75: number };
  readonly says: string;
  readonly kind: 'own' | 'floor' | 'peer' | 'other';
}

/** Bars under one title, on one scale. */
export interface Panel {
  readonly height: number;
  readonly draw: (top: number) => string;
}

const LEFT = 300;
const RIGHT = 90;
const ROW = 24;
const HEAD = 62;

/** A picture of panels, one below the other. */
export function renderPanels(label: string, foot: string, panels: readonly Panel[]): string {
  const height = panels.reduce((sum, panel) => sum + panel.height, 20);
  let top = 0;
  const drawn = panels.map(({ draw, height }) => {
    const at = draw(top);
    top += height;
    return at;
  });
  return renderPicture({ label, height, foot, body: drawn.join('\n') });
}

/** Bars from the least to the greatest, on a logarithmic scale. */
export function panel(title: string, unit: string, unsorted: readonly Bar[]): Panel {
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
    const rows = bars.map((bar, i) => drawBar(bar, { x, y: top + HEAD + i * ROW }));
    return `<text x="16" y="${top + 26}" font-size="16" font-weight="600">${escapeXml(title)}</text>
<text class="faint" x="16" y="${top + HEAD - 11}" font-size="11">${escapeXml(unit)}</text>
${[...grid, ...rows].join('\n')}`;
  };
  return { height: bottom + 16, draw };
}

interface Place {
  readonly x: (value: number) => number;
  readonly y: number;
}

function drawBar({ name, value, spread, says, kind }: Bar, { x, y }: Place): string {
  const [end, middle] = [x(value), y + ROW / 2];
  const reach = spread === undefined ? end : x(spread.p75);
  const line =
    spread !== undefined
      ? `<line class="whisker" x1="${x(spread.p25).toFixed(1)}" x2="${reach.toFixed(1)}" y1="${middle}" y2="${middle}"/>`
      : '';
  const weight = kind === 'own' ? ' font-weight="600"' : '';
  return `<text x="${LEFT - 8}" y="${middle + 4}" text-anchor="end"${weight}>${escapeXml(name)}</text>
<rect class="${kind}" x="${LEFT}" y="${y + 4}" width="${Math.max(1, end - LEFT).toFixed(1)}" height="${ROW - 8}" rx="2"/>${line}
<text x="${(reach + 8).toFixed(1)}" y="${middle + 4}" font-size="12">${says}</text>`;
}
