import { concat, equal, fromBase64url, fromUtf8 } from '../bytes.ts';
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

const NEWLINE = Uint8Array.of(10);

/** Goes along the lines of a log, from its beginning or from a head that is known (spec §9.8.3). */
export class Follower {
  head: Head;
  /** The last receipt, and the head before it. */
  last: { readonly receipt: Receipt; readonly before: Head } | undefined;
  /** The line that was taken last, from 1. */
  line: number;
  readonly #key: PublicKey;
  readonly #kid: Uint8Array;
  #torn: Uint8Array[] = [];

  constructor(key: PublicKey, head: Head = EMPTY, lines = 0) {
    this.#key = key;
    this.#kid = thumbprint(key);
    this.head = head;
    this.line = lines;
  }

  /** The lines that are no receipts and that no receipt has sealed yet. */
  get torn(): Torn | undefined {
    return this.#torn.length === 0 ? undefined : sealOf(this.#torn);
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
      this.#torn.push(line);
      if (this.#torn.reduce((sum, { length }) => sum + length, 0) > MAX_TORN) this.#refuse('receipt.shape');
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
    this.#torn = [];
    return receipt;
  }

  /** Verifies the signature of the last receipt that was taken, if any was. @throws ReceiptError `receipt.signature` */
  checkLast(): void {
    if (this.last !== undefined) verifyReceipt(this.last.receipt, this.#key, this.last.before);
  }

  #checkSeal({ torn }: Receipt): void {
    const found = this.torn;
    const line = this.line - this.#torn.length;
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
  const bytes = fromBase64url(fromUtf8(line) ?? '!');
  if (bytes === undefined) return undefined;
  try {
    return decodeReceipt(bytes);
  } catch {
    return undefined;
  }
}

// What stands between the receipt before and the newline before the one that seals it.
function sealOf(lines: readonly Uint8Array[]): Torn {
  const bytes = concat(...lines.flatMap((line, i) => (i === 0 ? [line] : [NEWLINE, line])));
  return { length: bytes.length, sha256: sha256(bytes) };
}
