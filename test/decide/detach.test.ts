import { expect, test } from 'vitest';
import { decide } from '../../src/decide/decide.ts';
import type { Decision } from '../../src/decide/decision.ts';
import { detach } from '../../src/decide/detach.ts';
import { PublicKey } from '../../src/keys/public-key.ts';
import { chainOf, textWith } from '../support/chains.ts';
import { AUDIENCE, NOW, stranger } from '../support/forge.ts';

const chain = chainOf(textWith(2));
const denied = decide(chain, { audience: AUDIENCE, request: { action: 'write', resource: 'hr' }, now: NOW });
const key = new PublicKey(stranger.publicKey);
const observed = { score: 1 };
const decision: Decision = {
  ...denied,
  denials: [...denied.denials, { code: 'limits.audience', block: 0, caveat: 'limits', expected: 1, actual: [AUDIENCE] }, { code: 'context.mismatch', block: 0, caveat: 'context', expected: { a: [key] }, actual: observed }],
  needs: [{ kind: 'approval', keys: [key], need: 1, within: 60, block: 0 }],
  relied: [{ kind: 'consent', block: 0, key, iat: NOW }],
  alarms: [{ kind: 'conflict', key, subject: 'a', issued: NOW }],
}; // biome-ignore format: in rows

/** All objects in a value, itself included, but for the decision's own and what the service observed. */
function objectsIn(value: unknown): object[] {
  if (typeof value !== 'object' || value === null || value === observed) return [];
  return [value, ...(ArrayBuffer.isView(value) ? [] : Object.values(value).flatMap(objectsIn))];
}

const partsOf = ({ mission, chain, denials, needs, relied, alarms }: Decision) =>
  objectsIn([mission, chain, denials, needs, relied, alarms]);

test('says the same', () => {
  expect(detach(decision)).toEqual(decision);
  expect(Object.keys(detach(decision))).toEqual(Object.keys(decision));
});

test('shares no object with the one that it was made of, but what the service observed', () => {
  const own = new Set(partsOf(decision));
  const shared = partsOf(detach(decision)).filter((object) => own.has(object));
  expect([own.size > 20, shared]).toEqual([true, []]);
  expect(detach(decision).denials.at(-1)?.actual).toBe(observed);
});

test('has keys that are keys', () => {
  const [need] = detach(decision).needs;
  expect(need?.kind === 'approval' && need.keys[0]).toBeInstanceOf(PublicKey);
});
