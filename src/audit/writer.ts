import { existsSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import { type FileHandle, open, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { equal, utf8 } from '../bytes.ts';
import { ReceiptError } from '../errors.ts';
import { exportJwk, importPublicJwk } from '../keys/jwk.ts';
import type { PublicKey } from '../keys/public-key.ts';
import type { SigningKey } from '../keys/signing-key.ts';
import { type Checkpoint, openCheckpoint, signCheckpoint } from './checkpoint.ts';
import { Follower } from './follow.ts';
import { readLines } from './lines.ts';
import { HeldError, type Lock, lock } from './lock.ts';
import { type Content, EMPTY, type Head, signReceipt, type Torn } from './receipt.ts';

/** Where the files of a log are. */
export interface Place {
  readonly folder: string;
  readonly checkpoint: string;
}

/** The name under which checkpoints are signed, and the key that signs. */
export interface Author {
  readonly name: string;
  readonly key: SigningKey;
}

/** A point in a log up to which all is known: behind the newline of its last receipt. */
export interface Known {
  readonly head: Head;
  readonly offset: number;
  /** How many lines that are. */
  readonly lines: number;
}

/** The beginning of a log. */
export const BEGINNING: Known = { head: EMPTY, offset: 0, lines: 0 };

/** The files that lie in the folder of a log. */
export const FILES = { log: 'receipts.log', key: 'key.jwk', checkpoint: 'checkpoint', lock: 'lock' } as const;

/** The files are not what they were when they were opened; they must be looked at again. */
export class Moved extends Error {}

/** The one writer of a log that is open (spec §9.8.5). After an error it must be closed, and never used again. */
export class Writer {
  known: Known;
  readonly #place: Place;
  readonly #author: Author;
  readonly #lock: Lock;
  readonly #file: FileHandle;
  /** Bytes behind what is known, which the next receipt seals; and whether a newline ends them. */
  #tail: { readonly torn: Torn; readonly ended: boolean } | undefined;
  /** How many bytes and lines the file has. */
  #size: number;
  #lines: number;

  private constructor(place: Place, author: Author, held: Lock, file: FileHandle, found: Found) {
    this.#place = place;
    this.#author = author;
    this.#lock = held;
    this.#file = file;
    this.known = found.known;
    this.#tail = found.tail;
    this.#size = found.size;
    this.#lines = found.lines;
  }

  /**
   * Opens a log, or begins one, and verifies it from what is known on.
   *
   * @throws ReceiptError `receipt.*`; what the file system throws
   */
  static async open(place: Place, author: Author, known: Known): Promise<Writer> {
    await makeFolder(place.folder);
    const held = takeLock(join(place.folder, FILES.lock));
    let file: FileHandle | undefined;
    try {
      await checkKeyFile(join(place.folder, FILES.key), author.key.publicKey);
      const checkpoint = readCheckpoint(place.checkpoint, author.key.publicKey);
      const path = join(place.folder, FILES.log);
      const fresh = !existsSync(path);
      // Nothing is begun in the place of what is gone.
      if (fresh && (checkpoint !== undefined || known.offset > 0))
        throw new ReceiptError('receipt.truncated');
      file = await open(path, 'a+', 0o600);
      if (fresh) await syncFolder(place.folder);
      return new Writer(place, author, held, file, await look(file, author.key.publicKey, known, checkpoint));
    } catch (error) {
      await file?.close();
      held.release();
      throw error;
    }
  }

  /**
   * Appends receipts. They are on the disk, and the checkpoint is past them, when this ends.
   *
   * @throws Moved where somebody else was at the files; what the file system throws
   */
  async append(contents: readonly Content[]): Promise<void> {
    await this.#checkFiles();
    let { head } = this.known;
    let torn = this.#tail?.torn;
    const lines = contents.map((content) => {
      const receipt = signReceipt(content, this.#author.key, head, torn);
      torn = undefined;
      head = receipt.head;
      return `${Buffer.from(receipt.bytes).toString('base64url')}\n`;
    });
    const data = Buffer.from([this.#tail?.ended === false ? '\n' : '', ...lines].join(''), 'latin1');
    await this.#file.appendFile(data);
    await this.#file.datasync();
    this.#size += data.length;
    this.#lines += lines.length;
    this.#tail = undefined;
    this.known = { head, offset: this.#size, lines: this.#lines };
    // After the log, so that it is never ahead of it.
    await replace(this.#place.checkpoint, signCheckpoint(head, this.#author.name, this.#author.key));
  }

  async close(): Promise<void> {
    try {
      await this.#file.close();
    } finally {
      this.#lock.release();
    }
  }

  // Receipts behind the name of another file, or behind another writer's, would be lost or a fork.
  async #checkFiles(): Promise<void> {
    const opened = await this.#file.stat();
    const named = statSync(join(this.#place.folder, FILES.log), { throwIfNoEntry: false });
    const same = named?.ino === opened.ino && named.dev === opened.dev && opened.size === this.#size;
    if (!same || !this.#lock.holds()) throw new Moved();
  }
}

interface Found {
  readonly known: Known;
  readonly tail: { readonly torn: Torn; readonly ended: boolean } | undefined;
  readonly size: number;
  readonly lines: number;
}

// Reads all of a log behind what is known. The signature of the last receipt vouches for all before it; where it does
// not hold, all are verified, to say which one is to blame.
async function look(
  file: FileHandle,
  key: PublicKey,
  known: Known,
  checkpoint: Checkpoint | undefined,
): Promise<Found> {
  const { size } = await file.stat();
  if (size < known.offset) throw new ReceiptError('receipt.truncated');
  const follower = new Follower(key, known.head, known.lines);
  checkAgainst(checkpoint, follower.head);
  let { offset, lines } = known;
  let at = offset;
  let ended = true;
  for await (const line of readLines(file, known.offset)) {
    const receipt = follower.take(line.bytes, false);
    at += line.bytes.length + (line.ended ? 1 : 0);
    ended = line.ended;
    if (receipt === undefined) continue;
    offset = at;
    lines = follower.line;
    checkAgainst(checkpoint, follower.head);
  }
  try {
    follower.checkLast();
  } catch (error) {
    const all = new Follower(key, known.head, known.lines);
    for await (const { bytes } of readLines(file, known.offset)) all.take(bytes, true);
    throw error;
  }
  if (checkpoint !== undefined && follower.head.size < checkpoint.size)
    throw new ReceiptError('receipt.truncated', {
      detail: `${follower.head.size} receipts of ${checkpoint.size}`,
    });
  const { torn, head } = follower;
  if (torn !== undefined)
    return { known: { head, offset, lines }, tail: { torn, ended }, size: at, lines: follower.line };
  if (!ended) {
    // A whole receipt whose newline is missing.
    await file.appendFile('\n');
    at++;
    offset = at;
  }
  // What was found may be in memory only, if a writer was killed before it made it last.
  await file.datasync();
  return { known: { head, offset, lines }, tail: undefined, size: at, lines };
}

function checkAgainst(checkpoint: Checkpoint | undefined, { size, id }: Head): void {
  if (checkpoint?.size === size && !equal(checkpoint.id, id))
    throw new ReceiptError('receipt.link', { detail: 'the log is another one than its checkpoint says' });
}

function takeLock(prefix: string): Lock {
  try {
    return lock(prefix);
  } catch (error) {
    if (!(error instanceof HeldError)) throw error;
    throw new ReceiptError('receipt.locked', { detail: error.message });
  }
}

// Not with those above it: a name that was misspelt would begin a new log.
async function makeFolder(path: string): Promise<void> {
  try {
    mkdirSync(path, { mode: 0o700 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    return;
  }
  await syncFolder(dirname(path));
}

// Beside the log for those who read it; who audits it should know the key from elsewhere.
async function checkKeyFile(path: string, key: PublicKey): Promise<void> {
  if (!existsSync(path)) await replace(path, `${JSON.stringify(exportJwk(key))}\n`);
  if (!equal(readKeyFile(path).bytes, key.bytes)) throw new ReceiptError('receipt.key');
}

/** The public key that lies beside a log. @throws ReceiptError `receipt.key` where there is none */
export function readKeyFile(path: string): PublicKey {
  try {
    return importPublicJwk(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    throw new ReceiptError('receipt.key', { detail: `${path} is no public key` });
  }
}

/** The checkpoint in a file; `undefined` where there is none. @throws ReceiptError as {@link openCheckpoint} */
export function readCheckpoint(path: string, key: PublicKey): Checkpoint | undefined {
  if (!existsSync(path)) return undefined;
  try {
    return openCheckpoint(readFileSync(path, 'utf8'), key);
  } catch (error) {
    if (!(error instanceof ReceiptError)) throw error;
    throw new ReceiptError(error.code, { ...error.where, path });
  }
}

// Its bytes are on the disk before it gets its name, so that no crash leaves a part of one.
async function replace(path: string, text: string): Promise<void> {
  const fresh = `${path}.new`;
  const file = await open(fresh, 'w', 0o600);
  try {
    await file.writeFile(utf8(text));
    await file.datasync();
  } finally {
    await file.close();
  }
  await rename(fresh, path);
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
