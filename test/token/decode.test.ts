import { describe, expect, test } from 'vitest';
import { DecodeError } from '../../src/errors.ts';
import { decode } from '../../src/token/decode.ts';
import { assemble, itemsOf, longScene, recipe, suites, textWith } from '../support/chains.ts';
import { codeOf, errorOf } from '../support/code-of.ts';
import {
  AUDIENCE,
  base64url,
  cbor,
  cfo,
  domain,
  type Forged,
  forge,
  type Item,
  lookup,
  NOW,
  research,
  scene,
  sha256,
  textOf,
} from '../support/forge.ts';

const code = (text: string) => codeOf(() => decode(text));
const sealOf = ({ invocation }: Forged) => invocation?.item;

describe('what a token decodes to', () => {
  test('in suite 2, every claim of every block, and the bytes as they came', () => {
    const forged = forge(scene(2));
    const [root, hop] = forged.blocks as [Forged['blocks'][0], Forged['blocks'][0]];
    const token = decode(forged.text);
    expect(token).toMatchObject({ suite: 'ed25519', secret: undefined, evidence: [] });
    expect(token.blocks[0]).toEqual({
      header: root.header,
      payload: root.payload,
      proof: root.proof,
      kid: cfo.kid,
      claims: {
        grantor: 'mailto:cfo@acme.example',
        delegate: 'agent:acme/research',
        key: expect.objectContaining({ bytes: research.publicKey }),
        exp: NOW + 7200,
        iat: NOW,
        cti: sha256('cti').slice(0, 16),
        mission: { id: 'q3-report', purpose: 'Prepare the Q3 report' },
        scope: [{ actions: ['read'], resources: ['reports/**'] }],
        delegation: { depth: 4 },
      },
    });
    expect(token.blocks[1]).toEqual({
      header: hop.header,
      payload: hop.payload,
      proof: hop.proof,
      claims: {
        delegate: 'agent:acme/lookup',
        key: expect.objectContaining({ bytes: lookup.publicKey }),
      },
    });
  });

  test('in suite 1, blocks without proofs and keys', () => {
    const { blocks } = decode(textWith(1));
    expect(blocks.map((block) => ['proof' in block, 'key' in block.claims])).toEqual([
      [false, false],
      [false, false],
    ]);
    expect(blocks[0].kid).toEqual(domain.kid);
  });

  test.each(suites)('the invocation of a sealed token of suite %i', (suite) => {
    const { invocation } = decode(textWith(suite, { invocation: [[9, new Map([[2, 'Look it up']])]] }));
    expect(invocation?.claims).toEqual({
      action: 'read',
      resource: 'reports/q3.pdf',
      audience: AUDIENCE,
      exp: NOW + 60,
      iat: NOW,
      nonce: sha256('nonce').slice(0, 16),
      task: 'Look it up',
    });
    expect(invocation?.proof).toHaveLength(suite === 1 ? 32 : 64);
  });

  test('the tag of an open token of suite 1, as a secret', () => {
    const forged = forge(recipe(1, { invocation: null }));
    const token = decode(forged.text);
    expect(token.invocation).toBeUndefined();
    expect(token.secret?.expose()).toEqual(forged.blocks[1]?.proof);
  });

  test('an open token of suite 2, without a secret', () => {
    expect(decode(textWith(2, { invocation: null }))).toMatchObject({
      invocation: undefined,
      secret: undefined,
    });
  });

  test('the seed of a bundle, whether or not it is that of the last key', () => {
    const open = forge(recipe(2, { invocation: null })).bytes;
    const bundle = `${textOf(open, true)}~${base64url(research.seed)}`;
    expect(decode(bundle).secret?.expose()).toEqual(research.seed);
    expect(decode(bundle).evidence).toEqual([]);
  });

  test.each(suites)('evidence behind a sealed token of suite %i, unread and in order', (suite) => {
    const parts = Array.from({ length: 16 }, (_, i) => Uint8Array.of(i));
    const text = [textWith(suite), ...parts.map(base64url)].join('~');
    expect(decode(text).evidence).toEqual(parts);
  });

  test('a chain of 32 blocks', () => {
    expect(decode(forge(longScene(2, Array(31).fill([]))).text).blocks).toHaveLength(32);
  });
});

describe('limits of the token', () => {
  test.each(suites)('33 blocks of suite %i are too many', (suite) => {
    expect(code(forge(longScene(suite, Array(32).fill([]))).text)).toBe('limit.blocks');
  });

  test('more blocks than any list has entries are too many entries', () => {
    expect(code(assemble(2, Array(257).fill([])))).toBe('limit.entries');
  });

  test('10,000 blocks without content are too many entries', () => {
    expect(code(assemble(2, Array(10_000).fill([])))).toBe('limit.entries');
  });

  test('10,000 blocks with content are too many bytes', () => {
    const [item] = itemsOf(forge(scene(2)));
    expect(code(assemble(2, Array(10_000).fill(item)))).toBe('limit.size');
  });

  test('17 pieces of evidence are too many', () => {
    expect(code(textWith(2) + '~AA'.repeat(17))).toBe('limit.evidence');
  });

  test('one piece of evidence of more than 16 KiB is too large', () => {
    const text = `${textWith(2)}~${base64url(new Uint8Array(16_385))}`;
    expect(code(text)).toBe('limit.size');
  });
});

describe('the array of the token', () => {
  const two = forge(scene(2));
  const one = forge(scene(1));
  const [root, hop] = itemsOf(two) as [Item[], Item[]];
  const [macRoot, macHop] = itemsOf(one) as [Item[], Item[]];
  const seal = sealOf(two) as Item[];
  const raw = (item: Item) => textOf(cbor(item));
  const replace = (list: readonly Item[], at: number, item: Item) =>
    list.map((old, i) => (i === at ? item : old));

  test.each<[string, string]>([
    ['no array but a number', raw(2)],
    ['no array but a map', raw(new Map([[0, 2]]))],
    ['an empty array', raw([])],
    ['one element', raw([2])],
    ['four elements', raw([2, [root, hop], seal, seal])],
    ['blocks that are no array', raw([2, new Map(), seal])],
    ['blocks that are bytes', raw([2, cbor([root]), seal])],
    ['no blocks', raw([2, [], seal])],
    ['a block that is no array', raw([2, [root, 'hop'], seal])],
    ['a block of three elements in suite 2', raw([2, [root, hop.slice(0, 3)], seal])],
    ['a block of five elements', raw([2, [root, [...hop, 0]], seal])],
    ['a block of four elements in suite 1', raw([1, [macRoot, [...macHop, sha256('')]], sealOf(one)])],
    ['a block of two elements in suite 1', raw([1, [macRoot, macHop.slice(0, 2)], sealOf(one)])],
    ['a payload that is a map', raw([2, [root, replace(hop, 2, new Map([[2, 'agent:x']]))], seal])],
    ['a payload that is a text', raw([2, [root, replace(hop, 2, 'payload')], seal])],
    ['a signature of 63 bytes', raw([2, [root, replace(hop, 3, new Uint8Array(63))], seal])],
    ['a signature of 65 bytes', raw([2, [root, replace(hop, 3, new Uint8Array(65))], seal])],
    ['a signature that is a text', raw([2, [root, replace(hop, 3, 'x'.repeat(64))], seal])],
    ['an invocation of three elements', raw([2, [root, hop], seal.slice(0, 3)])],
    [
      'an invocation tag of 31 bytes',
      raw([1, [macRoot, macHop], replace(sealOf(one) as Item[], 3, new Uint8Array(31))]),
    ],
    [
      'an invocation tag of 64 bytes',
      raw([1, [macRoot, macHop], replace(sealOf(one) as Item[], 3, new Uint8Array(64))]),
    ],
  ])('token.shape: %s', (_, text) => {
    expect(code(text)).toBe('token.shape');
  });

  test.each([0, 3, -1, 255, '2', true, Uint8Array.of(2), [2]])('token.suite: %j', (suite) => {
    expect(code(assemble(suite, [root, hop], seal))).toBe('token.suite');
  });

  test.each<[string, string]>([
    ['a tag in suite 2', assemble(2, [root, hop], sha256(''))],
    ['a number in suite 2', assemble(2, [root, hop], 0)],
    ['an empty map in suite 2', assemble(2, [root, hop], new Map())],
    ['none in suite 1', assemble(1, [macRoot, macHop])],
    ['a tag of 31 bytes', assemble(1, [macRoot, macHop], new Uint8Array(31))],
    ['a tag of 33 bytes', assemble(1, [macRoot, macHop], new Uint8Array(33))],
    ['false in suite 1', assemble(1, [macRoot, macHop], false)],
  ])('token.seal: %s', (_, text) => {
    expect(code(text)).toBe('token.seal');
  });
});

describe('the prefix tells whether there is a secret', () => {
  const open = (suite: 1 | 2) => forge(recipe(suite, { invocation: null })).bytes;
  const sealed = (suite: 1 | 2) => forge(recipe(suite)).bytes;
  const seed = base64url(lookup.seed);

  test.each<[string, string]>([
    ['an open token of suite 1 without it', textOf(open(1))],
    ['a sealed token of suite 1 with it', textOf(sealed(1), true)],
    ['an open token of suite 2 with it, and no seed', textOf(open(2), true)],
    ['a sealed token of suite 2 with it', textOf(sealed(2), true)],
    ['a sealed token of suite 2 with it and a seed', `${textOf(sealed(2), true)}~${seed}`],
    ['another prefix', `writ-${base64url(sealed(2))}`],
    ['no prefix', base64url(sealed(2))],
    ['nothing', ''],
  ])('text.prefix: %s', (_, text) => {
    expect(code(text)).toBe('text.prefix');
  });

  test.each<[string, string]>([
    ['a seed of 31 bytes', `${textOf(open(2), true)}~${base64url(lookup.seed.slice(1))}`],
    ['a seed of 33 bytes', `${textOf(open(2), true)}~${base64url(new Uint8Array(33))}`],
    ['an empty seed', `${textOf(open(2), true)}~`],
    ['two seeds', `${textOf(open(2), true)}~${seed}~${seed}`],
    ['a seed behind a tag', `${textOf(open(1), true)}~${seed}`],
    ['nothing behind a tag', `${textOf(open(1), true)}~`],
  ])('text.secret: %s', (_, text) => {
    expect(code(text)).toBe('text.secret');
  });

  test.each(['=', '==', ' ', '\n', '!', 'A', '+', '/', 'é'])('text.base64: %j behind the token', (end) => {
    const bytes = forge(scene(2, {})).bytes;
    expect(code(textOf(bytes.slice(0, bytes.length - (bytes.length % 3))) + end)).toBe('text.base64');
  });
});

test('every refusal is a DecodeError', () => {
  expect(errorOf(() => decode(assemble(3, [[]])))).toBeInstanceOf(DecodeError);
});
