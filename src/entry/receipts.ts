export type { Checkpoint } from '../audit/checkpoint.ts';
export { openCheckpoint } from '../audit/checkpoint.ts';
export { type ReceiptLog, type ReceiptLogOptions, receiptLog } from '../audit/log.ts';
export { type Finding, type Proof, proveEntry } from '../audit/prove.ts';
export type { ProvenEvidence } from '../audit/prove-evidence.ts';
export type { Receipts, Recorded } from '../audit/receipts.ts';
export type { Summary, SummaryHand } from '../audit/summary.ts';
export {
  type LogEntry,
  type LogProblem,
  type LogReport,
  type VerifyLogOptions,
  verifyLog,
} from '../audit/verify-log.ts';
export { ReceiptError } from '../errors.ts';
