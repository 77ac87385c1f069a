import type { Decision } from '../decide/decision.ts';
import { ReceiptError } from '../errors.ts';
import { denyAlso } from '../evidence/deny-also.ts';
import type { Receipts, Recorded } from './receipts.ts';

/**
 * Records a decision, and gives it back; or a denial, where it could not be recorded (spec §9.8).
 *
 * What was counted for it stays counted.
 */
export async function record(receipts: Receipts, recorded: Recorded): Promise<Decision> {
  const { decision } = recorded;
  try {
    await receipts.record(recorded);
    return decision;
  } catch (error) {
    const failure = error instanceof ReceiptError ? error : new ReceiptError('receipt.failed');
    const { code, where } = failure;
    const actual = where.detail ?? null;
    return denyAlso(decision, [{ denial: { code, block: null, caveat: 'receipt', expected: null, actual } }]);
  }
}
