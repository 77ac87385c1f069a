import type { Alarm } from '../decide/decision.ts';

/** Alarms, each once: several blocks may ask the same, and a store may know what is at hand (spec §9.7.4). */
export function mergeAlarms(known: readonly Alarm[], found: readonly Alarm[]): readonly Alarm[] {
  const byText = new Map<string, Alarm>();
  for (const alarm of [...known, ...found]) {
    const { kind, key, subject, issued } = alarm;
    const text = JSON.stringify([kind, key, subject, issued]);
    if (!byText.has(text)) byText.set(text, alarm);
  }
  return [...byText.values()];
}
