import { type RedisClient, redisStore } from '../../src/state/redis.ts';
import type { AcceptableStore } from '../../src/state/store.ts';
import { usage } from '../exit.ts';
import { parseAddress } from './address.ts';
import { load } from './load.ts';

/** What is used of the package `redis`. */
interface Package {
  createClient(options: object): RedisClient & {
    connect(): Promise<unknown>;
    on(event: 'error', hear: () => void): unknown;
    destroy(): void;
  };
}

/**
 * Opens a store in Redis or Valkey, runs, and ends the connection. The password is in `REDISCLI_AUTH`, as for redis-cli.
 *
 * @param text `redis://` or `rediss://`, with `?prefix=NAME` where the store has another name than by default
 * @throws CliError exit code 2 for a malformed URL, 3 where the package `redis` is not installed; what the store throws
 */
export async function withRedis<T>(text: string, run: (store: AcceptableStore) => Promise<T>): Promise<T> {
  const { url, name } = parseAddress(text, 'prefix', 'REDISCLI_AUTH');
  const unknown = [...new URL(url).searchParams.keys()];
  if (unknown.length > 0) throw usage(`unknown in the URL of a store: ${unknown[0]}`, 'known is prefix');
  const { createClient } = await load<Package>('redis');
  const { REDISCLI_AUTH: password } = process.env;
  const client = createClient({
    url,
    ...(password !== undefined && { password }),
    disableOfflineQueue: true,
    socket: { reconnectStrategy: false },
  });
  // A server that is not there is what the store says, and what the decision says then.
  client.on('error', () => {});
  await client.connect().catch(() => {});
  try {
    return await run(redisStore({ client, ...(name !== undefined && { prefix: name }) }));
  } finally {
    client.destroy();
  }
}
