import * as limits from '../limits.ts';

const SCHEME = /^([a-z][a-z0-9+.-]*):\/\/(.*)$/;
// Printable ASCII without space and % \ ? # ; and, in resources, *
const SEGMENT = /^[!"$&-)+-:<=>@-[\]-~]+$/;

type Parts = readonly [scheme: string | undefined, segments: readonly string[]];

function split(text: string): Parts {
  const [, scheme, path = text] = SCHEME.exec(text) ?? [];
  return [scheme, path.split('/')];
}

function isSegment(segment: string): boolean {
  return SEGMENT.test(segment) && !/^\.\.?$/.test(segment);
}

/** Whether a text is a pattern: a resource with `*` for a whole segment and a final `**` for one or more (spec §5.6.1). */
export function isPattern(text: unknown): text is string {
  if (typeof text !== 'string' || text.length > limits.text) return false;
  const [, segments] = split(text);
  return segments.every((s, i) => s === '*' || (s === '**' && i === segments.length - 1) || isSegment(s));
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
  const [outerScheme, outerSegments] = split(outer);
  const [innerScheme, innerSegments] = split(inner);
  if (outerScheme !== innerScheme) return false;
  for (const [i, segment] of outerSegments.entries()) {
    const other = innerSegments[i] ?? '**';
    if (segment === '**') return i < innerSegments.length;
    if (other === '**' || (segment !== '*' && segment !== other)) return false;
  }
  return outerSegments.length === innerSegments.length;
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
  return (scheme === undefined ? '' : `${scheme}://`) + met.join('/');
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
