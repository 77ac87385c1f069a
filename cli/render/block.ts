import { toBase64url } from '../../src/bytes.ts';
import { forms } from '../../src/caveats/forms.ts';
import type { Change, InspectedBlock, Inspection, Phrase } from '../../src/index.ts';
import { printable } from '../../src/printable.ts';
import type { HopClaims } from '../../src/token/model.ts';
import { style } from '../output.ts';
import { COLUMNS, list, row, width, wrap } from './layout.ts';
import { renderScope, scopesOf } from './scope.ts';
import { tellCaveat } from './words.ts';

/** One hand of the tree: who got what, why, and what that took away from the block above. */
export function renderBlock({ blocks, now, suite }: Inspection, index: number): string[] {
  const block = blocks[index] as InspectedBlock;
  const above = blocks[index - 1];
  const last = index === blocks.length - 1;
  const margin = last ? '   ' : '│  ';
  const { delegate, key, task, reference, instruction }: HopClaims = block.claims;
  const { total, header, payload, proof } = block.size;
  const signature = suite === 'ed25519' ? `, signature ${proof}` : '';
  return [
    ...renderName(delegate, index, last),
    ...(index === 0 ? [] : renderTask({ task, reference, instruction }, margin)),
    ...(key === undefined ? [] : row(margin, 'key', toBase64url(key.bytes), 'dim')),
    ...row(margin, 'block id', block.id, 'dim'),
    ...row(margin, 'bytes', `${total}: header ${header}, payload ${payload}${signature}`, 'dim'),
    ...(above === undefined
      ? renderGranted(block, margin, now)
      : renderChanges(block, above.authority, margin, now)),
    ...(last ? [] : ['│']),
  ];
}

/** Why something was handed on, as whoever signed it says. */
export function renderTask({ task, reference, instruction }: HopTask, margin: string): string[] {
  return [
    ...(task === undefined ? [] : row(margin, 'task', `“${task}”`)),
    ...(reference === undefined ? [] : row(margin, 'reference', reference)),
    ...(instruction === undefined ? [] : row(margin, 'instructed', `SHA-256 ${instruction}`)),
  ];
}

type HopTask = Pick<HopClaims, 'task' | 'reference' | 'instruction'>;

function renderName(delegate: string, index: number, last: boolean): string[] {
  const place = `block ${index}`;
  const heads = [`${last ? '└' : '├'}─▶ `, last ? '    ' : '│   '];
  const columns = COLUMNS - width(`${heads[0]} ${place}`);
  return wrap(printable(delegate), columns).map((line, i) => {
    const end = i === 0 ? ' '.repeat(columns + 1 - width(line)) + style('dim', place) : '';
    return `${i === 0 ? heads[0] : heads[1]}${style('bold', line)}${end}`;
  });
}

function renderGranted({ caveats }: InspectedBlock, margin: string, now: number): string[] {
  return caveats.flatMap(({ words, enforcement }) =>
    list(
      margin,
      enforcement,
      words.map((line) => ({ text: tellCaveat(line, now) })),
    ),
  );
}

// What a hop says and what changes nothing is shown too, for whoever reads the block alone would count on it.
function renderChanges(
  { changes, caveats, authority }: InspectedBlock,
  above: readonly Phrase[],
  margin: string,
  now: number,
): string[] {
  const [before, after] = [scopesOf(above), scopesOf(authority)];
  const several = before.length > 1 || after.length > 1;
  const idle = caveats.filter(({ name }) => !changes.some(({ caveat }) => caveat === name));
  return [
    ...changes.flatMap((change) =>
      change.caveat === 'scope' && several
        ? renderScopes(before, after, margin)
        : renderChange(change, margin, now),
    ),
    ...idle.flatMap(({ words, enforcement }) =>
      list(
        margin,
        enforcement,
        words.map((line) => ({ text: tellCaveat(line, now), sign: '=' })),
      ),
    ),
  ];
}

function renderChange({ caveat, removed, added }: Change, margin: string, now: number): string[] {
  const label = forms[caveat].enforcement;
  return [
    ...list(
      margin,
      label,
      removed.map((text) => ({ text, ...GONE })),
    ),
    ...list(
      margin,
      removed.length === 0 ? label : '',
      added.map((line) => ({ text: tellCaveat(line, now), ...NEW })),
    ),
  ];
}

const GONE = { sign: '-', style: 'red' } as const;
const NEW = { sign: '+', style: 'green' } as const;

// A scope that holds beside the others as before is no change, though their number is.
function renderScopes(before: readonly Phrase[], after: readonly Phrase[], margin: string): string[] {
  const without = (own: readonly Phrase[], others: readonly Phrase[]) =>
    own.filter(({ value }) => !others.some((other) => other.value === value));
  return [
    ...without(before, after).flatMap((phrase) => renderScope(margin, phrase, before, GONE)),
    ...without(after, before).flatMap((phrase) => renderScope(margin, phrase, after, NEW)),
  ];
}
