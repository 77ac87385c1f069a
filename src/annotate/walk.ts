import { readCbor } from '../cbor/read.ts';
import { DecodeError, type Where } from '../errors.ts';
import { headOf, notate, quote, withhold } from './notation.ts';
import type { Shape } from './shape.ts';
import { tokenShape } from './token-shape.ts';

/** One item: all of a leaf, the head of what has parts. */
export interface Line {
  /** Of the first byte, in the token or in the attachment. */
  readonly offset: number;
  /** The bytes of the line, without those that are withheld. */
  readonly bytes: Uint8Array;
  /** How many bytes are not shown, since they are secret or may be. */
  readonly withheld?: number | undefined;
  /** The number of the attachment that the line stands in, from 1; absent in the token. */
  readonly attachment?: number | undefined;
  readonly depth: number;
  /** In diagnostic notation (RFC 8949 §8); long byte strings are abridged. Foreign text, so escape it for a terminal. */
  readonly value: string;
  /** What the item is in the format. */
  readonly note?: string | undefined;
  /** The decoder's path of the claim or the part of one, such as `block 1, scope, 0`. */
  readonly path?: string | undefined;
}

/** The lines of a token, and the indices of those that have not the form that `token.*` demands. */
export interface Walk {
  readonly lines: readonly Line[];
  /** Whether the lines end at the problem and not with the token. */
  readonly ended: boolean;
  readonly misfits: readonly number[];
}

type Path = string | undefined;

// A tag and its head: in a broken token, where they are cannot be known but that they come last.
const TAG = 34;
/** The note of a key that is not defined for its map. */
export const UNKNOWN = 'unknown';

/**
 * The items of a token in order, up to where the decoder's reader stopped.
 *
 * It opens nothing that the reader has not read up to that very byte, so it needs no limits of its own. A string that
 * stands where the format has none may be a tag that slipped there, and is withheld.
 *
 * @param secret whether the text has the prefix of secrets
 * @param where where the decoder failed
 * @param shape what it is, if no token
 */
export function walk(token: Uint8Array, secret: boolean, where: Where, shape: Shape = tokenShape): Walk {
  const lines: Line[] = [];
  const misfits: number[] = [];
  const unreadable = where.path === undefined && where.offset !== undefined;
  const blind = secret && unreadable;
  let stop = unreadable ? where.offset : undefined;
  let hideFrom = blind ? token.length - TAG : Number.POSITIVE_INFINITY;
  let at = 0;
  let end = token.length;
  let ended = false;

  const emit = (length: number, withheld: number, rest: Pick<Line, 'depth' | 'value' | 'note' | 'path'>) => {
    const hidden = withheld > 0 ? { withheld } : {};
    lines.push({ offset: at, bytes: token.slice(at, at + length), ...hidden, ...rest });
    at += length + withheld;
  };

  const finish = (depth: number, length: number, hide: boolean): undefined => {
    emit(hide ? 0 : length, hide ? length : 0, { depth, value: hide && length > 0 ? withhold(length) : '' });
    ended = true;
  };

  const walkContent = (content: Shape, length: number, fault: number | undefined, depth: number): void => {
    const outerEnd = end;
    end = at + length;
    if (fault !== undefined) stop = at + fault;
    walkItem(content, depth, content.path, true);
    if (!ended && at === stop) finish(depth, 1, false);
    end = outerEnd;
  };

  const walkArray = (shape: Shape, length: number, depth: number, path: Path, inside: boolean): void => {
    let first: unknown;
    for (let i = 0; i < length && !ended; i++) {
      // Behind the blocks stands the tag, whatever a fault makes of its head.
      if (secret && depth === 1 && i > 1 && (token[at] as number) >> 5 !== 2) hideFrom = at;
      const item = shape.each?.(i) ?? shape.parts?.(first)[i] ?? {};
      const value = walkItem(item, depth, shape.each && path !== undefined ? `${path}, ${i}` : path, inside);
      if (i === 0) first = value;
    }
  };

  const walkMap = (shape: Shape, pairs: number, depth: number, path: Path, inside: boolean): void => {
    const { fields, values = {} } = shape;
    const nameOf = (number: number) => fields && (fields[number]?.[0] ?? UNKNOWN);
    for (let i = 0; i < pairs && !ended; i++) {
      const key = walkItem({ explain: nameOf }, depth, path, inside);
      if (ended) return;
      const field = typeof key === 'number' ? fields?.[key] : undefined;
      if (field === undefined) walkItem(values, depth, path, inside);
      else walkItem(field[1], depth, path === undefined ? path : `${path}, ${field[0]}`, inside);
    }
  };

  const walkItem = (shape: Shape, depth: number, path: Path, inside: boolean): unknown => {
    if (at === stop) return finish(depth, Math.min(1, end - at), blind);
    const { major, argument, length } = headOf(token, at);
    if (at + length > hideFrom) return finish(depth, token.length - at, true);
    const isString = major === 2 || major === 3;
    const content = token.subarray(at + length, at + length + (isString ? argument : 0));
    const fits = shape.fits?.(major, argument, content);
    if (fits === false) misfits.push(lines.length);
    const rest = { depth, note: shape.note, path };
    if (major === 4 || major === 5) {
      emit(length, 0, { ...rest, value: `${major === 4 ? 'array' : 'map'}(${argument})` });
      (major === 4 ? walkArray : walkMap)(shape, argument, depth + 1, path, inside);
    } else if (isString) {
      const opens = major === 2 && !blind ? shape.content : undefined;
      const fault = opens && faultOf(content);
      // What the reader did not get to may be broken as well, and stays closed.
      const isProblem = !unreadable && fault === where.offset && opens?.path === where.path;
      if (opens && (fault === undefined || isProblem)) {
        emit(length, 0, { ...rest, value: `bytes(${argument})` });
        walkContent(opens, argument, fault, depth + 1);
      } else if (inside || (fits && !shape.secret && !shape.content && !blind)) {
        emit(length + argument, 0, { ...rest, value: major === 2 ? notate(content) : quote(content) });
      } else {
        emit(length, argument, { ...rest, value: withhold(argument) });
      }
    } else {
      const number = major === 0 ? argument : -1 - argument;
      const value = major === 7 ? String(argument === 21) : String(number);
      emit(length, 0, { ...rest, value, note: (major < 7 && shape.explain?.(number)) || shape.note });
      return major === 7 ? undefined : number;
    }
    return undefined;
  };

  walkItem(shape, 0, undefined, false);
  if (!ended && at === stop) finish(0, 1, blind);
  return { lines, ended, misfits };
}

// The byte at which the reader stops in what a byte string wraps.
function faultOf(content: Uint8Array): number | undefined {
  try {
    readCbor(content);
  } catch (error) {
    if (error instanceof DecodeError) return error.where.offset;
    throw error;
  }
  return undefined;
}
