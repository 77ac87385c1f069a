import { describe, expect, test } from 'vitest';
import { type DecideOptions, decide } from '../../src/decide/decide.ts';
import type { Decision } from '../../src/decide/decision.ts';
import type { Anchor } from '../../src/keys/trust.ts';
import type { Chain } from '../../src/token/chain.ts';
import { decode } from '../../src/token/decode.ts';
import { verify } from '../../src/token/verify.ts';
import {
  type Change,
  type Changes,
  chainOf,
  longScene,
  REQUEST,
  textWith,
  trust,
} from '../support/chains.ts';
import { errorOf } from '../support/code-of.ts';
import { AUDIENCE, forge, hex, type Item, NOW } from '../support/forge.ts';
import { keys } from '../support/wire.ts';

const common: DecideOptions = { audience: AUDIENCE, request: REQUEST, now: NOW };
const decideWith = (suite: 1 | 2, changes: Changes, options: Partial<DecideOptions> = {}): Decision =>
  decide(chainOf(textWith(suite, changes)), { ...common, ...options });
const permission = [['read'], ['reports/**']];

describe('a decision', () => {
  test('to allow says all that was established, and by whose hand', () => {
    const forged = forge(longScene(2, [[[9, new Map([[2, 'Find the revenue']])]]]));
    expect(decide(chainOf(forged.text), common)).toEqual({
      verdict: 'allow',
      code: 'allowed',
      denials: [],
      needs: [],
      notEstablished: ['replay'],
      suite: 'ed25519',
      now: NOW,
      audience: AUDIENCE,
      grantor: {
        principal: 'mailto:cfo@acme.example',
        known: 'own-key',
        by: 'mailto:cfo@acme.example',
      },
      mission: { id: 'q3-report', purpose: 'Prepare the Q3 report' },
      chain: [
        {
          delegate: 'agent:acme/research',
          key: keys.research,
          block: hex(forged.blocks[0]?.id as Uint8Array),
        },
        {
          delegate: 'agent:acme/lookup',
          key: keys.lookup,
          block: hex(forged.blocks[1]?.id as Uint8Array),
          task: 'Find the revenue',
        },
      ],
      request: { action: 'read', resource: 'reports/q3.pdf', args: {} },
    });
  });

  test('to deny lists every denial, with what was expected and found', () => {
    const forged = forge({
      ...longScene(1, [
        [
          [4, NOW],
          [3, ['https://b.example']],
        ],
      ]),
    });
    const request = { action: 'write', resource: 'hr/x' };
    expect(decide(chainOf(forged.text), { ...common, request })).toEqual({
      verdict: 'deny',
      code: 'invocation.action',
      denials: [
        { code: 'invocation.action', block: null, caveat: 'invocation', expected: 'read', actual: 'write' },
        {
          code: 'invocation.resource',
          block: null,
          caveat: 'invocation',
          expected: 'reports/q3.pdf',
          actual: 'hr/x',
        },
        {
          code: 'scope.action',
          block: 0,
          caveat: 'scope',
          expected: [{ actions: ['read'], resources: ['reports/**'] }],
          actual: 'write',
        },
        { code: 'aud.other', block: 1, caveat: 'aud', expected: ['https://b.example'], actual: AUDIENCE },
        { code: 'exp.passed', block: 1, caveat: 'exp', expected: NOW, actual: NOW },
      ],
      needs: [],
      notEstablished: ['replay'],
      suite: 'hmac',
      now: NOW,
      audience: AUDIENCE,
      grantor: {
        principal: 'mailto:cfo@acme.example',
        known: 'attested',
        by: 'https://iam.acme.example',
      },
      mission: { id: 'q3-report', purpose: 'Prepare the Q3 report' },
      chain: [
        { delegate: 'agent:acme/research', block: hex(forged.blocks[0]?.id as Uint8Array) },
        { delegate: 'agent:acme/lookup', block: hex(forged.blocks[1]?.id as Uint8Array) },
      ],
      request: { action: 'write', resource: 'hr/x', args: {} },
    });
  });

  test('about an open token is that the invocation is missing', () => {
    expect(decideWith(2, { invocation: null })).toMatchObject({
      verdict: 'deny',
      code: 'invocation.missing',
      denials: [
        { code: 'invocation.missing', block: null, caveat: 'invocation', expected: null, actual: null },
      ],
      needs: [],
      request: null,
    });
  });

  test('reads the clock of the system where no time is given', () => {
    const { now: _, ...timeless } = common;
    const before = Math.floor(Date.now() / 1000);
    expect(decide(chainOf(textWith(2)), timeless).now).toBeGreaterThanOrEqual(before);
  });
});

describe('the order of denials', () => {
  const status: Item = [[keys.cfo.bytes, 60]];

  test('is invocation, then blocks from the root, then keys, with counters last', () => {
    const denying = (key: Uint8Array): Change => [
      [3, ['https://b.example']],
      [4, 1],
      [5, NOW + 31],
      [7, new Uint8Array(16)],
      [10, [[['write'], ['**']]]],
      [12, status],
      [13, [[[], [key], 1, 60]]],
      [14, new Map([['env', [1, 'prod']]])],
      [15, [['call', 1]]],
      [16, [[permission, 1, 1]]],
      [18, new Map([['other', true]])],
    ];
    const changes: Changes = {
      root: [[6, NOW + 31], [11, undefined], [17, keys.cfo.bytes], ...denying(keys.cfo.bytes)], // biome-ignore format: pairs read as pairs
      hop: denying(keys.cfo.bytes),
      invocation: [[3, 'https://c.example']],
    };
    const hop = (block: number) => [
      `${block} aud.other`,
      `${block} exp.passed`,
      `${block} nbf.early`,
      `${block} scope.action`,
    ];
    const evidence = (block: number) => [
      `${block} alive.status`,
      `${block} approval.required`,
      `${block} context.missing`,
    ];
    const { denials } = decideWith(1, changes, {});
    expect(denials.map(({ block, code }) => `${block} ${code}`)).toEqual([
      'null invocation.audience',
      '0 iat.early',
      ...hop(0),
      '0 delegation.depth',
      ...evidence(0),
      '0 consent.proof',
      '0 ext.unknown',
      ...hop(1),
      ...evidence(1),
      '1 ext.unknown',
      '0 limits.store',
      '0 plan.store',
      '1 limits.store',
      '1 plan.store',
    ]);
  });

  test('names the first denial as the code of the decision', () => {
    expect(decideWith(1, { root: [[4, 1]], hop: [[3, ['b']]] }).code).toBe('exp.passed');
  });
});

describe('needs', () => {
  const need = (key: number, value: Item): Change => [[key, value], [7, new Uint8Array(16)]]; // biome-ignore format: pairs read as pairs
  const subject = 'mailto:cfo@acme.example#q3-report';

  test.each<[string, Change, object]>([
    ['a status', need(12, [[keys.cfo.bytes, 60]]), { kind: 'status', key: keys.cfo, within: 60, subject }],
    ['a status of a subject', need(12, [[keys.cfo.bytes, 60, 'other']]), { kind: 'status', key: keys.cfo, within: 60, subject: 'other' }],
    ['an approval', need(13, [[[], [keys.cfo.bytes], 1, 9]]), { kind: 'approval', keys: [keys.cfo], need: 1, within: 9 }],
    ['a store for limits', need(15, [['call', 1]]), { kind: 'store' }],
    ['a store for a plan', need(16, [[permission, 1, 1]]), { kind: 'store' }],
  ])('name %s and the block that has it', (_, hop, expected) => {
    expect(decideWith(1, { hop }).needs).toEqual([{ ...expected, block: 1 }]);
    expect(decideWith(1, { hop }).verdict).toBe('deny');
  }); // biome-ignore format: a row a line reads better

  test('name a consent', () => {
    const decision = decideWith(2, { root: [[17, keys.cfo.bytes]] });
    expect(decision.needs).toEqual([{ kind: 'consent', key: keys.cfo, block: 0 }]);
    expect(decision.code).toBe('consent.proof');
  });

  test('are all that is needed together', () => {
    const changes = { root: need(12, [[keys.cfo.bytes, 60]]), hop: need(15, [['call', 1]]) };
    expect(decideWith(1, changes).needs.map(({ kind, block }) => [kind, block])).toEqual([
      ['status', 0],
      ['store', 1],
    ]);
  });

  test.each<[string, Changes, Partial<DecideOptions>]>([
    ['a caveat denies for good', { root: [[4, 1]] }, {}],
    ['the invocation denies', { invocation: [[3, 'https://b.example']] }, {}],
    ['counters have no single audience', { root: [[3, ['https://b.example', AUDIENCE]]] }, {}],
    ['no step of the plan admits the request', { invocation: [[2, 'reports/x']] }, { request: { ...REQUEST, resource: 'reports/x' } }],
  ])('are none where %s', (_, changes, options) => {
    const hop: Change = [[7, new Uint8Array(8)], [15, [['call', 1]]], [16, [[[['read'], ['reports/q3.pdf']], 1, 1]]]];
    expect(decideWith(1, { ...changes, hop }, options)).toMatchObject({ verdict: 'deny', needs: [] });
  }); // biome-ignore format: a row a line reads better

  test('an approval is not needed where a permission of `unless` admits the request', () => {
    const unless = (resource: string): Change => [
      [13, [[[[['read'], [resource]]], [keys.cfo.bytes], 1, 60]]],
    ];
    expect(decideWith(2, { hop: unless('reports/*') }).verdict).toBe('allow');
    expect(decideWith(2, { hop: unless('reports/x') }).code).toBe('approval.required');
  });
});

test('an anchor may demand a status as if the root did', () => {
  const token = decode(textWith(2, { root: [[12, [[keys.lookup.bytes, 9]]]] }));
  const kid = hex(token.blocks[0].kid);
  const alive = { key: keys.research, within: 30, subject: 'domain' };
  const demanding = new Map([[kid, { ...(trust.get(kid) as Anchor), alive }]]);
  expect(decide(verify(token, demanding, { now: NOW }), common).needs).toEqual([
    { kind: 'status', key: keys.lookup, within: 9, subject: 'mailto:cfo@acme.example#q3-report', block: 0 },
    { kind: 'status', key: keys.research, within: 30, subject: 'domain', block: 0 },
  ]);
});

describe('delegation', () => {
  const code = (root: Change, hops: Change[]) =>
    decide(chainOf(forge(longScene(2, hops, root)).text), common);

  test.each([
    [1, 1, []],
    [2, 2, []],
    [1, 2, [[0, 'delegation.depth']]],
    [3, 4, [[0, 'delegation.depth']]],
  ])('of depth %i, with %i hops', (depth, hops, expected) => {
    const { denials } = code([[11, [depth]]], Array(hops).fill([]));
    expect(denials.map((denial) => [denial.block, denial.code])).toEqual(expected);
  });

  test('of a hop counts from that hop', () => {
    const hops: Change[] = [[[11, [1]]], [], []];
    expect(code([[11, [9]]], hops).denials).toMatchObject([
      { block: 1, code: 'delegation.depth', expected: 1, actual: 2 },
    ]);
    expect(code([[11, [9]]], hops.slice(0, 2)).verdict).toBe('allow');
  });

  test('cannot be given back by a hop', () => {
    expect(code([[11, [1]]], [[[11, [9]]], []]).code).toBe('delegation.depth');
  });

  test.each<[string, Item[], string]>([
    ['its name', ['agent:acme/lookup'], 'allowed'],
    ['a prefix of its name', ['agent:acme/*'], 'allowed'],
    ['its key', [keys.lookup.bytes], 'allowed'],
    ['one of two', [keys.cfo.bytes, 'agent:acme/lookup'], 'allowed'],
    ['another name', ['agent:acme/look'], 'delegation.delegate'],
    ['another prefix', ['agent:acme/lookup/*'], 'delegation.delegate'],
    ['another key', [keys.cfo.bytes], 'delegation.delegate'],
  ])('to %s', (_, to, expected) => {
    expect(code([[11, [1, to]]], [[]]).code).toBe(expected);
  });

  test('binds every delegate below and not only the next', () => {
    const hops: Change[] = [[], [[2, 'agent:other/x']]];
    expect(code([[11, [2, ['agent:acme/*']]]], hops).denials).toMatchObject([
      { block: 0, code: 'delegation.delegate', actual: 'agent:other/x' },
    ]);
  });
});

describe('what is not a chain is a TypeError', () => {
  const token = decode(textWith(2));
  const chain = chainOf(textWith(2));

  test.each<[string, unknown]>([
    ['a token', token],
    ['a copy of a chain', { ...chain }],
    ['a chain with other blocks', Object.assign(Object.create(chain), { blocks: token.blocks })],
    ['a text', textWith(2)],
  ])('%s', (_, value) => {
    expect(errorOf(() => decide(value as Chain, common))).toBeInstanceOf(TypeError);
  });
});
