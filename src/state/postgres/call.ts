import { StoreError, WritError } from '../../errors.ts';
import { within } from '../deadline.ts';

/** A `pg.Pool`, or any client whose `query` takes the text of one statement and its values. */
export interface PostgresClient {
  query(text: string, values: readonly unknown[]): Promise<{ rows: readonly unknown[] }>;
}

/** What the functions of the migration raise themselves; the message is the code. */
const OWN = 'WR001';

const OWN_CODES = ['store.failed', 'store.timeout', 'store.clock', 'store.lost', 'store.older'] as const;

/** No lock in time; canceled. */
const TIMEOUT = ['55P03', '57014'];

/** No room on the disk; in memory, for the locks of one call. */
const FULL = ['53100', '53200'];

/** Damaged data; rows that break a rule of their table. */
const DAMAGED = ['XX001', 'XX002', '23502', '23514'];

/** No such schema, table or function. */
const MISSING = ['3F000', '42P01', '42883'];

/**
 * Calls a function of the migration, in one statement.
 *
 * @param timeout milliseconds in which it is to answer; the database itself waits no longer for locks
 * @throws StoreError `store.*`
 */
export async function call(
  client: PostgresClient,
  schema: string,
  name: string,
  asked: object,
  timeout: number,
): Promise<unknown> {
  // The schema was checked to be a plain identifier.
  const statement = `SELECT "${schema}".${name}($1::jsonb)::text AS answer`;
  const values = [JSON.stringify({ ...asked, timeout: String(timeout) })];
  try {
    const { rows } = await within(timeout, () => client.query(statement, values));
    return JSON.parse((rows[0] as { readonly answer: string }).answer);
  } catch (error) {
    throw toStoreError(error, schema);
  }
}

/** What was thrown on the way to the database, without its words, which may name what is secret. */
function toStoreError(error: unknown, schema: string): WritError {
  if (error instanceof WritError) return error;
  const { code: state, message, detail } = Object(error) as Readonly<Record<string, unknown>>;
  const code = typeof state === 'string' && /^[A-Z][A-Z_]+$|^[0-9A-Z]{5}$/.test(state) ? state : undefined;
  if (code === undefined) {
    // The driver says so of a pool without a free connection, and of a query, in words only.
    if (/\btimeout\b/i.test(String(message))) return new StoreError('store.timeout', { detail: 'driver' });
    return new StoreError('store.failed', { detail: 'driver' });
  }
  if (code === OWN) {
    const own = OWN_CODES.find((each) => each === message) ?? 'store.damaged';
    return new StoreError(own, typeof detail === 'string' ? { detail } : {});
  }
  if (TIMEOUT.includes(code)) return new StoreError('store.timeout', { detail: code });
  if (FULL.includes(code)) return new StoreError('store.full', { detail: code });
  if (DAMAGED.includes(code)) return new StoreError('store.damaged', { detail: code });
  const hint = MISSING.includes(code) ? `, apply postgres/001-store.sql (schema ${schema})` : '';
  return new StoreError('store.failed', { detail: `${code}${hint}` });
}
