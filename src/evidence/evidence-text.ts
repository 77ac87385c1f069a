import { fromBase64url, toBase64url } from '../bytes.ts';
import { refuse } from '../errors.ts';
import * as limits from '../limits.ts';
import { type Evidence, readEvidence } from './read-evidence.ts';

const WHITE_SPACE = ' \t\r\n';

/**
 * Reads evidence from its text: each piece begins with `~`, as it stands behind a token (spec §6).
 *
 * Of what a service loads for itself, a feed of statuses above all, up to 64 MiB; what rides on a token is bounded there.
 *
 * @throws DecodeError `text.prefix`, `text.base64`, `limit.size`, and as {@link readEvidence}
 * @example
 * const [status] = decodeEvidence(await readFile('status.writ', 'latin1'))
 */
export function decodeEvidence(text: string): readonly Evidence[] {
  if (text.length > Math.ceil((limits.feed * 4) / 3)) refuse('limit.size');
  const [before, ...parts] = strip(text).split(/(?:\r?\n)?~/);
  if (before !== '' || parts.length === 0) refuse('text.prefix');
  return parts.map((part, i) => readEvidence(fromBase64url(part) ?? refuse('text.base64'), `evidence ${i}`));
}

// Not `trim`, which also takes away what nobody sees.
function strip(text: string): string {
  let [from, to] = [0, text.length];
  while (from < to && WHITE_SPACE.includes(text.charAt(from))) from += 1;
  while (to > from && WHITE_SPACE.includes(text.charAt(to - 1))) to -= 1;
  return text.slice(from, to);
}

/** The text of one piece of evidence. */
export function formatEvidence(bytes: Uint8Array): string {
  return `~${toBase64url(bytes)}`;
}
