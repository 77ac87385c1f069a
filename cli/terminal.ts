import { openSync } from 'node:fs';
import type { CliError } from './exit.ts';

/** Opens the terminal of the process, wherever its standard streams lead. @throws CliError where there is none */
export function openTerminal(none: CliError): number {
  try {
    return openSync('/dev/tty', 'r+');
  } catch {
    throw none;
  }
}
