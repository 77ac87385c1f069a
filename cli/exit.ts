import { type Code, codes, type Decision, type Stage, VerifyError, WritError } from '../src/index.ts';
import { hintFor } from './hints.ts';

/** The exit codes; {@link exitMeanings} has them in words. */
export const exits = {
  done: 0,
  findings: 1,
  usage: 2,
  file: 3,
  malformed: 4,
  unverified: 5,
  denied: 6,
  needed: 7,
  internal: 70,
  interrupted: 130,
} as const;

/** What each exit code means, as `cli/README.md`, `--help` and the man page say it. */
export const exitMeanings: Readonly<Record<keyof typeof exits, string>> = {
  done: 'allowed, or done',
  findings: 'lint found problems, or a test of vectors failed',
  usage: 'wrong usage, or a malformed request',
  file: 'a file or key cannot be used',
  malformed: 'the token is malformed or over a limit',
  unverified: 'not verified: signature, trust or holder',
  denied: 'denied: a caveat, a store, another service or request; a wider hop',
  needed: 'denied, but a need is open: a store, a status, an approval or a consent',
  internal: 'internal: a defect of writ',
  interrupted: 'interrupted at a question, such as for a passphrase',
};

const exitOfStage: Record<Stage, number> = {
  decode: exits.malformed,
  key: exits.file,
  verify: exits.unverified,
  request: exits.usage,
  mint: exits.usage,
  decide: exits.denied,
  need: exits.needed,
};

/** A failure that the command line itself finds: usage, a file, or what is evidently no token. */
export class CliError extends Error {
  readonly exit: number;
  readonly hint: string | undefined;
  readonly code: Code | 'cli';

  constructor(exit: number, message: string, hint?: string, code: Code | 'cli' = 'cli') {
    super(message);
    this.exit = exit;
    this.hint = hint;
    this.code = code;
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
    return { exit: error.exit, code: error.code, message: withoutSecrets(error.message), hint: error.hint };
  }
  if (error instanceof WritError) {
    const { detail, path, offset } = error.where;
    const place = [path, offset === undefined ? undefined : `byte ${offset}`].filter(Boolean).join(', ');
    const meaning = codes[error.code][1].replace(/^[A-Z](?=[a-z ])/, (letter) => letter.toLowerCase());
    const message = `${error.code}: ${meaning.replace(/\.$/, '')}${detail ? `: ${detail}` : ''}${place ? ` (${place})` : ''}`;
    // A key inside a token is no file of the user's, whatever is wrong with it.
    const exit = error instanceof VerifyError ? exits.unverified : exitOfCode(error.code);
    return { exit, code: error.code, message, hint: hintFor(error.code, path), path, offset };
  }
  const kind = error instanceof Error ? error.name : typeof error;
  return { exit: exits.internal, code: 'internal', message: `internal error: ${kind}`, hint: INTERNAL_HINT };
}

const INTERNAL_HINT = 'this is a defect of writ; please report it with the command that you ran';

// A secret that was given in a wrong place is not repeated where others may read it.
function withoutSecrets(message: string): string {
  return message.replace(/writ_secret_[\w~-]+/g, 'writ_secret_…');
}
