import { codes } from '../../src/codes.ts';
import { printable } from '../../src/printable.ts';
import { describePermission } from '../../src/scope/permission-form.ts';
import type { CountedBlock, CountedLimit, CountedStep, Report } from '../counted.ts';
import { formatLimit } from '../limit-text.ts';
import { type Colour, style } from '../output.ts';
import { COLUMNS, heading, row, SHOWN, shorten, wrap } from './layout.ts';
import { fromNow } from './words.ts';

const NOTHING = 'no block has limits or a plan, so nothing is counted but the nonces of requests';
const UNVERIFIED = "NOT VERIFIED: the limits are what somebody wrote; the counts are the store's";

/** What is used of a token as lines of at most 80 columns: a bar for each limit and each step of a plan. */
export function renderReport({ audience, denied, blocks, now }: Report): string[] {
  if (denied !== undefined) {
    const why = `block ${denied.block}, ${denied.code}: ${codes[denied.code][1]}`;
    return wrap(`every request is denied: ${why}`, COLUMNS).map((line) => style('red', line));
  }
  if (audience === undefined) return [NOTHING];
  return [
    style('yellow', UNVERIFIED),
    ...wrap(printable(`counted at ${audience}`), COLUMNS),
    ...blocks.flatMap((block) => ['', ...renderBlock(block, now)]),
  ];
}

function renderBlock(
  { block, id, delegate, expires, limits, plan = [] }: CountedBlock,
  now: number,
): string[] {
  const over = `${fromNow(expires, now)}, and what was counted is forgotten`;
  const steps = plan.map((step, i) => renderStep(step, i, plan));
  const rows = [...limits.map((limit) => renderLimit(limit, now)), ...steps];
  const labels = Math.min(MOST, Math.max(...rows.map(({ label }) => label.length)));
  const render = (own: readonly Row[]) =>
    shorten(
      own.map((row) => renderRow(row, labels)),
      (others) => [`  ${others}`],
    ).flat();
  // Of limits that are shortened, those with the most room are left out first; of a plan, what is closed.
  const limited = rows.slice(0, limits.length);
  const tight = limited.length > SHOWN ? limited.toSorted((a, b) => shareOf(b) - shareOf(a)) : limited;
  const first = steps.length > SHOWN ? plan.findIndex(({ state }) => state !== 'closed') : 0;
  return [
    ...heading(`block ${block}  ${delegate}`),
    ...row('  ', 'block id', id, 'dim'),
    ...(expires > now ? [] : row('  ', 'expired', over, 'yellow')),
    ...render(tight),
    ...render(steps.slice(first)),
  ];
}

interface Row {
  readonly label: string;
  /** What is used, and of how much. */
  readonly used: number;
  readonly of: number;
  readonly words: string;
  /** What it is about, in a line below. */
  readonly about?: string;
  readonly colour?: Colour | undefined;
}

// A longer label stands on a line of its own, so that the bars have room.
const MOST = 24;
const BAR = 20;

function renderRow({ label, used, of, words, about, colour }: Row, labels: number): string[] {
  const margin = ' '.repeat(2 + labels + 2);
  const long = label.length > labels;
  const filled = fill(used, of);
  const bar = '█'.repeat(filled) + '░'.repeat(BAR - filled);
  const start = `${long ? margin : `  ${label.padEnd(labels)}  `}${colour === undefined ? bar : style(colour, bar)}  `;
  const lines = wrap(words, COLUMNS - margin.length - BAR - 2);
  const below = about === undefined ? [] : wrap(printable(about), COLUMNS - margin.length);
  return [
    ...(long ? wrap(label, COLUMNS - 2).map((line) => `  ${line}`) : []),
    ...lines.map((line, i) => (i === 0 ? start : margin + ' '.repeat(BAR + 2)) + line),
    ...shorten(below, (others) => others, ' lines').map((line) => margin + line),
  ];
}

function shareOf({ used, of }: Row): number {
  return used >= of ? 1 : used / of;
}

// A bar is empty where nothing is used, and full where nothing is left.
function fill(used: number, of: number): number {
  if (used >= of) return BAR;
  return used === 0 ? 0 : Math.max(1, Math.floor((used / of) * BAR));
}

function renderLimit(limit: CountedLimit, now: number): Row {
  const { unit, amount, used, left, frees, frozen } = limit;
  const words =
    unit !== 'denial'
      ? `${used} used, ${left} left${frees === undefined ? '' : `, frees ${fromNow(frees, now)}`}`
      : frozen
        ? `${used} counted: FROZEN`
        : `${used} counted, freezes at ${amount}`;
  const colour = left === 0 ? 'red' : used / amount >= 0.8 ? 'yellow' : 'green';
  return { label: formatLimit(limit), used, of: amount, words, colour };
}

const STATES = { closed: 'closed', open: 'open', full: 'used up', waiting: 'not open yet' } as const;

function renderStep(step: CountedStep, i: number, all: readonly CountedStep[]): Row {
  const { taken, min, max, state } = step;
  const missing = state === 'open' && taken < min && i < all.length - 1;
  const next = missing ? `, ${min - taken} more before step ${i + 2}` : '';
  return {
    label: `plan, step ${i + 1}`,
    used: taken,
    of: max,
    words: `${taken} of ${max}, ${STATES[state]}${next}`,
    about: describePermission(step.permission),
    colour: state === 'open' ? 'green' : undefined,
  };
}
