import { describe, expect, test } from 'vitest';
import { CliError } from '../../cli/exit.ts';
import { formatLimit, parseCosts, parseLimit } from '../../cli/limit-text.ts';

/** What is thrown: the message and the hint. */
function refusal(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (error instanceof CliError) return `${error.exit}: ${error.message}; ${error.hint}`;
  }
  throw new Error('nothing was refused');
}

describe('a limit', () => {
  const rows = [
    ['call 100', { unit: 'call', amount: 100 }],
    ['call 20/10s', { unit: 'call', amount: 20, window: 10 }],
    ['call 20/5m', { unit: 'call', amount: 20, window: 300 }],
    ['call 20/1h', { unit: 'call', amount: 20, window: 3600 }],
    ['call 20/1d', { unit: 'call', amount: 20, window: 86_400 }],
    ['call 20/90s', { unit: 'call', amount: 20, window: 90 }],
    ['usd-cent 0', { unit: 'usd-cent', amount: 0 }],
    ['denial 3', { unit: 'denial', amount: 3 }],
  ] as const;
  test.each(rows)('%s is read, and shown as it was given', (text, limit) => {
    expect(parseLimit(text)).toEqual(limit);
    expect(formatLimit(limit)).toBe(text);
  });

  test.each([
    ['call', '2: not a limit: call; write it as'],
    ['', '2: not a limit: ; write it as'],
    ['call=100', '2: not a limit: call=100; write it as'],
    ['call 100 10s', '2: not a limit: call 100 10s; write it as'],
    ['call 20/', '2: not a limit: call 20/; write it as'],
    ['call -5', '2: not an amount: -5; amounts are whole numbers from 0'],
    ['call 1,000', '2: not an amount: 1,000; amounts are whole numbers from 0'],
    ['usd 1.5', '2: not an amount: 1.5; amounts are whole numbers: count in a smaller unit'],
    ['call 9007199254740992', '2: not an amount: 9007199254740992; an amount is at most'],
    ['100 call', "2: not an amount: call; the unit comes first: 'call 100'"],
    ['USD 100', '2: not a unit: USD; a unit is made of lower-case letters'],
    ['call 20/10', '2: not a duration: 10; write it as 60s'],
    ['call 20/0s', '2: not a duration: 0s; write it as 60s'],
    ['denial 0', '2: a limit of denials is at least 1; '],
    ['denial 3/1h', '2: a limit of denials has no window; '],
  ])('%s is refused', (text, start) => {
    expect(refusal(() => parseLimit(text)).slice(0, start.length)).toBe(start);
  });
});

describe('costs', () => {
  test('are by unit', () => {
    expect(parseCosts(['usd-cent 1200', 'token 0'])).toEqual({ 'usd-cent': 1200, token: 0 });
  });

  test.each([
    ['usd-cent', '2: not a cost: usd-cent; '],
    ['usd-cent 5/1h', '2: not an amount: 5/1h; '],
    ['call 1', '2: call is no cost that a service states; '],
    ['denial 1', '2: denial is no cost that a service states; '],
  ])('%s is refused', (text, start) => {
    expect(refusal(() => parseCosts([text])).slice(0, start.length)).toBe(start);
  });

  test('of one unit twice are refused', () => {
    expect(refusal(() => parseCosts(['a 1', 'a 2']))).toBe(
      '2: the cost in a is given twice; give their sum, once',
    );
  });
});
