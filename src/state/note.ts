import type { Decision, Denial } from '../decide/decision.ts';
import { StoreError } from '../errors.ts';
import type { Wanting } from '../evidence/finding.ts';
import { mergeAlarms } from '../evidence/merge-alarms.ts';
import type { Weighed } from '../evidence/weigh.ts';
import type { Chain } from '../token/chain.ts';
import type { InvocationClaims } from '../token/model.ts';
import { ask, ofStore } from './ask.ts';
import type { Placed } from './operations.ts';
import { wantingOf } from './refusals.ts';
import { type Remembered, rememberEvidence } from './remember.ts';
import type { Operation, Outcome, Standing, Store } from './store.ts';

/**
 * Notes in a store what a denied request still leaves: what evidence said of it, and that it was outside of what is
 * granted (spec §9.7.4, §9.6.4).
 *
 * @returns what the store has against the request beside that, and the decision with the contradictions that it knows of
 */
export async function note(
  store: Store,
  chain: Chain,
  invocation: InvocationClaims,
  { decision, said, approval }: Weighed,
  struck: readonly Operation[],
): Promise<{ readonly found: readonly Wanting[]; readonly alarmed: Decision }> {
  const refusal = approval === 'refused' ? approval : null;
  const remembered = rememberEvidence(chain, invocation, { said, approval: refusal });
  const { now } = decision;
  const kept = await ask(store, { now, operations: remembered.map(({ operation }) => operation) });
  // In a charge of its own: a status that is older than another must not keep a request from being counted.
  const counted = await ask(store, { now, operations: struck });
  const [failed] = [kept, counted].filter((outcome) => outcome instanceof StoreError);
  if (failed !== undefined) return { found: [{ denial: ofStore(failed) }], alarmed: decision };
  const { refused, standing } = kept as Outcome;
  const told = new Set(decision.denials.map(nameOf));
  return {
    // A mission that ended before, above all: nobody should be asked to approve then.
    found: refused
      .map((i) => wantingOf(remembered[i] as Placed, standing[i] as Standing))
      .filter(({ denial }) => told.size < told.add(nameOf(denial)).size),
    alarmed: raise(said.length === 0 ? decision : withOrder(decision), remembered, standing),
  };
}

function nameOf({ code, block }: Denial): string {
  return `${code} ${block}`;
}

function withOrder(decision: Decision): Decision {
  return { ...decision, notEstablished: decision.notEstablished.filter((what) => what !== 'order') };
}

/** The decision with the contradictions that a store knows of. */
export function raise(
  decision: Decision,
  remembered: readonly Remembered[],
  standing: readonly Standing[],
): Decision {
  const found = remembered.flatMap(({ alarm }, i) => alarm(standing[i]?.kept) ?? []);
  const { alarms: known = [] } = decision;
  const alarms = mergeAlarms(known, found);
  return alarms.length === known.length ? decision : { ...decision, alarms };
}
