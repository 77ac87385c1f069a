import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type NodeRedisClient, redisStore } from '../../../src/state/redis.ts';
import type { AcceptableStore } from '../../../src/state/store.ts';
import { describeWith } from '../../support/services.ts';
import { codeLater, NOW, once } from '../contract.ts';
import { type Connected, nodeRedis } from './clients.ts';
import { freePort, Server } from './server.ts';

const charge = (store: AcceptableStore, key: string) =>
  codeLater(() => store.charge({ now: NOW, operations: [once(key)] }));

describeWith('redis', 'redis: a replica that takes the place of its master', () => {
  let master: Server;
  let replica: Server;
  let both: { master: Connected; replica: Connected };
  let store: AcceptableStore;
  let current: NodeRedisClient;

  beforeEach(async () => {
    [master, replica] = await Promise.all([Server.start(), Server.start()]);
    both = { master: await nodeRedis(master.url), replica: await nodeRedis(replica.url) };
    current = both.master.client as NodeRedisClient;
    // What a name does that comes to mean another server.
    const client: NodeRedisClient = {
      evalSha: (...args) => current.evalSha(...args),
      eval: (...args) => current.eval(...args),
    };
    store = redisStore({ client });
    await replica.admin.replicaof('127.0.0.1', master.port);
    await charge(store, 'first');
    await caughtUp();
  });
  afterEach(async () => {
    both.master.end();
    both.replica.end();
    await Promise.all([master.end(), replica.end()]);
  });

  async function caughtUp() {
    while ((await replica.admin.hget('{writ}:mark', 'count')) === null) await sleep(20);
    const count = await master.admin.hget('{writ}:mark', 'count');
    while ((await replica.admin.hget('{writ}:mark', 'count')) !== count) await sleep(20);
  }
  async function promote() {
    await master.kill();
    await replica.admin.replicaof('NO', 'ONE');
    current = both.replica.client as NodeRedisClient;
  }

  test('and has all is as before', async () => {
    await charge(store, 'second');
    await caughtUp();
    await promote();
    expect(await charge(store, 'third')).toBe('accepted');
  });

  test('and lacks the last charge is older', async () => {
    await replica.admin.replicaof('127.0.0.1', await freePort());
    await charge(store, 'second');
    await promote();
    expect(await charge(store, 'third')).toBe('store.older');
  });

  test('and lacks the last charge is older, though others have charged as much since', async () => {
    await replica.admin.replicaof('127.0.0.1', await freePort());
    await charge(store, 'second');
    await promote();
    const other = redisStore({ client: current });
    for (const key of ['a', 'b', 'c']) expect(await charge(other, key)).toBe('accepted');
    expect(await charge(store, 'third')).toBe('store.older');
  });

  test('is read only before: store.failed, and the word why', async () => {
    current = both.replica.client as NodeRedisClient;
    const charged = (async () =>
      store.charge({ now: NOW, operations: [{ kind: 'once', key: 'n', until: NOW + 300 }] }))();
    await expect(charged).rejects.toMatchObject({ code: 'store.failed', where: { detail: 'READONLY' } });
  });
});
