import { describe, expect, test } from 'vitest';
import { delegate } from '../../src/token/delegate.ts';
import { grant } from '../../src/token/grant.ts';
import { invoke } from '../../src/token/invoke.ts';
import { hands, REQUEST, suites } from '../support/chains.ts';
import { AUDIENCE, NOW } from '../support/forge.ts';
import { readingAll, sizesOf } from '../support/readings.ts';
import { withoutSizes, workOf } from '../support/work-counters.ts';

// Whatever is minted passes the reader as it is written, and the decoder before it leaves.
describe.each(suites)('minting in suite %i', (suite) => {
  const granted = {
    grantor: 'mailto:cfo@acme.example',
    delegate: 'agent:acme/research',
    mission: { id: 'q3-report', purpose: 'Prepare the Q3 report' },
    scope: [{ actions: ['read'], resources: ['reports/**'] }],
    delegation: { depth: 1 },
    aud: [AUDIENCE],
    exp: NOW + 7200,
  };
  const asked = { ...REQUEST, audience: AUDIENCE, args: { page: 1, size: 10 } };
  const key = (own: (typeof hands)['cfo']) => (suite === 2 ? { key: own } : {});
  const to = (own: (typeof hands)['cfo']) => (suite === 2 ? { to: own.publicKey } : {});
  const grantRoot = () =>
    suite === 2
      ? grant({ ...granted, key: hands.cfo, to: hands.research.publicKey })
      : grant({ ...granted, key: hands.domain });
  const proof = suite === 2 ? { sign: 1, hash: 0 } : { mac: 1, hash: 2 };

  const root = grantRoot();
  const hop = { delegate: 'agent:acme/lookup', ...key(hands.research), ...to(hands.lookup) };
  const child = delegate(root, hop);
  const seal = () => invoke(child, { ...asked, ...key(hands.lookup) });
  seal(); // so that each key was imported before

  test('a grant takes a proof, an id, and in suite 2 the thumbprint of its key', async () => {
    const minted: string[] = [];
    const work = withoutSizes(await workOf(() => minted.push(grantRoot())));
    const hash = proof.hash + (suite === 2 ? 2 : 1);
    const reading = { ...readingAll([...minted, ...minted]), text: 1 };
    expect(work).toEqual({ ...proof, ...reading, hash, randomBytes: 1 });
  });

  test('a hop takes a proof and the ids of both blocks', async () => {
    const minted: string[] = [];
    const work = withoutSizes(await workOf(() => minted.push(delegate(root, hop))));
    const [token, , payload] = sizesOf(child) as [number, number, number];
    const reading = readingAll([root, ...minted, ...minted], payload, token);
    expect(work).toEqual({ ...proof, ...reading, hash: proof.hash + 2 });
  });

  test('a request takes a proof, the ids of all blocks, and the digest of its arguments', async () => {
    const minted: string[] = [];
    const work = withoutSizes(await workOf(() => minted.push(seal())));
    const [token, , , payload] = sizesOf(minted[0] as string) as [number, number, number, number];
    const reading = readingAll([child, ...minted], payload, token);
    const hash = proof.hash + 2 + 1;
    expect(work).toEqual({ ...proof, ...reading, hash, randomBytes: 1, 'canonical members': 2 });
  });
});
