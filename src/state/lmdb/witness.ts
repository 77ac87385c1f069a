import { closeSync, fstatSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { StoreError } from '../../errors.ts';
import { identityOf } from './file.ts';

/** How far a store has come: which one it is, the transaction that counted last, and the latest time that it has seen. */
export interface Mark {
  readonly epoch: string;
  readonly count: number;
  readonly latest: number;
}

/** Every line has as many bytes, so that each is written in place. */
const WIDTH = 80;

/** Processes write without a lock; transactions that follow each other use different lines, so none hides a later one. */
const LINES = 8;

/** The file beside a database that says how far it had come, so that an older copy is noticed. */
export class Witness {
  readonly identity: string;
  readonly #file: number;
  readonly #path: string;

  /** @returns `undefined` where there is none */
  static open(path: string): Witness | undefined {
    try {
      return new Witness(path, openSync(path, 'r+'));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw error;
    }
  }

  /** Makes a new one, on the disk, in place of any other. */
  static make(path: string, mark: Mark): void {
    const file = openSync(`${path}.new`, 'w', 0o600);
    try {
      writeSync(file, format(mark).repeat(LINES));
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(`${path}.new`, path);
  }

  private constructor(path: string, file: number) {
    this.#path = path;
    this.#file = file;
    this.identity = identityOf(fstatSync(file, { bigint: true }));
  }

  /** How far the store had come at least. @throws StoreError `store.damaged` */
  read(): Mark {
    const text = readFileSync(this.#file, 'latin1');
    const marks = Array.from({ length: LINES }, (_, i) => parse(text.slice(WIDTH * i, WIDTH * (i + 1))));
    const [first] = marks;
    const sound = marks.every((mark): mark is Mark => mark !== undefined && mark.epoch === first?.epoch);
    if (!sound || first === undefined || text.length !== WIDTH * LINES)
      throw new StoreError('store.damaged', { detail: `witness ${this.#path}` });
    return {
      epoch: first.epoch,
      count: Math.max(...marks.map(({ count }) => count)),
      latest: Math.max(...marks.map(({ latest }) => latest)),
    };
  }

  /** Says how far the store has come; what is written survives this process, if not always a loss of power. */
  write(mark: Mark): void {
    writeSync(this.#file, format(mark), WIDTH * (mark.count % LINES));
  }

  close(): void {
    closeSync(this.#file);
  }
}

function format({ epoch, count, latest }: Mark): string {
  return `${`writ 1 ${epoch} ${count} ${latest}`.padEnd(WIDTH - 1)}\n`;
}

function parse(line: string): Mark | undefined {
  const [, epoch, count, latest] =
    /^writ 1 ([0-9a-f]{32}) ([0-9]{1,16}) ([0-9.]{1,20}) *\n$/.exec(line) ?? [];
  return epoch === undefined ? undefined : { epoch, count: Number(count), latest: Number(latest) };
}
