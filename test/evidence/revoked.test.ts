import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readCbor } from '../../src/cbor/read.ts';
import { parseRevoked, RevokedIds } from '../../src/evidence/revoked.ts';
import { cbor, hex, sha256 } from '../support/forge.ts';

const id = fc.oneof(
  fc.uint8Array({ minLength: 32, maxLength: 32 }),
  // Near each other, so that neighbours differ in their first or last byte alone.
  fc.tuple(fc.nat(3), fc.nat(3)).map(([first, last]) => Uint8Array.from({ length: 32 }, (_, i) => (i === 0 ? first : i === 31 ? last : 7))),
); // biome-ignore format: short
const ids = fc.uniqueArray(id, { maxLength: 60, selector: hex });

function listOf(all: readonly Uint8Array[], until = 9): RevokedIds {
  const sorted = [...all].sort(Buffer.compare);
  return parseRevoked(readCbor(cbor(sorted.map((one) => [one, until]))), 'ids');
}

describe('revoked ids', () => {
  test('are found as in a Set, and no other', () => {
    const seen = { found: 0, absent: 0 };
    const law = fc.property(ids, fc.array(id, { maxLength: 20 }), (all, others) => {
      const list = listOf(all);
      const set = new Set(all.map(hex));
      expect(list.size).toBe(set.size);
      for (const one of [...all, ...others]) {
        seen[set.has(hex(one)) ? 'found' : 'absent']++;
        expect(list.has(one)).toBe(set.has(hex(one)));
      }
    });
    fc.assert(law, { numRuns: 500 });
    expect(Math.min(seen.found, seen.absent)).toBeGreaterThan(1000);
  });

  test('are given back in order, with their times', () => {
    const [a, b] = [new Uint8Array(32), new Uint8Array(32).fill(255)];
    const list = parseRevoked(readCbor(cbor([[a, 5], [b, 4]])), 'ids'); // biome-ignore format: short
    expect([...list]).toEqual([
      { id: a, until: 5 },
      { id: b, until: 4 },
    ]);
  });

  test('of none has none', () => {
    expect([listOf([]).has(sha256('a')), [...listOf([])]]).toEqual([false, []]);
  });

  test('of 100,000, a look-up reads no more than 17', () => {
    const count = 100_000;
    const bytes = new Uint8Array(32 * count);
    for (let i = 0; i < count; i++) new DataView(bytes.buffer).setUint32(32 * i, i * 3);
    const read = new Set<number>();
    const watched = new Proxy(bytes, {
      get(target, key) {
        const at = Number(key as string);
        if (Number.isInteger(at)) read.add(Math.floor(at / 32));
        const value = Reflect.get(target, key, target);
        return typeof value === 'function' ? value.bind(target) : value;
      },
    });
    const list = new RevokedIds(watched, new Float64Array(count));
    const looked = [0, 1, 3 * 77, 3 * 77 + 1, 3 * 99_999, 3 * 99_999 + 2].map((first) => {
      read.clear();
      const wanted = new Uint8Array(32);
      new DataView(wanted.buffer).setUint32(0, first);
      return [list.has(wanted), read.size] as const;
    });
    expect(looked.map(([found]) => found)).toEqual([true, false, true, false, true, false]);
    for (const [, size] of looked) {
      expect(size).toBeGreaterThan(0);
      expect(size).toBeLessThanOrEqual(17);
    }
  });
});
