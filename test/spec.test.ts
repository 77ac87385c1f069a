import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { fill, unmarked } from '../scripts/spec/marks.ts';
import { caveatNames } from '../src/caveats/all.ts';
import { forms } from '../src/caveats/forms.ts';
import { codes, type Stage } from '../src/codes.ts';

const spec = readFileSync(new URL('../spec/writ.md', import.meta.url), 'utf8');
const EXITS: Record<Stage, number> = {
  decode: 4,
  key: 3,
  verify: 5,
  request: 2,
  mint: 2,
  decide: 6,
  need: 7,
};
const STATUSES: Record<Stage, string> = {
  decode: '400',
  key: '500',
  verify: '401',
  request: '500',
  mint: '–',
  decide: '403',
  need: '401 or 403',
};
const OTHER_STATUSES: Readonly<Record<string, string>> = {
  'key.weak': '401 or 500',
  'key.algorithm': '401 or 500',
  'holder.key': '–',
  'request.malformed': '400',
  'limits.spent': '429',
};
const OTHER_EXITS: Readonly<Record<string, number>> = { 'hop.wider': 6, 'mint.signature': 3 };

/** The text between two headings. */
function section(from: string, to: string): string {
  return spec.slice(spec.indexOf(`\n${from}`), spec.indexOf(`\n${to}`));
}

const rows = [
  ...section('## 10.', '## 11.').matchAll(
    /^\| `([a-z.0-9-]+)` \| (\w+) \| (\d+)(?: or 6)? \| ([^|]+) \| (.+) \|$/gm,
  ),
];

test('the table of codes is the registry', () => {
  const table = rows.map(([, code, stage, exit, , meaning]) => [code, stage, Number(exit), meaning]);
  const registry = Object.entries(codes).map(([code, [stage, meaning]]) => [
    code,
    stage,
    OTHER_EXITS[code] ?? EXITS[stage],
    meaning,
  ]);
  expect(table).toEqual(registry);
});

test('every code has the HTTP status of its stage, but for those that §10 names', () => {
  const statuses = rows.map(([, code, , , status]) => [code, status]);
  const registry = Object.entries(codes).map(([code, [stage]]) => [
    code,
    OTHER_STATUSES[code] ?? (/^(store|receipt)\./.test(code) ? '503' : STATUSES[stage]),
  ]);
  expect(statuses).toEqual(registry);
});

const headings = new Set([...spec.matchAll(/^#+ ([0-9]+(?:\.[0-9]+)*)\.? /gm)].map(([, number]) => number));

test('every section that the source cites exists', () => {
  const folder = new URL('../src/', import.meta.url);
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.ts'),
  );
  const cited = files.flatMap((file) => [
    ...readFileSync(new URL(file, folder), 'utf8').matchAll(/spec §([0-9.]*[0-9])/g),
  ]);
  expect(cited.length).toBeGreaterThan(50);
  expect(cited.map(([, number]) => number).filter((number) => !headings.has(number))).toEqual([]);
});

test('every section of its own that it cites exists', () => {
  const cited = [...spec.matchAll(/(?<!RFC [0-9]+,? )§([0-9]+(?:\.[0-9]+)*)/g)].map(([, number]) => number);
  expect(cited.length).toBeGreaterThan(50);
  expect(cited.filter((number) => !headings.has(number))).toEqual([]);
});

test('it is short, and needs no source to be understood', () => {
  expect(spec.trimEnd().split('\n').length).toBeLessThanOrEqual(1500);
  expect(spec).not.toMatch(/\b(src|cli|scripts)\//);
});

test('every caveat says when it is contained, its meet, and when it exceeds where its form has a rule for that', () => {
  const chapter = section('### 5.5 ', '### 5.6 ');
  const rules = chapter
    .split('\n#### ')
    .slice(1)
    .map((text) => [
      /^[0-9.]+ (\w+)$/m.exec(text)?.[1],
      ...['Contained', 'Meet', 'Exceeds'].map((rule) => text.includes(`**${rule}**`)),
    ]);
  const built = caveatNames(forms).map((name) => [name, true, true, forms[name].exceeds !== undefined]);
  expect(rules).toEqual(built);
});

test('every test that an invariant cites exists', () => {
  const cited = section('## 11.', '## 12.').matchAll(/`(test\/[\w./-]*)`/g);
  const paths = [...cited].map(([, path = '']) => path);
  expect(paths.length).toBeGreaterThan(14);
  expect(paths.filter((path) => !existsSync(new URL(`../${path}`, import.meta.url)))).toEqual([]);
});

describe('the examples', () => {
  const marked = [...spec.matchAll(/<!-- [a-z]+(-\d+)? [^>\n]* -->/g)];

  test('are what the vectors and the grammar say', () => {
    expect(fill(spec).split('\n')).toEqual(spec.split('\n'));
  });

  test('are filled again where one was edited by hand', () => {
    expect(marked.length).toBeGreaterThan(60);
    const edited = marked.map(({ 0: mark, index }) => {
      const after = spec.slice(index + mark.length);
      // A block's first line of content, or the next code span.
      const change = after.startsWith('\n')
        ? after.replace(/^\n(?:```.*\n|\|.*\n\|[ |-]*\n\| )/, '$&edited ')
        : after.replace(/`[^`]*`/, '`edited`');
      return [mark, spec.slice(0, index + mark.length) + change] as const;
    });
    expect(edited.filter(([, text]) => text === spec)).toEqual([]);
    expect(edited.filter(([, text]) => fill(text) !== spec).map(([mark]) => mark)).toEqual([]);
  });

  test('have all of them a mark', () => {
    expect(unmarked(spec)).toEqual([]);
  });

  test.each([
    ['Example: the list `[1]`.'],
    ['Examples: `a`, `b`.'],
    ['*Example.* `a`'],
    ['Key 3, static. `["a"]`: the services.'],
    ['Key 17, evidence, root only. `a`: the key.'],
    ['```cddl\na = 1\n```'],
    ['Example of a file:\n```json\n{}\n```'],
  ])('are found without a mark: %j', (text) => {
    expect(unmarked(text)).not.toEqual([]);
  });

  test.each(['nothing-001 text', 'token-108 blocks/9', 'token-108 text|nothing', 'status-001 7:code'])(
    'must name something that is there: %s',
    (mark) => {
      expect(() => fill(`<!-- ${mark} -->\`a\``)).toThrow();
    },
  );

  test('of bytes show all bytes of the token whose text follows', () => {
    const [, text = ''] = /<!-- text token-108 -->\n```text\n([\s\S]*?)\n```/.exec(spec) ?? [];
    const [, dump = ''] = /<!-- dump token-108 -->\n```\n([\s\S]*?)\n```/.exec(spec) ?? [];
    const hex = dump
      .split('\n')
      .map((line) => /^.{6} *((?:[0-9a-f]+ )+)/.exec(`${line} `)?.[1]?.replaceAll(' ', ''));
    const token = Buffer.from(text.replaceAll('\n', '').slice('writ_'.length), 'base64url');
    expect(hex.join('')).toBe(token.toString('hex'));
    expect(token).toHaveLength(599);
  });
});
