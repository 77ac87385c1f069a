import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { describeForeign } from './support/foreign.ts';

interface Entry {
  /** How the attack ends, as the list of attacks names it. */
  readonly class: string;
  /** File and name of each test, the name as it is written, with its placeholders. */
  readonly tests?: readonly string[];
  /** Why there is none yet. */
  readonly later?: string;
}

const root = new URL('../', import.meta.url);
const read = (path: string) => readFileSync(new URL(path, root), 'utf8');
const ledger = JSON.parse(read('test/attacks.json')) as Readonly<Record<string, Entry>>;
const entries = Object.entries(ledger);
const tested = entries.flatMap(([id, { tests = [] }]) => tests.map((name) => [id, name] as const));

describe('the ledger of attacks', () => {
  test.each(entries)('%s has tests, or a reason for having none', (_, { class: outcome, tests, later }) => {
    expect(outcome).toMatch(/^[A-Z]+$/);
    expect(tests === undefined).not.toBe(later === undefined);
    expect(tests?.length ?? later?.length).toBeGreaterThan(0);
  });

  test.each(tested)('%s: %s exists', (id, entry) => {
    const [file = '', name = ''] = entry.split(/ > (.*)/);
    expect(name.startsWith(`${id} `)).toBe(true);
    expect(existsSync(new URL(file, root))).toBe(true);
    // Only as a title, which a quote opens and closes.
    expect(["'", '"', '`'].some((quote) => read(file).includes(`${quote}${name}${quote},`))).toBe(true);
  });

  test('names every test of the attacks that has an id', () => {
    const files = readdirSync(new URL('test/attacks/', root)).filter((name) => name.endsWith('.test.ts'));
    const titles = files.flatMap((file) =>
      [...read(`test/attacks/${file}`).matchAll(/(['"`])([A-Z]\d\d .*?)\1,/g)].map(
        ([, , title]) => `test/attacks/${file} > ${title}`,
      ),
    );
    const named = new Set(tested.map(([, name]) => name));
    expect(titles.filter((title) => !named.has(title))).toEqual([]);
    expect(titles.length).toBeGreaterThan(50);
  });
});

describeForeign('the list of attacks', () => {
  test('has the ids of the ledger, all of them and no other', () => {
    const list = readFileSync(join(process.env.WRIT_EXTERNAL_VECTORS ?? '', '..', 'attacks.md'), 'utf8');
    const ids = [...list.matchAll(/^\| ([A-Z]\d\d) \|/gm)].map(([, id]) => id);
    expect(Object.keys(ledger)).toEqual(ids);
    expect(ids.length).toBeGreaterThan(0);
  });
});
