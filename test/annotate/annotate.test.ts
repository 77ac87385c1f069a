import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ChainVector } from '../../cli/vectors/chain-format.ts';
import { annotate } from '../../src/annotate/annotate.ts';
import { toHex } from '../../src/bytes.ts';
import { issueStatus } from '../../src/evidence/issue-status.ts';
import { mintEvidence } from '../../src/evidence/mint-evidence.ts';
import { decode } from '../../src/token/decode.ts';
import { hands } from '../support/chains.ts';
import { codeOf } from '../support/code-of.ts';
import {
  base64url,
  cbor,
  forge,
  grantPayload,
  lookup,
  NOW,
  scene,
  sha256,
  signedBytes,
  textOf,
} from '../support/forge.ts';

const vectors = ['token', 'delegation', 'invocation', 'decision'].flatMap((name): readonly ChainVector[] => {
  const url = new URL(`../../test-vectors/${name}.json`, import.meta.url);
  return JSON.parse(readFileSync(url, 'utf8')).tests;
});
const textOfVector = (id: string) => vectors.find((vector) => vector.id === id)?.text as string;

const sealed = forge(scene(2));
const sealedMac = forge(scene(1));
const { invocation: _invocation, ...openScene } = scene(2);
const open = forge(openScene);
const { invocation: _seal, ...openMacScene } = scene(1);
const openMac = forge(openMacScene);
const tag = openMac.blocks.at(-1)?.proof as Uint8Array;

/** Every token that ends early or differs from `bytes` in one byte: in its argument or in its major type. */
function* corruptions(bytes: Uint8Array): Generator<Uint8Array> {
  for (let i = 0; i < bytes.length; i++) {
    yield bytes.slice(0, i);
    for (const bit of [0x01, 0x20, 0x80]) yield bytes.map((byte, at) => (at === i ? byte ^ bit : byte));
  }
}

/** That the lines of a token say the same as `decode`, and are the bytes of the token, each once. */
function check(text: string, bytes: Uint8Array): void {
  const { lines, problem } = annotate(text);
  expect(problem?.code ?? 'accepted').toBe(codeOf(() => decode(text)));
  const own = lines.filter(({ attachment }) => attachment === undefined);
  let at = 0;
  for (const line of own) {
    if (line.offset !== at) throw new Error(`byte ${at} stands on no line or on two`);
    if (!Buffer.from(line.bytes).equals(bytes.subarray(at, at + line.bytes.length)))
      throw new Error('other bytes');
    at += line.bytes.length + (line.withheld ?? 0);
  }
  if (problem === undefined || problem.offset === undefined) expect(at).toBe(bytes.length);
  else if (at !== bytes.length) expect(own[problem.line as number]).toBe(own.at(-1));
}

describe('every byte changed and every length', { timeout: 60_000 }, () => {
  const tokens = [
    ['sealed, Ed25519', sealed.bytes, 'writ_', ''],
    ['sealed, HMAC', sealedMac.bytes, 'writ_', ''],
    ['open, HMAC', openMac.bytes, 'writ_secret_', ''],
    ['a bundle', open.bytes, 'writ_secret_', `~${base64url(lookup.seed)}`],
  ] as const;
  test.each(tokens)('%s: the code is that of decode, and no byte is skipped', (_, bytes, prefix, rest) => {
    for (const broken of corruptions(bytes)) check(prefix + base64url(broken) + rest, broken);
  });

  test.each(tokens.slice(2))('%s: no four bytes of the secret are shown', (_, bytes, prefix, rest) => {
    const secret = toHex(rest === '' ? tag : lookup.seed);
    const windows = Array.from({ length: 29 }, (_, i) => secret.slice(2 * i, 2 * i + 8));
    for (const broken of [bytes, ...corruptions(bytes)]) {
      const { lines } = annotate(prefix + base64url(broken) + rest);
      const shown = lines.map((line) => `${toHex(line.bytes)} ${line.value}`).join(' ');
      expect(windows.filter((window) => shown.includes(window))).toEqual([]);
    }
  });
});

test.each(vectors.map(({ id, text }) => [id, text]))('%s: the code is that of decode', (_, text) => {
  expect(annotate(text).problem?.code ?? 'accepted').toBe(codeOf(() => decode(text)));
});

test('no claim of a token that decodes is unknown here', () => {
  const accepted = vectors.filter(({ stage }) => stage !== 'decode');
  const unknown = accepted.filter(({ text }) => annotate(text).lines.some(({ note }) => note === 'unknown'));
  expect(unknown.map(({ id }) => id)).toEqual([]);
});

test('the example of its documentation', () => {
  expect(annotate('writ_ggKA').problem).toEqual({ code: 'token.shape', line: 2, offset: 2, path: 'token' });
});

test('no text makes it throw or changes the code', () => {
  const hostile = fc.oneof(
    fc.string(),
    fc.uint8Array({ maxLength: 200 }).map((bytes) => textOf(bytes)),
    fc.uint8Array({ maxLength: 200 }).map((bytes) => textOf(cbor([2, [[bytes, new Map(), bytes, bytes]]]))),
    fc.uint8Array({ maxLength: 60 }).map((bytes) => textOf(Uint8Array.of(0x83, 1, ...bytes), true)),
  );
  fc.assert(
    fc.property(hostile, (text) => {
      expect(annotate(text).problem?.code ?? 'accepted').toBe(codeOf(() => decode(text)));
    }),
  );
});

describe('where a broken token is wrong', () => {
  // The line at fault: its offset, what it says, and what it is.
  const rows: [id: string, code: string, offset: number, value: string, note?: string][] = [
    ['token-027', 'cbor.truncated', 504, ''],
    ['token-028', 'cbor.trailing', 570, ''],
    ['token-029', 'cbor.trailing', 219, ''],
    ['token-030', 'cbor.not-shortest', 218, ''],
    ['token-032', 'cbor.indefinite', 217, ''],
    ['token-033', 'cbor.reserved', 218, ''],
    ['token-034', 'cbor.integer', 95, ''],
    ['token-035', 'cbor.float', 95, ''],
    ['token-037', 'cbor.tag', 95, ''],
    ['token-038', 'cbor.simple', 217, ''],
    ['token-039', 'cbor.key-type', 221, ''],
    ['token-040', 'cbor.key-order', 100, ''],
    ['token-041', 'cbor.duplicate-key', 100, ''],
    ['token-043', 'cbor.utf8', 173, ''],
    ['token-045', 'cbor.character', 173, ''],
    ['token-047', 'limit.depth', 237, ''],
    ['token-048', 'limit.text', 174, ''],
    ['token-049', 'limit.entries', 96, ''],
    ['token-050', 'limit.blocks', 2, 'array(33)', 'blocks'],
    ['token-051', 'token.suite', 1, '3', 'suite: unknown'],
    ['token-052', 'token.shape', 0, 'array(4)', 'token'],
    ['token-053', 'token.shape', 2, 'array(0)', 'blocks'],
    ['token-054', 'token.shape', 3, 'array(3)', 'block 0'],
    ['token-056', 'token.shape', 219, '(63 secret bytes)', 'signature'],
    ['token-057', 'token.shape', 45, 'map(9)', 'payload'],
    ['token-058', 'token.header', 4, 'bytes(38)', 'protected header'],
    ['token-061', 'token.header', 44, 'map(1)', 'unprotected header'],
    ['token-063', 'token.seal', 0, 'array(2)', 'token'],
    ['token-064', 'token.seal', 414, '(32 secret bytes)', 'seal'],
    ['token-065', 'claim.unknown', 219, '99', 'unknown'],
    ['token-067', 'claim.missing', 47, 'map(8)', 'grant'],
    ['token-070', 'claim.value', 95, '8589934592'],
    ['token-075', 'claim.value', 196, 'array(0)'],
    ['token-078', 'claim.set', 95, 'array(2)'],
    ['token-080', 'claim.degenerate', 217, 'array(1)'],
    ['token-087', 'claim.degenerate', 231, 'array(3)', 'limit'],
    ['delegation-048', 'claim.unknown', 348, '17', 'unknown'],
    ['delegation-049', 'claim.unknown', 224, '8', 'unknown'],
    ['delegation-059', 'claim.value', 220, '"agent:acme/l*"'],
    ['invocation-020', 'claim.value', 475, '1800000301', '2027-01-15T08:05:01Z'],
    ['invocation-024', 'token.header', 415, 'bytes(38)', 'protected header'],
    ['invocation-025', 'token.shape', 223, 'array(3)', 'seal'],
  ]; // biome-ignore format: rows read as rows
  test.each(rows)('%s: %s at byte %i', (id, code, offset, value, note) => {
    const { lines, problem } = annotate(textOfVector(id));
    const line = lines[problem?.line ?? -1];
    expect([problem?.code, problem?.offset, line?.value, line?.note]).toEqual([code, offset, value, note]);
  });

  test.each([
    ['token-013', 'text.prefix', 0],
    ['token-015', 'text.prefix', 5],
    ['token-020', 'text.base64', 55],
    ['token-021', 'text.base64', 765],
    ['token-022', 'text.base64', 746],
    ['token-024', 'limit.size', 87_387],
    ['token-025', 'limit.evidence', 813],
  ])('%s: %s at character %i', (id, code, character) => {
    expect(annotate(textOfVector(id)).problem).toMatchObject({ code, character });
  });

  test('a path that two items have points at what holds both', () => {
    const { lines, problem } = annotate(textOfVector('token-073'));
    expect(problem?.path).toBe('block 0, scope, 0, 0');
    expect(lines[problem?.line as number]).toMatchObject({ note: 'permission', path: 'block 0, scope, 0' });
  });

  test('the bad byte is shown, in a payload and behind one', () => {
    const second = sealed.bytes.map((byte, at) => (at === 0x11d ? 0xfb : byte));
    const bad = [textOfVector('token-035'), textOf(second)].map((text) => annotate(text).lines.at(-1));
    expect(bad.map((line) => [line?.offset, toHex(line?.bytes ?? new Uint8Array())])).toEqual([
      [95, 'fb'],
      [0x11d, 'fb'],
    ]);
  });

  test('a payload that the decoder did not get to and that is broken stays closed', () => {
    const payloadBytes = Uint8Array.of(0xfb);
    const blocks = [{ payload: grantPayload(2, [[4, -1]]) }, { payload: 0, payloadBytes }];
    const { lines, problem } = annotate(forge(scene(2, { blocks })).text);
    expect(problem).toMatchObject({ code: 'claim.value', path: 'block 0, exp' });
    expect(lines.filter(({ note }) => note === 'payload').map(({ value }) => value)).toEqual([
      'bytes(168)',
      '(1 secret byte)',
      'bytes(82)',
    ]);
  });

  test('a seed of the wrong length is the line of the seed', () => {
    const { lines, problem } = annotate(textOfVector('token-017'));
    expect(problem?.code).toBe('text.secret');
    expect(lines[problem?.line as number]).toMatchObject({ attachment: 1, value: '(31 secret bytes)' });
  });
});

describe('what the items are', () => {
  const says = (text: string) =>
    annotate(text).lines.map(({ value, note }) => (note === undefined ? value : `${value}, ${note}`));

  test('suite, blocks, headers, payloads and signatures', () => {
    expect(says(sealed.text).slice(0, 7)).toEqual([
      'array(3), token',
      '2, suite: Ed25519',
      'array(2), blocks',
      'array(4), block 0',
      'bytes(38), protected header',
      'map(2)',
      '1, alg',
    ]);
    const notes = annotate(sealed.text).lines.map(({ note }) => note);
    const named = [
      'grant',
      'block 1',
      'hop',
      'seal',
      'invocation',
      'signature',
      'payload',
      'unprotected header',
    ];
    expect(notes).toEqual(expect.arrayContaining(named));
  });

  test('claims by name, times in RFC 3339', () => {
    const lines = says(sealed.text);
    expect(lines[lines.indexOf('4, exp') + 1]).toBe('1800007200, 2027-01-15T10:00:00Z');
    expect(lines).toEqual(
      expect.arrayContaining(['"mailto:cfo@acme.example"', 'array(1), actions', '7, nonce']),
    );
  });

  test('predicates by their names', () => {
    const rules = new Map([
      [
        'amount',
        [
          11,
          [
            [3, [13]],
            [4, 1, 500],
          ],
        ],
      ],
    ]);
    const payload = grantPayload(2, [[10, [[['pay'], ['invoices/*'], rules]]]]);
    const lines = says(forge(scene(2, { blocks: [{ payload }] })).text);
    expect(lines).toEqual(
      expect.arrayContaining([
        'map(1), argument rules',
        '11, all',
        '3, notIn',
        '4, range',
        '1, low',
        '500, high',
      ]),
    );
  });

  test('paths are those of the decoder', () => {
    const paths = new Set(annotate(sealed.text).lines.map(({ path }) => path));
    expect([...paths]).toEqual(
      expect.arrayContaining([
        'block 0, mission, purpose',
        'block 0, scope, 0',
        'block 1, delegate',
        'invocation, exp',
      ]),
    );
  });

  test('evidence that is none is opaque, and what could be a seed is withheld', () => {
    const evidence = signedBytes(2, 'status', new Uint8Array(), new Uint8Array(), new Uint8Array());
    const text = `${sealed.text}~${base64url(sha256('seed'))}~${base64url(evidence)}${base64url(evidence)}`;
    const lines = annotate(text).lines.filter(({ attachment }) => attachment !== undefined);
    expect(lines.map(({ value, note }) => [value.slice(0, 17), note])).toEqual([
      ['(32 secret bytes)', 'evidence 1'],
      ["h'846a5369676e617", 'evidence 2'],
    ]);
  });
});

describe('evidence', () => {
  const { cfo } = hands;
  const status = issueStatus({
    key: cfo,
    subjects: { 'a#b': { state: 'suspended', revoked: [{ id: sha256('block'), until: NOW }] } },
    issued: NOW,
    goodFor: 60,
  });
  const consent = mintEvidence('consent', cfo, new Uint8Array(), [[6, NOW]]);
  const { lines } = annotate(sealed.text + status + consent);
  const of = (number: number) => lines.filter(({ attachment }) => attachment === number);

  test('is annotated down to its claims', () => {
    const shown = of(1).map(({ value, note }) => [value, note].filter(Boolean).join(', '));
    expect(shown[0]).toBe('array(2), evidence 1');
    expect(shown).toEqual(
      expect.arrayContaining(['1, status', '4, exp', '6, issued', '8, subjects', '"a#b"', '2, suspended']),
    );
    expect(shown.at(-1)).toMatch(/^h'[0-9a-f]{16}…' \(64 bytes\), signature$/);
  });

  test('has all its bytes in its lines, which count from its own start', () => {
    const [, first = ''] = status.split('~');
    const bytes = of(1).flatMap((line) => [...line.bytes]);
    expect(base64url(Uint8Array.from(bytes))).toBe(first);
    expect([of(1)[0]?.offset, of(2)[0]?.offset]).toEqual([0, 0]);
  });

  test('of each kind is told apart', () => {
    expect(of(2).map(({ note }) => note)).toEqual(expect.arrayContaining(['evidence 2', 'consent', 'iat']));
  });
});

describe('a tag that slipped out of its place is withheld', () => {
  test('where damage before it makes its bytes items of their own', () => {
    const bytes = Uint8Array.from([0x83, 1, 0x98, 60, 0, 0, ...Array(32).fill(0x07)]);
    const { lines, problem } = annotate(textOf(bytes, true));
    expect(problem?.code).toBe('cbor.truncated');
    expect(lines.filter(({ bytes: shown }) => toHex(shown).includes('07'))).toEqual([]);
  });

  const root = openMac.blocks[0]?.item as unknown[];
  test.each([
    ['in the place of a block', [1, [root, tag]]],
    ['within a block', [1, [[...root, tag]]]],
    ['as a signature', [2, [[...root, tag]]]],
    ['behind the seal', [1, [root], tag, tag]],
    ['in another suite', [3, [[...root, tag]], tag]],
    ['taken apart', [1, [root], [...tag]]],
  ])('%s', (_, items) => {
    const { lines } = annotate(textOf(cbor(items), true));
    const shown = lines.map(({ bytes, value }) => `${toHex(bytes)} ${value}`).join(' ');
    expect(shown).not.toContain(toHex(tag.subarray(0, 4)));
    expect(shown).not.toContain(`${tag[0]} ${tag[1]}`);
  });
});
