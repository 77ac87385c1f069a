import type { Decision } from '../decide/decision.ts';

/** A decision and what it was made from, as it is recorded (spec §9.8). */
export interface Recorded {
  readonly decision: Decision;
  /** The bytes of the token as it was presented; `null` where it carried a secret: an open token of suite 1, a bundle. */
  readonly token: Uint8Array | null;
  /** The items of evidence, those attached and those of the service, each of at most 16 KiB. */
  readonly evidence: readonly Uint8Array[];
}

/** Where a verifier records every decision before it is acted on, allow and deny. */
export interface Receipts {
  /**
   * Ends when the decision would survive the end of the process and a loss of power.
   *
   * What was given is read before this returns. Where the promise rejects, the decision must not be acted on.
   *
   * @throws ReceiptError `receipt.*`; whatever else it rejects with means `receipt.failed`
   */
  record(recorded: Recorded): Promise<void>;
}
