import { closeSync, readSync, writeFileSync } from 'node:fs';
import { type Inspection, importTrust, inspect, VerifyError } from '../src/index.ts';
import { CliError, exits, usage } from './exit.ts';
import { readJsonFile } from './io.ts';
import { type CommonFlags, clock, noteAll } from './output.ts';
import { openTerminal } from './terminal.ts';

/** The flags of a command that shows what is about to be signed, and asks. */
export interface QuestionFlags extends CommonFlags {
  readonly trust?: string;
  readonly yes?: true;
  readonly no?: true;
}

/**
 * What a token says, verified where there is a trust file.
 *
 * @throws VerifyError where it does not hold; nobody is asked about what is forged
 */
export function inspectHeld(text: string, flags: QuestionFlags): Inspection {
  const trust = flags.trust === undefined ? {} : { trust: importTrust(readJsonFile(flags.trust)) };
  const inspection = inspect(text, { ...trust, now: clock(flags) });
  const { verification } = inspection;
  if (verification.status === 'failed') throw new VerifyError(verification.code, { path: verification.path });
  return inspection;
}

/**
 * The answer that the flags give, or the one that is given at the terminal. What is asked about is shown either way, but
 * with `--json` where nobody is asked.
 *
 * @param hint what to do where there is neither
 * @throws CliError exit code 2 where there is neither, 130 where the input ends
 */
export function answer(
  about: readonly string[],
  question: string,
  { yes, no, json, hint }: QuestionFlags & { readonly hint: string },
): boolean {
  if (!yes && !no) return ask(about, question, hint);
  if (!json) noteAll(about);
  return yes === true;
}

// At the terminal of the process, wherever its standard streams lead, and what is asked about too: so nobody answers
// what they have not seen.
function ask(about: readonly string[], question: string, hint: string): boolean {
  const terminal = openTerminal(usage('there is no terminal to ask at', hint));
  try {
    writeFileSync(terminal, `${about.join('\n')}\n\n`);
    for (;;) {
      writeFileSync(terminal, `${question}: `);
      const answer = readLine(terminal).trim().toLowerCase();
      if (/^y(es)?$/.test(answer)) return true;
      if (/^no?$/.test(answer)) return false;
    }
  } finally {
    closeSync(terminal);
  }
}

// In the terminal's own line mode, so an interrupt ends the process, and nothing is signed.
function readLine(terminal: number): string {
  const buffer = Buffer.alloc(1024);
  const length = readSync(terminal, buffer);
  if (length === 0) throw new CliError(exits.interrupted, 'nothing was answered', 'nothing was signed');
  return buffer.toString('utf8', 0, length);
}
