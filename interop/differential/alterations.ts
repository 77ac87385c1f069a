import { type Base, withOneAnchor } from './bases.ts';
import { lineOf, type Question } from './question.ts';

/** Longer pieces hold the same entries over and over. */
const LONGEST_PIECE = 2000;

/** Something of which every bit is turned, and which is cut at every byte. */
interface Target {
  readonly what: string;
  readonly bytes: Uint8Array;
  with(altered: Uint8Array): Base;
}

/** Every bit flip and every truncation, by number. */
export interface Alterations {
  readonly count: number;
  /** How many tokens and pieces are altered. */
  readonly targets: number;
  at(index: number): Question;
}

/** Alters each valid token, and each piece of evidence of a request that is allowed. */
export function alterationsOf(bases: readonly Base[]): Alterations {
  const valid = bases.filter(({ valid }) => valid);
  const all = valid
    .map((base) => ({ ...base, setting: withOneAnchor(base), before: [], rules: {} }))
    .flatMap(targetsOf);
  const targets = [
    ...new Map(all.map((target) => [Buffer.from(target.bytes).toString('hex'), target])).values(),
  ];
  const starts = [0];
  for (const { bytes } of targets) starts.push((starts.at(-1) as number) + 9 * bytes.length);
  return {
    count: starts.at(-1) as number,
    targets: targets.length,
    at(index) {
      const number = starts.findLastIndex((start) => start <= index);
      const { what, bytes, with: put } = targets[number] as Target;
      const place = index - (starts[number] as number);
      const isFlip = place < 8 * bytes.length;
      const altered = isFlip ? flip(bytes, place) : bytes.subarray(0, place - 8 * bytes.length);
      const name = `alteration ${index}, ${what}, ${isFlip ? `bit ${place}` : `cut at byte ${altered.length}`}`;
      return { name, line: lineOf(name, put(altered)) };
    },
  };
}

function targetsOf(base: Base): Target[] {
  const pieces = base.step === undefined ? [] : base.parts.filter(({ length }) => length <= LONGEST_PIECE);
  const own = { what: base.id, bytes: base.token, with: (token: Uint8Array) => ({ ...base, token }) };
  const others = pieces.map((piece) => ({
    what: `${base.id}, evidence`,
    bytes: piece,
    with: (altered: Uint8Array) => ({
      ...base,
      parts: base.parts.map((part) => (part === piece ? altered : part)),
    }),
  }));
  return base.step === undefined ? [own] : others;
}

function flip(bytes: Uint8Array, bit: number): Uint8Array {
  const at = bit >> 3;
  return bytes.with(at, (bytes[at] as number) ^ (1 << (bit & 7)));
}
