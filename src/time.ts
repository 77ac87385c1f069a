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
