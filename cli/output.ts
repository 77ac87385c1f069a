import { stripVTControlCharacters, styleText } from 'node:util';
import { toBase64url, toHex } from '../src/bytes.ts';
import type { Key } from '../src/index.ts';
import { keyId } from '../src/keys/key-id.ts';
import { printable } from '../src/printable.ts';
import { systemTime } from '../src/time.ts';
import { createFile } from './io.ts';
import { parseTime } from './values.ts';

/** The flags that every command has. */
export interface CommonFlags {
  readonly json?: true;
  readonly now?: string;
}

/** Writes a line of data to standard output. */
export function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** Writes a line of prose to standard error. */
export function note(line: string): void {
  process.stderr.write(`${line}\n`);
}

/** Writes lines of prose to standard error, coloured only where that is a terminal too. */
export function noteAll(lines: readonly string[]): void {
  for (const line of lines) note(process.stderr.isTTY ? line : stripVTControlCharacters(line));
}

/** Writes data as JSON; bytes are hexadecimal, keys are JWKs. */
export function printJson(data: unknown): void {
  print(JSON.stringify(data, replaceBytes, 2).replace(UNPRINTABLE, asEscapes));
}

/** As {@link printJson}, on one line. */
export function printJsonLine(data: unknown): void {
  print(JSON.stringify(data, replaceBytes).replace(UNPRINTABLE, asEscapes));
}

// Line feeds stand between members only; within texts, JSON has escaped them already.
const UNPRINTABLE = /[^\n\P{C}]|[\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;

function asEscapes(character: string): string {
  const units = Array.from({ length: character.length }, (_, i) => character.charCodeAt(i));
  return units.map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`).join('');
}

function replaceBytes(_name: string, value: unknown): unknown {
  if (value instanceof Uint8Array) return toHex(value);
  return value instanceof Map ? Object.fromEntries(value) : value;
}

/** The id of a key, in base64url. */
export function showKeyId(key: Key): string {
  return toBase64url(keyId(key));
}

/** The time that `--now` gives, or the clock's. */
export function clock({ now }: CommonFlags): number {
  return now === undefined ? systemTime() : parseTime(now);
}

/** Prints a minted token, or puts it into a file; as JSON with what the command knows of it. */
export function deliverToken(
  text: string,
  { json, out }: { readonly json?: true; readonly out?: string },
): void {
  const secret = text.startsWith('writ_secret_');
  if (out !== undefined) {
    createFile(out, `${text}\n`, secret ? 0o600 : 0o644);
    if (json) printJson({ file: out, secret, characters: text.length });
    else note(`writ: wrote ${printable(out)}, ${text.length} characters`);
    return;
  }
  if (json) printJson({ token: text, secret, characters: text.length });
  else print(text);
  if (secret && process.stdout.isTTY)
    note('writ: note: this token is a secret; --out puts it into a file of mode 0600');
}

/** What colours mean: red is gone or wrong, green holds, yellow wants attention. */
export type Colour = 'red' | 'green' | 'yellow';

type Style = Colour | 'bold' | 'dim';

/** Colours text where standard output is a terminal and NO_COLOR is unset. */
export function style(kind: Style, text: string): string {
  return process.stdout.isTTY ? styleText(kind, text) : text;
}
