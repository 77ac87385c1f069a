import { describe, expect, test } from 'vitest';
import type { Receipts, Recorded } from '../../src/audit/receipts.ts';
import { ReceiptError } from '../../src/errors.ts';
import { createVerifier } from '../../src/verifier.ts';
import { type Changes, REQUEST, textWith, trust } from '../support/chains.ts';
import { AUDIENCE, NOW } from '../support/forge.ts';

const verifierWith = (receipts: Receipts) =>
  createVerifier({ trust, audience: AUDIENCE, receipts, clock: () => NOW });

const failing = (error: unknown): Receipts => ({ record: () => Promise.reject(error) });

/** What a verifier records of a request. */
async function recordOf(changes: Changes, suite: 1 | 2 = 2): Promise<Recorded[]> {
  const recorded: Recorded[] = [];
  const receipts: Receipts = { record: async (one) => void recorded.push(one) };
  await verifierWith(receipts).authorize(
    textWith(suite, changes),
    changes.invocation === null ? undefined : REQUEST,
  );
  return recorded;
}

describe('a decision is recorded', () => {
  test('when it allows', async () => {
    expect((await recordOf({})).map(({ decision }) => decision.code)).toEqual(['allowed']);
  });

  test('when it denies', async () => {
    const recorded = await recordOf({ root: [[4, NOW]] });
    expect(recorded.map(({ decision }) => decision.code)).toEqual(['exp.passed']);
  });

  test('with the sealed token', async () => {
    const [recorded] = await recordOf({});
    expect(recorded?.token).toBeInstanceOf(Uint8Array);
  });

  test('without an open token of suite 1, which is a secret', async () => {
    expect((await recordOf({ invocation: null }, 1)).map(({ token }) => token)).toEqual([null]);
  });

  test('with an open token of suite 2, which is none', async () => {
    const [recorded] = await recordOf({ invocation: null }, 2);
    expect(recorded?.token).toBeInstanceOf(Uint8Array);
  });
});

describe('a decision that cannot be recorded', () => {
  test('is denied with receipt.failed, whatever was thrown', async () => {
    const { verdict, code } = await verifierWith(failing(new Error('no disk'))).authorize(
      textWith(2),
      REQUEST,
    );
    expect([verdict, code]).toEqual(['deny', 'receipt.failed']);
  });

  test('is denied with the code of the log', async () => {
    const receipts = failing(new ReceiptError('receipt.locked'));
    expect((await verifierWith(receipts).authorize(textWith(2), REQUEST)).code).toBe('receipt.locked');
  });

  test('keeps the reason for which it was denied anyway, and closes its needs', async () => {
    const changes = { root: [[12, [[new Uint8Array(32).fill(7), 60]]]] } as const;
    const { code, denials, needs } = await verifierWith(failing(new Error())).authorize(
      textWith(2, changes),
      REQUEST,
    );
    expect([code, denials.at(-1)?.code, needs]).toEqual(['alive.status', 'receipt.failed', []]);
  });
});
