import { fromBase64url } from '../bytes.ts';
import type { Code } from '../codes.ts';
import type { DecodeError } from '../errors.ts';
import * as limits from '../limits.ts';
import { type Line, UNKNOWN, type Walk } from './walk.ts';

/** Why a text is no token, and where. */
export interface Problem {
  readonly code: Code;
  /** The index of the line at fault; of what is missing, that of what it is missing from. */
  readonly line?: number | undefined;
  /** The bad byte in the token, or the first one of the line at fault. */
  readonly offset?: number | undefined;
  /** The index of the character at fault, where the text is wrong and not the token in it. */
  readonly character?: number | undefined;
  readonly path?: string | undefined;
  readonly detail?: string | undefined;
}

/** Where in the text the problem lies that parsing it met; also that of a prefix which belies the token. */
export function locateCharacter({ code, where }: DecodeError, text: string): Problem {
  return { code, character: badCharacter(code, text), ...where };
}

/** Where in the annotated token the problem lies. */
export function locateLine({ code, where }: DecodeError, { lines, ended, misfits }: Walk): Problem {
  const last = lines.length - 1;
  const found = where.offset === undefined ? badLine(code, where.path, lines, misfits) : undefined;
  // What is found nowhere is missing from the whole, or stands in what is withheld at the end.
  const line = found ?? (ended ? last : 0);
  const outermost = where.path === undefined ? where.offset : undefined;
  const offset = lines[line]?.attachment === undefined ? (outermost ?? lines[line]?.offset) : undefined;
  return { code, ...where, line, offset };
}

function badLine(
  code: Code,
  path: string | undefined,
  lines: readonly Line[],
  misfits: readonly number[],
): number | undefined {
  if (code === 'text.secret') {
    const [first, second] = lines.flatMap(({ attachment }, i) => (attachment === undefined ? [] : [i]));
    return lines[first ?? 0]?.withheld === 32 ? (second ?? first) : first;
  }
  // The decoder checks the form of a token in the order of its bytes.
  if (!code.startsWith('claim.')) return misfits[0];
  const found = path === undefined ? undefined : lineOf(path, lines);
  if (code !== 'claim.unknown' || found === undefined) return found;
  const unknown = lines.findIndex(({ note }, i) => i > found && note === UNKNOWN);
  return unknown === -1 ? found : unknown;
}

// Some paths mean several items, as those of the actions and the resources of a permission; then it is what holds them.
function lineOf(path: string, lines: readonly Line[]): number | undefined {
  const starts = lines.flatMap((line, i) => (isIn(line, path) && !isIn(lines[i - 1], path) ? [i] : []));
  if (starts.length === 1) return starts[0];
  const parent = path.lastIndexOf(', ');
  return parent === -1 ? undefined : lineOf(path.slice(0, parent), lines);
}

function isIn(line: Line | undefined, path: string): boolean {
  return line?.path === path || line?.path?.startsWith(`${path}, `) === true;
}

function badCharacter(code: Code, text: string): number {
  const prefix = 'writ_';
  const differs = [...prefix].findIndex((character, i) => text[i] !== character);
  if (code === 'text.prefix') return differs === -1 ? prefix.length : differs;
  let start = text.startsWith('writ_secret_') ? 12 : prefix.length;
  for (const [i, part] of text
    .slice(start)
    .split('~', limits.evidence + 2)
    .entries()) {
    if (i > limits.evidence) return start - 1;
    const most = Math.ceil(((i === 0 ? limits.token : limits.evidenceSize) * 4) / 3);
    if (code === 'limit.size' && part.length > most) return start + most;
    const foreign = part.search(/[^\w-]/);
    if (code === 'text.base64' && foreign !== -1) return start + foreign;
    // Of a length that no bytes have, or with stray bits, the last character is one too many or another.
    if (code === 'text.base64' && fromBase64url(part) === undefined) return start + part.length - 1;
    start += part.length + 1;
  }
  return text.length;
}
