import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { drawsOf } from '../../../cli/vectors/draw.ts';

const block = (seed: string, index: number, counter: number) => {
  const numbers = Buffer.alloc(16);
  numbers.writeBigUInt64BE(BigInt(index));
  numbers.writeBigUInt64BE(BigInt(counter), 8);
  return createHash('sha256').update(seed).update(numbers).digest();
};

test('the stream is the hashes of seed, number and counter, one behind the other', () => {
  const draws = drawsOf('ä', 258);
  const taken = Buffer.concat([draws.bytes(5), draws.bytes(40), draws.bytes(19)]);
  expect(taken.toString('hex')).toBe(Buffer.concat([block('ä', 258, 0), block('ä', 258, 1)]).toString('hex'));
});

test('a draw below a bound takes four bytes, the most significant first', () => {
  const draws = drawsOf('seed', 0);
  const bytes = block('seed', 0, 0);
  expect([draws.below(1000), draws.below(7)]).toEqual([
    bytes.readUInt32BE(0) % 1000,
    bytes.readUInt32BE(4) % 7,
  ]);
});
