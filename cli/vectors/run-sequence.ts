import type { Code } from '../../src/codes.ts';
import { ReceiptError, StoreError } from '../../src/errors.ts';
import {
  createVerifier,
  type Decision,
  decode,
  decodeEvidence,
  importTrust,
  lookUsage,
  memoryStore,
  type Status,
  type Store,
  type VerifierOptions,
  verify,
  WritError,
} from '../../src/index.ts';
import { BRANCHES, latin1 } from '../../src/state/keys.ts';
import { toRequest } from './run-chain.ts';
import type {
  Answer,
  AuthorizeVector,
  SequenceFile,
  SequenceVector,
  StepVector,
  UsageVector,
} from './sequence-format.ts';
import { toData } from './to-data.ts';

type Setting = Pick<SequenceFile, 'audience' | 'trust'>;

/** A decision, or the code of an error instead. */
type Made = Decision | string;

/** Takes a sequence through one store, and tells what came of each step. */
export async function runSequence(sequence: SequenceVector, setting: Setting): Promise<Answer[]> {
  const store = sequence.store === 'none' ? null : memoryStore();
  const made: Made[] = [];
  const answers: Answer[] = [];
  for (const step of sequence.steps) {
    const outcome = await take(step, made, sequence, setting, store);
    made.push(outcome);
    const answer = typeof outcome === 'string' ? { code: outcome } : answerOf(outcome);
    const known = step.known && typeof outcome !== 'string' && { known: outcome.grantor.known };
    const usage = step.usage && { usage: await usageOf(step as AuthorizeVector, setting, store as Store) };
    answers.push(toData({ ...answer, ...known, ...usage }) as Answer);
  }
  return answers;
}

async function take(
  step: StepVector,
  made: readonly Made[],
  { replay, reserveFor }: SequenceVector,
  { trust, audience }: Setting,
  store: Store | null,
): Promise<Made> {
  if (step.do === 'lift') {
    await store?.lift(BRANCHES, latin1(Buffer.from(step.block, 'hex')));
    return 'lifted';
  }
  const asked: Partial<AuthorizeVector> = step.do === 'authorize' ? step : {};
  const costs = Object.entries(asked.costs ?? {}).map(([unit, cost]) => [unit, () => cost]);
  const statuses = asked.statuses === undefined ? [] : (decodeEvidence(asked.statuses) as readonly Status[]);
  const verifier = createVerifier({
    trust: importTrust(trust),
    audience: asked.audience ?? audience,
    ...withFault(store, asked.fault),
    ...(replay && { replay }),
    ...(reserveFor && { reserveFor }),
    clock: () => step.clock,
    statuses: () => statuses,
    costs: Object.fromEntries(costs),
  });
  try {
    if (step.do === 'authorize') return await verifier.authorize(step.text, toRequest(step.request));
    await verifier.settle(made[step.of] as Decision, step.costs);
    return 'settled';
  } catch (error) {
    if (error instanceof WritError) return error.code;
    throw error;
  }
}

/** A store, or a log of receipts, that fails. */
function withFault(
  store: Store | null,
  fault: Code | undefined,
): Pick<VerifierOptions, 'store' | 'receipts'> {
  if (fault === undefined) return { store };
  if (fault.startsWith('receipt.')) {
    const record = async () => Promise.reject(new ReceiptError(fault));
    return { store, receipts: { record } };
  }
  const fail = () => {
    throw new StoreError(fault);
  };
  return { store: { ...(store as Store), charge: fail } };
}

function answerOf(decision: Decision): Answer {
  const { code, denials, needs, notEstablished, relied, alarms, reservation } = decision;
  const { until, costs } = reservation ?? {};
  return {
    code,
    denials,
    needs,
    notEstablished,
    ...(relied && { relied }),
    ...(alarms && { alarms }),
    ...(reservation && { reservation: { until, costs } }),
  } as Answer;
}

async function usageOf(
  { text, clock }: AuthorizeVector,
  { trust }: Setting,
  store: Store,
): Promise<UsageVector[]> {
  const chain = verify(decode(text), importTrust(trust), { now: clock, evidence: 'apart' });
  return (await lookUsage(chain, store, clock)).map(({ block, limits, plan }) => ({
    block,
    used: limits.map(({ used }) => used),
    ...(plan && { taken: plan.steps.map(({ taken }) => taken), position: plan.position }),
  }));
}
