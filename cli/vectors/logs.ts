import type { Format } from './format.ts';
import type { LogVector } from './log-format.ts';
import { runLog } from './run-log.ts';

/** Tests of logs of receipts. */
export const logs: Format<LogVector> = {
  ask({ log, checkpoints }) {
    return { log, checkpoints };
  },
  expect({ result, code, line, size, head, unsealed, receipts }) {
    const told = receipts?.map(({ id, line, summary, proven }) => ({ id, line, summary, proven }));
    return { result, code, line, size, head, unsealed, receipts: told };
  },
  answer: runLog,
};
