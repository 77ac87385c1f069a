import { type Code, codes, type Decision, type Stage, VerifyError, WritError } from '../src/index.ts';
import { hintFor } from './hints.ts';

/** The exit codes, as the table in `cli/README.md` documents them. */
export const exits = {
  done: 0,
  usage: 2,
  file: 3,
  malformed: 4,
  unverified: 5,
  denied: 6,
  needed: 7,
  internal: 70,
  interrupted: 130,
} as const;

const exitOfStage: Record<Stage, number> = {
  decode: exits.malformed,
  key: exits.file,
  verify: exits.unverified,
  request: exits.usage,
  mint: exits.usage,
  decide: exits.denied,
  need: exits.needed,
};

/** A failure of the command line itself: usage, or a file. */
export class CliError extends Error {
  readonly exit: number;
  readonly hint: string | undefined;

  constructor(exit: number, message: string, hint?: string) {
    super(message);
    this.exit = exit;
    this.hint = hint;
  }
}

/** Wrong usage, exit code 2. */
export function usage(message: string, hint?: string): CliError {
  return new CliError(exits.usage, message, hint);
}

// A hop refused as wider counts as denied, and a signer that signs wrongly as a key that cannot be used.
const exitOfOthers: Partial<Record<Code, number>> = {
  'hop.wider': exits.denied,
  'mint.signature': exits.file,
};

/** The exit code of a code in the registry. */
export function exitOfCode(code: Code): number {
  return exitOfOthers[code] ?? exitOfStage[codes[code][0]];
}

/** The exit code of a decision. */
export function exitOfDecision({ code, needs }: Decision): number {
  if (code === 'allowed') return exits.done;
  if (needs.length > 0) return exits.needed;
  return codes[code][0] === 'verify' ? exits.unverified : exits.denied;
}

/** What went wrong, for people and as data. */
export interface Failure {
  readonly exit: number;
  readonly code: string;
  readonly message: string;
  readonly hint: string | undefined;
  readonly path?: string | undefined;
  readonly offset?: number | undefined;
}

/** Turns whatever was thrown into a failure; nothing of an unknown error but its kind is shown. */
export function toFailure(error: unknown): Failure {
  if (error instanceof CliError) {
    return { exit: error.exit, code: 'cli', message: error.message, hint: error.hint };
  }
  if (error instanceof WritError) {
    const { detail, path, offset } = error.where;
    const place = [path, offset === undefined ? undefined : `byte ${offset}`].filter(Boolean).join(', ');
    const meaning = codes[error.code][1].replace(/^[A-Z](?=[a-z ])/, (letter) => letter.toLowerCase());
    const message = `${error.code}: ${meaning.replace(/\.$/, '')}${detail ? `: ${detail}` : ''}${place ? ` (${place})` : ''}`;
    const malformed = error.code === 'mint.input' && path !== undefined ? hintFor(path) : undefined;
    const hint = hintsOfCodes[error.code] ?? malformed;
    // A key inside a token is no file of the user's, whatever is wrong with it.
    const exit = error instanceof VerifyError ? exits.unverified : exitOfCode(error.code);
    return { exit, code: error.code, message, hint, path, offset };
  }
  const kind = error instanceof Error ? error.name : typeof error;
  return { exit: exits.internal, code: 'internal', message: `internal error: ${kind}`, hint: INTERNAL_HINT };
}

const hintsOfCodes: Partial<Record<Code, string>> = {
  'hop.wider': 'ask for less, or use --force: the hop is then made and gains nothing',
  'mint.signature':
    'the command reads all of standard input, and writes the 64 bytes of the signature by the key in --key, and no more',
};
const INTERNAL_HINT = 'this is a defect of writ; please report it with the command that you ran';
