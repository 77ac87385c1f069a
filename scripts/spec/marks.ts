import { blocks } from './blocks.ts';
import { filters, notate } from './notation.ts';
import { valueAt } from './vectors.ts';

// A mark is an HTML comment. On a line of its own it names what the block below it shows: `<!-- cddl aud -->`. Within a
// line it names a test and as many paths as code spans behind it are filled: `<!-- token-109 blocks/0/3 -->`.

const BLOCK = /^<!-- ([a-z]+) ([^\n]*) -->\n(```[^\n]*\n(?:[\s\S]*?\n)??```$|(?:\|[^\n]*\n?)+)/gm;
const INLINE = /<!-- ([a-z]+(?:-\d+)?) ([^>]*) -->([^\n]*)/g;
const CODE = /`[^`]*`/g;

/**
 * The text with every marked example as the vectors and the grammar have it.
 *
 * @throws Error where a mark names nothing, or no block or too few code spans follow it
 */
export function fill(text: string): string {
  const inBlocks = text.replace(BLOCK, (whole, kind: string, args: string, old: string) => {
    const make = blocks[kind];
    if (make === undefined) throw new Error(`nothing makes ${kind}`);
    const [fence = ''] = /^```.*/.exec(old) ?? [];
    const made = make(...args.split(' '));
    const shown = fence === '' ? `${made}${old.endsWith('\n') ? '\n' : ''}` : `${fence}\n${made}\n\`\`\``;
    return whole.slice(0, whole.length - old.length) + shown;
  });
  return inBlocks
    .split('\n')
    .map((line) => (/^<!-- .* -->$/.test(line) ? line : fillLine(line)))
    .join('\n');
}

function fillLine(line: string): string {
  // What follows a mark, up to the next one, is its own.
  const parts = line.split(/(?=<!-- )/);
  return parts.map((part) => part.replace(INLINE, fillPart)).join('');
}

function fillPart(whole: string, name: string, args: string, rest: string): string {
  const paths = args.split(' ').flatMap(expand);
  const values = paths.map((path) => show(name, path));
  let used = 0;
  const filled = rest.replace(CODE, (span) => (used < values.length ? `\`${values[used++]}\`` : span));
  if (used < values.length) throw new Error(`${name} ${args}: only ${used} code spans follow`);
  return whole.slice(0, whole.length - rest.length) + filled;
}

/** `requests/{1..3}/code` stands for three paths. */
function expand(path: string): string[] {
  const [, before, from, to, after] = /^(.*)\{(\d+)\.\.(\d+)\}(.*)$/.exec(path) ?? [];
  if (from === undefined) return [path];
  const length = Number(to) - Number(from) + 1;
  return Array.from({ length }, (_, i) => `${before}${Number(from) + i}${after}`);
}

function show(name: string, address: string): string {
  const [path = '', filter] = address.split('|');
  try {
    const value = valueAt(name, path);
    return filter === undefined ? notate(value) : (filters[filter]?.(value) ?? nothing(filter));
  } catch (error) {
    throw new Error(`${name} ${address}: ${(error as Error).message}`);
  }
}

function nothing(filter: string): never {
  throw new Error(`there is no filter ${filter}`);
}

/**
 * The lines with an example that nothing fills: one that says so, that of a caveat, a block of code, or a mark without what
 * it fills.
 */
export function unmarked(text: string): string[] {
  const lines = text.split('\n');
  let isOpen = false;
  return lines.filter((line, i) => {
    const [above = '', below = ''] = [lines[i - 1], lines[i + 1]];
    if (line.startsWith('```')) isOpen = !isOpen;
    if (line.startsWith('```')) return isOpen && !/^<!-- [a-z]+ .* -->$/.test(above);
    if (/^<!-- .* -->$/.test(line)) return !/^(```|\|)/.test(below);
    if (/^Examples?\b.*:$/.test(line)) return !below.startsWith('<!-- ');
    return /^\*?Examples?\b|^Key \d+, \w+(, \w+ \w+)?\. /.test(line) && !line.includes('<!-- ');
  });
}
