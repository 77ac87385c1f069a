import { randomBytes } from 'node:crypto';
import type { SigningKey as Key } from '../../src/index.ts';
import { decodeEvidence, issueStatus, SigningKey } from '../built.ts';
import { spreadOf } from '../compare/statistics.ts';
import { NOW, SUBJECT } from './chain.ts';
import type { Curve, Point } from './curve.ts';

/** The key that signs the statuses. */
export const keeper: Key = SigningKey.generate();

const texts = new Map<number, string>();

/** The text of a status of an active mission that lists so many revoked ids, none of them of a chain. */
export function listRevoked(size: number): string {
  const text = texts.get(size) ?? issue(size);
  texts.set(size, text);
  return text;
}

function issue(size: number): string {
  const revoked = Array.from({ length: size }, () => ({
    id: Uint8Array.from(randomBytes(32)),
    until: NOW + 86_400,
  }));
  return issueStatus({ key: keeper, subjects: { [SUBJECT]: { state: 'active', revoked } }, goodFor: 3600 });
}

/** What it takes to read a status that lists many ids, three times each. */
export function measureLoading(most: number): Curve {
  decodeEvidence(listRevoked(10_000)); // until then, the engine compiles
  const points = [0, most / 10, most].map((size): Point => {
    const text = listRevoked(size);
    const took = Array.from({ length: 3 }, () => {
      const begun = performance.now();
      decodeEvidence(text);
      return performance.now() - begun;
    });
    return { size, cost: spreadOf(took) };
  });
  const lines = [{ name: 'a status', points }];
  return { title: 'revoked ids, to be loaded', unit: 'ms', logarithmic: false, lines };
}
