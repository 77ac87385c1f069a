import { DecodeError } from '../errors.ts';
import { readEvidence } from '../evidence/read-evidence.ts';
import { parseText, type TextParts } from '../text.ts';
import { decode } from '../token/decode.ts';
import { evidenceShape } from './evidence-shape.ts';
import { locateCharacter, locateLine, type Problem } from './locate.ts';
import { notate, withhold } from './notation.ts';
import { type Line, walk } from './walk.ts';

/** What the bytes of a text are, up to where they are no token any more. */
export interface Annotation {
  readonly lines: readonly Line[];
  /** Absent where `decode` accepts the text. */
  readonly problem?: Problem | undefined;
}

// A seed under the wrong prefix would pass for evidence; no evidence is that short.
const SEED = 32;

/**
 * Annotates the CBOR of a text, of a token or of something broken, for people who look for what is wrong (spec §3, §5).
 *
 * It verifies nothing and refuses nothing; the verdict is that of `decode`. The lines hold neither the seed of a bundle
 * nor the tag of an open token, nor what may be one of them in a broken text.
 *
 * @example
 * annotate('writ_ggKA').problem // { code: 'token.shape', line: 2, offset: 2, path: 'token' }
 */
export function annotate(text: string): Annotation {
  const token = attempt(() => decode(text));
  const parts = attempt(() => parseText(text));
  const error = token instanceof DecodeError ? token : undefined;
  if (parts instanceof DecodeError) return { lines: [], problem: locateCharacter(parts, text) };
  const walked = walk(parts.token, parts.secret, error?.where ?? {});
  const lines = walked.ended
    ? walked.lines
    : [...walked.lines, ...parts.attachments.flatMap(annotateAttachment(parts))];
  if (error === undefined) return { lines };
  const locate =
    error.code === 'text.prefix' ? locateCharacter(error, text) : locateLine(error, { ...walked, lines });
  return { lines, problem: locate };
}

function annotateAttachment({ secret }: TextParts): (bytes: Uint8Array, index: number) => Line[] {
  return (bytes, index) => {
    const attachment = index + 1;
    const note = secret ? 'seed' : `evidence ${attachment}`;
    const at = { offset: 0, attachment, depth: 0, note };
    if (secret || bytes.length <= SEED)
      return [{ ...at, bytes: new Uint8Array(), withheld: bytes.length, value: withhold(bytes.length) }];
    // What is no evidence stays closed, for what it is cannot be known.
    if (attempt(() => readEvidence(bytes, note)) instanceof DecodeError)
      return [{ ...at, bytes: bytes.slice(), value: notate(bytes) }];
    const [first, ...rest] = walk(bytes, false, {}, evidenceShape).lines.map((line) => ({
      ...line,
      attachment,
    }));
    return first === undefined ? [] : [{ ...first, note }, ...rest];
  };
}

function attempt<T>(call: () => T): T | DecodeError {
  try {
    return call();
  } catch (error) {
    if (error instanceof DecodeError) return error;
    throw error;
  }
}
