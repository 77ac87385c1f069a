import type { Limit } from '../src/index.ts';
import { isUnit } from '../src/names.ts';
import { usage } from './exit.ts';
import { parseDuration, UNITS } from './values.ts';

const LIMIT = "write it as 'call 100', 'call 20/10s' or 'usd-cent 50000'";
const UNIT = 'a unit is made of lower-case letters, digits and . _ - such as usd-cent';

/**
 * A limit as people write it: `UNIT AMOUNT[/WINDOW]`.
 *
 * @throws CliError exit code 2
 * @example
 * parseLimit('call 20/10s') // { unit: 'call', amount: 20, window: 10 }
 */
export function parseLimit(text: string): Limit {
  const [, unit = '', amount = '', window] = /^(\S+) +([^\s/]+)(?:\/(\S+))?$/.exec(text.trim()) ?? [];
  if (unit === '') throw usage(`not a limit: ${text}`, LIMIT);
  const limit = {
    ...parseAmount(unit, amount),
    ...(window !== undefined && { window: parseDuration(window) }),
  };
  if (limit.unit !== 'denial') return limit;
  if (limit.window !== undefined) {
    throw usage(
      'a limit of denials has no window',
      `what is frozen stays so until an operator lifts it: write 'denial ${amount}'`,
    );
  }
  if (limit.amount === 0) {
    throw usage(
      'a limit of denials is at least 1',
      "'denial 1' freezes a branch at its first request outside of what is granted",
    );
  }
  return limit;
}

/** A limit as {@link parseLimit} reads it. */
export function formatLimit({ unit, amount, window }: Limit): string {
  return `${unit} ${amount}${window === undefined ? '' : `/${formatWindow(window)}`}`;
}

/**
 * What a request costs, by unit, each as `UNIT AMOUNT`.
 *
 * @throws CliError exit code 2
 */
export function parseCosts(texts: readonly string[]): Record<string, number> {
  const costs = new Map<string, number>();
  for (const text of texts) {
    const [, name = '', number = ''] = /^(\S+) +(\S+)$/.exec(text.trim()) ?? [];
    if (name === '') throw usage(`not a cost: ${text}`, "write it as 'usd-cent 1200'");
    const { unit, amount } = parseAmount(name, number);
    if (unit === 'call' || unit === 'denial') {
      throw usage(`${unit} is no cost that a service states`, 'writ counts it by itself: leave it out');
    }
    if (costs.has(unit)) throw usage(`the cost in ${unit} is given twice`, 'give their sum, once');
    costs.set(unit, amount);
  }
  return Object.fromEntries(costs);
}

function parseAmount(unit: string, text: string): Pick<Limit, 'unit' | 'amount'> {
  const amount = /^[0-9]{1,16}$/.test(text) ? Number(text) : Number.NaN;
  if (!Number.isSafeInteger(amount)) throw usage(`not an amount: ${text}`, adviseAmount(unit, text));
  if (!isUnit(unit)) throw usage(`not a unit: ${unit}`, UNIT);
  return { unit, amount };
}

function adviseAmount(unit: string, text: string): string {
  if (/^[0-9]+$/.test(text)) return 'an amount is at most 9007199254740991';
  if (/^[0-9]+$/.test(unit)) return `the unit comes first: '${text} ${unit}'`;
  if (/^[0-9]*\.[0-9]+$/.test(text))
    return 'amounts are whole numbers: count in a smaller unit, such as usd-cent';
  return 'amounts are whole numbers from 0, in digits alone, such as 50000';
}

// The greatest unit that leaves nothing over, so that it can be given again as it is shown.
function formatWindow(seconds: number): string {
  const [name, size] = Object.entries(UNITS).findLast(([, size]) => seconds % size === 0) as [string, number];
  return `${seconds / size}${name}`;
}
