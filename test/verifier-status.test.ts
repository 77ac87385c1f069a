import { describe, expect, test } from 'vitest';
import type { Evidence } from '../src/evidence/read-evidence.ts';
import type { Status } from '../src/evidence/status.ts';
import { importTrust } from '../src/keys/import-trust.ts';
import { memoryStore } from '../src/state/memory.ts';
import { createVerifier } from '../src/verifier.ts';
import { type Change, suites, trust } from './support/chains.ts';
import {
  ACTIVE,
  COMPLETED,
  entryOf,
  keeper,
  readAll,
  SUBJECT,
  statusText,
  watchProof,
} from './support/evidence.ts';
import { AUDIENCE, cfo, type Forged, lookup, NOW, sha256, stranger } from './support/forge.ts';
import { ALIVE, answer, answers, sealed, serviceOf } from './support/serving.ts';

const taskOf = (task: string): Change => [[9, new Map([[2, task]])]];
const at = (issued: number, entry = entryOf(), by = keeper) => statusText(by, NOW + issued, entry);

describe.each(suites)('a mission of four hops, suite %i', (suite) => {
  /** The chain down to a block, and beside it a sibling of the first hop. */
  const hops = ['one', 'two', 'three', 'four'].map(taskOf);
  const downTo = (block: number, n = block) => sealed(suite, { root: ALIVE, hops: hops.slice(0, block), n });
  const all = [0, 1, 2, 3, 4].map((block) => downTo(block));
  const sibling = sealed(suite, { root: ALIVE, hops: [taskOf('sibling'), taskOf('two')], n: 9 });
  const endsWith = (feed: string, service = {}) =>
    answers([...all, sibling].map(({ text }) => text), { feed, ...service }); // biome-ignore format: short

  test('goes on while it is active', async () => {
    expect(await endsWith(at(0))).toEqual(Array(6).fill('allowed'));
  });

  test('ends below a hop that is revoked; its parent and its sibling live', async () => {
    const id = (all[1] as Forged).blocks[1]?.id as Uint8Array;
    expect(await endsWith(at(0, entryOf(ACTIVE, id)))).toEqual([
      'allowed',
      ...Array(4).fill('alive.block'),
      'allowed',
    ]);
  });

  test('ends for all when it is completed', async () => {
    expect(await endsWith(at(0, entryOf(COMPLETED)))).toEqual(Array(6).fill('alive.completed'));
  });

  test('is the same by a status that the agent staples', async () => {
    const [, , leaf] = all as [Forged, Forged, Forged];
    const store = memoryStore();
    expect(await answer(leaf.text + at(-1), { store })).toBe('allowed');
    expect(await answer(sibling.text, { store, feed: at(0, entryOf(COMPLETED)) })).toBe('alive.completed');
    // The status that was still good lives on in nobody's hands.
    expect(await answer((all[3] as Forged).text + at(-1), { store })).toBe('alive.completed');
  });
});

describe('a key that leaked', () => {
  test('ends every chain that names it, wherever, and no other', async () => {
    const feed = at(0, entryOf(ACTIVE, sha256(lookup.publicKey)));
    const chains = [[], [[]], [[], []], [[], [], []]].map((hops, n) => sealed(2, { root: ALIVE, hops, n }));
    expect(await answers(chains.map(({ text }) => text), { feed })).toEqual([
      'allowed',
      'alive.key',
      'alive.key',
      'alive.key',
    ]); // biome-ignore format: short
  });
});

describe.each(suites)('the authority of a hop, suite %i', (suite) => {
  const own: Change = [[12, [[stranger.publicKey, 60]]]];
  const parent = (n: number) => sealed(suite, { root: ALIVE, hops: [], n });
  const sibling = (n: number) => sealed(suite, { root: ALIVE, hops: [taskOf('sibling')], n });
  const child = (n: number) => sealed(suite, { root: ALIVE, hops: [own], n });

  test('is asked beside that of the grant', async () => {
    const texts = [child(1).text + at(0), child(2).text + at(0) + at(0, entryOf(), stranger)];
    expect(await answers(texts)).toEqual(['alive.authority +', 'allowed']);
  });

  test('can revoke neither what is above the hop nor what is beside it', async () => {
    const ids = [...sibling(1).blocks, parent(1).blocks[0]].map((block) => block?.id as Uint8Array);
    const against = at(0, entryOf(ACTIVE, ids[0] as Uint8Array, ids[1] as Uint8Array), stranger);
    const feed = at(0) + against + at(-1, entryOf(COMPLETED), stranger);
    expect(await answers([child(1).text, parent(2).text, sibling(3).text], { feed })).toEqual([
      'alive.completed',
      'allowed',
      'allowed',
    ]);
  }); // biome-ignore format: short

  test('cannot lock out the authority of the grant by what a store keeps', async () => {
    const store = memoryStore();
    const later = at(30, entryOf(COMPLETED), stranger);
    expect(await answer(child(1).text + at(-9) + later, { store })).toBe('alive.completed');
    expect(await answer(parent(2).text + at(-8), { store })).toBe('allowed');
  });
});

describe('what a store keeps of statuses', () => {
  test('two of one time that differ hold neither, until there is a later one', async () => {
    const [one, other] = [at(-9), at(-9, entryOf(ACTIVE, sha256('x')))];
    const statuses = [one, other, one, other, at(-8)];
    const texts = statuses.map((status, n) => sealed(2, { root: ALIVE, n }).text + status);
    expect(await answers(texts)).toEqual([
      'allowed',
      'alive.conflict +',
      'alive.conflict +',
      'alive.conflict +',
      'allowed',
    ]);
  });

  test('a contradiction and a revival raise an alarm', async () => {
    const authorize = serviceOf();
    const alarms = [at(-9), at(-9, entryOf(ACTIVE, sha256('x'))), at(-8, entryOf(COMPLETED)), at(-7)].map(
      (status, n) => async () => (await authorize(sealed(2, { root: ALIVE, n }).text + status)).alarms,
    );
    const raised = [];
    for (const alarm of alarms) raised.push((await alarm())?.map(({ kind, issued }) => [kind, issued - NOW]));
    expect(raised).toEqual([undefined, [['conflict', -9]], undefined, [['revived', -7]]]);
  });

  test('is by subject: another mission of the same authority goes on', async () => {
    const store = memoryStore();
    const other = sealed(2, { root: [...ALIVE, [9, new Map([[1, 'q4'], [2, 'x']])]] }); // biome-ignore format: short
    const feed =
      at(0, entryOf(COMPLETED)) + statusText(keeper, NOW - 1, entryOf(), 'mailto:cfo@acme.example#q4');
    expect(await answer(sealed(2, { root: ALIVE }).text, { store, feed })).toBe('alive.completed');
    expect(await answer(other.text, { store, feed })).toBe('allowed');
  });

  test('of a request without a store is not established, and the decision says so', async () => {
    const statuses = readAll(at(0)) as Status[];
    const verifier = createVerifier({ trust, audience: AUDIENCE, clock: () => NOW, store: null, replay: 'reported', statuses: () => statuses });
    const { code, notEstablished } = await verifier.authorize(sealed(2, { root: ALIVE }).text);
    expect([code, notEstablished]).toEqual(['allowed', ['request', 'replay', 'order']]);
  }); // biome-ignore format: short
});

test('of a chain that can never pass here nothing is to be kept, so no order is missed', async () => {
  const expired: Change = [...ALIVE, [4, NOW]];
  const { code, notEstablished } = await serviceOf({ feed: at(-7) })(sealed(2, { root: expired }).text);
  expect([code, notEstablished]).toEqual(['exp.passed', ['request', 'replay']]);
});

test('a decision says how old the status was that it relied on', async () => {
  const { relied } = await serviceOf({ feed: at(-7) })(sealed(2, { root: ALIVE }).text);
  expect(relied).toMatchObject([{ kind: 'status', block: 0, subject: SUBJECT, issued: NOW - 7, age: 7 }]);
});

test('a feed is verified once, for however many requests', async () => {
  const [status, reads] = watchProof(readAll(at(0))[0] as Evidence);
  const verifier = createVerifier({ trust, audience: AUDIENCE, clock: () => NOW, statuses: () => [status as Status] });
  for (const n of [1, 2, 3]) await verifier.authorize(sealed(2, { root: ALIVE, n }).text);
  expect(reads()).toBe(1);
}); // biome-ignore format: short

test('a status that an anchor asks for is as if the root did', async () => {
  const { kty, crv, x } = cfo.jwk;
  const alive = { key: { kty, crv, x: keeper.jwk.x }, within: 60 };
  const writ = { principal: 'mailto:cfo@acme.example', kind: 'human', alive };
  const anchors = importTrust({ keys: [{ kty, crv, x, writ }] } as never);
  const texts = [sealed(2).text, sealed(2, { n: 2 }).text + at(0), sealed(2, { n: 3 }).text + at(0, entryOf(COMPLETED))];
  expect(await answers(texts, { anchors })).toEqual(['alive.status +', 'allowed', 'alive.completed']);
}); // biome-ignore format: short
