import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { CLOCK, makeGrant, makeKeys, SERVICE, sharedWorkplace } from '../support/cli.ts';

const place = sharedWorkplace();
const REPORT = ['--audience', SERVICE, '--action', 'read', '--resource', 'reports/q3.pdf'];
const VERIFY = ['--trust', 'trust.jwks', '--audience', SERVICE, ...CLOCK];
beforeAll(() => {
  makeGrant(place, 'ed25519');
  makeKeys(place, 'lookup');
  const sealed = place.ok('invoke', '@grant.writ', '--key', 'research.jwk', ...REPORT, ...CLOCK);
  const keep = (name: string, text: string) => writeFileSync(join(place.folder, name), text);
  keep('sealed.writ', sealed);
  keep('broken.writ', `${sealed.slice(0, 76)}\n${sealed.slice(76)}\n`);
  keep('evidence', '~ggGEWCaiATIEWCC');
  keep('apart.writ', `${sealed}\n~ggGEWCaiATIEWCC\n`);
  keep('jwt', 'eyJhbGciOiJFZERTQSJ9.eyJzdWIiOiJhIn0.c2lnbmF0dXJl\n');
  keep('pem', '-----BEGIN PUBLIC KEY-----\nMCow\n-----END PUBLIC KEY-----\n');
  keep('ssh.pub', 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAA a@b\n');
  keep('uuid', '0b0f6f0e-5a0c-4f0e-9a3e-1f6f0d8f2f11\n');
  keep('empty', '');
  keep('bearer', `Bearer ${sealed}\n`);
  keep('quoted', `"${sealed}"\n`);
  keep('spaced', `  ${sealed}\n`);
});

describe('what is no token is named, with what to do; exit code 4', () => {
  test.each([
    ['jwt', 'this is a JWT', 'writ grant makes a token'],
    ['pem', 'this is PEM', 'give a key as --key'],
    ['ssh.pub', 'this is an SSH key', 'give a key as --key'],
    ['evidence', 'this is evidence, and no token', 'it goes behind a token'],
    ['uuid', 'this is a UUID', 'a token starts with writ_'],
    ['research.jwk', 'this is JSON', 'give a key as --key'],
    ['trust.jwks', 'this is JSON, such as a trust file', 'give it as --trust'],
    ['empty', 'there is nothing', 'whether the command before has failed'],
    ['bearer', 'a word stands before the token', 'leave Bearer out'],
    ['quoted', 'a quote stands before the token', 'leave the quotes out'],
    ['spaced', 'white space stands before the token', 'from its first letter on'],
  ])('%s', (file, error, hint) => {
    const { exit, stderr } = place.writ(['inspect', `@${file}`]);
    expect(stderr).toContain(`writ: error: text.prefix: ${error}`);
    expect(stderr).toContain(hint);
    expect(exit).toBe(4);
  });

  test('a token with a line break in it', () => {
    const { exit, stderr } = place.writ(['verify', '@broken.writ', ...VERIFY]);
    expect(stderr).toContain('writ: error: text.base64: white space stands within the token');
    expect(stderr).toContain('copied with a line break');
    expect(exit).toBe(4);
  });

  test('evidence on a line of its own', () => {
    const { exit, stderr } = place.writ(['verify', '@apart.writ', ...VERIFY]);
    expect(stderr).toContain('writ: error: text.base64: white space stands within the token');
    expect(stderr).toContain('evidence follows with nothing between');
    expect(exit).toBe(4);
  });

  test('the name of a file without its @', () => {
    const { exit, stderr } = place.writ(['inspect', 'grant.writ']);
    expect(stderr).toContain('writ: hint: put an @ before it: @grant.writ');
    expect(exit).toBe(4);
  });

  test('with --json the code is that of the registry', () => {
    expect(JSON.parse(place.writ(['inspect', '@jwt', '--json']).stdout).error.code).toBe('text.prefix');
  });
});

describe('the hint says what to do next', () => {
  const hop = ['--as', 'agent:acme/lookup', '--to', 'lookup.pub.jwk'];
  const rows: [name: string, args: string[], exit: number, hint: string][] = [
    ['a sealed token to delegate', ['delegate', '@sealed.writ', '--key', 'research.jwk', ...hop], 2, 'give the open token'],
    ['an open token to verify', ['verify', '@grant.writ', ...VERIFY], 5, 'the holder seals it with one request by writ invoke'],
    ['no key of the holder', ['delegate', '@grant.writ', ...hop], 2, '--key is the private key of the agent'],
    ['no key of the next agent', ['delegate', '@grant.writ', '--key', 'research.jwk', '--as', 'agent:a/b'], 2, "--to is the next agent's public key"],
    ['the key of another', ['invoke', '@grant.writ', '--key', 'lookup.jwk', ...REPORT], 5, 'writ inspect shows the key of the last block'],
    ['a token for a key', ['invoke', '@grant.writ', '--key', 'grant.writ', ...REPORT], 3, 'writ keygen --out made'],
    ['a token for a trust file', ['inspect', '@grant.writ', '--trust', 'grant.writ'], 3, 'this is a token; a trust file is needed'],
    ['a public key for a private one', ['invoke', '@grant.writ', '--key', 'research.pub.jwk', ...REPORT], 3, 'writ keygen --out made'],
    ['a key with an @', ['invoke', '@grant.writ', '--key', '@research.jwk', ...REPORT], 3, 'a file is named without an @'],
    ['a file that is not there', ['inspect', '@none'], 3, 'check the name'],
    ['a folder', ['public', '.'], 3, 'name a file in it'],
    ['a file that exists', ['keygen', '--suite', 'hmac', '--out', 'cfo.jwk'], 3, 'choose another name'],
    ['an @ alone', ['inspect', '@'], 2, 'write @ and the name'],
    ['an expired invocation', ['verify', '@sealed.writ', ...VERIFY, '--now', '2026-11-22T15:00:00Z'], 6, 'make a new invocation with writ invoke'],
    ['another resource', ['verify', '@sealed.writ', ...VERIFY, '--action', 'read', '--resource', 'x'], 6, 'writ explain invocation.resource tells more'],
    ['a time in words', ['inspect', '@grant.writ', '--trust', 'trust.jwks', '--now', 'noon'], 2, 'write it as 2026-11-22T14:00:00Z'],
    ['an unknown command', ['inspct'], 2, 'did you mean inspect; writ --help shows all commands'],
    ['an unknown option', ['inspect', '@grant.writ', '--trsut', 'x'], 2, 'did you mean --trust; writ inspect --help'],
    ['options that are missing', ['trust', 'add', '--key', 'x'], 2, 'still needed: --trust <file>, --principal <uri>, --kind <kind>; writ trust add --help'],
    ['an argument that is missing', ['inspect'], 2, '<token> is any token: a literal, @file, or - for standard input'],
    ['a purpose without quotes', ['inspect', '@grant.writ', 'the', 'report'], 2, 'put quotes around a value with spaces'],
    ['a choice that is none', ['keygen', '--suite', 'rsa', '--out', 'x'], 2, 'writ keygen --help shows how it is used'],
    ['an id that starts with a dash', ['trust', 'remove', '-abc', '--trust', 'trust.jwks'], 2, 'goes behind --'],
  ]; // biome-ignore format: rows read as rows
  test.each(rows)('%s', (_name, args, exit, hint) => {
    const run = place.writ(args);
    expect(run.stderr).toMatch(/^writ: hint: /m);
    expect(run.stderr).toContain(hint);
    expect(run.exit).toBe(exit);
  });
});

test.each([
  ['writ_secret_gwGBg0OhAQWg'],
  ['explain writ_secret_gwGBg0OhAQWg'],
  ['man writ_secret_gwGBg0OhAQWg'],
])('L01 a secret in a wrong place is not repeated: %s', (args) => {
  const { exit, stdout, stderr } = place.writ([...args.split(' '), '--json']);
  expect(stdout + stderr).not.toContain('gwGBg0OhAQWg');
  expect(exit).toBe(2);
});
