/** The system's clock in Unix seconds. */
export function systemTime(): number {
  return Math.floor(Date.now() / 1000);
}

/** @throws TypeError where a clock reading is not in whole seconds; comparing with anything else would decide by chance */
export function checkTime(now: number): void {
  if (!Number.isSafeInteger(now)) throw new TypeError('now is no integer');
}

/**
 * RFC 3339 in UTC, to the second.
 *
 * @example
 * formatTime(1767225600) // '2026-01-01T00:00:00Z'
 */
export function formatTime(seconds: number): string {
  return new Date(seconds * 1000).toISOString().replace('.000Z', 'Z');
}

const UNITS = [
  ['d', 86_400],
  ['h', 3600],
  ['m', 60],
  ['s', 1],
] as const;

/**
 * A number of seconds as people say it, in its two greatest units.
 *
 * @example
 * formatDuration(7199) // '1h 59m'
 */
export function formatDuration(seconds: number): string {
  const parts = UNITS.map(([unit, size], i) => {
    const above = UNITS[i - 1]?.[1] ?? Number.POSITIVE_INFINITY;
    return [Math.floor((seconds % above) / size), unit] as const;
  });
  const first = parts.findIndex(([count]) => count > 0);
  const shown = first === -1 ? [[0, 's'] as const] : parts.slice(first, first + 2);
  return shown
    .filter(([count], i) => count > 0 || i === 0)
    .map((part) => part.join(''))
    .join(' ');
}
