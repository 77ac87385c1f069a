import fc from 'fast-check';
import type { CborValue } from '../../src/cbor/value.ts';

// The characters that the profile refuses, first and last of each run, typed from the specification.
export const FORBIDDEN_RUNS: readonly (readonly [number, number])[] = [
  [0x00, 0x1f],
  [0x7f, 0x9f],
  [0x061c, 0x061c],
  [0x200b, 0x200f],
  [0x2028, 0x202e],
  [0x2060, 0x2069],
  [0xfeff, 0xfeff],
  [0xfff9, 0xfffb],
  [0xe0000, 0xe007f],
];

function isAllowed(character: string): boolean {
  const point = character.codePointAt(0) as number;
  return !FORBIDDEN_RUNS.some(([first, last]) => point >= first && point <= last);
}

/** Text of the profile: mostly short, with every length of UTF-8 sequence. */
export const profileText: fc.Arbitrary<string> = fc
  .string({ unit: 'binary', maxLength: 40 })
  .map((text) => [...text].filter(isAllowed).join(''));

// Every width of head is reached, with its neighbours.
const edges = [0, 23, 24, 0xff, 0x100, 0xffff, 0x10000, 2 ** 32 - 1, 2 ** 32, 2 ** 53 - 2, 2 ** 53 - 1];

/** An integer of the profile. */
export const profileInteger: fc.Arbitrary<number> = fc.oneof(
  fc.maxSafeInteger().map((value) => value + 0),
  fc.integer({ min: -30, max: 30 }),
  fc.constantFrom(...edges, ...edges.slice(1).map((edge) => -edge)),
);

const key: fc.Arbitrary<number | string> = fc.oneof(profileInteger, profileText);

/** A value of the profile; the entries of its maps come in any order. */
export const profileValue: fc.Arbitrary<CborValue> = fc.letrec<{ value: CborValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 5, depthSize: 'small' },
    profileInteger,
    profileText,
    fc.boolean(),
    fc.uint8Array({ maxLength: 300 }),
    fc.array(tie('value'), { maxLength: 30 }),
    fc
      .uniqueArray(fc.tuple(key, tie('value')), { maxLength: 30, selector: ([name]) => name })
      .map((entries) => new Map(entries)),
  ),
})).value;
