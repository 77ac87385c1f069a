import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Nonces } from '../../src/state/nonces.ts';

const keyOf = (name: string) => `o${name.padEnd(48, '\0')}`;

describe('a key is of a nonce', () => {
  test.each([
    ['with 48 characters behind its letter', keyOf('a'), true],
    ['not with fewer', keyOf('a').slice(1), false],
    ['not with more', `${keyOf('a')}b`, false],
    ['not behind another letter', `k${keyOf('a').slice(1)}`, false],
  ])('%s', (_, key, expected) => {
    expect(Nonces.has(key)).toBe(expected);
  });
});

describe('nonces', () => {
  test('are not there before they are added', () => {
    expect(new Nonces().get(keyOf('a'))).toBeUndefined();
  });

  test.each([1, 24, 48])('differ in character %i', (at) => {
    const nonces = new Nonces();
    const keys = Array.from({ length: 256 }, (_, code) => `${keyOf('').slice(0, at)}${String.fromCharCode(code)}${keyOf('').slice(at + 1)}`); // biome-ignore format: in a row
    for (const [i, key] of keys.entries()) nonces.set(key, i);
    expect(keys.map((key) => nonces.get(key))).toEqual(keys.map((_, i) => i));
  });

  test('a key that is taken away is not found under the slot that it had', () => {
    const nonces = new Nonces();
    nonces.set(keyOf('a'), 1);
    nonces.delete(keyOf('a'));
    nonces.set(keyOf('b'), 2);
    expect([nonces.get(keyOf('a')), nonces.get(keyOf('b')), nonces.size]).toEqual([undefined, 2, 1]);
  });

  test('take no room anew where others were taken away', () => {
    const nonces = new Nonces();
    const slots = Array.from({ length: 10_000 }, (_, i) => {
      nonces.delete(keyOf(String(i - 1)));
      return nonces.set(keyOf(String(i)), i);
    });
    expect(Math.max(...slots)).toBeLessThan(256);
  });

  test('keep their slots when there are more of them', () => {
    const nonces = new Nonces();
    const slots = Array.from({ length: 2_000 }, (_, i) => nonces.set(keyOf(String(i)), i));
    expect(new Set(slots).size).toBe(2_000);
    expect(slots.map((slot) => nonces.keyAt(slot))).toEqual(slots.map((_, i) => keyOf(String(i))));
  });

  test('are what a map would be', () => {
    const key = fc.integer({ min: 0, max: 400 }).map(String).map(keyOf);
    const step = fc.oneof(
      fc.record({ set: key, until: fc.integer({ min: 0, max: 2 ** 40 }) }),
      fc.record({ delete: key }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 1_000 }), (steps) => {
        const [nonces, map] = [new Nonces(), new Map<string, number>()];
        for (const step of steps)
          if ('set' in step) {
            nonces.set(step.set, step.until);
            map.set(step.set, step.until);
          } else {
            nonces.delete(step.delete);
            map.delete(step.delete);
          }
        expect([...nonces.keys()].sort()).toEqual([...map.keys()].sort());
        expect([...map].map(([key]) => nonces.get(key))).toEqual([...map.values()]);
        expect(nonces.size).toBe(map.size);
      }),
    );
  });
});
