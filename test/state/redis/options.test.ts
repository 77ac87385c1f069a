import { createServer, type Server } from 'node:net';
import { Redis } from 'ioredis';
import { afterEach, describe, expect, test } from 'vitest';
import { type RedisClient, type RedisStoreOptions, redisStore } from '../../../src/state/redis.ts';
import { codeLater } from '../contract.ts';

const client: RedisClient = { evalsha: async () => [], eval: async () => [] };

describe('redis: what a store is made of', () => {
  test.each([
    ['no client', { client: {} }],
    ['nothing', { client: undefined }],
    ['half a client', { client: { evalSha: async () => [] } }],
    ['an empty prefix', { client, prefix: '' }],
    ['a prefix with a brace', { client, prefix: 'a}b' }],
    ['a timeout of nothing', { client, timeout: 0 }],
    ['a timeout that no timer keeps', { client, timeout: 2 ** 31 }],
  ])('%s is a TypeError', (_, options) => {
    expect(() => redisStore(options as unknown as RedisStoreOptions)).toThrow(TypeError);
  });

  test('it is durable where the operator says so, and only then', () => {
    expect([redisStore({ client }).durable, redisStore({ client, durable: true }).durable]).toEqual([
      false,
      true,
    ]);
  });
});

describe('redis: what answers is no store', () => {
  let proxy: Server | undefined;
  let redis: Redis | undefined;
  afterEach(() => {
    redis?.disconnect();
    proxy?.close();
  });

  // Something between that answers each command alike.
  async function askOf(answer: string) {
    const listening = createServer((socket) => {
      socket.on('error', () => {});
      socket.on('data', (data) => {
        for (const _ of data.toString('latin1').matchAll(/^\*\d+\r\n/gm)) socket.write(answer);
      });
    });
    proxy = listening;
    await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
    const { port } = listening.address() as { port: number };
    redis = new Redis({ port, host: '127.0.0.1', enableReadyCheck: false, disableClientInfo: true });
    redis.on('error', () => {});
    const store = redisStore({ client: redis });
    return codeLater(() =>
      store.charge({ now: 1000, operations: [{ kind: 'once', key: 'n', until: 2000 }] }),
    );
  }
  const text = (value: string) => `$${value.length}\r\n${value}\r\n`;
  const list = (...parts: string[]) => `*${parts.length}\r\n${parts.join('')}`;
  const mark = [text('ok'), text('0'.repeat(32)), text('1'), text('0')];

  test('the right answer passes', async () => {
    expect(await askOf(list(...mark, list(), list(list(text('0')))))).toBe('accepted');
  });

  test.each([
    ['a word', '+OK\r\n'],
    ['a number', ':1\r\n'],
    ['nothing', '$-1\r\n'],
    ['an empty list', '*0\r\n'],
    ['another state', list(text('fine'), ...mark.slice(1))],
    ['no epoch', list(text('ok'), text('e'), ...mark.slice(2))],
    ['a count that is none', list(...mark.slice(0, 2), text('-1'), text('0'))],
    ['no body', list(...mark)],
    ['no standing of an operation', list(...mark, list(), list())],
    ['a use that is no number', list(...mark, list(), list(list(text('x'))))],
    ['an operation that was not asked', list(...mark, list(text('1')), list(list(text('0'))))],
    ['an error of its own', '-NOPE secret\r\n'],
  ])('%s: store.failed', async (_, answer) => {
    expect(await askOf(answer)).toBe('store.failed');
  });
});
