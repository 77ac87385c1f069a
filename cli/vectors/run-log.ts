import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type LogEntry, proveEntry, verifyLog } from '../../src/entry/receipts.ts';
import { importPublicJwk, importTrust, type Trust } from '../../src/index.ts';
import type { LogFile, LogReport, LogVector, Proven, ReceiptVector } from './log-format.ts';
import { toData } from './to-data.ts';

/** What this implementation makes of a log; of its receipts, less the intermediates that the id stands for. */
export interface LogOutcome extends Omit<LogReport, 'receipts'> {
  readonly receipts?: readonly Pick<ReceiptVector, 'id' | 'line' | 'summary' | 'proven'>[];
}

type Setting = Pick<LogFile, 'key' | 'trust'>;

/** Verifies a log in a folder of its own, and proves its receipts. */
export async function runLog(
  { log, checkpoints = [] }: Pick<LogVector, 'log' | 'checkpoints'>,
  setting: Setting,
): Promise<LogOutcome> {
  const trust = importTrust(setting.trust);
  const folder = mkdtempSync(join(tmpdir(), 'writ-vectors-'));
  try {
    writeFileSync(join(folder, 'receipts.log'), log, 'latin1');
    const receipts: NonNullable<LogOutcome['receipts']>[number][] = [];
    const { size, head, unsealed, problem } = await verifyLog(folder, {
      key: importPublicJwk(setting.key),
      checkpoints,
      onEntry: (entry) => receipts.push({ ...pick(entry), proven: prove(entry, trust) }),
    });
    if (problem === undefined)
      return toData({ result: 'valid', code: null, size, head, unsealed, receipts }) as LogOutcome;
    const { code, line } = problem;
    return toData({ result: 'invalid', code, line, size, head }) as LogOutcome;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function pick({ id, line, summary }: LogEntry) {
  return { id, line, summary };
}

function prove(entry: LogEntry, trust: Trust): Proven {
  const { refused = 'verified', findings, evidence } = proveEntry(entry, trust);
  return {
    token: refused === 'secret' ? 'absent' : refused,
    differs: findings.filter(({ agrees }) => !agrees).map(({ about }) => about),
    evidence: evidence.map(({ kind = null, item }) => (item === undefined ? null : kind)),
  };
}
