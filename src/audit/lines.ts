import type { FileHandle } from 'node:fs/promises';
import { concat } from '../bytes.ts';
import { ReceiptError } from '../errors.ts';

/** A line of a file. */
export interface Line {
  /** Without its newline. */
  readonly bytes: Uint8Array;
  /** Whether a newline ends it, as it does every line but perhaps the last. */
  readonly ended: boolean;
}

const CHUNK = 1_048_576;

/** More than any receipt has, and than what a writer that was killed may leave behind. */
const MAX_LINE = 4_194_304;

/**
 * The lines of a file from an offset on, without ever having more than some of them in memory.
 *
 * @throws ReceiptError `receipt.shape` for a line that is longer than any receipt
 */
export async function* readLines(file: FileHandle, from = 0): AsyncGenerator<Line, void> {
  let rest: Uint8Array = new Uint8Array();
  for (let at = from; ; ) {
    // A new one each time, since lines are views into it.
    const { bytesRead, buffer } = await file.read(new Uint8Array(CHUNK), 0, CHUNK, at);
    if (bytesRead === 0) break;
    at += bytesRead;
    let start = 0;
    for (let end = buffer.indexOf(10); end >= 0 && end < bytesRead; end = buffer.indexOf(10, start)) {
      const bytes = buffer.subarray(start, end);
      yield { bytes: rest.length === 0 ? bytes : concat(rest, bytes), ended: true };
      rest = new Uint8Array();
      start = end + 1;
    }
    rest = concat(rest, buffer.subarray(start, bytesRead));
    if (rest.length > MAX_LINE) throw new ReceiptError('receipt.shape', { detail: 'a line without an end' });
  }
  if (rest.length > 0) yield { bytes: rest, ended: false };
}
