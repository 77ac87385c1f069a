import { readFileSync } from 'node:fs';
import pg from 'pg';

const migration = readFileSync(new URL('../../postgres/001-store.sql', import.meta.url), 'utf8');

/** The migration for a schema of another name, by what it says of itself. */
export function migrationOf(schema: string): string {
  return migration.replaceAll(/\bwrit\b/g, schema);
}

/** Makes a store's tables and functions in a new schema of a database. */
export async function migrate(url: string, schema: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(migrationOf(schema));
  } finally {
    await client.end();
  }
}
