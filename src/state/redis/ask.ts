import type { Charge, Operation, Settlement } from '../store.ts';

/** The most rows that one call drops, so that others do not wait long for it. */
export const PRUNE = 1000;

/** A charge, or what to look at, as the script reads it. */
export function chargeArgs({ operations, reservation }: Charge): string[] {
  const { id, until } = reservation ?? { id: '', until: undefined };
  return [until === undefined ? '' : numeral(until), id, ...lookArgs(operations)];
}

/** Operations, as the script reads them. */
export function lookArgs(operations: readonly Operation[]): string[] {
  return operations.flatMap(operationArgs);
}

/** A settlement, as the script reads it. */
export function settleArgs({ id, costs }: Settlement): string[] {
  const isCost = (cost: unknown) => Number.isSafeInteger(cost) && (cost as number) >= 0;
  return [id, ...Object.entries(costs).flatMap(([unit, cost]) => [unit, isCost(cost) ? String(cost) : '-'])];
}

function operationArgs(operation: Operation): string[] {
  const { key, until } = operation;
  switch (operation.kind) {
    case 'once':
      return ['o', key, numeral(until)];
    case 'spend': {
      const { amount, window, cost, unit } = operation;
      const lasts = window === undefined ? '' : numeral(window);
      return [
        's',
        key,
        numeral(until),
        numeral(amount),
        lasts,
        numeral(cost),
        unit === undefined ? '' : `=${unit}`,
      ];
    }
    case 'keep':
      return ['k', key, numeral(until), numeral(operation.at), operation.what, operation.final ? '1' : '0'];
    case 'step': {
      const steps = operation.steps.flatMap(({ min, max, admits }) => [
        numeral(min),
        numeral(max),
        admits ? '1' : '0',
      ]);
      return ['p', key, numeral(until), String(operation.steps.length), ...steps];
    }
  }
}

/** A number as the script reads it. */
export function numeral(value: number): string {
  return value === Number.POSITIVE_INFINITY ? 'inf' : String(value);
}
