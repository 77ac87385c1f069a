import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { FILES } from '../src/audit/writer.ts';
import { type LogEntry, type LogReport, type Proof, proveEntry, verifyLog } from '../src/entry/receipts.ts';
import { codes, importTrust, ReceiptError, type Trust } from '../src/index.ts';
import { CliError, exits } from './exit.ts';
import { readInput, readJsonFile } from './io.ts';
import { readPublicKey } from './keys.ts';
import { type CommonFlags, note } from './output.ts';
import { reportBytes } from './progress.ts';
import { collect } from './values.ts';

/** The flags of every command that reads a log of receipts. */
export interface LogFlags extends CommonFlags {
  readonly receipts: string;
  readonly key?: string;
  readonly checkpoint?: readonly string[];
  readonly trust?: string;
}

/** Adds the flags that say which log is read, and what it is verified with. */
export function addLogFlags(command: Command): Command {
  return command
    .requiredOption('--receipts <folder>', 'the folder of the log')
    .option('--key <keyfile>', 'the public key that signs the log, known from elsewhere')
    .option('--checkpoint <file>', 'a checkpoint of the log that was kept elsewhere; repeatable', collect)
    .option('--trust <file>', 'your own trust file, to verify the tokens in the receipts anew');
}

/** A verified receipt, and what the auditor's own trust proves of it; no proof where there is no trust file. */
export type Audited = LogEntry & { readonly proof?: Proof };

/**
 * Verifies a log from its beginning, and hands on each receipt that holds.
 *
 * @throws CliError exit code 3 where there is no log, or a checkpoint is none
 */
export async function readLog(flags: LogFlags, onEntry: (entry: Audited) => void): Promise<LogReport> {
  const { receipts: folder, checkpoint = [] } = flags;
  if (!Object.values(FILES).some((name) => existsSync(join(folder, name)))) {
    const hint =
      'writ verify --receipts makes one; check the name, which counts from the folder in which you are';
    throw new CliError(exits.file, `${folder}: there is no log of receipts`, hint);
  }
  const trust: Trust | undefined =
    flags.trust === undefined ? undefined : importTrust(readJsonFile(flags.trust));
  const kept = checkpoint.map(readCheckpoint);
  const progress = reportBytes('receipts verified');
  try {
    return await verifyLog(folder, {
      ...(flags.key !== undefined && { key: readPublicKey(flags.key) }),
      checkpoints: kept,
      onEntry: (entry) =>
        onEntry(trust === undefined ? entry : { ...entry, proof: proveEntry(entry, trust) }),
      onProgress: progress.tell,
    });
  } catch (error) {
    if (!(error instanceof ReceiptError)) throw error;
    const hint = 'name the public key of the service as --key';
    throw new CliError(exits.unverified, `${error.code}: ${codes[error.code][1]}`, hint, error.code);
  } finally {
    progress.end();
  }
}

// A wrong name says nothing about the log; whether a checkpoint is genuine, the verifying says.
function readCheckpoint(path: string): string {
  const text = readInput(path).toString('utf8');
  if (/\n\n— \S+ \S+\n$/.test(text)) return text;
  const hint = 'a copy of the file checkpoint, which lies in the folder of a log, is one';
  throw new CliError(exits.file, `${path}: this is no checkpoint`, hint);
}

/** Says on standard error that nothing was found, which a misspelt name looks like. */
export function noteNone({ size }: LogReport): void {
  note(`writ: note: none of the ${size === 1 ? 'one receipt' : `${size} receipts`} is of this kind`);
}

/** Says on standard error what is wrong with a log, if anything is, and sets the exit code. */
export function noteProblem({ problem, size }: LogReport): void {
  if (problem === undefined) return;
  const { code, line } = problem;
  const where = line === undefined ? 'the log' : `line ${line} of the log`;
  note(`writ: error: ${where}: ${code}: ${codes[code][1]}`);
  const before =
    size === 0
      ? ''
      : `${size === 1 ? 'the receipt before it holds' : `the ${size} receipts before it hold`}; `;
  note(`writ: hint: ${before}writ explain ${code} tells more`);
  process.exitCode = exits.unverified;
}
