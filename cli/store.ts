import { Option } from 'commander';
import { memoryStore, type Store } from '../src/index.ts';
import type { AcceptableStore } from '../src/state/store.ts';
import { usage } from './exit.ts';

const KNOWN = 'known are memory, lmdb:FOLDER, redis://HOST and postgres://HOST/DATABASE';

type With = <T>(text: string, run: (store: AcceptableStore) => Promise<T>) => Promise<T>;

// Loaded where they are used: a command without a store needs none of them.
const openers: Readonly<Record<string, () => Promise<With>>> = {
  lmdb: async () => (await import('./stores/lmdb.ts')).withLmdb,
  redis: async () => (await import('./stores/redis.ts')).withRedis,
  rediss: async () => (await import('./stores/redis.ts')).withRedis,
  postgres: async () => (await import('./stores/postgres.ts')).withPostgres,
  postgresql: async () => (await import('./stores/postgres.ts')).withPostgres,
};

/** The option that says where is counted. */
export function storeOption(description: string): Option {
  return new Option('--store <store>', description);
}

/**
 * Opens the store that `--store` names, runs, and closes it whatever happens.
 *
 * @throws CliError exit code 2 for a store that is not known; what the store throws
 */
export async function withStore<T>(text: string, run: (store: Store) => Promise<T>): Promise<T> {
  return text === 'memory' ? run(memoryStore()) : (await openerOf(text))(text, run);
}

/**
 * Opens a store that is there, or was, runs, and closes it. One in memory would be empty.
 *
 * @throws CliError exit code 2 for any other store, 3 where none was ever made; what the store throws
 */
export async function withOldStore<T>(text: string, run: (store: AcceptableStore) => Promise<T>): Promise<T> {
  if (text === 'memory') {
    throw usage(
      'a store in memory is empty when a command begins',
      'name that of the service: --store lmdb:FOLDER, redis://HOST or postgres://HOST/DATABASE',
    );
  }
  const open = await openerOf(text);
  if (text.startsWith('lmdb:')) (await import('./stores/lmdb.ts')).checkLmdb(text);
  return open(text, run);
}

// An unknown store may be a URL with a password, so only its kind is repeated.
async function openerOf(text: string): Promise<With> {
  const [kind = ''] = text.split(':');
  const opener = Object.hasOwn(openers, kind) ? openers[kind] : undefined;
  if (opener !== undefined) return opener();
  if (/^[./~]/.test(text)) throw usage('a store is not named by its folder alone', 'write it as lmdb:FOLDER');
  throw usage(`unknown store: ${kind}`, KNOWN);
}
