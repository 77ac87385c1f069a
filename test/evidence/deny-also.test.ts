import { expect, test } from 'vitest';
import { decide } from '../../src/decide/decide.ts';
import type { Decision, Relied } from '../../src/decide/decision.ts';
import { denyAlso } from '../../src/evidence/deny-also.ts';
import type { Wanting } from '../../src/evidence/finding.ts';
import { PublicKey } from '../../src/keys/public-key.ts';
import { chainOf, REQUEST, textWith } from '../support/chains.ts';
import { AUDIENCE, cfo, NOW } from '../support/forge.ts';

const key = new PublicKey(cfo.publicKey);
const allowed = decide(chainOf(textWith(2)), { audience: AUDIENCE, request: REQUEST, now: NOW });
const need = { kind: 'store', block: 0 } as const;
const wanting = (changes: Partial<Wanting['denial']> = {}, mendable = false): Wanting => ({
  denial: { code: 'limits.spent', block: 0, caveat: 'limits', expected: null, actual: null, ...changes },
  ...(mendable && { need }),
});
const relied: Relied[] = [
  { kind: 'status', block: 0, key, subject: 'a', issued: NOW, age: 0 },
  { kind: 'status', block: 1, key, subject: 'b', issued: NOW, age: 0 },
  { kind: 'approval', block: 0, key, iat: NOW },
  { kind: 'approval', block: 1, key, iat: NOW },
];

test('an allow becomes a denial, by the code of the first', () => {
  const { verdict, code } = denyAlso(allowed, [wanting(), wanting({ code: 'plan.closed', caveat: 'plan' })]);
  expect([verdict, code]).toEqual(['deny', 'limits.spent']);
});

test('a denial keeps its own code, and has the others behind it', () => {
  const own: Decision = denyAlso(allowed, [wanting({ code: 'scope.action', caveat: 'scope' })]);
  const { code, denials } = denyAlso(own, [wanting()]);
  expect([code, denials.map((denial) => denial.code)]).toEqual([
    'scope.action',
    ['scope.action', 'limits.spent'],
  ]);
});

test('needs stay open where each denial has one', () => {
  expect(denyAlso(denyAlso(allowed, [wanting({}, true)]), [wanting({}, true)]).needs).toEqual([need, need]);
});

test('one denial without a need closes all', () => {
  expect(denyAlso(denyAlso(allowed, [wanting({}, true)]), [wanting()]).needs).toEqual([]);
});

test.each<[string, Partial<Wanting['denial']>, number[]]>([
  ['a status that its block refuses', { code: 'alive.older', caveat: 'alive', block: 1 }, [0, 2, 3]],
  ['approvals where one of no block is refused', { code: 'approval.refused', caveat: 'approval', block: null }, [0, 1]],
  ['nothing that another caveat refuses', {}, [0, 1, 2, 3]],
])('it relies no more on %s', (_, changes, left) => {
  expect(denyAlso({ ...allowed, relied }, [wanting(changes)]).relied).toEqual(left.map((i) => relied[i]));
}); // biome-ignore format: a row a line

test('of two statuses of one block, it relies on the one that is not refused', () => {
  const other = { kind: 'status', block: 0, key, subject: 'b', issued: NOW, age: 0 } as const;
  const refused = { ...wanting({ code: 'alive.older', caveat: 'alive' }), status: { key, subject: 'a' } };
  expect(denyAlso({ ...allowed, relied: [relied[0] as Relied, other] }, [refused]).relied).toEqual([other]);
});

test('with nothing left to rely on, it says nothing of it', () => {
  const [status] = relied as [Relied];
  const refused = wanting({ code: 'alive.older', caveat: 'alive' });
  expect(denyAlso({ ...allowed, relied: [status] }, [refused])).not.toHaveProperty('relied');
});
