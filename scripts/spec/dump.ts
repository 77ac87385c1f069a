import { toHex } from '../../src/bytes.ts';
import { annotate, type Line } from '../../src/index.ts';

// A token as a tool would print it: where, the bytes as they are nested, and what they are. Nothing is left out.

const BYTES = 6;
const MEANING = 86;
/** Bytes of a string in one line. */
const ROW = 32;

/** The annotated bytes of a text: one line an item, with a key and its value in one. */
export function dump(text: string): string {
  return pairUp(annotate(text).lines).flatMap(render).join('\n');
}

/** An item, and the key before it where it is a value of a map. */
interface Row {
  readonly line: Line;
  readonly key?: Line;
}

function pairUp(lines: readonly Line[]): Row[] {
  const rows: Row[] = [];
  // By depth: the key that waits for its value, or null where a key comes next; nothing is known of lists.
  const maps = new Map<number, Line | null>();
  for (const line of lines) {
    const { depth, value } = line;
    const waiting = maps.get(depth);
    if (/^(array|map|bytes)\(/.test(value)) maps.delete(depth + 1);
    if (waiting === null) {
      maps.set(depth, line);
      continue;
    }
    if (waiting !== undefined) maps.set(depth, null);
    rows.push(waiting === undefined ? { line } : { line, key: waiting });
    if (value.startsWith('map(')) maps.set(depth + 1, null);
  }
  return rows;
}

function render({ line, key }: Row): string[] {
  const { value, bytes, depth } = line;
  const content = /^[h"]/.test(value) ? contentOf(bytes) : bytes;
  const head = bytes.subarray(0, bytes.length - content.length);
  const first = [key?.bytes, head, content.subarray(0, ROW)].map((part) => (part ? toHex(part) : ''));
  const indent = ' '.repeat(BYTES + 2 * depth);
  const offset = (key ?? line).offset.toString(16).padStart(4, '0');
  const start = `${offset.padEnd(indent.length)}${first.filter(Boolean).join(' ')}`;
  const more = content.length > ROW ? [`${indent}${toHex(content.subarray(ROW))}`] : [];
  return [column(start, meaningOf(line, key, content.length)), ...more];
}

function meaningOf({ value, note }: Line, key: Line | undefined, length: number): string {
  const name = key?.note ?? key?.value;
  const what = value.startsWith("h'") ? `${length} bytes` : value;
  const parts = /^[\d-]/.test(value) ? [what, note] : [note, what];
  const rest = parts.filter((part) => part !== undefined && part !== name).join(', ');
  return name === undefined ? rest : `${name}: ${rest}`;
}

/** Bytes, and what they mean in a column of its own. */
export function column(bytes: string, meaning: string): string {
  return `${bytes.padEnd(MEANING)}  ${meaning}`;
}

/** What a string holds, behind its head. */
function contentOf(bytes: Uint8Array): Uint8Array {
  const info = (bytes[0] as number) & 31;
  return bytes.subarray(info < 24 ? 1 : 1 + 2 ** (info - 24));
}
