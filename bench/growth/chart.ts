import { escapeXml, renderPicture, WIDTH } from '../svg.ts';
import type { Curve, Line, Point } from './curve.ts';
import type { Report } from './report.ts';

const COLUMNS = 2;
const PANEL = { width: WIDTH / COLUMNS, height: 250 };
const PLOT = { left: 64, right: 20, top: 40, bottom: 52 };
const COLOURS = ['own', 'peer', 'other', 'floor'];

/** A report as a picture: a panel for each curve; what grows in proportion to its size is a straight line. */
export function renderCurves({ date, machine, curves }: Report): string {
  const rows = Math.ceil(curves.length / COLUMNS);
  const panels = curves.map((curve, i) => {
    const x = PANEL.width * (i % COLUMNS);
    const y = PANEL.height * Math.floor(i / COLUMNS);
    return `<g transform="translate(${x} ${y})">\n${drawPanel(curve)}\n</g>`;
  });
  return renderPicture({
    label: 'How the cost of a decision grows',
    height: PANEL.height * rows + 24,
    foot: `${date}, ${machine.cpu}, Node ${machine.node}`,
    body: panels.join('\n'),
  });
}

interface Scale {
  readonly x: (size: number) => string;
  readonly y: (cost: number) => string;
}

function drawPanel(curve: Curve): string {
  const { title, unit, logarithmic, lines } = curve;
  const points = lines.flatMap((line) => line.points);
  const sizes = [...new Set(points.map(({ size }) => size))].sort((a, b) => a - b);
  // Of one more, so that none has a place too.
  const place = (size: number) => (logarithmic ? Math.log10(size + 1) : size);
  const [from, to] = [place(sizes[0] as number), place(sizes.at(-1) as number)];
  const most = Math.max(...points.map(({ cost }) => cost.median));
  const step = stepOf(most);
  const top = step * Math.ceil(most / step);
  const [width, height] = [PANEL.width - PLOT.left - PLOT.right, PANEL.height - PLOT.top - PLOT.bottom];
  const scale: Scale = {
    x: (size) => (PLOT.left + (width * (place(size) - from)) / (to - from)).toFixed(1),
    y: (cost) => (PLOT.top + height * (1 - cost / top)).toFixed(1),
  };
  const axis = Array.from({ length: Math.round(top / step) + 1 }, (_, i) => i * step).map(
    (
      cost,
    ) => `<line class="grid" x1="${PLOT.left}" x2="${PANEL.width - PLOT.right}" y1="${scale.y(cost)}" y2="${scale.y(cost)}"/>
<text class="faint" x="${PLOT.left - 8}" y="${Number(scale.y(cost)) + 4}" font-size="11" text-anchor="end">${cost.toLocaleString('en')}</text>`,
  );
  const ticks = sizes.map(
    (size) =>
      `<text class="faint" x="${scale.x(size)}" y="${PANEL.height - PLOT.bottom + 16}" font-size="11" text-anchor="middle">${shortSize(size)}</text>`,
  );
  return [
    `<text x="16" y="24" font-size="14" font-weight="600">By ${escapeXml(title)}, in ${unit}</text>`,
    ...axis,
    ...ticks,
    ...lines.map((line, i) => drawLine(line, COLOURS[i] as string, scale)),
    drawLegend(lines),
  ].join('\n');
}

function drawLine({ points }: Line, colour: string, { x, y }: Scale): string {
  const at = ({ size, cost }: Point) => `${x(size)},${y(cost.median)}`;
  const dots = points.map(
    (point) => `<circle class="${colour}" cx="${x(point.size)}" cy="${y(point.cost.median)}" r="3"/>`,
  );
  return [`<polyline class="line ${colour}" points="${points.map(at).join(' ')}"/>`, ...dots].join('\n');
}

function drawLegend(lines: readonly Line[]): string {
  const y = PANEL.height - PLOT.bottom + 36;
  let x = 24;
  return lines
    .map(({ name }, i) => {
      const at = x;
      x += 32 + 6 * name.length; // no letter is wider at this size, on average
      return `<circle class="${COLOURS[i]}" cx="${at}" cy="${y - 4}" r="4"/>
<text x="${at + 8}" y="${y}" font-size="11">${escapeXml(name)}</text>`;
    })
    .join('\n');
}

/** A round step, of which an axis up to a cost has three to six. */
function stepOf(most: number): number {
  const power = 10 ** Math.floor(Math.log10(most / 3));
  return ([5, 2].find((factor) => most / (factor * power) >= 3) ?? 1) * power;
}

function shortSize(size: number): string {
  if (size >= 1e6) return `${size / 1e6} M`;
  return size >= 1e4 ? `${size / 1e3} k` : String(size);
}
