import type { Command } from 'commander';
import { decode, importTrust, verify, WritError } from '../../src/index.ts';
import { withExamples } from '../examples.ts';
import { toFailure } from '../exit.ts';
import { readJsonFile, readToken } from '../io.ts';
import { type CommonFlags, clock, note, print, printJson } from '../output.ts';
import { renderToken, tokenAsJson, type Verification } from '../render/token.ts';

interface Flags extends CommonFlags {
  readonly trust?: string;
}

/** `writ inspect`: shows what a token says, and whether it holds. */
export function addInspect(program: Command): void {
  const command = program
    .command('inspect')
    .argument('<token>', 'any token: a literal, @file, or - for standard input')
    .description('show who granted what to whom')
    .option('--trust <file>', 'the trust file to verify with; without it, nothing is verified')
    .action((argument: string, flags: Flags) => {
      const text = readToken(argument);
      const token = decode(text);
      const verification = tryVerify(token, flags);
      if (flags.json) printJson(tokenAsJson(token, text, verification));
      else for (const line of renderToken(token, text, verification)) print(line);
      if (verification.kind !== 'failed') return;
      const { exit, message, hint } = toFailure(verification.error);
      note(`writ: error: ${message}`);
      if (hint !== undefined) note(`writ: hint: ${hint}`);
      process.exitCode = exit;
    });
  withExamples(command, ['writ inspect @research.writ --trust trust.jwks']);
}

function tryVerify(token: Parameters<typeof verify>[0], flags: Flags): Verification {
  if (flags.trust === undefined) return { kind: 'untried' };
  const trust = importTrust(readJsonFile(flags.trust));
  try {
    return { kind: 'held', chain: verify(token, trust, { now: clock(flags) }) };
  } catch (error) {
    if (error instanceof WritError) return { kind: 'failed', error };
    throw error;
  }
}
