import {
  closeSync,
  constants,
  existsSync,
  fsyncSync,
  openSync,
  readSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { parseJson } from '../src/json.ts';
import { CliError, exits, usage } from './exit.ts';
import { fileError } from './file-error.ts';
import { hintFor } from './hints.ts';
import { refuseFileName, refuseMistaken } from './mistaken.ts';

/** Unless a command says more, its input is no larger than this; what is longer is refused and never read to its end. */
export const MAX_INPUT = 1_048_576;

function readAll(fd: number, max: number): Buffer {
  const buffer = Buffer.alloc(max + 1);
  let length = 0;
  while (length < buffer.length) {
    const read = readSync(fd, buffer, length, buffer.length - length, null);
    if (read === 0) break;
    length += read;
  }
  return buffer.subarray(0, length);
}

/** Reads a file, or standard input for `-`, of at most `max` bytes. @throws CliError `tooLarge`, else exit code 3 */
export function readInput(
  path: string,
  tooLarge: CliError = new CliError(
    exits.file,
    `${path}: larger than 1 MiB`,
    'no file that writ reads is as large: check the name',
  ),
  max: number = MAX_INPUT,
): Buffer {
  let fd = 0;
  try {
    if (path !== '-') fd = openSync(path, 'r');
    const bytes = readAll(fd, max);
    if (bytes.length > max) throw tooLarge;
    return bytes;
  } catch (error) {
    throw error === tooLarge ? error : fileError(path, error);
  } finally {
    if (fd !== 0) closeSync(fd);
  }
}

/** An argument that is a literal, `-` for standard input, or `@file`. */
export function readLiteral(argument: string, tooLarge?: CliError): string {
  if (argument !== '-' && !argument.startsWith('@')) return argument;
  if (argument === '@')
    throw usage("a file's name is missing behind the @", 'write @ and the name, unspaced');
  return readInput(argument === '-' ? '-' : argument.slice(1), tooLarge).toString('utf8');
}

/**
 * A token from a literal, `-` or `@file`; secrets never come as literals, where other processes could read them.
 *
 * @throws CliError exit code 2 for a secret on the command line, 4 for what is far too large
 */
export function readToken(argument: string): string {
  if (argument.startsWith('writ_secret_')) {
    throw usage(
      'a secret token on the command line can be seen by others',
      'pass it as @file, or on standard input as -',
    );
  }
  const tooLarge = new CliError(
    exits.malformed,
    'limit.size: the input is larger than any token',
    hintFor('limit.size'),
    'limit.size',
  );
  refuseFileName(argument);
  const text = readLiteral(argument, tooLarge);
  refuseMistaken(text);
  return text.replace(/\r?\n$/, '');
}

/** A JSON file. @throws CliError exit code 3 */
export function readJsonFile(path: string): unknown {
  const text = readInput(path).toString('utf8');
  try {
    return parseJson(text);
  } catch {
    const hint = text.startsWith('writ_')
      ? 'this is a token; a trust file is needed'
      : 'a trust file is JSON: writ trust add makes it';
    throw new CliError(exits.file, `${path}: it is not JSON, or has a name twice`, hint);
  }
}

/** Creates a file that must not exist; a secret one is 0600 from its first instant. @throws CliError exit code 3 */
export function createFile(path: string, content: string | Uint8Array, mode: number): void {
  // Where a file is read, it means standard input; nobody who writes it wants a file of that name.
  if (path === '-') throw usage('- is no name for a new file', 'name a file, such as --out new.jwk');
  const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW;
  let fd: number;
  try {
    fd = openSync(path, flags, mode);
  } catch (error) {
    throw fileError(path, error);
  }
  try {
    writeFileSync(fd, content); // unlike writeSync, to its end
    fsyncSync(fd);
  } catch (error) {
    rmSync(path, { force: true });
    throw fileError(path, error);
  } finally {
    closeSync(fd);
  }
}

function syncFolder(path: string): void {
  const fd = openSync(path, 'r');
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}

/** Replaces a file in one step, so that it is never half written. @throws CliError exit code 3 */
export function replaceFile(path: string, text: string, mode: 0o600 | 0o644): void {
  const old = existsSync(path)
    ? { path: realpathSync(path), mode: statSync(path).mode }
    : { path, mode: 0o777 };
  const temporary = `${old.path}.${process.pid}.tmp`;
  // A file that was kept from others stays so.
  createFile(temporary, text, old.mode & mode);
  try {
    renameSync(temporary, old.path);
    // What was replaced is not to come back when the power fails.
    syncFolder(dirname(old.path));
  } catch (error) {
    rmSync(temporary, { force: true });
    throw fileError(path, error);
  }
}
