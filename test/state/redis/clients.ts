import { randomBytes } from 'node:crypto';
import { Cluster, Redis } from 'ioredis';
import { createClient, createCluster } from 'redis';
import type { RedisClient } from '../../../src/state/redis.ts';
import { clusterNodes, redisUrl } from '../../support/services.ts';

/** A client, connected, and how to be done with it. */
export interface Connected {
  readonly client: RedisClient;
  end(): void;
}

/** Prefixes are never used twice, so that no test sees the rows of another. */
export const newPrefix = () => `writ-test-${randomBytes(8).toString('hex')}`;

export const nodeRedis = async (url = redisUrl): Promise<Connected> => {
  const client = createClient({ url, disableOfflineQueue: true, socket: { reconnectStrategy: () => 50 } });
  client.on('error', () => {});
  await client.connect();
  return { client, end: () => client.destroy() };
};

export const ioredis = async (url = redisUrl): Promise<Connected> => {
  const client = new Redis(url, {
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    lazyConnect: true,
    retryStrategy: () => 50,
  });
  client.on('error', () => {});
  await client.connect();
  return { client, end: () => client.disconnect() };
};

const nodeRedisCluster = async (): Promise<Connected> => {
  const rootNodes = clusterNodes.map((port) => ({ url: `redis://127.0.0.1:${port}` }));
  const client = createCluster({ rootNodes });
  client.on('error', () => {});
  await client.connect();
  return { client, end: () => client.destroy() };
};

const ioredisCluster = async (): Promise<Connected> => {
  const nodes = clusterNodes.map((port) => ({ host: '127.0.0.1', port }));
  const client = new Cluster(nodes, { lazyConnect: true });
  client.on('error', () => {});
  await client.connect();
  return { client, end: () => client.disconnect() };
};

/** Each of the four clients, by the service that it is for. */
export const clients = {
  redis: { 'node-redis': () => nodeRedis(), ioredis: () => ioredis() },
  cluster: { 'node-redis': nodeRedisCluster, ioredis: ioredisCluster },
} as const;
