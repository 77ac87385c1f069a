import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { redisStore } from '../../../src/state/redis.ts';
import type { AcceptableStore, Operation } from '../../../src/state/store.ts';
import { describeWith } from '../../support/services.ts';
import { NOW } from '../contract.ts';
import { type Connected, nodeRedis } from './clients.ts';
import { Server } from './server.ts';

const WINDOW = 5000;
const use: Operation = {
  kind: 'spend',
  key: 'a',
  until: NOW + 5000,
  amount: 1e9,
  cost: 1,
  window: WINDOW,
};

describeWith('redis', 'redis: the rows on the server', () => {
  let server: Server;
  let connected: Connected;
  let store: AcceptableStore;
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
    store = redisStore({ client: connected.client });
    for (let i = 0; i < 10; i++) await store.charge({ now: NOW + i, operations: [use] });
  });

  const keys = async () => (await server.admin.keys('*')).sort();

  test('all are under the prefix, in one slot', async () => {
    expect(await keys()).toEqual(['{writ}:ends', '{writ}:mark', '{writ}:rows', '{writ}:uses']);
  });

  test('a lift leaves no use behind', async () => {
    await store.lift('', '');
    expect(await keys()).toEqual(['{writ}:mark']);
  });

  test('nor does a counter that is past its time', async () => {
    await store.prune(NOW + 5030);
    expect(await keys()).toEqual(['{writ}:mark']);
  });

  test('nor does a use that left its window', async () => {
    await store.charge({ now: NOW + WINDOW + 4, operations: [use] });
    expect(await server.admin.hlen('{writ}:uses')).toBe(6);
  });

  test('a charge costs as much after a thousand uses as after ten', async () => {
    const work = async (now: number) => {
      await server.admin.config('RESETSTAT');
      await store.charge({ now, operations: [use] });
      const stats = await server.admin.info('commandstats');
      return stats
        .split('\r\n')
        .flatMap((line) => /^cmdstat_(?!config|info)(\w+):calls=(\d+)/.exec(line)?.slice(1).join(' ') ?? [])
        .sort();
    };
    const few = await work(NOW + 10);
    for (let i = 11; i < 1000; i++) await store.charge({ now: NOW + i, operations: [use] });
    expect(await work(NOW + 1000)).toEqual(few);
    expect(few).toContain('evalsha 1');
  });

  test('many thousands are dropped, none left', async () => {
    const operations = Array.from({ length: 4000 }, (_, i): Operation => ({ ...use, key: `k${i}` }));
    await store.charge({ now: NOW + 10, operations });
    await store.prune(NOW + 5030);
    expect(await keys()).toEqual(['{writ}:mark']);
  });
});
