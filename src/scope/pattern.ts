import * as limits from '../limits.ts';

// Printable ASCII without space and % \ ? # ; * and /; and neither `.` nor `..`.
const SEGMENT = /(?!\.\.?(?:\/|$))[!"$&-)+-.0-:<=>@-[\]-~]+/.source;
const PATTERN = new RegExp(`^(?:[a-z][a-z0-9+.-]*://)?(?:(?:\\*|${SEGMENT})/)*(?:\\*\\*?|${SEGMENT})$`);

/** Whether a text is a pattern: a resource with `*` for a whole segment and a final `**` for one or more (spec §5.6.1). */
export function isPattern(text: unknown): text is string {
  return typeof text === 'string' && text.length <= limits.text && PATTERN.test(text);
}

/**
 * Whether a text is a resource: optional `scheme://`, then non-empty segments joined by `/` (spec §5.6.1).
 *
 * @example
 * isResource('reports/q3.pdf') // true
 * isResource('reports/../hr') // false
 */
export function isResource(text: unknown): text is string {
  return isPattern(text) && !text.includes('*');
}

/**
 * Whether the first pattern admits every resource that the second admits (spec §5.6.1).
 *
 * A resource is the pattern of itself alone, so this also tells whether a pattern admits a resource.
 *
 * @example
 * containsPattern('reports/**', 'reports/2026/q3.pdf') // true
 */
export function containsPattern(outer: string, inner: string): boolean {
  // Nothing but a scheme has it, and no wildcard stands for a scheme.
  if (outer.indexOf('://') !== inner.indexOf('://')) return false;
  let at = 0;
  for (let i = 0; i < outer.length; i++) {
    if (outer[i] !== '*') {
      if (outer[i] !== inner[at++]) return false;
    } else if (at < inner.length) {
      // Up to here all was equal or skipped by segments, so this is where a segment of both starts.
      if (outer[i + 1] === '*') return true;
      if (inner.startsWith('**', at)) return false;
      while (at < inner.length && inner[at] !== '/') at++;
    } else return false;
  }
  return at === inner.length;
}

/**
 * The one pattern that admits exactly what both patterns admit, or `undefined` where nothing is (spec §5.6.1).
 *
 * @example
 * meetPatterns('reports/**', 'reports/q3') // 'reports/q3'
 */
export function meetPatterns(a: string, b: string): string | undefined {
  const [scheme, own] = split(a);
  const [otherScheme, other] = split(b);
  if (scheme !== otherScheme) return undefined;
  const length = Math.max(own.length, other.length);
  const met = Array.from({ length }, (_, i) => meetSegments(segmentAt(own, i), segmentAt(other, i)));
  if (met.includes(undefined)) return undefined;
  return scheme + met.join('/');
}

function split(pattern: string): [scheme: string, segments: readonly string[]] {
  const at = pattern.indexOf('://');
  const path = at === -1 ? 0 : at + 3;
  return [pattern.slice(0, path), pattern.slice(path).split('/')];
}

// Behind a final `**`, any further segment may follow.
function segmentAt(segments: readonly string[], i: number): string | undefined {
  return segments[i] ?? (segments.at(-1) === '**' ? '**' : undefined);
}

function meetSegments(a: string | undefined, b: string | undefined): string | undefined {
  if (a === b || b === '**') return a;
  if (a === '**') return b;
  if (a === '*' && b !== undefined) return b;
  return b === '*' ? a : undefined;
}
