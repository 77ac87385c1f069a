import { toHex } from '../../src/bytes.ts';
import type { KeptMission, MissionState, PublicKey } from '../../src/index.ts';
import { describeKey } from '../../src/keys/public-key.ts';
import * as limits from '../../src/limits.ts';
import { printable } from '../../src/printable.ts';
import { formatDuration, formatTime } from '../../src/time.ts';
import { type Colour, style } from '../output.ts';
import { COLUMNS, heading, list, row, wrap } from './layout.ts';
import { fromNow } from './words.ts';

const colours: Readonly<Record<MissionState, Colour>> = {
  active: 'green',
  suspended: 'yellow',
  completed: 'red',
  revoked: 'red',
};

const HEADS = ['state', 'for', 'revoked', 'status', 'mission'];
const GAP = '  ';

/** Missions as a table of at most 80 columns: how each stands and how long, how many ids are revoked, the last status. */
export function renderMissions(
  missions: readonly KeptMission[],
  authority: PublicKey,
  now: number,
): string[] {
  const rows = missions.map((mission) => cellsOf(mission, now));
  const columns = HEADS.slice(0, -1).map((head, i) =>
    Math.max(head.length, ...rows.map((cells) => (cells[i] as string).length)),
  );
  const left = columns.reduce((sum, column) => sum + column + GAP.length, 0);
  const align = (cells: readonly string[]) => columns.map((column, i) => (cells[i] as string).padEnd(column));
  const under = (first: string, text: string) =>
    wrap(printable(text), COLUMNS - left).map((line, i) => (i === 0 ? first : ' '.repeat(left)) + line);
  return [
    ...row('', 'kept with', describeKey(authority)),
    '',
    style('dim', [...align(HEADS), HEADS.at(-1)].join(GAP)),
    ...missions.flatMap((mission, i) => {
      const [state = '', ...others] = align(rows[i] as string[]);
      return under([style(colours[mission.state], state), ...others, ''].join(GAP), mission.subject);
    }),
  ];
}

/** One mission with all that is known of it. */
export function renderMission(mission: KeptMission, authority: PublicKey, now: number): string[] {
  const { subject, state, since, issued, goodUntil, revoked } = mission;
  const over = goodUntil <= now;
  const ids = revoked.map(({ id, until }) => ({
    text: `${toHex(id)} ${until === limits.time - 1 ? 'for good' : `until ${formatTime(until)}`}`,
  }));
  return [
    ...heading(subject),
    ...row('  ', 'state', `${state} since ${formatTime(since)}, ${fromNow(since, now)}`, colours[state]),
    ...row('  ', 'status', `issued ${formatTime(issued)}, ${fromNow(issued, now)}`),
    ...row(
      '  ',
      '',
      `${over ? 'was good' : 'good'} until ${formatTime(goodUntil)}, ${fromNow(goodUntil, now)}`,
    ),
    ...row('  ', 'kept with', describeKey(authority)),
    ...list('  ', 'revoked', ids.length === 0 ? [{ text: 'no ids' }] : ids),
  ];
}

function cellsOf({ state, since, issued, goodUntil, revoked }: KeptMission, now: number): string[] {
  const age = fromNow(issued, now);
  return [
    state,
    formatDuration(Math.max(0, now - since)),
    revoked.length === 0 ? '-' : String(revoked.length),
    goodUntil <= now ? `${age}, over` : age,
  ];
}
