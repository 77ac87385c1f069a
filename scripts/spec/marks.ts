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
  // The last mark first, so that what follows a mark up to the next one is its own.
  const parts = line.split(/(?=<!-- )/);
  return parts.map((part) => part.replace(INLINE, fillPart)).join('');
}

function fillPart(whole: string, name: string, args: string, rest: string): string {
  const paths = args.split(' ');
  const values = paths.map((path) => show(name, path));
  let used = 0;
  const filled = rest.replace(CODE, (span) => (used < values.length ? `\`${values[used++]}\`` : span));
  if (used < values.length) throw new Error(`${name} ${args}: only ${used} code spans follow`);
  return whole.slice(0, whole.length - rest.length) + filled;
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
 * The lines with an example that nothing fills: one that says so, that of a caveat, a block of JSON or grammar, or a mark
 * that is not understood.
 */
export function unmarked(text: string): string[] {
  const lines = text.split('\n');
  return lines.filter((line, i) => {
    const above = lines[i - 1] ?? '';
    if (/^```(cddl|json|text)/.test(line)) return !/^<!-- [a-z]+ .* -->$/.test(above);
    if (/^<!--/.test(line) && / -->$/.test(line)) return !/^(```|\|)/.test(lines[i + 1] ?? '');
    if (/^Examples?\b.*:$/.test(line)) return !/^<!-- /.test(lines[i + 1] ?? '');
    const example = /^\*?Examples?\b|^Key \d+, \w+(, \w+ \w+)?\. /.test(line);
    return example && !line.includes('<!-- ') && !/^Examples?: (§1\.1|Appendix A)[^`]*$/.test(line);
  });
}
