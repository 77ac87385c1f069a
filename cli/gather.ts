import {
  closeSync,
  constants,
  existsSync,
  fstatSync,
  openSync,
  readdirSync,
  readFileSync,
  statSync,
} from 'node:fs';
import { join } from 'node:path';
import type { LintInput } from '../src/index.ts';
import { CliError, exits, usage } from './exit.ts';
import { fileError } from './file-error.ts';
import { MAX_INPUT, readInput } from './io.ts';

/** How many files of folders were left out, and why. */
export interface Skipped {
  /** No line of it begins like a token. */
  withoutToken: number;
  /** Larger than 1 MiB. */
  tooLarge: number;
  /** A symbolic link, which is not followed, a socket or a device. */
  notRegular: number;
  unreadable: number;
}

// A file that is named may hold this much; in folders, 1 MiB tells token files from others.
const MAX_NAMED = 16 * MAX_INPUT;

/**
 * Gives the tokens in files, a line each, in folders, and on standard input for `-`; what it skips, it counts.
 *
 * @throws CliError exit code 2 for a token instead of a file, 3 for a file that cannot be read
 */
export function* gather(paths: readonly string[], skipped: Skipped): Generator<LintInput> {
  for (const path of paths) {
    if (isFolder(path)) {
      try {
        yield* gatherFolder(path, skipped);
      } catch (error) {
        throw isSystemError(error) ? fileError(path, error) : error;
      }
    } else {
      const tooLarge = new CliError(exits.file, `${path}: larger than 16 MiB`, 'split it into several files');
      yield* splitNamed(path, readInput(path, tooLarge, MAX_NAMED).toString('latin1'));
    }
  }
}

function isFolder(path: string): boolean {
  if (path === '-') return false;
  if (path.startsWith('writ_') && !existsSync(path)) {
    const hint = 'put it into a file, or pass it on standard input as -';
    throw usage('a token stands where a file is expected', hint);
  }
  try {
    return statSync(path).isDirectory();
  } catch (error) {
    throw fileError(path, error);
  }
}

// Tokens are ASCII, so any encoding will do that keeps lines apart.
function lines(name: string, text: string): LintInput[] {
  return text.split('\n').map((line, i) => ({ name, line: i + 1, text: line.replace(/\r$/, '') }));
}

// Every line is a token, unless none looks like one: then it is the file that was mistaken for another.
function splitNamed(name: string, content: string): LintInput[] {
  const own = lines(name, content).filter(({ text }) => !/^\s*(#|$)/.test(text));
  return own.length === 0 || own.some(isTokenLike) ? own : [{ name, text: '' }];
}

function isTokenLike({ text }: LintInput): boolean {
  return text.startsWith('writ_');
}

function* gatherFolder(folder: string, skipped: Skipped): Generator<LintInput> {
  const found = readdirSync(folder, { withFileTypes: true }).filter(({ name }) => !name.startsWith('.'));
  for (const entry of found.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(folder, entry.name);
    try {
      if (entry.isDirectory()) yield* gatherFolder(path, skipped);
      // To open a pipe wakes whoever writes to it, and to open a device can set it going.
      else if (!entry.isFile()) skip(skipped, 'notRegular');
      else yield* readFound(path, skipped);
    } catch (error) {
      if (!isSystemError(error)) throw error;
      skipped.unreadable += 1;
    }
  }
}

function isSystemError(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error;
}

function readFound(path: string, skipped: Skipped): LintInput[] {
  // A link is refused and a pipe not waited for, whatever has taken the place of what was listed.
  const fd = openFound(path);
  if (fd === undefined) return skip(skipped, 'notRegular');
  try {
    const status = fstatSync(fd);
    if (!status.isFile()) return skip(skipped, 'notRegular');
    if (status.size > MAX_INPUT) return skip(skipped, 'tooLarge');
    const own = lines(path, readFileSync(fd, 'latin1')).filter(isTokenLike);
    return own.length === 0 ? skip(skipped, 'withoutToken') : own;
  } finally {
    closeSync(fd);
  }
}

function openFound(path: string): number | undefined {
  try {
    return openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  } catch (error) {
    // ELOOP is a link, ENXIO a socket or a pipe.
    if (error instanceof Error && 'code' in error && (error.code === 'ELOOP' || error.code === 'ENXIO')) return undefined; // biome-ignore format: one step
    throw error;
  }
}

function skip(skipped: Skipped, reason: keyof Skipped): [] {
  skipped[reason] += 1;
  return [];
}
