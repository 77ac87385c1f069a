import { RequestError, StoreError } from '../../errors.ts';
import type { Operation, Outcome, Standing } from '../store.ts';

/** What the script answers where it did what it was asked: its mark, and what came of it. */
export interface Answer {
  readonly epoch: string;
  readonly count: number;
  readonly accepted: number;
  readonly body: readonly unknown[];
}

const REFUSALS = ['store.lost', 'store.older', 'store.damaged', 'store.clock'] as const;

/**
 * Reads an answer, which may be of anything that stands between.
 *
 * @throws StoreError `store.*`; RequestError `cost.malformed`
 */
export function readAnswer(answer: unknown): Answer {
  const [state, epoch, count, accepted, ...body] = listOf(answer);
  const refusal = REFUSALS.find((code) => code === state);
  if (refusal) throw new StoreError(refusal);
  if (state === 'cost.malformed') throw new RequestError('cost.malformed');
  if (state === 'evicts') throw new StoreError('store.failed', { detail: 'maxmemory-policy drops rows' });
  if (state !== 'ok' || typeof epoch !== 'string' || !/^([0-9a-f]{32})?$/.test(epoch)) return malformed();
  return { epoch, count: countOf(count), accepted: countOf(accepted), body };
}

/** @throws StoreError `store.failed` */
export function outcomeOf(
  [refused, standing]: readonly unknown[],
  operations: readonly Operation[],
): Outcome {
  const indices = listOf(refused).map(countOf);
  if (indices.some((index) => index >= operations.length)) malformed();
  return { refused: indices, standing: standingsOf([standing], operations) };
}

/** @throws StoreError `store.failed` */
export function standingsOf([standing]: readonly unknown[], operations: readonly Operation[]): Standing[] {
  const all = listOf(standing);
  if (all.length !== operations.length) malformed();
  return operations.map((operation, i) => standingOf(operation, listOf(all[i])));
}

/** @throws StoreError `store.failed` */
export function flagOf([flag]: readonly unknown[]): boolean {
  return flag === '1' || (flag !== '0' && malformed());
}

/** @throws StoreError `store.failed` */
export function keysOf([keys]: readonly unknown[]): string[] {
  return listOf(keys).map(textOf);
}

/** @throws StoreError `store.failed` */
export function countOf(value: unknown): number {
  const count = typeof value === 'string' && /^[0-9]{1,16}$/.test(value) ? Number(value) : Number.NaN;
  return Number.isSafeInteger(count) ? count : malformed();
}

function standingOf({ kind, ...operation }: Operation, parts: readonly unknown[]): Standing {
  const [first, ...more] = parts;
  const used = countOf(first);
  switch (kind) {
    case 'once':
      return { used };
    case 'spend':
      return more.length === 0 ? { used } : { used, frees: countOf(more[0]) };
    case 'keep': {
      if (used === 0) return { used, kept: undefined };
      const [at, what, final] = more;
      return { used, kept: { at: countOf(at), what: textOf(what), final: flagOf([final]) } };
    }
    case 'step': {
      const [position, ...taken] = more;
      if (taken.length !== (operation as { steps: readonly unknown[] }).steps.length) malformed();
      return { used, taken: taken.map(countOf), position: countOf(position) };
    }
  }
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : malformed();
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : malformed();
}

function malformed(): never {
  throw new StoreError('store.failed', { detail: 'no answer of the script' });
}
