import { type PostgresClient, postgresStore } from '../../src/state/postgres.ts';
import type { AcceptableStore } from '../../src/state/store.ts';
import { parseAddress } from './address.ts';
import { load } from './load.ts';

/** What is used of the package `pg`. */
interface Package {
  readonly default: {
    readonly Pool: new (
      options: object,
    ) => PostgresClient & {
      on(event: 'error', hear: () => void): unknown;
      end(): Promise<void>;
    };
  };
}

/**
 * Opens a store in PostgreSQL, runs, and ends the connection. The password is in `PGPASSWORD` or `~/.pgpass`, as for psql.
 *
 * @param text `postgres://`, with `?schema=NAME` where the migration was applied to another schema than by default
 * @throws CliError exit code 2 for a malformed URL, 3 where the package `pg` is not installed; what the store throws
 */
export async function withPostgres<T>(text: string, run: (store: AcceptableStore) => Promise<T>): Promise<T> {
  const { url, name } = parseAddress(text, 'schema', 'PGPASSWORD');
  const { Pool } = (await load<Package>('pg')).default;
  const pool = new Pool({ connectionString: url, max: 1 });
  // A server that is not there is what the store says, and what the decision says then.
  pool.on('error', () => {});
  try {
    return await run(postgresStore({ client: pool, ...(name !== undefined && { schema: name }) }));
  } finally {
    await pool.end();
  }
}
