import { sha256 as nobleSha256 } from '@noble/hashes/sha2.js';
import { describe, expect, test } from 'vitest';
import { sha256 } from '#backend';
import { outcomeOf, suites, textWith } from '../support/chains.ts';
import { forge, scene, textOf } from '../support/forge.ts';

// On noble a signature takes milliseconds, so there a sample of the flips is tried, of every bit position in turn.
const STEP = sha256 === nobleSha256 ? 11 : 1;

const REFUSED = /^(DecodeError|VerifyError) [a-z]/;

/** The outcomes that are no typed refusal; there must be none. */
function notRefused(texts: Iterable<readonly [at: number, text: string]>): string[] {
  return [...texts].flatMap(([at, text]) => {
    const outcome = outcomeOf(text);
    return REFUSED.test(outcome) ? [] : [`${at}: ${outcome}`];
  });
}

function* flippedBytes(bytes: Uint8Array): Generator<readonly [number, string]> {
  for (let bit = 0; bit < bytes.length * 8; bit += STEP) {
    const changed = Uint8Array.from(bytes);
    changed[bit >> 3] = (changed[bit >> 3] as number) ^ (1 << (bit & 7));
    yield [bit, textOf(changed)];
  }
}

function* flippedCharacters(text: string): Generator<readonly [number, string]> {
  for (let bit = 0; bit < text.length * 8; bit += STEP) {
    const at = bit >> 3;
    const changed = String.fromCharCode(text.charCodeAt(at) ^ (1 << (bit & 7)));
    yield [bit, text.slice(0, at) + changed + text.slice(at + 1)];
  }
}

describe.each(suites)('a sealed token of suite %i', (suite) => {
  const { bytes } = forge(scene(suite));
  const text = textWith(suite);

  test('is allowed as it is', () => {
    expect(outcomeOf(text)).toBe('allowed');
    expect(textOf(bytes)).toBe(text);
  });

  test('is refused with any bit of its bytes flipped', () => {
    expect(notRefused(flippedBytes(bytes))).toEqual([]);
  });

  test('is refused with any bit of its text flipped', () => {
    expect(notRefused(flippedCharacters(text))).toEqual([]);
  });

  test('is refused with any number of bytes cut off its end', () => {
    const cuts = Array.from(bytes, (_, length) => [length, textOf(bytes.slice(0, length))] as const);
    expect(notRefused(cuts)).toEqual([]);
  });

  test('is refused with any number of bytes cut off its start', () => {
    const cuts = Array.from(bytes, (_, from) => [from + 1, textOf(bytes.slice(from + 1))] as const);
    expect(notRefused(cuts)).toEqual([]);
  });

  test('is refused with any number of characters cut off its end', () => {
    const cuts = Array.from(text, (_, length) => [length, text.slice(0, length)] as const);
    expect(notRefused(cuts)).toEqual([]);
  });
});
