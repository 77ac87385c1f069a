import { readEvidence } from '../../src/evidence/read-evidence.ts';
import { type Annotation, annotate, DecodeError, decode, type Line, type Problem } from '../../src/index.ts';
import { printable } from '../../src/printable.ts';
import { toFailure } from '../exit.ts';
import { print, printJson, style } from '../output.ts';
import { noteFailure } from './failure.ts';
import { COLUMNS, wrap } from './layout.ts';

// Where the bytes start, and where what they mean does.
const BYTES = 6;
const MEANING = 34;
// Deeper items are not indented further, so that a few of their bytes have room.
const DEEPEST = 9;

/** Prints the annotated CBOR of a text, and fails as `decode` does where it is broken, or its evidence is. */
export function showDiag(text: string, { json }: { readonly json?: true }): void {
  const annotation = annotate(text);
  if (json) printJson(annotation);
  else print(renderDiag(annotation, text).join('\n'));
  try {
    for (const [i, bytes] of decode(text).evidence.entries()) readEvidence(bytes, `evidence ${i}`);
  } catch (error) {
    noteFailure(error);
  }
}

/** An annotation as lines of at most 80 columns, with a caret under what is wrong. */
export function renderDiag({ lines, problem }: Annotation, text: string): string[] {
  const rows = lines.flatMap((line, i) => [
    ...renderLine(line),
    ...(problem?.line === i ? renderProblem(problem, BYTES + indentOf(line)) : []),
  ]);
  return problem?.character === undefined ? rows : [...rows, ...renderCharacter(problem, text)];
}

function indentOf({ depth }: Line): number {
  return 2 * Math.min(depth, DEEPEST);
}

function renderLine(line: Line): string[] {
  const { offset, attachment, depth, value, note = '' } = line;
  const mark =
    attachment === undefined || depth > 0 ? offset.toString(16).padStart(4, '0') : `~${attachment}`;
  const indent = ' '.repeat(indentOf(line));
  const bytes = renderBytes(line.bytes, MEANING - BYTES - indent.length - 1);
  const start = style('dim', mark.padEnd(BYTES) + indent + bytes);
  const filler = ' '.repeat(MEANING - BYTES - indent.length - bytes.length);
  const meaning = wrap(printable([value, note].filter(Boolean).join(', ')), COLUMNS - MEANING - 2);
  const weight = /^(block \d+|seal|evidence \d+)$/.test(note) ? 'bold' : undefined;
  return meaning.map((part, i) => {
    const shown = `# ${weight ? style(weight, part) : part}`;
    if (part === '') return start;
    return i === 0 ? start + filler + shown : ' '.repeat(MEANING) + shown;
  });
}

function renderBytes(bytes: Uint8Array, width: number): string {
  const fitting = Math.floor((width + 1) / 3);
  const hex = (part: Uint8Array) => Array.from(part, (byte) => byte.toString(16).padStart(2, '0')).join(' ');
  return bytes.length <= fitting ? hex(bytes) : `${hex(bytes.subarray(0, fitting - 1))} …`;
}

function renderProblem({ code, offset, character, path }: Problem, column: number): string[] {
  const place =
    character !== undefined ? ` at character ${character}` : offset !== undefined ? ` at byte ${offset}` : '';
  const meaning = toFailure(new DecodeError(code)).message.slice(code.length);
  const what = `${code}${place}${path === undefined ? '' : ` (${path})`}${meaning}`;
  return wrap(printable(what), COLUMNS - column - 2).map((part, i) =>
    style('red', `${' '.repeat(column)}${i === 0 ? '^' : ' '} ${part}`),
  );
}

// Only what is no base64url is shown of the text, for the rest may be a secret.
function renderCharacter(problem: Problem, text: string): string[] {
  const { character = 0 } = problem;
  const start = Math.max(0, character - 20);
  const prefix = /^(writ_(secret_)?)?/.exec(text)?.[0] ?? '';
  const masked =
    prefix +
    text
      .slice(prefix.length, character + 20)
      .replace(/[\w-]/g, '.')
      .replace(/[^!-~]/g, '?');
  return [masked.slice(start), ...renderProblem(problem, character - start)];
}
