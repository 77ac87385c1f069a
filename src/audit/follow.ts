import { equal, fromBase64url, fromUtf8 } from '../bytes.ts';
import type { Code } from '../codes.ts';
import { sha256 } from '../crypto/sha256.ts';
import { ReceiptError } from '../errors.ts';
import { type PublicKey, thumbprint } from '../keys/public-key.ts';
import {
  checkPlace,
  decodeReceipt,
  EMPTY,
  type Head,
  headAfter,
  type Receipt,
  type Torn,
  verifyReceipt,
} from './receipt.ts';

/** The most bytes of a log that are no receipt and are looked at in one go. */
const MAX_TORN = 16_777_216;

/** Fewer characters than the base64url of header and signature alone, which every receipt has. */
const MIN_LINE = 140;

const NEWLINE = 10;

/** Lines that are no receipts, as they come: whoever can write the file can write millions of them. */
interface Run {
  readonly lines: number;
  /** How many bytes they are, newlines within them included; and these bytes, before whatever room is left. */
  readonly length: number;
  readonly bytes: Uint8Array;
}

/** Goes along the lines of a log, from its beginning or from a head that is known (spec §9.8.3). */
export class Follower {
  head: Head;
  /** The last receipt, and the head before it. */
  last: { readonly receipt: Receipt; readonly before: Head } | undefined;
  /** The line that was taken last, from 1. */
  line: number;
  readonly #key: PublicKey;
  readonly #kid: Uint8Array;
  #torn: Run | undefined;

  constructor(key: PublicKey, head: Head = EMPTY, lines = 0) {
    this.#key = key;
    this.#kid = thumbprint(key);
    this.head = head;
    this.line = lines;
  }

  /** The lines that are no receipts and that no receipt has sealed yet. */
  get torn(): Torn | undefined {
    if (this.#torn === undefined) return undefined;
    const { length, bytes } = this.#torn;
    return { length, sha256: sha256(bytes.subarray(0, length)) };
  }

  /**
   * Takes the next line, without its newline; gives the receipt, or `undefined` for a line that is none.
   *
   * @param check whether its signature is verified. That of the last receipt alone vouches for all before it, since its
   *   link does; only that each of them was signed is not seen
   * @throws ReceiptError `receipt.shape`, `receipt.key`, `receipt.link`, `receipt.signature`, with the line
   */
  take(line: Uint8Array, check: boolean): Receipt | undefined {
    this.line++;
    const receipt = receiptOf(line);
    if (receipt === undefined) {
      this.#torn = extend(this.#torn, line);
      if (this.#torn.length > MAX_TORN) this.#refuse('receipt.shape');
      return undefined;
    }
    this.#checkSeal(receipt);
    try {
      if (check) verifyReceipt(receipt, this.#key, this.head);
      else checkPlace(receipt, this.#kid, this.head);
    } catch (error) {
      const { code, where } = error as ReceiptError;
      throw new ReceiptError(code, { ...where, path: `line ${this.line}` });
    }
    this.last = { receipt, before: this.head };
    this.head = headAfter(this.head, receipt);
    this.#torn = undefined;
    return receipt;
  }

  /** Verifies the signature of the last receipt that was taken, if any was. @throws ReceiptError `receipt.signature` */
  checkLast(): void {
    if (this.last !== undefined) verifyReceipt(this.last.receipt, this.#key, this.last.before);
  }

  #checkSeal({ torn }: Receipt): void {
    const found = this.torn;
    const line = this.line - (this.#torn?.lines ?? 0);
    if (found === undefined && torn === undefined) return;
    // Bytes that it says were there are gone.
    if (found === undefined) this.#refuse('receipt.link');
    else if (torn?.length !== found.length || !equal(torn.sha256, found.sha256))
      this.#refuse('receipt.shape', line);
  }

  #refuse(code: Code, line = this.line): never {
    throw new ReceiptError(code, { path: `line ${line}` });
  }
}

function receiptOf(line: Uint8Array): Receipt | undefined {
  if (line.length < MIN_LINE) return undefined;
  const bytes = fromBase64url(fromUtf8(line) ?? '!');
  if (bytes === undefined) return undefined;
  try {
    return decodeReceipt(bytes);
  } catch {
    return undefined;
  }
}

// What stands between the receipt before and the newline before the one that seals it.
function extend(run: Run | undefined, line: Uint8Array): Run {
  const { lines, length: before, bytes } = run ?? { lines: 0, length: -1, bytes: new Uint8Array() };
  const at = before + 1;
  const length = at + line.length;
  const room = length <= bytes.length ? bytes : new Uint8Array(2 * length);
  if (room !== bytes) room.set(bytes);
  if (lines > 0) room[before] = NEWLINE;
  room.set(line, at);
  return { lines: lines + 1, length, bytes: room };
}
