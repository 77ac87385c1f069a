import { describe, expect, test } from 'vitest';
import type { Status } from '../../src/evidence/status.ts';
import { verifyStatus } from '../../src/evidence/verify-status.ts';
import { PublicKey } from '../../src/keys/public-key.ts';
import { decode } from '../../src/token/decode.ts';
import { createVerifier, type Verifier, type VerifierOptions } from '../../src/verifier.ts';
import { REQUEST, suites, trust } from '../support/chains.ts';
import { keeper, readAll, statusText } from '../support/evidence.ts';
import { AUDIENCE, NOW, sha256 } from '../support/forge.ts';
import { presented } from '../support/presented.ts';
import { readingAll, readingOf } from '../support/readings.ts';
import { type Work, withoutSizes, workOf } from '../support/work-counters.ts';

// What a decision costs in calls of cryptography and in bytes read. A MAC is two hashes, which count as such too.

const verifierWith = (options: Partial<VerifierOptions> = {}) =>
  createVerifier({ trust, audience: AUDIENCE, clock: () => NOW, ...options });

/** What one decision costs; its outcome is checked, lest that of another is counted. */
async function costOf(verifier: Verifier, text: string, outcome: string, args = {}): Promise<Work> {
  const codes: string[] = [];
  const work = await workOf(() =>
    verifier.authorize(text, { ...REQUEST, args }).then(
      ({ code }) => codes.push(code),
      ({ code }) => codes.push(code),
    ),
  );
  expect(codes).toEqual([outcome]);
  return withoutSizes(work);
}

// What is imported once is kept: the keys of the anchor and of the status authority before all tests, all others in one.
verifyStatus(statusText(keeper), new PublicKey(keeper.publicKey));
await verifierWith().authorize(presented(2, 1, { team: 'before' }).text, REQUEST);

describe.each([1, 4, 16])('%i blocks', (n) => {
  test.each(suites)('of suite %i are decoded without any cryptography', async (suite) => {
    const { text } = presented(suite, n);
    expect(await workOf(() => decode(text))).toEqual(readingOf(text));
  });

  test('of suite 1 take an id each, and a MAC each and one', async () => {
    const { text } = presented(1, n);
    const first = await costOf(verifierWith(), text, 'allowed');
    expect(first).toEqual({ ...readingOf(text), mac: n + 1, hash: n + 2 * (n + 1) });
  });

  test('of suite 2 take an id and an import each, and a verification each and one', async () => {
    const { text } = presented(2, n, { team: `first ${n}` });
    const first = await costOf(verifierWith(), text, 'allowed');
    expect(first).toEqual({ ...readingOf(text), hash: n, createPublicKey: n, verify: n + 1 });
  });

  test('of suite 1 take as much at the next request', async () => {
    const verifier = verifierWith();
    await verifier.authorize(presented(1, n).text, REQUEST);
    const { text } = presented(1, n, { nth: 1 });
    const next = await costOf(verifier, text, 'allowed');
    expect(next).toEqual({ ...readingOf(text), mac: n + 1, hash: n + 2 * (n + 1) });
  });

  test('of suite 2 that are known take one verification', async () => {
    const verifier = verifierWith();
    await verifier.authorize(presented(2, n).text, REQUEST);
    const { text } = presented(2, n, { nth: 1 });
    const next = await costOf(verifier, text, 'allowed');
    expect(next).toEqual({ ...readingOf(text, 1), verify: 1 });
  });
});

test('each of a hundred children of one parent takes two verifications and an import', async () => {
  const verifier = verifierWith();
  const team = 'parent';
  await verifier.authorize(presented(2, 3, { team }).text, REQUEST);
  for (let child = 1; child <= 100; child++) {
    const { text } = presented(2, 3, { team, child });
    const own = await costOf(verifier, text, 'allowed');
    expect(own).toEqual({ ...readingOf(text, 2), hash: 1, createPublicKey: 1, verify: 2 });
  }
});

test('arguments are canonicalised once, and hashed once', async () => {
  const args = { page: 1, size: 10, sort: 'name' };
  const digest = sha256('{"page":1,"size":10,"sort":"name"}');
  const { text } = presented(2, 1, { invocation: [[8, [1, digest]]] });
  const cost = await costOf(verifierWith(), text, 'allowed', args);
  expect(cost).toMatchObject({ 'canonical members': 3, hash: 1 + 1 });
});

test('a receipt takes the text apart once more', async () => {
  const receipts = { record: async () => {} };
  const { text } = presented(2, 1, { team: 'receipt' });
  const cost = await costOf(verifierWith({ receipts }), text, 'allowed');
  expect(cost).toEqual({ ...readingOf(text), text: 2, hash: 1, createPublicKey: 1, verify: 2 });
});

describe('a status', () => {
  const of = (team: string, nth = 0) =>
    presented(2, 4, { team, nth, root: [[12, [[keeper.publicKey, 60]]]] }).text;
  const says = statusText(keeper);
  const [status] = readAll(says) as [Status];
  // Of a key, its thumbprint; of what is said of a subject, a digest; and what a store keeps that under.
  const [thumbprint, digest, kept] = [1, 1, 1];
  const hash = 4 + thumbprint + digest + kept;
  const reading = (text: string) => ({
    ...readingAll([text], status.bytes.length, status.payload.length),
    text: 1,
  });

  test('that rides on a token is read, hashed and verified with each request', async () => {
    const verifier = verifierWith();
    const first = await costOf(verifier, of('riding') + says, 'allowed');
    expect(first).toEqual({ ...reading(of('riding')), hash, createPublicKey: 4, verify: 5 + 1 });
    const later = await costOf(verifier, of('riding', 1) + says, 'allowed');
    expect(later).toMatchObject({ read: 2 + 2, hash: digest + kept, verify: 1 + 1 });
  });

  test('that a service has loaded is hashed and verified once', async () => {
    const statuses = readAll(says) as Status[];
    const verifier = verifierWith({ statuses: () => statuses });
    const first = await costOf(verifier, of('loading'), 'allowed');
    expect(first).toEqual({ ...readingOf(of('loading')), hash, createPublicKey: 4, verify: 5 + 1 });
    const later = await costOf(verifier, of('loading', 1), 'allowed');
    expect(later).toEqual({ ...readingOf(of('loading', 1), 1), hash: kept, verify: 1 });
  });

  test('of a key that the chain does not name is read, and no more', async () => {
    const { text } = presented(2, 4, { team: 'strangers' });
    const cost = await costOf(verifierWith(), text + says, 'allowed');
    expect(cost).toEqual({ ...reading(text), hash: 4, createPublicKey: 4, verify: 5 });
  });
});

describe('what is refused', () => {
  const bounded = new Map([...trust].map(([id, anchor]) => [id, { ...anchor, until: NOW }]));

  test('for its size is not looked at', async () => {
    const long = `writ_${'A'.repeat(90_000)}`;
    expect(await costOf(verifierWith(), long, 'limit.size')).toEqual({ text: 1 });
  });

  test('for its number of blocks is read once outside, and not inside', async () => {
    const { text, bytes } = presented(2, 33);
    const cost = await costOf(verifierWith(), text, 'limit.blocks');
    expect(cost).toEqual({ text: 1, read: 1, 'read bytes': bytes.length });
  });

  test.each(suites)('for its anchor, of suite %i, is read, and no more', async (suite) => {
    const { text } = presented(suite, 4);
    const unknown = await costOf(verifierWith({ trust: new Map() }), text, 'anchor.unknown');
    const passed = await costOf(verifierWith({ trust: bounded }), text, 'anchor.window');
    expect([unknown, passed]).toEqual([readingOf(text), readingOf(text)]);
  });

  test('for a signature costs nothing behind it', async () => {
    const { text } = presented(2, 4, { team: 'broken', broken: 1 });
    const cost = await costOf(verifierWith(), text, 'signature.invalid');
    expect(cost).toEqual({ ...readingOf(text), hash: 4, createPublicKey: 1, verify: 2 });
  });

  test('as a replay costs as much as any later request', async () => {
    const verifier = verifierWith();
    const { text } = presented(2, 4);
    await verifier.authorize(text, REQUEST);
    expect(await costOf(verifier, text, 'invocation.replay')).toEqual({ ...readingOf(text, 1), verify: 1 });
  });
});
