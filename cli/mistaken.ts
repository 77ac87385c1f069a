import type { Code } from '../src/codes.ts';
import { CliError, exits } from './exit.ts';

// What people give in place of a token: how it looks, what it is, and what to do.
const kinds: readonly (readonly [looks: RegExp, what: string, hint: string])[] = [
  [/^\s*$/, 'there is nothing', 'an empty file or input: look whether the command before has failed'],
  [/^\s+writ_/, 'white space stands before the token', 'give it from its first letter on'],
  [/^\s*"?Bearer\s/i, 'a word stands before the token', 'leave Bearer out'],
  [/^["']/, 'a quote stands before the token', 'leave the quotes out'],
  [/^\s*\{.*"keys"\s*:/s, 'this is JSON, such as a trust file, and no token', 'give it as --trust'],
  [/^\s*[{[]/, 'this is JSON, such as a key or trust file, and no token', 'give a key as --key'],
  [/^\s*-----BEGIN /, 'this is PEM, such as a key, and no token', 'give a key as --key'],
  [/^\s*(ssh|ecdsa)-\S+ /, 'this is an SSH key, and no token', 'give a key as --key'],
  [/^\s*~/, 'this is evidence, and no token', 'it goes behind a token: "$(cat TOKEN)$(cat EVIDENCE)"'],
  [/^\s*did:/, 'this is a DID, the name of a key, and no token', 'writ inspect shows who a token names'],
  [
    /^\s*eyJ[\w-]*\.[\w-]*\.[\w-]*\s*$/,
    'this is a JWT',
    'writ has a format of its own: writ grant makes a token',
  ],
  [/^\s*[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\s*$/i, 'this is a UUID', 'a token starts with writ_'],
];

/**
 * Refuses a text that is evidently something else than a token, and says what it is; anything else, `decode` judges.
 *
 * @throws CliError `text.prefix` or `text.base64`, exit code 4
 */
export function refuseMistaken(text: string): void {
  const kind = kinds.find(([looks]) => looks.test(text));
  if (kind !== undefined) throw mistaken('text.prefix', kind[1], kind[2]);
  const [, next] = /^writ_[\w~-]*\s+([\w~-])/.exec(text) ?? [];
  if (next !== undefined) {
    const hint =
      next === '~'
        ? 'evidence follows with nothing between: "$(cat TOKEN)$(cat EVIDENCE)"'
        : 'it was most likely copied with a line break: give it in one line, or as @file';
    throw mistaken('text.base64', 'white space stands within the token', hint);
  }
}

/** Refuses the name of a file that came without its `@`. @throws CliError `text.prefix`, exit code 4 */
export function refuseFileName(argument: string): void {
  if (!/^[^\s@~]{1,255}\.(writ|jwks?|json|pem|txt)$/.test(argument)) return;
  throw mistaken('text.prefix', 'this is the name of a file', `put an @ before it: @${argument}`);
}

function mistaken(code: Code, what: string, hint: string): CliError {
  return new CliError(exits.malformed, `${code}: ${what}`, hint, code);
}
