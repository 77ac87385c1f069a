import { cpSync, rmSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { redisStore } from '../../../src/state/redis.ts';
import type { AcceptableStore } from '../../../src/state/store.ts';
import { describeWith } from '../../support/services.ts';
import { codeLater, NOW, once } from '../contract.ts';
import { type Connected, nodeRedis } from './clients.ts';
import { Server } from './server.ts';

const spend = { kind: 'spend', key: 'a', until: NOW + 300, amount: 10, cost: 1, window: 60 } as const;

const charge = (store: AcceptableStore, key = 'n', now = NOW) =>
  codeLater(() => store.charge({ now, operations: [once(key, now + 300)] }));
const spendOne = (store: AcceptableStore, now = NOW) =>
  codeLater(() => store.charge({ now, operations: [spend] }));
const usedOf = async (store: AcceptableStore) =>
  (await store.look({ now: NOW, operations: [spend] }))[0]?.used;

describeWith('redis', 'redis: a store that is not what it was', () => {
  let server: Server;
  let connected: Connected;
  let knows: AcceptableStore;
  const open = () => redisStore({ client: connected.client });

  beforeAll(async () => {
    server = await Server.start();
    connected = await nodeRedis(server.url);
  });
  afterAll(async () => {
    connected.end();
    await server.end();
  });
  beforeEach(async () => {
    await server.admin.flushall();
    knows = open();
    await charge(knows);
  });

  // Stops the server, does something to its files, and starts it again.
  async function between(work: () => void) {
    await server.kill();
    work();
    await server.again();
    while ((await codeLater(() => open().look({ now: NOW, operations: [] }))) === 'store.failed')
      await sleep(10);
  }
  const copy = () => `${server.folder}-copy`;
  const takeCopy = () => between(() => cpSync(server.folder, copy(), { recursive: true }));
  const putCopyBack = () =>
    between(() => {
      rmSync(server.folder, { recursive: true });
      cpSync(copy(), server.folder, { recursive: true });
    });
  afterEach(() => rmSync(copy(), { recursive: true, force: true }));

  test('that is empty is lost to who knew it', async () => {
    await server.admin.flushall();
    expect(await charge(knows)).toBe('store.lost');
  });

  test('that is empty is new to who did not know it', async () => {
    await server.admin.flushall();
    expect(await charge(open())).toBe('accepted');
  });

  test('that is new since is lost to who knew the one before', async () => {
    await server.admin.flushall();
    await charge(open());
    expect(await charge(knows)).toBe('store.lost');
  });

  test('whose mark is gone and whose rows are not is lost to all', async () => {
    await server.admin.del('{writ}:mark');
    expect(await charge(open())).toBe('store.lost');
  });

  test('that was only looked at is not made', async () => {
    await server.admin.flushall();
    await open().look({ now: NOW, operations: [spend] });
    expect(await server.admin.dbsize()).toBe(0);
  });

  test('that was stopped and started on its data is as before', async () => {
    await between(() => {});
    expect(await charge(knows, 'm')).toBe('accepted');
  });

  test('that was restored from an older copy is older', async () => {
    await takeCopy();
    await charge(knows, 'm');
    await putCopyBack();
    expect(await charge(knows, 'o')).toBe('store.older');
  });

  test('that somebody found older is older to all', async () => {
    await takeCopy();
    await charge(knows, 'm');
    await putCopyBack();
    await charge(knows, 'o');
    expect(await charge(open(), 'o')).toBe('store.older');
  });

  test('that is older is right again for all once it is accepted, with what it holds', async () => {
    const other = open();
    await spendOne(other);
    await takeCopy();
    await spendOne(knows);
    await putCopyBack();
    await spendOne(knows);
    await open().accept(NOW);
    expect([await usedOf(knows), await usedOf(other)]).toEqual([1, 1]);
    expect([await spendOne(knows), await spendOne(other)]).toEqual(['accepted', 'accepted']);
  });

  test('that is lost is right again for all once it is accepted', async () => {
    const other = open();
    await charge(other, 'm');
    await server.admin.flushall();
    await other.accept(NOW);
    expect([await charge(knows), await charge(other, 'm')]).toEqual(['accepted', 'accepted']);
  });

  test('accepted before and then restored is lost to who knew what was accepted later', async () => {
    await knows.accept(NOW);
    await takeCopy();
    await knows.accept(NOW);
    await putCopyBack();
    expect(await charge(knows)).toBe('store.lost');
  });

  test('is accepted at an earlier time', async () => {
    await charge(knows, 'm', NOW + 100_000);
    expect(await charge(knows, 'o')).toBe('store.clock');
    await knows.accept(NOW);
    expect(await charge(knows, 'o')).toBe('accepted');
  });

  const damages: [string, (admin: Server['admin']) => Promise<unknown>][] = [
    ['a row of another form', (admin) => admin.hset('{writ}:rows', 'sa', 'much')],
    ['a use that is of another form', (admin) => admin.hset('{writ}:uses', `${NOW}@sa`, '1')],
    ['a chain of uses that goes round', (admin) => admin.hset('{writ}:uses', `${NOW}@sa`, `1 ${NOW}`)],
    ['a key that was evicted', (admin) => admin.del('{writ}:uses')],
    ['a nonce that was removed', (admin) => admin.zrem('{writ}:ends', 'on')],
    ['a key of another type', (admin) => admin.set('{writ}:rows', 'text')],
    ['a mark of another type', (admin) => admin.set('{writ}:mark', 'text')],
    ['a mark without a count', (admin) => admin.hdel('{writ}:mark', 'count')],
    ['a mark with an epoch that is none', (admin) => admin.hset('{writ}:mark', 'epoch', 'e')],
  ];

  test.each(damages)('with %s is damaged', async (_, damage) => {
    await spendOne(knows);
    await damage(server.admin);
    expect(await spendOne(open(), NOW + 100)).toBe('store.damaged');
  });

  test.each(damages)('with %s is a new one once it is accepted', async (_, damage) => {
    await spendOne(knows);
    await damage(server.admin);
    await spendOne(open(), NOW + 100);
    await open().accept(NOW);
    expect(await usedOf(knows)).toBe(0);
    expect(await charge(knows)).toBe('accepted');
  });

  test('that was damaged is set aside, not dropped', async () => {
    await spendOne(knows);
    await server.admin.del('{writ}:uses');
    await open().accept(NOW);
    expect(await server.admin.hget('{writ}:rows:damaged', 'sa')).toMatch(/^1 /);
  });
});
