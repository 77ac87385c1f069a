import { existsSync, realpathSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { HeldError, type Lock, lock } from '../src/audit/lock.ts';
import { toHex } from '../src/bytes.ts';
import { missionStates } from '../src/evidence/status.ts';
import { exportJwk, importPublicJwk, type Json, type KeptMission, type PublicKey } from '../src/index.ts';
import { isJsonObject, type JsonObject, parseJson } from '../src/json.ts';
import * as limits from '../src/limits.ts';
import { CliError, exits, usage } from './exit.ts';
import { fileError } from './file-error.ts';
import { MAX_INPUT, readInput, replaceFile } from './io.ts';

/** What a keeper of missions remembers. */
export interface MissionFile {
  /** The key that the statements are signed with: two would contradict each other. */
  readonly authority: PublicKey;
  readonly missions: readonly KeptMission[];
}

const VERSION = 1;
// Some half a million revoked ids.
const MAX_FILE = 64 * MAX_INPUT;
// A signer may ask a person, or a machine far away, while the lock is held.
const PATIENCE_MS = 15_000;
const PAUSE_MS = 25;

/** Reads the state file of a keeper. @throws CliError exit code 3 where it is missing, or not exactly one */
export function readMissionFile(path: string): MissionFile {
  checkThere(path);
  const tooLarge = refuse(path, 'it is larger than 64 MiB');
  const text = readInput(path, tooLarge, MAX_FILE).toString('utf8');
  let value: Json;
  try {
    value = parseJson(text);
  } catch {
    throw refuse(path, 'it is not JSON, or has a name twice');
  }
  return parse(value, path);
}

/**
 * Changes the state file of a keeper in one step, which no other process interrupts.
 *
 * @param change gives the new content, and whatever is to be done once it is on the disk
 * @throws CliError exit code 3; what `change` throws, and then the file is as it was
 */
export async function changeMissionFile<T extends { readonly file: MissionFile }>(
  path: string,
  create: boolean,
  change: (before: MissionFile | undefined) => Promise<T>,
): Promise<T> {
  if (!create || path === '-') checkThere(path);
  const held = await lockFile(path);
  try {
    const before = existsSync(path) ? readMissionFile(path) : undefined;
    const changed = await change(before);
    // A signer may take long, and whoever removed the lock meanwhile has perhaps revoked what would come alive again.
    if (!held.holds()) {
      const hint = 'nothing was changed; look at it with writ mission show, and do it again';
      throw new CliError(exits.file, `${path}: the lock was removed or taken over meanwhile`, hint);
    }
    replaceFile(path, format(changed.file), 0o600);
    return changed;
  } finally {
    held.release();
  }
}

function checkThere(path: string): void {
  if (path === '-') throw usage('the state of missions is kept in a file', 'name it, such as missions.json');
  if (existsSync(path)) return;
  const hint = 'writ mission start makes it; check the name, which counts from the folder in which you are';
  throw new CliError(exits.file, `${path}: there is no such file`, hint);
}

async function lockFile(path: string): Promise<Lock> {
  // Whatever name it goes by, it is one file.
  const prefix = `${existsSync(path) ? realpathSync(path) : path}.lock`;
  for (const end = Date.now() + PATIENCE_MS; ; ) {
    try {
      return lock(prefix);
    } catch (error) {
      if (!(error instanceof HeldError)) throw fileError(path, error);
      if (Date.now() > end) {
        throw new CliError(exits.file, `${path}: another process is changing it`, error.message);
      }
    }
    await setTimeout(PAUSE_MS);
  }
}

function format({ authority, missions }: MissionFile): string {
  const written = missions.map(({ revoked, ...mission }) => ({
    ...mission,
    revoked: Object.fromEntries(revoked.map(({ id, until }) => [toHex(id), until])),
  }));
  return `${JSON.stringify({ version: VERSION, authority: exportJwk(authority), missions: written }, null, 2)}\n`;
}

// What it does not understand it must not write back without.
function parse(value: Json, path: string): MissionFile {
  if (isJsonObject(value) && Object.hasOwn(value, 'version') && value.version !== VERSION) {
    throw refuse(path, `it is of another version than ${VERSION}`);
  }
  const { authority, missions } = members(value, ['version', 'authority', 'missions'], path, 'the file');
  if (!Array.isArray(missions)) throw refuse(path, 'missions is no array');
  const read = missions.map((mission: Json, i) => parseMission(mission, path, `mission ${i}`));
  if (new Set(read.map(({ subject }) => subject)).size < read.length) {
    throw refuse(path, 'missions names a subject twice');
  }
  return { authority: parseAuthority(authority, path), missions: read };
}

function parseAuthority(value: Json | undefined, path: string): PublicKey {
  const jwk = members(value, ['kty', 'crv', 'x'], path, 'authority');
  try {
    return importPublicJwk(jwk);
  } catch {
    throw refuse(path, 'authority is no public key');
  }
}

const MEMBERS = ['subject', 'state', 'since', 'issued', 'goodUntil', 'revoked'];

function parseMission(value: Json, path: string, place: string): KeptMission {
  const mission = members(value, MEMBERS, path, place);
  const { subject, since, issued, goodUntil, revoked } = mission;
  const state = missionStates.find((name) => name === mission.state);
  if (typeof subject !== 'string') throw refuse(path, `${place}, subject is no text`);
  if (state === undefined) throw refuse(path, `${place}, state is none of ${missionStates.join(', ')}`);
  if (!isTime(since) || !isTime(issued) || !isTime(goodUntil)) {
    throw refuse(path, `${place}, since, issued or goodUntil is no time`);
  }
  if (revoked === undefined || !isJsonObject(revoked))
    throw refuse(path, `${place}, revoked is no JSON object`);
  const ids = Object.entries(revoked).map(([id, until]) => {
    if (!/^[0-9a-f]{64}$/.test(id) || !isTime(until)) throw refuse(path, `${place}, revoked, not ID: TIME`);
    return { id: new Uint8Array(Buffer.from(id, 'hex')), until };
  });
  return { subject, state, since, issued, goodUntil, revoked: ids };
}

function members(value: Json | undefined, names: readonly string[], path: string, place: string): JsonObject {
  if (value === undefined || !isJsonObject(value)) throw refuse(path, `${place} is no JSON object`);
  const missing = names.find((name) => !Object.hasOwn(value, name));
  if (missing !== undefined) throw refuse(path, `${place} has no ${missing}`);
  const unknown = Object.keys(value).find((name) => !names.includes(name));
  if (unknown !== undefined) throw refuse(path, `${place} has a member that is not known`);
  return value;
}

function isTime(value: Json | undefined): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 && value < limits.time;
}

function refuse(path: string, what: string): CliError {
  return new CliError(
    exits.file,
    `${path}: no state file of missions that can be used: ${what}`,
    'nothing was changed; check the name, or restore the file from a copy, which lacks what was revoked since',
  );
}
