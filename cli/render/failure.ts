import { printable } from '../../src/printable.ts';
import { toFailure } from '../exit.ts';
import { note } from '../output.ts';

/** Says on standard error what is wrong with a token that is shown all the same, and sets the exit code. */
export function noteFailure(error: unknown): void {
  const { exit, message, hint } = toFailure(error);
  note(`writ: error: ${printable(message)}`);
  if (hint !== undefined) note(`writ: hint: ${printable(hint)}`);
  process.exitCode = exit;
}
