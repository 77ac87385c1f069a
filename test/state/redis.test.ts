import { afterAll, beforeAll } from 'vitest';
import { redisStore } from '../../src/state/redis.ts';
import { describeWith } from '../support/services.ts';
import { contract } from './contract.ts';
import { lawOfMemory } from './law-of-memory.ts';
import { type Connected, clients, newPrefix, nodeRedis } from './redis/clients.ts';

for (const service of ['redis', 'cluster'] as const)
  for (const [name, connect] of Object.entries(clients[service]))
    describeWith(service, `${service} by ${name}`, () => {
      let connected: Connected;
      beforeAll(async () => {
        connected = await connect();
      });
      afterAll(() => connected.end());
      contract(`${service} by ${name}`, () => ({
        store: redisStore({ client: connected.client, prefix: newPrefix() }),
        close: async () => {},
      }));
    });

describeWith('redis', 'redis', () => {
  let connected: Connected;
  beforeAll(async () => {
    connected = await nodeRedis();
  });
  afterAll(() => connected.end());
  lawOfMemory(async () => redisStore({ client: connected.client, prefix: newPrefix() }));
});
