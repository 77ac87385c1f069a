import { toHex, utf8 } from '../../bytes.ts';
import { StoreError } from '../../errors.ts';
import type { Charge, Operation, Outcome, Settlement, Standing } from '../store.ts';
import type { Remembered } from './known.ts';

type Members = Readonly<Record<string, unknown>>;

/** A key as the database takes it, since its texts hold no U+0000. */
export function toBytes(key: string): string {
  return toHex(Uint8Array.from(key, (character) => character.charCodeAt(0)));
}

/** What stands in for an operation in JSON; an `until` that never comes is null there. */
export function askOperation(operation: Operation): object {
  const key = toBytes(operation.key);
  if (operation.kind === 'keep') return { ...operation, key, what: toBytes(operation.what) };
  if (operation.kind === 'spend' && operation.unit !== undefined)
    return { ...operation, key, unit: askText(operation.unit) };
  return { ...operation, key };
}

/** What stands in for a charge. */
export function askCharge({ now, operations, reservation }: Charge): object {
  return {
    now,
    operations: operations.map(askOperation),
    ...(reservation && { reservation: askText(reservation.id), reserved_until: reservation.until }),
  };
}

/** What stands in for a settlement; a cost that is none is null there, which fits no reservation. */
export function askSettlement({ now, id, costs }: Settlement): object {
  const isCost = (cost: number) => Number.isSafeInteger(cost) && cost >= 0;
  const entries = Object.entries(costs).map(([unit, cost]) => [askText(unit), isCost(cost) ? cost : null]);
  return { now, id: askText(id), costs: Object.fromEntries(entries) };
}

/** What stands in for what is remembered. */
export function askRemembered({ epoch, nonces }: Remembered): object {
  return { epoch, nonces: nonces.map(([key, until]) => [toBytes(key), until]) };
}

/** The members of an answer, and the epoch that it names. @throws StoreError `store.damaged` */
export function readAnswer(answer: unknown): Members & { readonly epoch: string | null } {
  const { epoch, ...rest } = membersOf(answer);
  return { ...rest, epoch: epoch === null || isHex(epoch) ? epoch : damaged() };
}

/** @throws StoreError `store.damaged` */
export function readOutcome({ refused, standing }: Members, { operations }: Charge): Outcome {
  const isIndex = (one: unknown) => isCount(one) && one < operations.length;
  if (!Array.isArray(refused) || !refused.every(isIndex)) return damaged();
  return { refused, standing: readStandings(standing, operations) };
}

/** @throws StoreError `store.damaged` */
export function readStandings(standings: unknown, operations: readonly Operation[]): Standing[] {
  if (!Array.isArray(standings) || standings.length !== operations.length) return damaged();
  return standings.map((standing, i) => readStanding(membersOf(standing), operations[i] as Operation));
}

/** @throws StoreError `store.damaged` */
export function readCount(count: unknown): number {
  return isCount(count) ? count : damaged();
}

/** @throws StoreError `store.damaged` */
export function readKeys(keys: unknown): string[] {
  return Array.isArray(keys) ? keys.map(fromBytes) : damaged();
}

function readStanding(standing: Members, operation: Operation): Standing {
  const used = readCount(standing.used);
  switch (operation.kind) {
    case 'once':
      return { used };
    case 'spend':
      return standing.frees === null || standing.frees === undefined
        ? { used }
        : { used, frees: readCount(standing.frees) };
    case 'keep': {
      if (standing.kept === undefined) return { used };
      const { at, what, final } = membersOf(standing.kept);
      if (typeof final !== 'boolean') return damaged();
      return { used, kept: { at: readCount(at), what: fromBytes(what), final } };
    }
    case 'step': {
      const { taken, position } = standing;
      if (!Array.isArray(taken) || taken.length !== operation.steps.length) return damaged();
      return { used, taken: taken.map(readCount), position: readCount(position) };
    }
  }
}

// Of any characters, two of which must not become one.
function askText(text: string): string {
  return toHex(utf8(text));
}

function fromBytes(hex: unknown): string {
  if (!isHex(hex)) return damaged();
  return hex.replace(/../g, (byte) => String.fromCharCode(Number.parseInt(byte, 16)));
}

function isHex(value: unknown): value is string {
  return typeof value === 'string' && /^([0-9a-f]{2})*$/.test(value);
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

function membersOf(value: unknown): Members {
  return typeof value === 'object' && value !== null ? (value as Members) : damaged();
}

function damaged(): never {
  throw new StoreError('store.damaged', { detail: 'answer' });
}
