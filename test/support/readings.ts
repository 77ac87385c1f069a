import { decode } from '../../src/token/decode.ts';
import type { Work } from './work-counters.ts';

/** The bytes of a token, and of what its payloads hold. */
export function sizesOf(text: string): readonly [token: number, ...payloads: number[]] {
  const { blocks, invocation } = decode(text);
  const token = Buffer.from(text.replace(/^writ_(secret_)?|~.*/g, ''), 'base64url');
  const parts = [...blocks, ...(invocation === undefined ? [] : [invocation])];
  return [token.length, ...parts.map(({ payload }) => payload.length)];
}

/**
 * Reading a token: each byte once, and the bytes of its payloads once more as what they hold.
 *
 * @param fresh how many of the last blocks and the invocation are read, where the others are known
 */
export function readingOf(text: string, fresh: number = Number.POSITIVE_INFINITY): Work {
  const [token, ...payloads] = sizesOf(text);
  return readingOfSizes([token, ...payloads.slice(-fresh)]);
}

/** Reading tokens, and pieces of so many bytes beside them. */
export function readingAll(texts: readonly string[], ...pieces: readonly number[]): Work {
  return { ...readingOfSizes([...texts.flatMap(sizesOf), ...pieces]), text: texts.length };
}

function readingOfSizes(sizes: readonly number[]): Work {
  return { text: 1, read: sizes.length, 'read bytes': sizes.reduce((sum, size) => sum + size) };
}
