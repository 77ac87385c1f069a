import { describe, expect, test } from 'vitest';
import { type CaveatName, type Caveats, caveats } from '../../src/caveats/all.ts';
import { forms } from '../../src/caveats/forms.ts';
import { caveatNotes, suiteNotes } from '../../src/inspect/enforcement.ts';
import { why } from '../../src/inspect/why.ts';
import { hands, REQUEST, textWith } from '../support/chains.ts';
import { lookup, NOW } from '../support/forge.ts';

const { publicKey: key } = hands.lookup;

describe('notes of caveats', () => {
  test.each<[Caveats, CaveatName, string[]]>([
    [{ context: { net: { cidr: '10.0.0.0/8' }, hour: { eq: 9 } } }, 'context', ['a service that does not observe net, hour denies']],
    [{ limits: [{ unit: 'call', amount: 1 }] }, 'limits', ['counted in a store; a verifier without one denies']],
    [{ plan: [] }, 'plan', ['counted in a store; a verifier without one denies']],
    [{ alive: [{ key, within: 1 }] }, 'alive', ['needs a fresh status at every use; without one it denies']],
    [{ approval: [] }, 'approval', ['needs approvals made for this very request; without them it denies']],
    [{ consent: key }, 'consent', ['needs the grantor’s own proof; without it, it denies']],
    [{ ext: { x: 1 } }, 'ext', ['needs a handler; a service without one denies']],
    [{ delegation: { depth: 1 } }, 'delegation', []],
    [{ aud: ['s'] }, 'aud', []],
    [{ exp: NOW }, 'exp', []],
    [{ nbf: NOW }, 'nbf', []],
    [{ scope: [] }, 'scope', []],
  ])('%#: of %j', (own, name, notes) => {
    expect(caveatNotes(name, own, 'ed25519')).toEqual(notes);
  }); // biome-ignore format: a row a line

  test('every caveat that needs more than token, clock and request has one', () => {
    const silent = (Object.keys(caveats) as CaveatName[]).filter((name) => caveatNotes(name, {}, 'hmac').length === 0);
    expect(silent.filter((name) => ['evidence', 'state'].includes(forms[name].enforcement))).toEqual([]);
  }); // biome-ignore format: one step
});

describe('notes of delegates', () => {
  const name = 'a name is what its delegator claims, and proves nothing by itself';
  const inert = 'blocks of this suite have no keys, so a key admits nobody';

  test.each([
    ['a name', 'ed25519', ['agent:a/*'], [name]],
    ['a key', 'ed25519', [key], []],
    ['both', 'ed25519', ['agent:a/*', key], [name]],
    ['a name', 'hmac', ['agent:a/*'], [name]],
    ['a key', 'hmac', [key], [inert]],
    ['both', 'hmac', ['agent:a/*', key], [name, inert]],
  ] as const)('%s in the suite %s', (_, suite, to, notes) => {
    expect(caveatNotes('delegation', { delegation: { depth: 1, to } }, suite)).toEqual(notes);
  });

  test.each([
    [1, 'delegation.delegate'],
    [2, undefined],
  ] as const)('a key admits nobody in suite 1 and its owner in suite 2: %i', (suite, code) => {
    const text = textWith(suite, { root: [[11, [4, [lookup.publicKey]]]] });
    expect(why(text, REQUEST, { now: NOW }).denials[0]?.code).toBe(code);
  });
});

test.each([
  ['ed25519', /can always share its key/],
  ['hmac', /every verifier holds the root secret and could forge/],
] as const)('the suite %s says what it leaves unproven', (suite, words) => {
  expect(suiteNotes(suite)[0]).toMatch(words);
});
