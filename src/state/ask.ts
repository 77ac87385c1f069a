import type { Denial } from '../decide/decision.ts';
import { StoreError } from '../errors.ts';
import type { Charge, Outcome, Store } from './store.ts';

/**
 * Charges a store, or says why not: whatever an adapter throws, or gives that is no answer, the request is not allowed.
 * Without an operation nothing is asked.
 */
export async function ask(store: Store, charge: Charge): Promise<Outcome | StoreError> {
  if (charge.operations.length === 0) return { refused: [], standing: [] };
  try {
    const outcome = await store.charge(charge);
    return isAnswer(outcome, charge) ? outcome : new StoreError('store.failed');
  } catch (error) {
    return error instanceof StoreError ? error : new StoreError('store.failed');
  }
}

function isAnswer({ refused, standing }: Outcome, { operations }: Charge): boolean {
  return (
    Array.isArray(refused) &&
    refused.every((i) => typeof operations[i] === 'object') &&
    operations.every((_, i) => typeof standing[i]?.used === 'number')
  );
}

/** The denial that a store which failed is. */
export function ofStore({ code, where }: StoreError): Denial {
  return { code, block: null, caveat: 'store', expected: null, actual: where.detail ?? null };
}
