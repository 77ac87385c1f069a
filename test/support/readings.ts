import { decode } from '../../src/token/decode.ts';
import type { Work } from './work-counters.ts';

/** The bytes of a token, and of what its payloads hold. */
export function sizesOf(text: string): readonly [token: number, ...payloads: number[]] {
  const { blocks, invocation } = decode(text);
  const token = Buffer.from(text.replace(/^writ_(secret_)?|~.*/g, ''), 'base64url');
  const parts = [...blocks, ...(invocation === undefined ? [] : [invocation])];
  return [token.length, ...parts.map(({ payload }) => payload.length)];
}

/** Reading a token: each byte once, and the bytes of its payloads once more as what they hold. */
export function readingOf(text: string): Work {
  return readingAll([text]);
}

/** Reading tokens, and pieces of so many bytes beside them. */
export function readingAll(texts: readonly string[], ...pieces: readonly number[]): Work {
  const sizes = [...texts.flatMap(sizesOf), ...pieces];
  return { text: texts.length, read: sizes.length, 'read bytes': sum(sizes) };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((all, own) => all + own, 0);
}
