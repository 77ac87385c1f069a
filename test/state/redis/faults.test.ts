import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { redisStore } from '../../../src/state/redis.ts';
import type { AcceptableStore, Operation } from '../../../src/state/store.ts';
import { describeWith } from '../../support/services.ts';
import { codeLater, NOW, once } from '../contract.ts';
import { type Connected, ioredis, nodeRedis } from './clients.ts';
import { Server } from './server.ts';

const charge = (store: AcceptableStore, ...operations: Operation[]) =>
  codeLater(() => store.charge({ now: NOW, operations }));

/** Asks until the client is connected again. */
async function settled(store: AcceptableStore): Promise<void> {
  const outages = ['store.failed', 'store.timeout'];
  while (outages.includes(await codeLater(() => store.look({ now: NOW, operations: [] })))) await sleep(20);
}

for (const [name, connect] of Object.entries({ 'node-redis': nodeRedis, ioredis }))
  describeWith('redis', `redis by ${name}: a server that fails`, () => {
    let server: Server;
    let connected: Connected;
    let store: AcceptableStore;
    beforeEach(async () => {
      server = await Server.start();
      connected = await connect(server.url);
      store = redisStore({ client: connected.client });
      await charge(store, once('first'));
    });
    afterEach(async () => {
      connected.end();
      await server.end();
    });

    test('is gone: store.failed', async () => {
      await server.kill();
      expect(await charge(store, once('n'))).toBe('store.failed');
    });

    test('is right again when it is started on its data', async () => {
      await server.kill();
      await charge(store, once('n'));
      await server.again();
      await settled(store);
      expect(await store.charge({ now: NOW, operations: [once('first'), once('m')] })).toMatchObject({
        refused: [0],
      });
    });

    test('stands still: store.timeout', async () => {
      const hasty = redisStore({ client: connected.client, timeout: 100 });
      server.signal('SIGSTOP');
      expect(await charge(hasty, once('n'))).toBe('store.timeout');
    });

    test('that stood still and goes on is right again', async () => {
      const hasty = redisStore({ client: connected.client, timeout: 100 });
      server.signal('SIGSTOP');
      await charge(hasty, once('n'));
      server.signal('SIGCONT');
      await settled(store);
      expect(await charge(store, once('m'))).toBe('accepted');
    });

    test('that dies after a call was given up disturbs nobody', async () => {
      const unhandled: unknown[] = [];
      const note = (reason: unknown) => unhandled.push(reason);
      process.on('unhandledRejection', note);
      const hasty = redisStore({ client: connected.client, timeout: 100 });
      server.signal('SIGSTOP');
      expect(await charge(hasty, once('n'))).toBe('store.timeout');
      await server.kill();
      await sleep(100);
      process.off('unhandledRejection', note);
      expect(unhandled).toEqual([]);
    });

    test('that forgot the script is told it again', async () => {
      await server.admin.script('FLUSH');
      expect(await charge(store, once('n'))).toBe('accepted');
    });

    test('that cuts the line in the middle of a call: store.failed, and right again', async () => {
      await server.admin.call('CLIENT', 'PAUSE', '60000', 'WRITE');
      const answer = charge(store, once('n'));
      while (!(await server.admin.info('clients')).includes('blocked_clients:1')) await sleep(10);
      await server.admin.call('CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes');
      expect(await answer).toBe('store.failed');
      await server.admin.call('CLIENT', 'UNPAUSE');
      await settled(store);
      expect(await charge(store, once('m'))).toBe('accepted');
    });

    const failureOf = (other: AcceptableStore) =>
      (async () => other.charge({ now: NOW, operations: [once('n')] }))().catch((error: unknown) => error);

    test('that may drop rows is refused', async () => {
      await server.admin.config('SET', 'maxmemory-policy', 'allkeys-lru');
      const detail = 'maxmemory-policy drops rows';
      expect(await failureOf(redisStore({ client: connected.client }))).toMatchObject({
        code: 'store.failed',
        where: { detail },
      });
    });

    test('that refuses says its word, and nothing of what it says beside', async () => {
      await server.admin.call('ACL', 'SETUSER', 'default', '-evalsha');
      expect(await failureOf(store)).toMatchObject({
        code: 'store.failed',
        message: 'store.failed, NOPERM',
      });
    });

    describe('that is full', () => {
      const fill = async () => {
        const used = /used_memory:(\d+)/.exec(await server.admin.info('memory'))?.[1];
        await server.admin.config('SET', 'maxmemory', `${Number(used) - 100_000}`);
      };
      const spend: Operation = { kind: 'spend', key: 'a', until: NOW + 300, amount: 9, cost: 1, window: 60 };

      test('refuses with store.full', async () => {
        await fill();
        expect(await charge(store, once('n'), spend)).toBe('store.full');
      });

      test('charges nothing in part', async () => {
        await fill();
        await charge(store, once('n'), spend);
        const standing = await store.look({ now: NOW, operations: [once('n'), spend] });
        expect(standing.map(({ used }) => used)).toEqual([0, 0]);
      });

      test('can be accepted, which needs no room', async () => {
        await fill();
        expect(await codeLater(() => store.accept(NOW))).toBe('accepted');
      });

      test('makes room of what is past its time', async () => {
        const many = Array.from({ length: 3000 }, (_, i) => once(`n${i}`, NOW + 5));
        await charge(store, ...many);
        await fill();
        expect(await charge(store, once('m'))).toBe('store.full');
        const later = () => store.charge({ now: NOW + 100, operations: [once('m', NOW + 400)] });
        // Some thousands of rows go before there is room.
        const codes = [await codeLater(later), await codeLater(later), await codeLater(later)];
        expect(codes.at(-1)).toBe('accepted');
      });

      test('lets a charge take no room for the little that it forgets', async () => {
        await charge(store, once('old', NOW + 5));
        await fill();
        const later = () => store.charge({ now: NOW + 100, operations: [once('m', NOW + 400)] });
        expect(await codeLater(later)).toBe('store.full');
      });

      test('still gives back, which needs no room', async () => {
        const reserved = { ...spend, unit: 'u' };
        await store.charge({ now: NOW, operations: [reserved], reservation: { id: 'r', until: NOW + 60 } });
        await fill();
        expect(await store.settle({ now: NOW, id: 'r', costs: { u: 0 } })).toBe(true);
      });
    });
  });
