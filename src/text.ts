import { fromBase64url, toBase64url } from './bytes.ts';
import { refuse } from './errors.ts';
import * as limits from './limits.ts';

const PREFIX = /^writ_(secret_)?/;

/** What a text holds: the bytes of the token, and what follows it after `~`. */
export interface TextParts {
  /** Whether the text has the prefix of secrets. */
  readonly secret: boolean;
  readonly token: Uint8Array;
  /** Evidence; behind the prefix of secrets, the seed of a bundle. */
  readonly attachments: readonly Uint8Array[];
}

function decodePart(part: string, size: number): Uint8Array {
  if (part.length > Math.ceil((size * 4) / 3)) refuse('limit.size');
  return fromBase64url(part) ?? refuse('text.base64');
}

/**
 * Takes a text apart into bytes; nothing behind the base64url is looked at (spec §6).
 *
 * @throws DecodeError `limit.size`, `limit.evidence`, `text.prefix`, `text.base64`
 * @example
 * parseText('writ_ggKA').token // Uint8Array [130, 2, 128]
 */
export function parseText(text: string): TextParts {
  const [prefix, secret] = PREFIX.exec(text) ?? refuse('text.prefix');
  const [token = '', ...attachments] = text.slice(prefix.length).split('~', limits.evidence + 2);
  if (attachments.length > limits.evidence) refuse('limit.evidence');
  return {
    secret: secret !== undefined,
    token: decodePart(token, limits.token),
    attachments: attachments.map((part) => decodePart(part, limits.evidenceSize)),
  };
}

/** The inverse of {@link parseText}. */
export function formatText(parts: TextParts): string {
  const prefix = parts.secret ? 'writ_secret_' : 'writ_';
  return prefix + [parts.token, ...parts.attachments].map(toBase64url).join('~');
}
