import { renameSync } from 'node:fs';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { RequestError, StoreError } from '../errors.ts';
import { chargeRows, checkNow, liftRows, lookRows, pruneRows, settleRows } from './ledger.ts';
import { Replaced } from './lmdb/database.ts';
import { beginAnew, checkRows, Environment } from './lmdb/environment.ts';
import { toStoreError } from './lmdb/errors.ts';
import { checkFile, fileOf, identify, witnessOf } from './lmdb/file.ts';
import type { AcceptableStore } from './store.ts';

/** Where a store on disk is. */
export interface LmdbStoreOptions {
  /** The folder of the database; made, for its owner alone, in a folder that is there, where neither it nor its witness is. */
  readonly path: string;
  /** A file that knows how far the store had come, best on another disk; by default beside the folder, `PATH.witness`. */
  readonly witness?: string;
}

/** A store on disk; one that is damaged is moved aside where it is accepted. */
export interface LmdbStore extends AcceptableStore {
  /** Closes the files; a later call opens them again. */
  close(): Promise<void>;
}

/** What is open, by its place: two that are open in one thread would each wait for the other's transaction, for ever. */
const opened = new Map<string, Promise<Environment>>();

/** How often files that are not as they were are looked at again, by and by, while others open or accept them. */
const TRIES = 6;

/** How many rows one transaction drops, so that charges do not wait long for it. */
const PRUNE = 1000;

/**
 * A store on disk, which several processes share: LMDB, by the package `lmdb`. What it answers is on the disk.
 *
 * It does not open the files before it is asked. Where they are lost, older than they were or damaged, it denies with
 * `store.lost`, `store.older` or `store.damaged` until an operator accepts them, in whatever process.
 *
 * @example
 * const verifier = createVerifier({ trust, audience, store: lmdbStore({ path: '/var/lib/pay/writ' }) })
 */
export function lmdbStore(options: LmdbStoreOptions): LmdbStore {
  // A later change of the working folder makes no other store of it.
  const path = resolve(options.path);
  const place = { path, witness: options.witness === undefined ? witnessOf(path) : resolve(options.witness) };
  const name = `${path}\0${place.witness}`;
  let known = false;

  async function use<T>(work: (environment: Environment) => T | Promise<T>): Promise<T> {
    for (let tries = 1; ; tries++)
      try {
        return await attempt(work);
      } catch (error) {
        if (!(error instanceof Replaced) || tries === TRIES) throw toStoreError(error, path);
        await sleep(2 ** tries);
      }
  }

  async function attempt<T>(work: (environment: Environment) => T | Promise<T>): Promise<T> {
    const current = opened.get(name) ?? Environment.open(place, known);
    opened.set(name, current);
    try {
      const environment = await current;
      known = true;
      return await work(environment);
    } catch (error) {
      // Whatever failed, the next call looks at the files again; but not for a mistake of the caller's.
      const harmless =
        error instanceof RequestError || (error instanceof StoreError && error.code === 'store.clock');
      if (!harmless) await drop(current);
      throw error;
    }
  }

  async function drop(current: Promise<Environment> | undefined): Promise<void> {
    if (opened.get(name) === current) opened.delete(name);
    const environment = await current?.catch(() => undefined);
    await environment?.close();
  }

  return {
    durable: true,
    charge: (charge) => use((environment) => environment.write((rows) => chargeRows(rows, charge))),
    settle: (settlement) => use((environment) => environment.write((rows) => settleRows(rows, settlement))),
    look: (charge) => use((environment) => environment.read((rows) => lookRows(rows, charge))),
    lift: (prefix, part) => use((environment) => environment.write((rows) => liftRows(rows, prefix, part))),
    async prune(now) {
      for (let dropped = 0; ; ) {
        const some = await use((environment) => environment.write((rows) => pruneRows(rows, now, PRUNE)));
        dropped += some.dropped;
        if (some.seen === 0) return dropped;
      }
    },
    async accept(now) {
      checkNow(now);
      await drop(opened.get(name));
      try {
        await setAside(path);
        await beginAnew(place, now);
      } catch (error) {
        throw toStoreError(error, path);
      }
    },
    close: () => drop(opened.get(name)),
  };
}

async function setAside(path: string): Promise<void> {
  if (identify(fileOf(path)) === undefined) return;
  try {
    checkFile(fileOf(path));
    await checkRows(path);
  } catch (error) {
    const failure = toStoreError(error, path);
    if (failure.code !== 'store.damaged') throw failure;
    renameSync(path, `${path}.damaged-${Date.now()}`);
  }
}
