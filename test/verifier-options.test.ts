import { describe, expect, test } from 'vitest';
import { createVerifier, type VerifierOptions } from '../src/verifier.ts';
import { trust } from './support/chains.ts';
import { errorOf } from './support/code-of.ts';
import { AUDIENCE, NOW } from './support/forge.ts';

const base = { trust, audience: AUDIENCE, clock: () => NOW };
const verifierWith = (options: Partial<VerifierOptions> = {}) => createVerifier({ ...base, ...options });

describe('what it enforces is said at its start', () => {
  const namesOf = (options: Partial<VerifierOptions>) =>
    Object.fromEntries(
      verifierWith(options).enforces.map(({ caveat, enforced, names }) => [caveat, names ?? enforced]),
    );
  const told = (options: Partial<VerifierOptions>) =>
    verifierWith(options).enforces.flatMap(({ caveat, enforced }) => (enforced ? [caveat] : []));

  test('with nothing but a store', () => {
    expect(told({})).toEqual([
      ...['aud', 'exp', 'nbf', 'scope', 'delegation', 'alive', 'approval', 'limits', 'plan', 'consent'],
      'replay',
    ]);
  });

  test('without one', () => {
    expect(told({ store: null })).toEqual(['aud', 'exp', 'nbf', 'scope', 'delegation', 'alive', 'consent']);
  });

  test('with the names that the service knows', () => {
    const known = { context: { net: () => 'x' }, costs: { usd: () => 1 }, ext: { geo: () => true } };
    expect(namesOf(known)).toMatchObject({
      context: ['net'],
      limits: ['call', 'denial', 'usd'],
      ext: ['geo'],
      plan: true,
      alive: true,
      approval: true,
      consent: true,
    });
    expect(told(known)).toEqual(expect.arrayContaining(['context', 'ext']));
  });
});

describe('an option is refused at the start where', () => {
  test.each<[string, object]>([
    ['trust is a file', { trust: { keys: [] } }],
    ['trust is left out', { trust: undefined }],
    ['the audience is no name', { audience: 'a b' }],
    ['the store is none', { store: {} }],
    ['the clock is a number', { clock: NOW }],
    ['statuses are a list', { statuses: [] }],
    ['a context is a value', { context: { net: 'x' } }],
    ['a cost is a value', { costs: { usd: 5 } }],
    ['an extension is a value', { ext: { geo: true } }],
    ['a cost is of calls, which the verifier counts', { costs: { call: () => 5 } }],
    ['a cost is of denials', { costs: { denial: () => 5 } }],
    ['a cost is of no unit', { costs: { USD: () => 5 } }],
    ['a reservation is for no time', { reserveFor: 0 }],
    ['a reservation is for ever', { reserveFor: Number.POSITIVE_INFINITY }],
    ['a reservation is for no number', { reserveFor: Number.NaN }],
  ])('%s', (_, options) => {
    expect(errorOf(() => verifierWith(options as Partial<VerifierOptions>))).toBeInstanceOf(TypeError);
  });
});
