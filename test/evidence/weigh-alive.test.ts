import { describe, expect, test } from 'vitest';
import type { Status } from '../../src/evidence/status.ts';
import { weighAlive } from '../../src/evidence/weigh-alive.ts';
import { PublicKey } from '../../src/keys/public-key.ts';
import { chainOf, suites, textWith } from '../support/chains.ts';
import {
  ACTIVE,
  boss,
  COMPLETED,
  entryOf,
  keeper,
  REVOKED,
  readAll,
  SUBJECT,
  SUSPENDED,
  statusText,
} from '../support/evidence.ts';
import { NOW, research, sha256 } from '../support/forge.ts';

const key = new PublicKey(keeper.publicKey);
const { blocks } = chainOf(textWith(2));
const ids = blocks.map(({ id }) => id) as [Uint8Array, Uint8Array];

/** What comes of statuses for `alive` within 60 seconds, in the hop of the scene. */
function weighed(texts: readonly string[], { within = 60, now = NOW, subject = SUBJECT, asks = key } = {}) {
  const statuses = readAll(texts.join('')) as Status[];
  return weighAlive({ key: asks, within, subject }, statuses, { blocks, block: 1, now });
}
const codesOf = (texts: readonly string[], options = {}) =>
  weighed(texts, options).wanting.map(({ denial: { code }, need }) => (need ? `${code} +` : code));
const at = (issued: number, entry = entryOf()) => statusText(keeper, NOW + issued, entry);
const alarmsOf = (texts: readonly string[]) =>
  weighed(texts).alarms.map(({ kind, issued }) => [kind, issued - NOW]);

describe('one status', () => {
  test('that is active and fresh is relied on, and how old it was is told', () => {
    expect(weighed([at(-7)])).toMatchObject({
      wanting: [],
      relied: [{ kind: 'status', block: 1, key, subject: SUBJECT, issued: NOW - 7, age: 7 }],
      said: [{ block: 1, key, subject: SUBJECT, issued: NOW - 7, within: 60, entry: { state: 'active' } }],
      alarms: [],
    });
  });

  test.each<[string, string[], object, string[]]>([
    ['is missing', [], {}, ['alive.status +']],
    ['is as old as may be', [at(-60)], {}, []],
    ['is older than that', [at(-61)], {}, ['alive.stale +']],
    ['is good for one second more', [statusText(keeper, NOW, entryOf(), SUBJECT, [[4, NOW + 1]])], {}, []],
    ['is good no longer', [statusText(keeper, NOW, entryOf(), SUBJECT, [[4, NOW]])], {}, ['alive.stale +']],
    ['is dated 30 seconds ahead', [at(30)], {}, []],
    ['is dated further ahead', [at(31)], {}, ['alive.early +']],
    ['is of another subject', [statusText(keeper, NOW, entryOf(), `${SUBJECT}2`)], {}, ['alive.subject +']],
    ['is of a subject of another case', [statusText(keeper, NOW, entryOf(), SUBJECT.toUpperCase())], {}, ['alive.subject +']],
    ['is by another authority', [statusText(boss)], {}, ['alive.authority +']],
    ['is of another authority and subject', [statusText(boss, NOW, entryOf(), 's')], {}, ['alive.status +']],
    ['is asked of a key of an unknown algorithm', [at(0)], { asks: new PublicKey(keeper.publicKey, -8) }, ['alive.authority +']],
    ['is asked about __proto__', [at(0)], { subject: '__proto__' }, ['alive.subject +']],
    ['is about __proto__, and asked for', [statusText(keeper, NOW, entryOf(), '__proto__')], { subject: '__proto__' }, []],
    ['says suspended', [at(0, entryOf(SUSPENDED))], {}, ['alive.suspended']],
    ['said suspended too long ago', [at(-61, entryOf(SUSPENDED))], {}, ['alive.stale +']],
    ['says completed', [at(0, entryOf(COMPLETED))], {}, ['alive.completed']],
    ['says revoked', [at(0, entryOf(REVOKED))], {}, ['alive.revoked']],
    ['said completed long ago', [at(-9999, entryOf(COMPLETED))], {}, ['alive.completed']],
    ['lists the root', [at(0, entryOf(ACTIVE, ids[0]))], {}, ['alive.block']],
    ['lists the hop', [at(0, entryOf(ACTIVE, ids[1]))], {}, ['alive.block']],
    ['lists the key of a delegate', [at(0, entryOf(ACTIVE, sha256(research.publicKey)))], {}, ['alive.key']],
    ['lists both, and the key', [at(0, entryOf(ACTIVE, ...ids, sha256(research.publicKey)))], {}, ['alive.block', 'alive.key', 'alive.block']],
    ['lists ids of others', [at(0, entryOf(ACTIVE, sha256('a'), research.publicKey, keeper.kid))], {}, []],
    ['lists its own key', [at(0, entryOf(ACTIVE, sha256(keeper.publicKey)))], {}, []],
  ])('that %s', (_, texts, options, codes) => {
    expect(codesOf(texts, options)).toEqual(codes);
  }); // biome-ignore format: a row a line

  test('that nobody may rely on is not relied on', () => {
    expect(weighed([at(-61)]).relied).toEqual([]);
  });
});

describe('of several statuses', () => {
  const revoking = entryOf(ACTIVE, ids[0]);
  test.each<[string, string[], string[]]>([
    ['the latest counts where it denies', [at(-9), at(-8, entryOf(SUSPENDED))], ['alive.suspended']],
    ['the latest counts where it allows', [at(-9, entryOf(SUSPENDED)), at(-8)], []],
    ['the latest counts though it lists fewer', [at(-9, revoking), at(-8)], []],
    ['the latest counts though it is good no longer', [at(-9), statusText(keeper, NOW - 8, entryOf(), SUBJECT, [[4, NOW]])], ['alive.stale +']],
    ['one from the future is passed over', [at(-9), at(31, entryOf(COMPLETED))], []],
    ['one by another key says nothing', [at(-9), statusText(boss, NOW, entryOf(COMPLETED))], []],
    ['one of another subject says nothing', [at(-9), statusText(keeper, NOW, entryOf(COMPLETED), 's')], []],
    ['one that says the same at the same time is no contradiction', [at(-9), at(-9)], []],
    ['two that differ at one time contradict each other', [at(-9), at(-9, revoking)], ['alive.conflict +']],
    ['two that differed before do not matter', [at(-9), at(-9, revoking), at(-8)], []],
    ['what ended stays so', [at(-60, entryOf(COMPLETED)), at(-8)], ['alive.completed']],
    ['what ended longer ago than matters may be over', [at(-61, entryOf(COMPLETED)), at(-8)], []],
    ['what ended wins at the same time', [at(-9), at(-9, entryOf(REVOKED))], ['alive.revoked']],
    ['two that end it in two ways at one time contradict each other', [at(-9, entryOf(COMPLETED)), at(-9, entryOf(REVOKED))], ['alive.conflict']],
    ['of two that end it in two ways the later counts', [at(-9, entryOf(COMPLETED)), at(-8, entryOf(REVOKED))], ['alive.revoked']],
  ])('%s', (_, texts, codes) => {
    expect(codesOf(texts)).toEqual(codes);
    expect(codesOf(texts.toReversed())).toEqual(codes);
  }); // biome-ignore format: a row a line

  test.each<[string, string[], unknown[]]>([
    ['none where nothing contradicts itself', [at(-9), at(-8)], []],
    ['one where two of one time differ', [at(-9), at(-9, revoking)], [['conflict', -9]]],
    ['one where a mission that ended is revived', [at(-9, entryOf(COMPLETED)), at(-8)], [['revived', -8]]],
    ['one where a mission ended and did not at one time', [at(-9, entryOf(COMPLETED)), at(-9)], [['conflict', -9]]],
    ['none where it ended twice', [at(-9, entryOf(COMPLETED)), at(-8, entryOf(REVOKED))], []],
  ])('there is an alarm: %s', (_, texts, alarms) => {
    expect(alarmsOf(texts)).toEqual(alarms);
    expect(alarmsOf(texts.toReversed())).toEqual(alarms);
  }); // biome-ignore format: a row a line

  test('of one time two are told to the store, though there are more', () => {
    const differing = Array.from({ length: 9 }, (_, i) => at(-9, entryOf(ACTIVE, sha256(`${i}`))));
    expect(weighed(differing).said).toHaveLength(2);
  });
});

test.each(suites)('blocks are told by their ids in suite %i', (suite) => {
  const chain = chainOf(textWith(suite));
  const [id] = chain.blocks.map((block) => block.id) as [Uint8Array];
  const statuses = readAll(at(0, entryOf(ACTIVE, id))) as Status[];
  const asked = { key, within: 60, subject: SUBJECT };
  const { wanting } = weighAlive(asked, statuses, { blocks: chain.blocks, block: 0, now: NOW });
  expect(wanting.map(({ denial }) => denial.code)).toEqual(['alive.block']);
});

test('what one status lists of a chain is not said of another', () => {
  const [one, other] = suites.map((suite) => chainOf(textWith(suite)).blocks);
  const statuses = readAll(at(0, entryOf(ACTIVE, one?.[0].id as Uint8Array))) as Status[];
  const found = [one, other, one].map((chain) => {
    const place = { blocks: chain as typeof blocks, block: 0, now: NOW };
    return weighAlive({ key, within: 60, subject: SUBJECT }, statuses, place).wanting.length;
  });
  expect(found).toEqual([1, 0, 1]);
});
