import { closeSync, readSync, writeSync } from 'node:fs';
import { ReadStream } from 'node:tty';
import { printable } from '../src/printable.ts';
import { CliError, exits } from './exit.ts';
import { readInput } from './io.ts';
import { openTerminal } from './terminal.ts';

// OpenSSL reads no longer one, from a terminal or a file.
const MAX_PASSPHRASE = 1023;

const NOTHING = 'nothing was written; run the command again';

// What keys send in raw mode.
const CTRL_C = 0x03;
const CTRL_U = 0x15;
const ENTER: readonly number[] = [0x0a, 0x0d, 0x04];
const BACKSPACE: readonly number[] = [0x08, 0x7f];

/**
 * The passphrase of a key file: the one line of another file, or what is typed at the terminal, where nothing is echoed.
 *
 * @throws CliError exit code 3 where there is neither
 */
export function readPassphrase(path: string, file: string | undefined): Buffer {
  return file === undefined ? ask(`passphrase of ${printable(path)}: `) : readPassphraseFile(file);
}

/** A passphrase for a new file; at the terminal it is typed twice. @throws CliError exit code 3 where it is of no use */
export function readNewPassphrase(path: string, file: string | undefined): Buffer {
  const passphrase =
    file === undefined ? ask(`new passphrase of ${printable(path)}: `) : readPassphraseFile(file);
  if (passphrase.length === 0 || passphrase.length > MAX_PASSPHRASE) {
    throw new CliError(exits.file, `a passphrase has 1 to ${MAX_PASSPHRASE} bytes`, NOTHING);
  }
  if (file === undefined && !passphrase.equals(ask('the same again: '))) {
    throw new CliError(exits.file, 'the two passphrases differ', NOTHING);
  }
  return passphrase;
}

function readPassphraseFile(path: string): Buffer {
  // Latin-1 keeps every byte as it is.
  const text = readInput(path)
    .toString('latin1')
    .replace(/\r?\n$/, '');
  if (/[\r\n]/.test(text)) {
    throw new CliError(exits.file, `${path}: a passphrase is one line`, 'put nothing else into the file');
  }
  return Buffer.from(text, 'latin1');
}

/** Asks at the terminal of the process, wherever its standard streams lead. */
function ask(prompt: string): Buffer {
  const terminal = openTerminal(noTerminal());
  // On a descriptor of its own, since the stream makes it non-blocking.
  const mode = new ReadStream(openTerminal(noTerminal()));
  mode.setRawMode(true);
  try {
    writeSync(terminal, prompt);
    return readLine(terminal);
  } finally {
    // Before a signal can end the process, or the shell would be left without echo.
    mode.setRawMode(false);
    writeSync(terminal, '\n');
    mode.destroy();
    closeSync(terminal);
  }
}

function noTerminal(): CliError {
  return new CliError(
    exits.file,
    'a passphrase is needed, and there is no terminal to ask at',
    'put it into a file that only you can read, and name that with --passphrase-file',
  );
}

function readLine(terminal: number): Buffer {
  const typed: number[] = [];
  const key = Buffer.alloc(1);
  for (;;) {
    const [byte = 0] = readSync(terminal, key) === 0 ? [CTRL_C] : key;
    if (ENTER.includes(byte)) return Buffer.from(typed);
    if (byte === CTRL_C) throw new CliError(exits.interrupted, 'interrupted', NOTHING);
    if (byte === CTRL_U) typed.length = 0;
    else if (BACKSPACE.includes(byte)) eraseCharacter(typed);
    else if (byte >= 0x20) typed.push(byte);
  }
}

/** Takes off the last character in UTF-8: bytes that continue it, and the one that begins it. */
function eraseCharacter(typed: number[]): void {
  while (((typed.pop() ?? 0) & 0xc0) === 0x80);
}
