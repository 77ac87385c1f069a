import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { verifyLog } from '../../src/audit/verify-log.ts';
import { SigningKey } from '../../src/keys/signing-key.ts';
import { textWith } from '../support/chains.ts';
import { hex, pair, trustFile } from '../support/forge.ts';
import type { Crowd } from './crowd.ts';
import type { Random } from './random.ts';

/** What a number of kills of a process that records came to. */
export interface Recorded {
  kills: number;
  /** Receipts that somebody was told of. */
  acknowledged: number;
  /** Receipts that were found in a log, though nobody was told of them. */
  unheard: number;
  /** Kills after which the log ended in a part of a receipt. */
  torn: number;
  violations: string[];
}

const CLERK = fileURLToPath(new URL('clerk.mjs', import.meta.url));
const recorder = pair('recorder');
const { publicKey } = new SigningKey(recorder.seed);

/** How often one log is written on before a new one is begun. */
const LIVES = 20;

/**
 * Kills processes at random moments while they record in one log, and verifies it after each: nothing that was
 * acknowledged is lost, no number comes twice, and what it was stays its beginning.
 */
export async function killClerks(
  crowd: Crowd,
  kills: number,
  random: Random,
  tell: (kills: number) => void = () => {},
): Promise<Recorded> {
  const recorded: Recorded = { kills: 0, acknowledged: 0, unheard: 0, torn: 0, violations: [] };
  while (recorded.kills < kills) {
    const path = join(crowd.folder(), 'log');
    const heard = new Set<number>();
    const checkpoints: string[] = [];
    let first = 0;
    const lives = Math.min(LIVES, kills - recorded.kills);
    for (let life = 0; life < lives; life++) {
      const violations = await live(path, first, random, heard);
      const found = new Map<string, number>();
      const report = await verifyLog(path, {
        ...{ key: publicKey, checkpoints },
        onEntry({ summary }) {
          const what = summary.request?.resource ?? '';
          found.set(what, (found.get(what) ?? 0) + 1);
        },
      });
      const lost = [...heard].filter((number) => !found.has(`reports/${number}`));
      const twice = [...found].filter(([, count]) => count > 1).map(([what]) => what);
      if (report.problem) violations.push(`${report.problem.code}: ${report.problem.message}`);
      if (lost.length > 0) violations.push(`acknowledged and lost: ${lost.join(' ')}`);
      if (twice.length > 0) violations.push(`recorded twice: ${twice.join(' ')}`);
      recorded.violations.push(...violations.map((what) => `kill ${recorded.kills}: ${what}`));
      if (report.unsealed > 0) recorded.torn++;
      const checkpoint = join(path, 'checkpoint');
      if (existsSync(checkpoint)) checkpoints.splice(0, 1, readFileSync(checkpoint, 'utf8'));
      first = Math.max(first, ...[...found.keys()].map((what) => Number(what.split('/')[1]) + 1));
      tell(++recorded.kills);
      if (life < lives - 1) continue;
      recorded.acknowledged += heard.size;
      recorded.unheard += found.size - heard.size;
    }
  }
  return recorded;
}

// One process, from its start to its end at a random moment: while it starts, opens the log, or after some receipts.
async function live(path: string, first: number, random: Random, heard: Set<number>): Promise<string[]> {
  const child = spawn(process.execPath, [CLERK], { stdio: ['pipe', 'pipe', 'inherit'] });
  const gone = once(child, 'exit');
  const violations: string[] = [];
  let lines = 0;
  const read = createInterface(child.stdout).on('line', (line) => {
    lines++;
    if (/^[0-9]+$/.test(line)) heard.add(Number(line));
    else if (line !== 'ready') violations.push(line);
  });
  const said = once(read, 'close');
  // From receipts of 3 KiB to such as take more than one moment to write.
  const bytes = random.below(2) === 0 ? 0 : random.below(600_000);
  const given = { path, text: textWith(2), trust: trustFile, seed: hex(recorder.seed), first, bytes };
  child.stdin.write(`${JSON.stringify(given)}\n`);
  const when = random.below(10);
  const after = when === 1 ? 0 : random.below(bytes > 0 ? 12 : 60);
  if (when === 0) await sleep(random.below(400));
  else await waitFor(child, () => lines > after);
  await sleep(random.below(when === 1 ? 30 : 8));
  // Half of them as soon as the file has grown, which is before anybody is told of it.
  if (when > 5) await waitForGrowth(child, join(path, 'receipts.log'));
  child.kill('SIGKILL');
  await gone;
  await said;
  return violations;
}

async function waitFor(child: ChildProcess, holds: () => boolean): Promise<void> {
  while (!holds() && child.exitCode === null) await sleep(1);
}

async function waitForGrowth(child: ChildProcess, log: string): Promise<void> {
  const sizeOf = () => statSync(log, { throwIfNoEntry: false })?.size ?? 0;
  const before = sizeOf();
  const end = performance.now() + 1000;
  // Without rest, for the moment is short.
  while (sizeOf() === before && child.exitCode === null && performance.now() < end);
}
