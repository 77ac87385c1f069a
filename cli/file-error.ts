import { CliError, exits } from './exit.ts';

const reasons: Readonly<Record<string, readonly [reason: string, hint: string]>> = {
  ENOENT: ['there is no such file', 'check the name; it counts from the folder in which you are'],
  EACCES: ['permission denied', 'look at its owner and mode with ls -l'],
  EISDIR: ['it is a folder', 'name a file in it'],
  EEXIST: ['it exists already, and nothing is overwritten', 'choose another name, or remove the file first'],
};

/** What the system said about a file, in words and with the next step; exit code 3. */
export function fileError(path: string, error: unknown): CliError {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unreadable';
  const [reason, hint] = reasons[code] ?? [code, 'man errno says what that means'];
  // Where a key or a secret stands instead of a file's name, it is not repeated.
  const name = /writ_secret_|\{|-----BEGIN/.test(path) ? 'what was given as a file' : path;
  const next = code === 'ENOENT' && name.startsWith('@') ? 'here, a file is named without an @' : hint;
  return new CliError(exits.file, `${name}: ${reason}`, next);
}
