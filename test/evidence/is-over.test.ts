import { expect, test } from 'vitest';
import type { Denial } from '../../src/decide/decision.ts';
import { isOver } from '../../src/evidence/is-over.ts';

const denied = (caveat: Denial['caveat']): Denial[] => [
  { code: 'limits.spent', block: 0, caveat, expected: null, actual: null },
];

test.each(['aud', 'exp', 'delegation'] as const)('a chain that %s denies can never pass here', (caveat) => {
  expect(isOver(denied(caveat))).toBe(true);
});

test.each(['nbf', 'scope', 'alive', 'limits', 'invocation'] as const)('one that %s denies can', (caveat) => {
  expect(isOver(denied(caveat))).toBe(false);
});
