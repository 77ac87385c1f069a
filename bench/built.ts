/** The package as it is shipped: what runs the bench would compile the sources in another way, which costs time. */
export const {
  createVerifier,
  decode,
  decodeEvidence,
  delegate,
  exportJwk,
  grant,
  importTrust,
  invoke,
  issueStatus,
  MacKey,
  memoryStore,
  SigningKey,
} = await load<typeof import('../src/index.ts')>('index.js');
export const { lmdbStore } = await load<typeof import('../src/state/lmdb.ts')>('state/lmdb.js');
export const { postgresStore } = await load<typeof import('../src/state/postgres.ts')>('state/postgres.js');
export const { redisStore } = await load<typeof import('../src/state/redis.ts')>('state/redis.js');

function load<T>(path: string): Promise<T> {
  return import(new URL(`../dist/src/${path}`, import.meta.url).href);
}
