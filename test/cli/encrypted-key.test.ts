import { spawnSync } from 'node:child_process';
import { createPrivateKey } from 'node:crypto';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { sharedWorkplace } from '../support/cli.ts';

const PASSPHRASE = 'correct horse \u00fc';
const place = sharedWorkplace();
const path = (name: string) => join(place.folder, name);
const read = (name: string) => readFileSync(path(name), 'utf8');
const write = (name: string, text: string | Buffer) => writeFileSync(path(name), text);
const PASS = ['--passphrase-file', 'pass'] as const;

function openssl(...args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync('openssl', args, { cwd: place.folder, encoding: 'utf8' });
  if (status !== 0) throw new Error(`openssl ${args.join(' ')}: ${stderr}`);
  return stdout;
}

beforeAll(() => {
  write('pass', `${PASSPHRASE}\n`);
  write('wrong', 'another');
  place.ok(
    'keygen',
    '--suite',
    'ed25519',
    '--out',
    'cfo.pem',
    '--public',
    'cfo.pub.jwk',
    '--encrypt',
    ...PASS,
  );
  place.ok('key', 'convert', 'cfo.pem', '--to', 'jwk', '--out', 'cfo.jwk', ...PASS);
  place.ok('key', 'convert', 'cfo.pem', '--to', 'pem', '--out', 'plain.pem', ...PASS);
});

describe('what keygen --encrypt writes', () => {
  test('is an encrypted PKCS#8 key of mode 0600, and its public part stays a JWK', () => {
    expect(read('cfo.pem')).toMatch(/^-----BEGIN ENCRYPTED PRIVATE KEY-----\n/);
    expect(statSync(path('cfo.pem')).mode & 0o777).toBe(0o600);
    expect(JSON.parse(read('cfo.jwk')).x).toBe(JSON.parse(read('cfo.pub.jwk')).x);
  });

  test('is read by openssl', () => {
    expect(openssl('pkey', '-in', 'cfo.pem', '-passin', 'file:pass')).toBe(read('plain.pem'));
  });

  test('names scrypt with N = 16384, r = 8, p = 5 and AES-256-CBC', () => {
    const shown = openssl('asn1parse', '-in', 'cfo.pem');
    expect(shown).toMatch(/PBES2[\s\S]*scrypt[\s\S]*:4000[\s\S]*:08[\s\S]*:05[\s\S]*aes-256-cbc/);
  });

  test('is read by node:crypto', () => {
    const key = createPrivateKey({ key: read('cfo.pem'), passphrase: PASSPHRASE });
    expect(key.export({ format: 'jwk' }).d).toBe(JSON.parse(read('cfo.jwk')).d);
  });

  test('is another text each time', () => {
    place.ok('key', 'convert', 'cfo.jwk', '--to', 'pem', '--encrypt', '--out', 'again.pem', ...PASS);
    expect(read('again.pem')).not.toBe(read('cfo.pem'));
    expect(place.ok('public', 'again.pem', ...PASS)).toBe(place.ok('public', 'cfo.jwk'));
  });
});

describe('what openssl encrypts is read', () => {
  test.each([
    ['PBKDF2', ['-v2', 'aes-256-cbc']],
    ['scrypt', ['-scrypt']],
    ['AES-128 and SHA-512', ['-v2', 'aes128', '-v2prf', 'hmacWithSHA512']],
  ])('by %s', (_, how) => {
    openssl('pkcs8', '-topk8', '-in', 'plain.pem', '-passout', 'file:pass', '-out', 'theirs.pem', ...how);
    expect(place.ok('public', 'theirs.pem', ...PASS)).toBe(place.ok('public', 'cfo.jwk'));
  });

  test('and refused for its algorithm where it is no Ed25519 key', () => {
    openssl('genpkey', '-algorithm', 'X25519', '-aes-256-cbc', '-pass', 'file:pass', '-out', 'x.pem');
    expect(place.writ(['public', 'x.pem', ...PASS]).stderr).toContain('key.algorithm');
  });
});

/** The same PEM, with another last byte: of the padding, once it is decrypted. */
function damageLastBlock(pem: string): string {
  const [begin, ...lines] = pem.trimEnd().split('\n');
  const bytes = Buffer.from(lines.slice(0, -1).join(''), 'base64');
  const last = bytes.length - 1;
  bytes.writeUInt8(bytes.readUInt8(last) ^ 1, last);
  return [begin, ...(bytes.toString('base64').match(/.{1,64}/g) ?? []), lines.at(-1), ''].join('\n');
}

describe('refused with exit code 3', () => {
  test.each([
    ['a wrong passphrase', 'cfo.pem', 'wrong', 'the passphrase is wrong'],
    ['an empty passphrase', 'cfo.pem', 'empty', 'the passphrase is wrong'],
    ['a passphrase of two lines', 'cfo.pem', 'two', 'a passphrase is one line'],
    ['a passphrase file that is not there', 'cfo.pem', 'none', 'there is no such file'],
    ['a key whose text is damaged', 'damaged.pem', 'pass', 'key.format'],
    ['a key whose bytes are damaged', 'flipped.pem', 'pass', 'the DER is malformed'],
    ['a key whose ciphertext is damaged', 'cipher.pem', 'pass', 'wrong, or the file is damaged'],
    ['two keys', 'both.pem', 'pass', 'key.format'],
    ['a key that only says that it is encrypted', 'label.pem', 'pass', 'it is not encrypted'],
  ])('%s', (_, key, passphrase, expected) => {
    write('empty', '');
    write('two', `${PASSPHRASE}\n${PASSPHRASE}\n`);
    write('damaged.pem', read('cfo.pem').replace('\n-----END', '*\n-----END'));
    write('flipped.pem', read('cfo.pem').replace('MIG', 'MIH'));
    write('cipher.pem', damageLastBlock(read('cfo.pem')));
    write('both.pem', read('cfo.pem') + read('cfo.pem'));
    write('label.pem', read('plain.pem').replaceAll('PRIVATE', 'ENCRYPTED PRIVATE'));
    const { exit, stderr } = place.writ(['public', key, '--passphrase-file', passphrase]);
    expect(stderr).toContain(expected);
    expect(stderr).toMatch(/^writ: hint: ./m);
    expect(exit).toBe(3);
  });

  // A session of its own has no terminal.
  test('neither a terminal nor a passphrase file', () => {
    const main = ['-w', process.execPath, join(import.meta.dirname, '../../dist/cli/main.js')];
    const { status, stderr } = spawnSync('setsid', [...main, 'public', 'cfo.pem'], {
      cwd: place.folder,
      encoding: 'utf8',
    });
    expect(stderr).toContain('writ: hint: put it into a file that only you can read');
    expect(status).toBe(3);
  });

  test.each([
    ['empty', ''],
    ['of a newline', '\n'],
    ['of 1024 bytes', 'x'.repeat(1024)],
  ])('a new passphrase that is %s, and nothing is written', (_, passphrase) => {
    write('bad', passphrase);
    const keygen = ['keygen', '--suite', 'ed25519', '--out', 'k', '--public', 'p', '--encrypt'];
    const { exit, stderr } = place.writ([...keygen, '--passphrase-file', 'bad']);
    expect(stderr).toContain('1 to 1023 bytes');
    expect(exit).toBe(3);
    expect([existsSync(path('k')), existsSync(path('p'))]).toEqual([false, false]);
  });
});

test.each([
  ['CRLF', Buffer.from(`${PASSPHRASE}\r\n`)],
  ['no newline', Buffer.from(PASSPHRASE)],
])('a passphrase file may end in %s', (_, content) => {
  write('other', content);
  expect(place.writ(['public', 'cfo.pem', '--passphrase-file', 'other']).exit).toBe(0);
});

test('a passphrase of 1023 bytes that are no UTF-8 is read by us and by openssl', () => {
  write('long', Buffer.alloc(1023, 0xfe));
  const long = ['--passphrase-file', 'long'];
  place.ok('key', 'convert', 'cfo.jwk', '--to', 'pem', '--encrypt', '--out', 'long.pem', ...long);
  expect(place.writ(['public', 'long.pem', ...long]).exit).toBe(0);
  expect(openssl('pkey', '-in', 'long.pem', '-passin', 'file:long')).toBe(read('plain.pem'));
});

test('an HMAC secret is not encrypted', () => {
  const { exit, stderr } = place.writ(['keygen', '--suite', 'hmac', '--out', 'h', '--encrypt', ...PASS]);
  expect(stderr).toContain('an HMAC secret is kept as a JWK');
  expect(exit).toBe(2);
});

test('a passphrase without --encrypt makes no key, since that would not be encrypted', () => {
  const { exit, stderr } = place.writ(['keygen', '--suite', 'ed25519', '--out', 'unsafe', ...PASS]);
  expect(stderr).toContain('--passphrase-file needs --encrypt');
  expect(exit).toBe(2);
  expect(existsSync(path('unsafe'))).toBe(false);
});

test('every command that takes a private key takes an encrypted one', () => {
  const { ok } = place;
  const anchor = ['--principal', 'mailto:cfo@acme.example', '--kind', 'human', '--trust', 'trust.jwks'];
  ok('trust', 'add', '--key', 'cfo.pem', ...anchor, ...PASS);
  const terms = ['--mission', 'm', '--purpose', 'p', '--allow', 'read a/**', '--expires', '2h'];
  const granted = ['--grantor', 'mailto:cfo@acme.example', '--to', 'cfo.pub.jwk', '--as', 'agent:a/b'];
  ok('grant', '--key', 'cfo.pem', ...granted, ...terms, '--delegations', '1', '--out', 'grant.writ', ...PASS);
  const hop = ['--to', 'cfo.pub.jwk', '--as', 'agent:a/c', '--out', 'hop.writ'];
  ok('delegate', '@grant.writ', '--key', 'cfo.pem', ...hop, ...PASS);
  const request = ['--audience', 'https://a.example', '--action', 'read', '--resource', 'a/b'];
  write('sealed.writ', ok('invoke', '@hop.writ', '--key', 'cfo.pem', ...request, ...PASS));
  const verify = ['--trust', 'trust.jwks', '--audience', 'https://a.example', '--json'];
  expect(JSON.parse(ok('verify', '@sealed.writ', ...verify)).verdict).toBe('allow');
});
