import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { CliError, exits } from '../exit.ts';
import { fileError } from '../file-error.ts';
import type { AnyFile } from './format.ts';
import { type Exam, examsOf } from './line.ts';

const HINT = 'name the files of test-vectors/, or the folder itself';

/**
 * The exams of files, and of all files of folders that hold tests.
 *
 * @throws CliError exit code 3 for what cannot be read or holds no tests
 */
export function readExams(paths: readonly string[]): Exam[] {
  return paths.flatMap((path) => {
    const files = isFolder(path) ? testFiles(path) : [path];
    if (files.length === 0) throw new CliError(exits.file, `${path}: no file of tests is in it`, HINT);
    return files.flatMap(readFile);
  });
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch (error) {
    throw fileError(path, error);
  }
}

// The dictionary of flags lies beside the tests.
function testFiles(folder: string): string[] {
  const names = readdirSync(folder).filter((name) => name.endsWith('.json') && name !== 'flags.json');
  return names.sort().map((name) => join(folder, name));
}

function readFile(path: string): Exam[] {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw fileError(path, error);
  }
  try {
    return examsOf(JSON.parse(text) as AnyFile);
  } catch {
    throw new CliError(exits.file, `${path}: not a file of tests of a format that is known`, HINT);
  }
}
