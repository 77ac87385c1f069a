import { readFileSync } from 'node:fs';
import pg from 'pg';

const migration = readFileSync(new URL('../../postgres/001-store.sql', import.meta.url), 'utf8');

/** The migration for a schema of another name, by what it says of itself. */
export function migrationOf(schema: string): string {
  return migration.replaceAll(/\bwrit\b/g, schema);
}

/** Runs statements by a connection of their own. */
export async function run(url: string, statements: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statements);
  } finally {
    await client.end();
  }
}
