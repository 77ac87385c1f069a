import { describe, expect, test } from 'vitest';
import { type ApproveOptions, approve } from '../../src/evidence/approve.ts';
import { SigningKey } from '../../src/keys/signing-key.ts';
import { type Changes, recipe, suites } from '../support/chains.ts';
import { codeOf, errorOf } from '../support/code-of.ts';
import { approvalText, boss, second } from '../support/evidence.ts';
import { forge, NOW, type Pair, research, sha256, signEd25519, stranger } from '../support/forge.ts';

const asking = [[13, [[[], [boss.publicKey], 1, 600]]]] as const;
const sealed = (changes: Changes = {}, suite: 1 | 2 = 2) =>
  forge(recipe(suite, { root: asking, ...changes }));
const say = (text: string, more: Partial<ApproveOptions<SigningKey>> = {}) =>
  approve(text, { key: new SigningKey(boss.seed), approved: true, now: NOW, ...more });

describe.each(suites)('an approval in suite %i', (suite) => {
  test('is of the request, the nonce and the last block', () => {
    const forged = sealed({}, suite);
    expect(say(forged.text)).toBe(approvalText(forged, boss));
  });

  test('may be a no, and good for a time of its own', () => {
    const forged = sealed({}, suite);
    expect(say(forged.text, { approved: false, lifetime: 60 })).toBe(
      approvalText(forged, boss, [[4, NOW + 60], [10, false]]),
    ); // biome-ignore format: short
  });
});

describe('arguments', () => {
  const args = { amount: 3 };
  const body = new TextEncoder().encode('{ "amount": 3 }');
  const jcs = sealed({ invocation: [[8, [1, sha256('{"amount":3}')]]] });
  const raw = sealed({ invocation: [[8, [2, sha256(body)]]] });

  test('that the holder sealed are approved, and their digest is in the approval', () => {
    expect(say(jcs.text, { args })).toBe(approvalText(jcs, boss));
  });

  test('of a body are approved by the body', () => {
    expect(say(raw.text, { body } as never)).toBe(approvalText(raw, boss));
  });

  test.each<[string, string, object]>([
    ['others', jcs.text, { args: { amount: 4 } }],
    ['none', jcs.text, {}],
    ['some where none are sealed', sealed().text, { args }],
    ['arguments where a body is sealed', raw.text, { args }],
    ['another body', raw.text, { body: new TextEncoder().encode('{"amount":3}') }],
  ])('are not approved: %s', (_, text, more) => {
    const error = errorOf(() => say(text, more));
    expect(error).toMatchObject({ code: 'mint.input', where: { path: 'approval, args' } });
  });

  test('outside the grammar are refused', () => {
    expect(codeOf(() => say(jcs.text, { args: { '*': 1 } }))).toBe('request.malformed');
  });
});

describe('nobody approves', () => {
  test('an open token', () => {
    const error = errorOf(() => say(sealed({ invocation: null }).text));
    expect(error).toMatchObject({ code: 'mint.input', where: { path: 'presentation' } });
  });

  test.each<[string, SigningKey, string]>([
    ['by a key that no block names', new SigningKey(second.seed), sealed().text],
    ['by the key of a delegate', new SigningKey(research.seed), sealed({ root: [[13, [[[], [research.publicKey], 1, 600]]]] }).text],
  ])('%s', (_, key, text) => {
    expect(errorOf(() => say(text, { key }))).toMatchObject({ code: 'mint.input', where: { path: 'approval, key' } });
  }); // biome-ignore format: a row a line

  test.each<[string, object]>([
    ['for no time', { lifetime: 0 }],
    ['with neither yes nor no', { approved: 'yes' }],
    ['with an option that is unknown', { until: NOW }],
  ])('%s', (_, more) => {
    expect(codeOf(() => say(sealed().text, more))).toBe('mint.input');
  });

  test('a text that is no token', () => {
    expect(codeOf(() => say('writ_'))).toBe('cbor.truncated');
  });
});

test('a hop may ask for the approval too', () => {
  const forged = sealed({ root: [], hop: asking });
  expect(say(forged.text)).toBe(approvalText(forged, boss));
});

test('a signer approves in a promise', async () => {
  const forged = sealed();
  const { publicKey } = new SigningKey(boss.seed);
  const by = (pair: Pair) => ({ publicKey, sign: async (data: Uint8Array) => signEd25519(pair, data) });
  const approved = await approve(forged.text, { key: by(boss), approved: true, now: NOW });
  expect(approved).toBe(approvalText(forged, boss));
  const forgery = approve(forged.text, { key: by(stranger), approved: true });
  await expect(forgery).rejects.toMatchObject({ code: 'mint.signature' });
});
