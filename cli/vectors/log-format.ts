import type { JsonObject } from '../../src/json.ts';
import type { ChainFile, Intermediate } from './chain-format.ts';

// The published form of logs of receipts; `schema/logs.schema.json` says the same to other languages.

export interface LogFile extends Pick<ChainFile, 'type' | 'trust' | 'keys'> {
  readonly format: 'writ-logs/1';
  /** The key of the log, as a public JWK. */
  readonly key: JsonObject;
  readonly tests: readonly LogVector[];
}

export interface LogVector extends LogReport {
  readonly id: string;
  readonly name: string;
  readonly reason: string;
  readonly flags: readonly string[];
  /** The file, each byte of it as the character of its number. */
  readonly log: string;
  /** Signed notes that were kept. */
  readonly checkpoints?: readonly string[];
}

/** What is told of a log. */
export interface LogReport {
  readonly result: 'valid' | 'invalid';
  readonly code: string | null;
  /** The line of what is wrong, from 1; absent where it is about the log as a whole, or about a checkpoint. */
  readonly line?: number;
  /** How many receipts hold, and the id of the last of them; empty without one. */
  readonly size: number;
  readonly head: string;
  /** Of a log that holds: how many bytes at its end no receipt has sealed, and its receipts. */
  readonly unsealed?: number;
  readonly receipts?: readonly ReceiptVector[];
}

/** A receipt with its intermediates; `proof` is its signature. */
export interface ReceiptVector extends Intermediate {
  readonly line: number;
  readonly summary: unknown;
  readonly proven: Proven;
}

/** What an auditor proves of a receipt with the trust file. */
export interface Proven {
  /** `verified`, `absent`, or the code with which decoding or verifying it fails. */
  readonly token: string;
  /** In what the summary differs from the token. */
  readonly differs: readonly string[];
  /** Of each item of evidence its kind, where it proves something. */
  readonly evidence: readonly (string | null)[];
}
