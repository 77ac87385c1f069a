import { describe, expect, test } from 'vitest';
import { type CaveatName, caveats } from '../../src/caveats/all.ts';
import type { DecodeError } from '../../src/errors.ts';
import { decode } from '../../src/token/decode.ts';
import { type Change, type Changes, suites, textWith } from '../support/chains.ts';
import { codeOf, errorOf } from '../support/code-of.ts';
import { AUDIENCE, cfo, hex, type Item, NOW, research } from '../support/forge.ts';

/** The code and path with which the scene is refused after a change. */
function refusal(suite: 1 | 2, changes: Changes): string {
  const error = errorOf(() => decode(textWith(suite, changes))) as DecodeError;
  return `${error.code}: ${error.where.path}`;
}

const accepted = (suite: 1 | 2, changes: Changes) => codeOf(() => decode(textWith(suite, changes)));
const NO_TEXTS: Item[] = [0, true, new Uint8Array(), ['x'], new Map()];
const mission = (...entries: Change) => new Map([[1, 'q3'], [2, 'Prepare'], ...entries] as Change);
const readAll = [['read'], ['reports/**']];

describe('claims that must be there', () => {
  const common = [[1, 'grantor'], [2, 'delegate'], [4, 'exp'], [6, 'iat'], [7, 'cti'], [9, 'mission'], [10, 'scope']] as const; // biome-ignore format: pairs read as pairs
  const own = { 1: [[3, 'aud']], 2: [[8, 'key']] } as const;
  const invocation = [[1, 'action'], [2, 'resource'], [3, 'audience'], [4, 'exp'], [6, 'iat'], [7, 'nonce']] as const; // biome-ignore format: pairs read as pairs

  for (const suite of suites) {
    test.each([...common, ...own[suite]])(`claim %i of a root of suite ${suite}`, (key, name) => {
      expect(refusal(suite, { root: [[key, undefined]] })).toBe(`claim.missing: block 0, ${name}`);
    });

    test.each(invocation)(`claim %i of an invocation of suite ${suite}`, (key, name) => {
      expect(refusal(suite, { invocation: [[key, undefined]] })).toBe(`claim.missing: invocation, ${name}`);
    });
  }

  test.each([
    [1, 2, 'delegate'],
    [2, 2, 'delegate'],
    [2, 8, 'key'],
  ] as const)('in a hop of suite %i, claim %i', (suite, key, name) => {
    expect(refusal(suite, { hop: [[key, undefined]] })).toBe(`claim.missing: block 1, ${name}`);
  });

  test.each([
    ['id', new Map([[2, 'Prepare']])],
    ['purpose', new Map([[1, 'q3']])],
  ])('the %s of a mission', (name, value) => {
    expect(refusal(2, { root: [[9, value]] })).toBe(`claim.missing: block 0, mission, ${name}`);
  });

  test.each([
    ['limits', 15, [['call', 1]]],
    ['plan', 16, [[readAll, 1, 1]]],
  ])('the id of a hop with %s', (_, key, value) => {
    expect(refusal(1, { hop: [[key, value]] })).toBe('claim.missing: block 1, cti');
    expect(accepted(1, { hop: [[7, new Uint8Array(8)], [key, value]] })).toBe('accepted'); // biome-ignore format: pairs read as pairs
  });
});

describe('claims that are not defined', () => {
  const text = ['exp' as unknown as number, NOW] as const;

  test.each([0, 19, 20, -1, 255, 2 ** 40])('the key %i', (key) => {
    const changes = [[key, 0]] as const;
    expect(refusal(2, { root: changes })).toBe('claim.unknown: block 0');
    expect(refusal(1, { hop: changes })).toBe('claim.unknown: block 1');
    expect(refusal(2, { invocation: changes })).toBe('claim.unknown: invocation');
  });

  test.each<[string, Changes, string]>([
    ['a text key in a root', { root: [text] }, 'block 0'],
    ['a text key in a hop', { hop: [text] }, 'block 1'],
    ['a text key in an invocation', { invocation: [text] }, 'invocation'],
    ['a grantor in a hop', { hop: [[1, 'mailto:cfo@acme.example']] }, 'block 1'],
    ['a consent in a hop', { hop: [[17, cfo.publicKey]] }, 'block 1'],
    ['a scope in an invocation', { invocation: [[10, [readAll]]] }, 'invocation'],
    ['a not-before time in an invocation', { invocation: [[5, NOW]] }, 'invocation'],
    ['a fifth member of a mission', { root: [[9, mission([5, 'x'])]] }, 'block 0, mission'],
    ['a text member of a mission', { root: [[9, mission(text)]] }, 'block 0, mission'],
    ['the first member of a mission in a task', { hop: [[9, new Map([[1, 'q3']])]] }, 'block 1, task'],
    [
      'a fifth member of the task of an invocation',
      { invocation: [[9, new Map([[5, 'x']])]] },
      'invocation, task',
    ],
  ])('%s', (_, changes, path) => {
    expect(refusal(2, changes)).toBe(`claim.unknown: ${path}`);
  });

  test('a key in a block of suite 1', () => {
    const changes = [[8, research.publicKey]] as const;
    expect(refusal(1, { root: changes })).toBe('claim.unknown: block 0');
    expect(refusal(1, { hop: changes })).toBe('claim.unknown: block 1');
  });
});

describe('principals', () => {
  const bad = ['', 'cfo', ':cfo', 'Mailto:cfo', 'mailto:', 'mailto:a b', 'mailto:a#b', 'agent:*', 'agent:ä', `a:${'x'.repeat(256)}`]; // biome-ignore format: short

  test.each([...bad, ...NO_TEXTS])('%j is none', (value) => {
    expect(refusal(2, { root: [[1, value]] })).toBe('claim.value: block 0, grantor');
    expect(refusal(2, { root: [[2, value]] })).toBe('claim.value: block 0, delegate');
    expect(refusal(1, { hop: [[2, value]] })).toBe('claim.value: block 1, delegate');
  });

  test.each(['agent:x', 'a+b.c-d:!', 'https://acme.example/~a?b=c', `a:${'x'.repeat(255)}`])(
    '%s is one',
    (value) => {
      expect(accepted(2, { root: [[1, value], [2, value]], hop: [[2, value]] })).toBe('accepted'); // biome-ignore format: pairs read as pairs
    },
  );
});

describe('times', () => {
  test.each([-1, 2 ** 33, 2 ** 41, '1800000000', false])('%j is none', (value) => {
    expect(refusal(2, { root: [[4, value]] })).toBe('claim.value: block 0, exp');
    expect(refusal(2, { root: [[6, value]] })).toBe('claim.value: block 0, iat');
    expect(refusal(2, { hop: [[6, value]] })).toBe('claim.value: block 1, iat');
    expect(refusal(2, { invocation: [[4, value]] })).toBe('claim.value: invocation, exp');
    expect(refusal(2, { invocation: [[6, value]] })).toBe('claim.value: invocation, iat');
  });

  test.each([0, 2 ** 33 - 1])('%i is one', (value) => {
    expect(accepted(2, { root: [[4, value], [6, value]], hop: [[6, value]] })).toBe('accepted'); // biome-ignore format: pairs read as pairs
  });

  test.each([1, 60, 300])('an invocation may live %i s', (life) => {
    expect(accepted(1, { invocation: [[4, NOW + life]] })).toBe('accepted');
  });

  test.each([-1, 0, 301, 3600])('an invocation may not live %i s', (life) => {
    expect(refusal(1, { invocation: [[4, NOW + life]] })).toBe('claim.value: invocation, exp');
  });
});

describe('byte strings have their length', () => {
  test.each<[string, Changes]>([
    ...[15, 17].map((n): [string, Changes] => ['block 0, cti', { root: [[7, new Uint8Array(n)]] }]),
    ...[0, 7, 17].map((n): [string, Changes] => ['block 1, cti', { hop: [[7, new Uint8Array(n)]] }]),
    ...[15, 17].map((n): [string, Changes] => ['invocation, nonce', { invocation: [[7, new Uint8Array(n)]] }]),
    ...[31, 33].map((n): [string, Changes] => ['block 0, key', { root: [[8, new Uint8Array(n)]] }]),
    ...[31, 33].map((n): [string, Changes] => ['block 0, mission, instruction', { root: [[9, mission([4, new Uint8Array(n)])]] }]),
    ...[31, 33].map((n): [string, Changes] => ['block 1, task, instruction', { hop: [[9, new Map([[4, new Uint8Array(n)]])]] }]),
    ...[31, 33].map((n): [string, Changes] => ['invocation, arguments', { invocation: [[8, [1, new Uint8Array(n)]]] }]),
    ['block 0, cti', { root: [[7, 'x'.repeat(16)]] }],
  ])('%s', (path, changes) => {
    expect(refusal(2, changes)).toBe(`claim.value: ${path}`);
  }); // biome-ignore format: a row a line reads better

  test.each([8, 16])('the id of a hop may have %i', (length) => {
    expect(accepted(2, { hop: [[7, new Uint8Array(length)]] })).toBe('accepted');
  });
});

describe('missions and tasks', () => {
  const digest = new Uint8Array(32).fill(7);

  test.each(NO_TEXTS)('%j is no text of theirs', (value) => {
    expect(refusal(2, { root: [[9, new Map([[1, value], [2, 'x']])]] })).toBe('claim.value: block 0, mission, id'); // biome-ignore format: pairs read as pairs
    expect(refusal(2, { root: [[9, mission([3, value])]] })).toBe('claim.value: block 0, mission, reference');
    expect(refusal(2, { hop: [[9, new Map([[2, value]])]] })).toBe('claim.value: block 1, task, task');
  });

  test.each([0, 'q3', [], true])('%j is no mission', (value) => {
    expect(refusal(2, { root: [[9, value]] })).toBe('claim.value: block 0, mission');
  });

  test('an empty task says nothing', () => {
    expect(refusal(2, { hop: [[9, new Map()]] })).toBe('claim.degenerate: block 1, task');
    expect(refusal(2, { invocation: [[9, new Map()]] })).toBe('claim.degenerate: invocation, task');
  });

  test('all that a mission and a task may hold is read', () => {
    const rest = [[3, 'TICKET-1'], [4, digest]] as const; // biome-ignore format: pairs read as pairs
    const token = decode(textWith(2, { root: [[9, mission(...rest)]], hop: [[9, new Map([[2, 'Look'], ...rest] as Change)]] })); // biome-ignore format: short
    expect(token.blocks[0].claims.mission).toEqual({ id: 'q3', purpose: 'Prepare', reference: 'TICKET-1', instruction: hex(digest) }); // biome-ignore format: short
    expect(token.blocks[1]?.claims).toMatchObject({
      task: 'Look',
      reference: 'TICKET-1',
      instruction: hex(digest),
    });
  });
});

describe('caveats are parsed where they stand', () => {
  const names = Object.keys(caveats) as CaveatName[];

  test.each(names)('%s of a root', (name) => {
    expect(refusal(1, { root: [[caveats[name].key, true]] })).toBe(`claim.value: block 0, ${name}`);
  });

  test.each(names.filter((name) => name !== 'consent'))('%s of a hop', (name) => {
    expect(refusal(1, { hop: [[caveats[name].key, true]] })).toBe(`claim.value: block 1, ${name}`);
  });

  test('delegation that is none is not written in a root', () => {
    expect(refusal(2, { root: [[11, [0]]] })).toBe('claim.degenerate: block 0, delegation');
  });

  test('delegation that is absent in a root is none', () => {
    expect(decode(textWith(2, { root: [[11, undefined]] })).blocks[0].claims.delegation).toEqual({
      depth: 0,
    });
  });

  test('delegation that is none may end a chain in a hop', () => {
    expect(decode(textWith(2, { hop: [[11, [0]]] })).blocks[1]?.claims.delegation).toEqual({ depth: 0 });
  });

  test.each<['root' | 'hop', string]>([
    ['root', 'block 0, alive'],
    ['hop', 'block 1, alive'],
  ])('the default subject of a status is not written in a %s', (where, path) => {
    const alive = (subject: string): Change => [[12, [[cfo.publicKey, 60, subject]]]];
    const standard = 'mailto:cfo@acme.example#q3-report';
    expect(refusal(2, { [where]: alive(standard) })).toBe(`claim.degenerate: ${path}`);
    expect(accepted(2, { [where]: alive(`${standard}/part`) })).toBe('accepted');
  });
});

describe('what an invocation asks for', () => {
  test.each<[string, Item, number]>([
    ['action', '*', 1],
    ['action', '', 1],
    ['action', 'read all', 1],
    ['action', 5, 1],
    ['resource', 'reports/*', 2],
    ['resource', 'reports/**', 2],
    ['resource', 'reports/../hr', 2],
    ['resource', 'reports/', 2],
    ['resource', '', 2],
    ['audience', '', 3],
    ['audience', [AUDIENCE], 3],
    ['audience', `${AUDIENCE} `, 3],
    ['arguments', [0, new Uint8Array(32)], 8],
    ['arguments', [3, new Uint8Array(32)], 8],
    ['arguments', [1], 8],
    ['arguments', [1, new Uint8Array(32), 0], 8],
    ['arguments', new Uint8Array(32), 8],
  ])('%s: %j is malformed', (name, value, key) => {
    expect(refusal(2, { invocation: [[key, value]] })).toBe(`claim.value: invocation, ${name}`);
  });

  test.each([
    [1, 'jcs'],
    [2, 'body'],
  ])('a digest of mode %i is %s', (number, mode) => {
    const digest = new Uint8Array(32).fill(1);
    const token = decode(textWith(2, { invocation: [[8, [number, digest]]] }));
    expect(token.invocation?.claims.arguments).toEqual({ mode, digest });
  });
});
