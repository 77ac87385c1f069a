import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { exportJwk, exportKey, type SigningKey, type Status, verifyStatus } from '../../src/index.ts';
import { hands } from './chains.ts';
import { type Run, type Workplace, workplace } from './cli.ts';
import { NOW } from './forge.ts';

export const SUBJECT = 'mailto:cfo@acme.example#q3-report';

/** A keeper of missions in a workplace, whose clock is that of the scene. */
export interface Keeping extends Workplace {
  /** Runs a command with the keeper's key and state file. */
  keep(args: readonly string[], more?: { now?: number; input?: string }): Run;
  /** Runs it, demands exit code 0, and gives the statement, verified. */
  state(args: readonly string[], now?: number): Status;
  write(name: string, text: string): void;
  read(name: string): string;
}

/** Makes a workplace with key files of the scene, by name, and `keeper.jwk`, which is the stranger's. */
export function keeping(): Keeping {
  const place = workplace();
  const write: Keeping['write'] = (name, text) => writeFileSync(join(place.folder, name), text);
  const read: Keeping['read'] = (name) => readFileSync(join(place.folder, name), 'utf8');
  const { cfo, research, lookup, stranger: keeper } = hands;
  for (const [name, key] of Object.entries({ cfo, research, lookup, keeper }) as [string, SigningKey][]) {
    write(`${name}.jwk`, exportKey(key, 'jwk') as string);
    write(`${name}.pub.jwk`, exportKey(key.publicKey, 'jwk') as string);
  }
  const keep: Keeping['keep'] = (args, { now = NOW, input = '' } = {}) =>
    place.writ([...args, '--key', 'keeper.jwk', '--state', 'missions.json', '--now', String(now)], { input });
  const state: Keeping['state'] = (args, now = NOW) => {
    const { exit, stdout, stderr } = keep(args, { now });
    if (exit !== 0) throw new Error(`writ ${args.join(' ')} ended with ${exit}: ${stderr}`);
    return verifyStatus(stdout, keeper.publicKey);
  };
  return { ...place, keep, state, write, read };
}

/** The same with one mission that is active, stated at the scene's clock; without a process. */
export function started(): Keeping {
  const place = keeping();
  const authority = exportJwk(hands.stranger.publicKey);
  const mission = {
    subject: SUBJECT,
    state: 'active',
    since: NOW,
    issued: NOW,
    goodUntil: NOW + 3600,
    revoked: {},
  };
  place.write('missions.json', JSON.stringify({ version: 1, authority, missions: [mission] }));
  return place;
}
