import { describe, expect, test } from 'vitest';
import { type CaveatName, caveatNames, caveats } from '../../src/caveats/all.ts';
import { describeCaveat, forms } from '../../src/caveats/forms.ts';
import { keys } from '../support/wire.ts';

const names = Object.keys(caveats) as CaveatName[];

describe('the table of caveats', () => {
  test('has each key of the format, in the order of the keys', () => {
    expect(names.map((name) => `${caveats[name].key} ${name}`)).toEqual([
      '3 aud',
      '4 exp',
      '5 nbf',
      '10 scope',
      '11 delegation',
      '12 alive',
      '13 approval',
      '14 context',
      '15 limits',
      '16 plan',
      '17 consent',
      '18 ext',
    ]);
  });

  test('has a form for each, in the same order', () => {
    expect(Object.keys(forms)).toEqual(names);
  });

  test('says of each what enforcing it takes', () => {
    expect(names.map((name) => `${name} ${forms[name].enforcement}`)).toEqual([
      'aud static',
      'exp static',
      'nbf static',
      'scope request',
      'delegation static',
      'alive evidence',
      'approval evidence',
      'context request',
      'limits state',
      'plan state',
      'consent evidence',
      'ext request',
    ]);
  });

  test('counts exactly those that need a store', () => {
    const counted = names.filter((name) => caveats[name].counted === true);
    expect(counted).toEqual(names.filter((name) => forms[name].enforcement === 'state'));
  });
});

describe('caveatNames', () => {
  test('gives the names in the order of the keys, whatever order a block has', () => {
    expect(caveatNames({ ext: {}, consent: keys.cfo, nbf: 1, aud: ['a'] })).toEqual([
      'aud',
      'nbf',
      'consent',
      'ext',
    ]);
  });

  test('passes over what is undefined', () => {
    expect(caveatNames({ exp: undefined as unknown as number, nbf: 0 })).toEqual(['nbf']);
  });

  test('passes over what is no caveat', () => {
    expect(caveatNames({ delegate: 'agent:a', exp: 1 } as object)).toEqual(['exp']);
  });
});

test('describeCaveat finds the words by the name', () => {
  expect(describeCaveat('exp', 1_767_225_600)).toEqual(['expires 2026-01-01T00:00:00Z']);
});
