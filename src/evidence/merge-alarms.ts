import type { Alarm } from '../decide/decision.ts';
import { sameKey } from '../keys/key-claim.ts';

/** Alarms, each once: several blocks may ask the same, and a store may know what is at hand (spec §9.7.4). */
export function mergeAlarms(known: readonly Alarm[], found: readonly Alarm[]): readonly Alarm[] {
  const all = [...known, ...found];
  return all.filter((alarm, i) => all.findIndex((one) => isSame(one, alarm)) === i);
}

function isSame(a: Alarm, b: Alarm): boolean {
  return a.kind === b.kind && a.subject === b.subject && a.issued === b.issued && sameKey(a.key, b.key);
}
