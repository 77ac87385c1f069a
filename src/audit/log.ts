import { join, resolve } from 'node:path';
import { toBase64url } from '../bytes.ts';
import { ReceiptError } from '../errors.ts';
import { SigningKey } from '../keys/signing-key.ts';
import { isKeyName } from './note.ts';
import { type Content, contentOf } from './receipt.ts';
import type { Receipts, Recorded } from './receipts.ts';
import { BEGINNING, FILES, Moved, Writer } from './writer.ts';

/** Where a log of receipts is, and who signs it. */
export interface ReceiptLogOptions {
  /** The folder of the log; made, for its owner alone, where it is missing. */
  readonly path: string;
  /** Signs receipts and checkpoints, and should sign nothing else. */
  readonly key: SigningKey;
  /** The name of the log in its checkpoints, without white space and `+`; by default one that is made from the key. */
  readonly name?: string;
  /** The file of the checkpoint, best on another disk; by default in the folder. */
  readonly checkpoint?: string;
}

/** A log of receipts in a folder. */
export interface ReceiptLog extends Receipts {
  /**
   * Opens the log and verifies it; else the first record does. A service opens it at its start, to know then.
   *
   * @throws ReceiptError `receipt.*`
   */
  open(): Promise<void>;
  /** Waits for what is being recorded, and lets others write; a later record opens the log again. */
  close(): Promise<void>;
}

/** About how many bytes are written in one go. */
const BATCH = 1_048_576;

interface Waiting {
  readonly content: Content;
  readonly done: () => void;
  readonly fail: (error: Error) => void;
}

/**
 * A log of receipts on disk, with one writer (spec §9.8.5). What is recorded is on the disk before `record` ends;
 * those that come at the same time share one flush.
 *
 * Where the log is not what it was, each record rejects with its code, until an operator has seen to it and the log is
 * opened anew: by `open`, or by a new process.
 *
 * @example
 * const receipts = receiptLog({ path: '/var/lib/pay/receipts', key, name: 'pay.acme.example' })
 * await receipts.open()
 * const verifier = createVerifier({ trust, audience, receipts })
 */
export function receiptLog(options: ReceiptLogOptions): ReceiptLog {
  const { key, name = `writ/${toBase64url(key?.kid ?? new Uint8Array())}` } = options;
  if (!(key instanceof SigningKey)) throw new TypeError('the key is no SigningKey');
  if (!isKeyName(name)) throw new TypeError('the name is empty, or has white space or a +');
  // A later change of the working folder makes no other log of it.
  const folder = resolve(options.path);
  const place = { folder, checkpoint: resolve(options.checkpoint ?? join(folder, FILES.checkpoint)) };
  const queue: Waiting[] = [];
  let writer: Writer | undefined;
  let known = BEGINNING;
  let refused: ReceiptError | undefined;
  let work: Promise<void> = Promise.resolve();

  async function opened(): Promise<Writer> {
    if (refused !== undefined) throw refused;
    try {
      writer ??= await Writer.open(place, { name, key }, known);
    } catch (error) {
      const failure = toReceiptError(error);
      // Others let go of a lock, and disks recover; the rest stays as it is, and is not read again for each request.
      if (failure.code !== 'receipt.locked' && failure.code !== 'receipt.failed') refused = failure;
      throw failure;
    }
    known = writer.known;
    return writer;
  }

  async function drop(): Promise<void> {
    const dropped = writer;
    writer = undefined;
    await dropped?.close();
  }

  async function append(contents: readonly Content[]): Promise<void> {
    for (let again = true; ; again = false) {
      const current = await opened();
      try {
        await current.append(contents);
        known = current.known;
        return;
      } catch (error) {
        await drop();
        // Opening them says what became of the files.
        if (!(again && error instanceof Moved)) throw error;
      }
    }
  }

  async function flush(): Promise<void> {
    const batch: Waiting[] = [];
    for (let bytes = 0; queue.length > 0 && bytes < BATCH; ) {
      const waiting = queue.shift() as Waiting;
      batch.push(waiting);
      bytes += sizeOf(waiting.content);
    }
    if (batch.length === 0) return;
    try {
      await append(batch.map(({ content }) => content));
      for (const { done } of batch) done();
    } catch (error) {
      for (const { fail } of batch) fail(toReceiptError(error));
    }
  }

  /** One thing after the other; what fails is the business of whoever asked for it. */
  function after(task: () => Promise<void>): Promise<void> {
    const result = work.then(task);
    work = result.catch(() => {});
    return result;
  }

  return {
    async record(recorded: Recorded) {
      const content = contentOf(recorded);
      return new Promise((done, fail) => {
        queue.push({ content, done, fail });
        // Whoever comes while another is flushed is taken along by the next flush.
        if (queue.length === 1) after(drain);
      });
    },
    open: () =>
      after(async () => {
        refused = undefined;
        await opened();
      }),
    close: () => after(drop),
  };

  async function drain(): Promise<void> {
    while (queue.length > 0) await flush();
  }
}

function sizeOf({ token, evidence, summary }: Content): number {
  return evidence.reduce((sum, { length }) => sum + length, (token?.length ?? 0) + summary.length);
}

// Whatever the file system throws, nothing was recorded.
function toReceiptError(error: unknown): ReceiptError {
  if (error instanceof ReceiptError) return error;
  return new ReceiptError('receipt.failed', { detail: error instanceof Error ? error.message : undefined });
}
