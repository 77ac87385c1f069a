import { toBase64url } from '../../src/bytes.ts';
import { forms } from '../../src/caveats/forms.ts';
import type { InspectedBlock, Inspection } from '../../src/index.ts';
import { printable } from '../../src/printable.ts';
import { formatDuration } from '../../src/time.ts';
import type { HopClaims } from '../../src/token/model.ts';
import { type Colour, style } from '../output.ts';
import { COLUMNS, row, width } from './layout.ts';

/** One hand of the tree: who got what, why, and what that took away from the block above. */
export function renderBlock({ blocks, now, suite }: Inspection, index: number): string[] {
  const block = blocks[index] as InspectedBlock;
  const last = index === blocks.length - 1;
  const margin = last ? '   ' : '│  ';
  const { delegate, key, task, reference, instruction }: HopClaims = block.claims;
  const { total, header, payload, proof } = block.size;
  const signature = suite === 'ed25519' ? `, signature ${proof}` : '';
  return [
    renderName(delegate, index, last),
    ...(index === 0 ? [] : renderTask({ task, reference, instruction }, margin)),
    ...(key === undefined ? [] : row(margin, 'key', toBase64url(key.bytes))),
    ...row(margin, 'block id', block.id),
    ...row(margin, 'bytes', `${total}: header ${header}, payload ${payload}${signature}`),
    ...(index === 0 ? renderGranted(block, margin, now) : renderChanges(block, margin, now)),
    ...renderNotes(block, margin),
    ...(last ? [] : ['│']),
  ];
}

/** Why something was handed on, as whoever signed it says. */
export function renderTask({ task, reference, instruction }: HopTask, margin: string): string[] {
  return [
    ...(task === undefined ? [] : row(margin, 'task', printable(`“${task}”`))),
    ...(reference === undefined ? [] : row(margin, 'reference', printable(reference))),
    ...(instruction === undefined ? [] : row(margin, 'instructed', `SHA-256 ${instruction}`)),
  ];
}

type HopTask = Pick<HopClaims, 'task' | 'reference' | 'instruction'>;

/** A caveat in words; how long it still is to an expiry is what people want to know of it. */
export function tellCaveat(words: string, now: number): string {
  const time = /^expires (\S+)$/.exec(words)?.[1];
  const left = time === undefined ? 0 : Date.parse(time) / 1000 - now;
  if (time === undefined) return printable(words);
  return left > 0 ? `${words}, in ${formatDuration(left)}` : `${words}, ${formatDuration(-left)} ago`;
}

function renderName(delegate: string, index: number, last: boolean): string {
  const head = `${last ? '└' : '├'}─▶ `;
  const name = printable(delegate);
  const place = `block ${index}`;
  const gap = COLUMNS - width(head) - width(name) - width(place);
  // A name is never broken, so that it can be copied; where it is too long, its place is left out.
  const end = gap > 0 ? ' '.repeat(gap) + style('dim', place) : '';
  return `${head}${style('bold', name)}${end}`;
}

function renderGranted({ caveats }: InspectedBlock, margin: string, now: number): string[] {
  return caveats.flatMap(({ words, enforcement }) =>
    renderLines(
      margin,
      enforcement,
      words.map((line) => [undefined, tellCaveat(line, now)]),
    ),
  );
}

// What a hop says and what changes nothing is shown too, for whoever reads the block alone would count on it.
function renderChanges({ changes, caveats }: InspectedBlock, margin: string, now: number): string[] {
  const changed = changes.flatMap(({ caveat, removed, added }) =>
    renderLines(margin, forms[caveat].enforcement, [
      ...removed.map((line): [Colour | undefined, string] => ['red', `- ${printable(line)}`]),
      ...added.map((line): [Colour | undefined, string] => ['green', `+ ${tellCaveat(line, now)}`]),
    ]),
  );
  const idle = caveats.filter(({ name }) => !changes.some(({ caveat }) => caveat === name));
  return [
    ...changed,
    ...idle.flatMap(({ words, enforcement }) =>
      renderLines(
        margin,
        enforcement,
        words.map((line) => [undefined, `= ${tellCaveat(line, now)}`]),
      ),
    ),
  ];
}

function renderLines(
  margin: string,
  label: string,
  lines: readonly [Colour | undefined, string][],
): string[] {
  return lines.flatMap(([colour, line], i) => row(margin, i === 0 ? label : '', line, colour));
}

function renderNotes({ caveats }: InspectedBlock, margin: string): string[] {
  return caveats.flatMap(({ name, notes }) =>
    notes.flatMap((note) => row(margin, 'note', printable(`${name}: ${note}`))),
  );
}
