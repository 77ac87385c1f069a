import { describe, expect, test } from 'vitest';
import { decide } from '../../src/decide/decide.ts';
import { VerifyError } from '../../src/errors.ts';
import type { Evidence } from '../../src/evidence/read-evidence.ts';
import { type WeighOptions, weigh } from '../../src/evidence/weigh.ts';
import { type Change, chainOf, REQUEST, textWith, trust } from '../support/chains.ts';
import { codeOf, errorOf } from '../support/code-of.ts';
import {
  ACTIVE,
  approvalText,
  boss,
  COMPLETED,
  consentText,
  entryOf,
  keeper,
  readAll,
  second,
  statusText,
} from '../support/evidence.ts';
import { AUDIENCE, cbor, cfo, type Forged, NOW, sha256, stranger } from '../support/forge.ts';
import { ALIVE, approvedBy, sealed } from '../support/serving.ts';

const at = (issued: number, entry = entryOf(), by = keeper) => statusText(by, NOW + issued, entry);

function weighed({ text }: Pick<Forged, 'text'>, evidence: string | readonly Evidence[] = '', more: Partial<WeighOptions> & { audience?: string } = {}) {
  const { audience = AUDIENCE, ...options } = more;
  const chain = chainOf(text);
  const logic = decide(chain, { audience, request: REQUEST, now: NOW });
  const items = typeof evidence === 'string' ? readAll(evidence) : evidence;
  return weigh(chain, logic, { evidence: items, trust, presentation: text, ...options });
} // biome-ignore format: short
const codesOf = (...given: Parameters<typeof weighed>) =>
  weighed(...given).decision.denials.map(({ code, block }) => `${code} ${block}`);

describe('a decision', () => {
  test('that no caveat of evidence denies is as it was', () => {
    const { decision, said, approval } = weighed(sealed(2), at(0));
    expect([decision.verdict, decision.code, said, approval]).toEqual(['allow', 'allowed', [], null]);
    expect(decision).not.toHaveProperty('relied');
    expect(decision).not.toHaveProperty('alarms');
  });

  test('keeps the order of the checks: by block, then by caveat', () => {
    const root = [
      ...ALIVE,
      ...approvedBy(),
      [17, cfo.publicKey],
      [14, new Map([['net', [1, 'x']]])],
    ] as Change;
    expect(codesOf(sealed(2, { root, hops: [[...ALIVE, ...approvedBy()]] }))).toEqual([
      'alive.status 0',
      'approval.required 0',
      'context.missing 0',
      'consent.proof 0',
      'alive.status 1',
      'approval.required 1',
    ]);
  });

  test('tells of each entry of a caveat', () => {
    const two: Change = [[12, [[keeper.publicKey, 60], [stranger.publicKey, 60]].sort((a, b) => Buffer.compare(cbor(a), cbor(b)))]];
    expect(codesOf(sealed(2, { root: two }))).toEqual(['alive.status 0', 'alive.status 0']);
    expect(codesOf(sealed(2, { root: two }), at(0))).toEqual(['alive.authority 0']);
  }); // biome-ignore format: short

  test('leaves what a store decides to it', () => {
    const limited: Change = [[3, [AUDIENCE]], [15, [['call', 5]]], ...ALIVE];
    const { decision } = weighed(sealed(2, { root: limited }), at(0));
    expect(decision.denials.map(({ code }) => code)).toEqual(['limits.store']);
    expect(decision.needs).toEqual([{ kind: 'store', block: 0 }]);
  });

  test('has needs where each denial has one, and else none', () => {
    const root = [...ALIVE, ...approvedBy()];
    expect(weighed(sealed(2, { root })).decision.needs.map(({ kind }) => kind)).toEqual([
      'status',
      'approval',
    ]);
    expect(weighed(sealed(2, { root }), at(0, entryOf(COMPLETED))).decision.needs).toEqual([]);
    expect(weighed(sealed(2, { root }), '', { audience: 'https://b.example' }).decision.needs).toEqual([]);
  });

  test('of an open token denies as before', () => {
    const text = textWith(2, { root: [...ALIVE, ...approvedBy()], invocation: null });
    expect(codesOf({ text }, at(0))).toEqual(['invocation.missing null']);
  });
});

describe('what is said for the store', () => {
  test('is the status that counts, for each block that asks', () => {
    const forged = sealed(2, { root: ALIVE, hops: [[[12, [[keeper.publicKey, 9]]]]] });
    const { said } = weighed(forged, at(-5) + at(-6));
    expect(said.map(({ block, issued, within }) => [block, issued - NOW, within])).toEqual([
      [0, -5, 60],
      [1, -5, 9],
    ]);
  });

  test.each<[string, Change, string | null]>([
    ['an approval is used', [], 'used'],
    ['an approver says no', [[10, false]], 'refused'],
    ['nobody approves', [[1, 'write']], null],
  ])('is that %s', (_, changes, approval) => {
    const forged = sealed(2, { root: approvedBy() });
    expect(weighed(forged, approvalText(forged, boss, changes as [number, unknown][])).approval).toBe(
      approval,
    );
  });
});

describe('an item that does not verify', () => {
  const forged = sealed(2, { root: [...ALIVE, ...approvedBy(), [17, cfo.publicKey]] });
  const proof = new Uint8Array(64);
  const refused = (evidence: string) => errorOf(() => weighed(forged, evidence));

  test('refuses all, and is named', () => {
    const error = refused(at(0) + approvalText(forged, boss, [], { proof }));
    expect(error).toBeInstanceOf(VerifyError);
    expect(error).toMatchObject({ code: 'evidence.signature', where: { path: 'evidence 1' } });
  });

  test.each<[string, string]>([
    ['of a consent to another grant', consentText(sealed(2, { root: ALIVE }), cfo)],
    ['of a consent by a key that is named for approvals', consentText(sealed(2), boss)],
    ['of an approval by a key that is named for statuses', approvalText(sealed(2), keeper)],
    ['though it is not needed', at(0) + approvalText(forged, second, [], { proof })],
  ])('refuses all: %s', (_, evidence) => {
    expect(refused(evidence)).toMatchObject({ code: 'evidence.signature' });
  });

  test('and is of a key that the chain does not name is passed over', () => {
    const other = sealed(2, { root: ALIVE });
    const evidence = at(0) + approvalText(other, boss, [], { proof }) + consentText(forged, stranger);
    expect(codeOf(() => weighed(other, evidence))).toBe('accepted');
    expect(weighed(other, evidence).decision.verdict).toBe('allow');
  });

  test('and is of a weak key is refused for the key', () => {
    const weak = { ...stranger, publicKey: Uint8Array.from({ length: 32 }, (_, i) => Number(i === 0)) };
    const kid = sha256(
      `{"crv":"Ed25519","kty":"OKP","x":"${Buffer.from(weak.publicKey).toString('base64url')}"}`,
    );
    const own = sealed(2, { root: [[12, [[weak.publicKey, 60]]]] });
    expect(errorOf(() => weighed(own, at(0, entryOf(ACTIVE), { ...weak, kid })))).toMatchObject({
      code: 'key.weak',
    });
  });
});

describe('an approver is told', () => {
  const args = { amount: 3 };
  const forged = sealed(2, { root: approvedBy(), invocation: [[8, [1, sha256('{"amount":3}')]]] });

  test('the sealed token without what rides on it, and the arguments that were checked', () => {
    const chain = chainOf(forged.text);
    const logic = decide(chain, { audience: AUDIENCE, request: { ...REQUEST, args }, now: NOW });
    const presentation = forged.text + at(0);
    const { decision } = weigh(chain, logic, { evidence: [], trust, presentation });
    expect(decision.needs).toMatchObject([{ presentation: forged.text, args }]);
    expect(JSON.parse(JSON.stringify(decision.needs[0])).args).toEqual(args);
  });

  test('the body, where that is what the digest is of', () => {
    const body = new TextEncoder().encode('{ "amount": 3 }');
    const raw = sealed(2, { root: approvedBy(), invocation: [[8, [2, sha256(body)]]] });
    const chain = chainOf(raw.text);
    const logic = decide(chain, { audience: AUDIENCE, request: { ...REQUEST, body } as never, now: NOW });
    const [need] = weigh(chain, logic, { evidence: [], trust, presentation: raw.text, body }).decision.needs;
    expect(need).toMatchObject({ body: '{ "amount": 3 }' });
    expect(need).not.toHaveProperty('args');
  });
});

test('a thousand approvers and sixteen strangers are compared a few times each', () => {
  const many = (from: number): Change => [
    [13, Array.from({ length: 250 }, (_, i) => [[], [sha256(`key ${from + i}`)], 1, 60]).sort((a, b) => Buffer.compare(cbor(a), cbor(b)))],
  ];
  const forged = sealed(2, { hops: [0, 250, 500, 750].map(many) });
  let reads = 0;
  const items = Array.from({ length: 16 }, () => {
    const [item] = readAll(approvalText(forged, stranger)) as [Evidence];
    const { kid } = item;
    return Object.defineProperty({ ...item }, 'kid', { enumerable: true, get: () => { reads++; return kid; } });
  });
  const { denials } = weighed(forged, items).decision;
  expect([denials.length, denials[0]?.code]).toEqual([1000, 'approval.approver']);
  // Once for each approver of each entry, and once more for each block that asks.
  expect(reads).toBeLessThan(16 * 1000 * 6);
}, 20_000); // biome-ignore format: short
