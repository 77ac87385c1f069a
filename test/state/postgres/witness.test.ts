import { beforeEach, expect, test } from 'vitest';
import type { AcceptableStore } from '../../../src/state/store.ts';
import { describeWith } from '../../support/services.ts';
import { codeLater, NOW, once, spend } from '../contract.ts';
import { attempt, database } from './database.ts';

describeWith('postgres', 'postgres: lost, older, accepted', () => {
  const db = database();
  let store: AcceptableStore;
  let other: AcceptableStore;

  beforeEach(async () => {
    await db.clear();
    store = db.store();
    other = db.store();
    await attempt(store, once('a'));
    await attempt(other, once('b'));
  });

  const removeNonce = (key: string) =>
    db.run(`DELETE FROM ${db.schema}.nonces WHERE key = sha256($1)`, [Buffer.from(key, 'latin1')]);

  test('T03 a database that is empty is lost for whom it answered', async () => {
    await db.clear();
    expect(await attempt(store, once('c'))).toBe('store.lost');
  });

  test('an empty database is a new store for whom it did not answer', async () => {
    await db.clear();
    expect(await attempt(db.store(), once('a'))).toBe('accepted');
  });

  test('T03 a database that another made anew is lost', async () => {
    await db.clear();
    await attempt(db.store(), once('c'));
    expect(await attempt(store, once('d'))).toBe('store.lost');
  });

  test.each([
    ['look', () => store.look({ now: NOW, operations: [] })],
    ['settle', () => store.settle({ now: NOW, id: 'r', costs: {} })],
    ['lift', () => store.lift('', '')],
    ['prune', () => store.prune(NOW)],
  ])('a lost database is noticed by %s', async (_, call) => {
    await db.clear();
    expect(await codeLater(call)).toBe('store.lost');
  });

  test('T03 a nonce that is missing is older, for whom it was charged', async () => {
    await removeNonce('a');
    expect(await attempt(store, once('c'))).toBe('store.older');
  });

  test('a nonce that is missing is not known to others', async () => {
    await removeNonce('a');
    expect(await attempt(other, once('c'))).toBe('accepted');
  });

  test('what is refused changes nothing', async () => {
    await removeNonce('a');
    await attempt(store, once('c'));
    expect(await other.charge({ now: NOW, operations: [once('c')] })).toMatchObject({ refused: [] });
  });

  test('the eighth nonce before is remembered', async () => {
    for (let i = 0; i < 7; i++) await attempt(store, once(`n${i}`));
    await removeNonce('a');
    expect(await attempt(store, once('c'))).toBe('store.older');
  });

  test('a nonce that was refused is not remembered', async () => {
    await attempt(other, once('a'));
    await removeNonce('a');
    expect(await attempt(other, once('c'))).toBe('accepted');
  });

  test('a nonce that came to its end is not missed', async () => {
    await other.prune(NOW + 330);
    expect(await codeLater(() => store.charge({ now: NOW + 330, operations: [] }))).toBe('accepted');
  });

  test('a nonce without an end is missed at any time', async () => {
    await attempt(store, once('ever', Number.POSITIVE_INFINITY));
    await removeNonce('ever');
    expect(await codeLater(() => store.prune(NOW * 2))).toBe('store.older');
  });

  test('rows without their store are damaged', async () => {
    await db.run(`DELETE FROM ${db.schema}.store`);
    expect(await attempt(db.store(), once('c'))).toBe('store.damaged');
  });

  test.each(['store', 'other'])('a lost store, accepted by one, is right again for %s', async (who) => {
    await db.clear();
    await other.accept(NOW);
    expect(await attempt(who === 'store' ? store : other, once('c'))).toBe('accepted');
  });

  test('an older store, accepted by another, is right again, and counts', async () => {
    await removeNonce('a');
    await attempt(store, once('c'));
    await other.accept(NOW);
    expect(await store.charge({ now: NOW, operations: [once('b')] })).toMatchObject({ refused: [0] });
  });

  test('a copy that was accepted before does not pass for the one that was accepted since', async () => {
    await other.accept(NOW);
    const [row] = await db.run(`SELECT epoch FROM ${db.schema}.store`);
    await other.accept(NOW);
    expect(await attempt(store, once('c'))).toBe('accepted');
    await db.run(`UPDATE ${db.schema}.store SET epoch = $1`, [row?.epoch]);
    expect(await attempt(store, once('d'))).toBe('store.lost');
  });

  test('accepting sets the time back', async () => {
    await attempt(store);
    await codeLater(() => store.prune(NOW + 100_000));
    await store.accept(NOW);
    expect(await attempt(other, once('c'))).toBe('accepted');
  });

  test('after it was accepted, what is missing is noticed again', async () => {
    await other.accept(NOW);
    await attempt(store, once('c'));
    await removeNonce('c');
    expect(await attempt(store, once('d'))).toBe('store.older');
  });

  test('a counter alone that is older is noticed by the nonce of its charge', async () => {
    await attempt(store, once('c'), spend('x', 5, 1));
    await removeNonce('c');
    expect(await attempt(store, spend('x', 5, 1))).toBe('store.older');
  });

  test.each([-1, 0.5, 2 ** 33])('%s is no time to accept', async (now) => {
    expect(await codeLater(() => store.accept(now))).toBe('store.failed');
  });
});
