import { afterEach, describe, expect, test, vi } from 'vitest';
import { formatDuration, formatTime, systemTime } from '../src/time.ts';

afterEach(() => {
  vi.useRealTimers();
});

test.each([
  ['2026-01-01T00:00:00.000Z', 1_767_225_600],
  ['2026-01-01T00:00:00.999Z', 1_767_225_600],
  ['2026-01-01T00:00:01.000Z', 1_767_225_601],
])('at %s the system time is %i', (clock, seconds) => {
  vi.useFakeTimers({ now: new Date(clock) });
  expect(systemTime()).toBe(seconds);
});

describe('formatTime', () => {
  test.each([
    [0, '1970-01-01T00:00:00Z'],
    [1_767_225_600, '2026-01-01T00:00:00Z'],
    [1_709_164_799, '2024-02-28T23:59:59Z'],
    [1_709_164_800, '2024-02-29T00:00:00Z'],
    [2 ** 31, '2038-01-19T03:14:08Z'],
    [2 ** 33 - 1, '2242-03-16T12:56:31Z'],
  ])('%i is %s', (seconds, text) => {
    expect(formatTime(seconds)).toBe(text);
  });
});

describe('formatDuration', () => {
  test.each([
    [0, '0s'],
    [-0, '0s'],
    [59, '59s'],
    [60, '1m'],
    [61, '1m 1s'],
    [3599, '59m 59s'],
    [3600, '1h'],
    [3601, '1h'],
    [3660, '1h 1m'],
    [86_399, '23h 59m'],
    [86_400, '1d'],
    [86_460, '1d'],
    [90_061, '1d 1h'],
    [30 * 86_400, '30d'],
    [2 ** 33 - 1, '99420d 12h'],
  ])('%i seconds are %s', (seconds, text) => {
    expect(formatDuration(seconds)).toBe(text);
  });
});
