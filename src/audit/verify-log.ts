import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import { equal, toHex } from '../bytes.ts';
import type { Code } from '../codes.ts';
import { ReceiptError } from '../errors.ts';
import type { PublicKey } from '../keys/public-key.ts';
import { type Checkpoint, openCheckpoint } from './checkpoint.ts';
import { Follower } from './follow.ts';
import { readLines } from './lines.ts';
import { EMPTY, type Head, type Receipt, type Torn } from './receipt.ts';
import { decodeSummary, type Summary } from './summary.ts';
import { FILES, readCheckpoint, readKeyFile } from './writer.ts';

/** A receipt that is verified: its signature, its number and its link. */
export interface LogEntry {
  readonly number: number;
  /** Its id in hexadecimal. */
  readonly id: string;
  /** The line of the log, from 1. */
  readonly line: number;
  /** When it was decided, in Unix seconds. */
  readonly time: number;
  readonly summary: Summary;
  /** The bytes of the token; `null` where it carried a secret. */
  readonly token: Uint8Array | null;
  /** The items of evidence. */
  readonly evidence: readonly Uint8Array[];
  /** What a writer that was killed left behind before it. */
  readonly torn?: Torn | undefined;
}

/** What is wrong with a log, and where. */
export interface LogProblem {
  readonly code: Code;
  readonly message: string;
  /** The line, from 1; absent where it is about the log as a whole. */
  readonly line?: number;
}

/** What a log is verified with. */
export interface VerifyLogOptions {
  /** The key that must have signed the log; by default the one that lies beside it, which proves nothing by itself. */
  readonly key?: PublicKey;
  /** Checkpoints that were kept elsewhere, as text, beside that of the folder. */
  readonly checkpoints?: readonly string[];
  /** Hears each receipt in order, as soon as it is verified. */
  readonly onEntry?: (entry: LogEntry) => void;
  /** Hears from time to time how many bytes were read, and of how many. */
  readonly onProgress?: (bytes: number, of: number) => void;
}

/** What became of verifying a log. */
export interface LogReport {
  /** The key that it was verified with. */
  readonly key: PublicKey;
  /** Whether the key was given, and not found beside the log. */
  readonly pinned: boolean;
  /** How many receipts are verified. */
  readonly size: number;
  /** The id of the last one in hexadecimal; empty without one. */
  readonly head: string;
  /** The checkpoints that were found in it; of those, the greatest is how far the log is known not to be shortened. */
  readonly checkpoints: readonly Checkpoint[];
  /** Bytes at the end that no receipt has sealed yet: a writer was killed, or writes just now. */
  readonly unsealed: number;
  /** What is wrong, the first thing; receipts behind it are not verified. Absent where all holds. */
  readonly problem?: LogProblem;
}

/**
 * Verifies a log of receipts: each signature, number and link, sealed bytes, and checkpoints (spec §9.8.3). It may be
 * one that is being written.
 *
 * @throws ReceiptError `receipt.key` where there is neither a key nor one beside the log; what the file system throws
 * @example
 * const { size, problem } = await verifyLog('/var/lib/pay/receipts', { key, onEntry: ({ summary }) => print(summary) })
 */
export async function verifyLog(path: string, options: VerifyLogOptions = {}): Promise<LogReport> {
  const key = options.key ?? readKeyFile(join(path, FILES.key));
  const follower = new Follower(key);
  const held: Held = { head: EMPTY, checkpoints: [] };
  let problem: LogProblem | undefined;
  let unsealed = 0;
  try {
    // Before the log, which may grow meanwhile.
    const kept = (options.checkpoints ?? []).map((note) => openCheckpoint(note, key));
    const own = readCheckpoint(join(path, FILES.checkpoint), key);
    const demanded = own === undefined ? kept : [own, ...kept];
    unsealed = await follow(path, follower, demanded, held, options);
    const missing = demanded.filter(({ size }) => size > held.head.size);
    if (missing.length > 0) {
      const most = Math.max(...missing.map(({ size }) => size));
      throw new ReceiptError('receipt.truncated', { detail: `${held.head.size} receipts of ${most}` });
    }
  } catch (error) {
    if (!(error instanceof ReceiptError)) throw error;
    problem = problemOf(error);
  }
  const { head, checkpoints } = held;
  const pinned = options.key !== undefined;
  return {
    key,
    pinned,
    size: head.size,
    head: toHex(head.id),
    checkpoints,
    unsealed,
    ...(problem && { problem }),
  };
}

/** How far all holds: of the last receipt, its summary and its checkpoints too. */
interface Held {
  head: Head;
  readonly checkpoints: Checkpoint[];
}

async function follow(
  path: string,
  follower: Follower,
  demanded: readonly Checkpoint[],
  held: Held,
  { onEntry, onProgress }: VerifyLogOptions,
): Promise<number> {
  const file = await openLog(join(path, FILES.log));
  if (file === undefined) return 0;
  try {
    const { size } = await file.stat();
    let [at, unsealed] = [0, 0];
    for await (const { bytes, ended } of readLines(file)) {
      const receipt = follower.take(bytes, true);
      at += bytes.length + (ended ? 1 : 0);
      unsealed = receipt === undefined ? unsealed + bytes.length + (ended ? 1 : 0) : 0;
      if (follower.line % 256 === 0) onProgress?.(at, Math.max(at, size));
      if (receipt === undefined) continue;
      const entry = entryOf(receipt, follower);
      const here = demanded.filter((checkpoint) => checkpoint.size === follower.head.size);
      for (const { id } of here) if (!equal(id, follower.head.id)) refuseLine('receipt.link', follower.line);
      held.checkpoints.push(...here);
      held.head = follower.head;
      onEntry?.(entry);
    }
    onProgress?.(at, Math.max(at, size));
    return unsealed;
  } finally {
    await file.close();
  }
}

// A log that is gone is one without receipts, of which its checkpoints know better.
async function openLog(path: string): Promise<FileHandle | undefined> {
  try {
    return await open(path, 'r');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

function entryOf(receipt: Receipt, { head, line }: Follower): LogEntry {
  const { number, time, token, evidence, torn } = receipt;
  const summary = summaryOf(receipt, line);
  return { number, id: toHex(head.id), line, time, summary, token, evidence, torn };
}

function summaryOf({ summary, time }: Receipt, line: number): Summary {
  try {
    const decoded = decodeSummary(summary);
    if (decoded.now === time) return decoded;
  } catch (error) {
    if (!(error instanceof ReceiptError)) throw error;
  }
  return refuseLine('receipt.shape', line);
}

function refuseLine(code: Code, line: number): never {
  throw new ReceiptError(code, { path: `line ${line}` });
}

function problemOf({ code, message, where: { path = '' } }: ReceiptError): LogProblem {
  const [, line] = /^line ([0-9]+)$/.exec(path) ?? [];
  return { code, message, ...(line !== undefined && { line: Number(line) }) };
}
