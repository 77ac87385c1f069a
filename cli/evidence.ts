import { formatEvidence } from '../src/evidence/evidence-text.ts';
import { decodeEvidence, type Evidence, type Status, WritError } from '../src/index.ts';
import * as limits from '../src/limits.ts';
import { CliError, exits, toFailure } from './exit.ts';
import { hintFor } from './hints.ts';
import { readInput } from './io.ts';

// As text, which has four characters for three bytes, and may have a line for each statement.
const MAX_FEED = Math.ceil((limits.feed * 4) / 3);

/**
 * The statuses that a service has loaded: all that stand in the files, which may be feeds of 64 MiB.
 *
 * @throws CliError exit code 3 for a file that cannot be read, or holds something else
 */
export function readStatuses(paths: readonly string[]): Status[] {
  return paths.flatMap((path) =>
    readEvidenceFile(path).map((item) => {
      if (item.kind === 'status') return item;
      throw misplaced(path, item.kind, 'name approvals and consents with --approval');
    }),
  );
}

/**
 * Approvals and consents of files as they ride on a token.
 *
 * @throws CliError as {@link readStatuses}
 */
export function readAttachments(paths: readonly string[]): string {
  const items = paths.flatMap((path) =>
    readEvidenceFile(path).map((item) => {
      if (item.kind !== 'status') return item;
      throw misplaced(path, item.kind, 'name statuses with --status');
    }),
  );
  return items.map(({ bytes }) => formatEvidence(bytes)).join('');
}

function readEvidenceFile(path: string): readonly Evidence[] {
  const tooLarge = new CliError(
    exits.file,
    `${path}: larger than 64 MiB`,
    hintFor('limit.size'),
    'limit.size',
  );
  const text = readInput(path, tooLarge, MAX_FEED).toString('latin1');
  try {
    return decodeEvidence(text);
  } catch (error) {
    if (!(error instanceof WritError)) throw error;
    // A file of the service's own says nothing about the token.
    throw new CliError(exits.file, `${path}: ${toFailure(error).message}`, whatItIs(text), error.code);
  }
}

function whatItIs(text: string): string {
  if (/^\s*writ_/.test(text)) return 'this is a token; what follows its first ~ is the evidence';
  return 'a status, an approval or a consent is a text that begins with ~, as writ printed it';
}

function misplaced(path: string, kind: Evidence['kind'], hint: string): CliError {
  const what = kind === 'status' ? 'a status' : kind === 'approval' ? 'an approval' : 'a consent';
  return new CliError(exits.file, `${path}: there is ${what} in it`, hint);
}
