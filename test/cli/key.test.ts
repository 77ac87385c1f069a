import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { MAIN, sharedWorkplace, workplace } from '../support/cli.ts';

const place = sharedWorkplace();
const path = (name: string) => join(place.folder, name);
const read = (name: string) => readFileSync(path(name), 'utf8');
const json = (name: string) => JSON.parse(read(name));
const convert = (...args: readonly string[]) => place.ok('key', 'convert', ...args);

const PRIVATE = ['jwk', 'pem', 'cose', 'openssh'] as const;
const PUBLIC = [...PRIVATE, 'did'] as const;

/** Runs a tool of others; gives back standard output. */
function run(tool: string, ...args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(tool, args, { cwd: place.folder, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${tool} ${args.join(' ')}: ${stderr}`);
  return stdout;
}

beforeAll(() => {
  place.ok('keygen', '--suite', 'ed25519', '--out', 'cfo.jwk', '--public', 'cfo.pub.jwk');
  place.ok('keygen', '--suite', 'hmac', '--out', 'h.jwk');
  for (const format of PRIVATE) convert('cfo.jwk', '--to', format, '--out', `private.${format}`);
  for (const format of PUBLIC)
    convert('cfo.jwk', '--to', format, '--public-only', '--out', `public.${format}`);
});

describe('a private key', () => {
  test.each(PRIVATE)('as %s is of mode 0600 and read back from its content', (format) => {
    const back = `back-from-${format}`;
    expect(statSync(path(`private.${format}`)).mode & 0o777).toBe(0o600);
    convert(`private.${format}`, '--to', 'jwk', '--out', back);
    expect(json(back)).toEqual(json('cfo.jwk'));
  });

  test.each(PRIVATE)('as %s signs', (format) => {
    const grant =
      '--grantor mailto:a@b.example --to public.did --as agent:a/b --mission m --purpose p --expires 2h';
    const allow = ['--allow', 'read a/**'];
    expect(place.ok('grant', '--key', `private.${format}`, ...grant.split(' '), ...allow)).toMatch(/^writ_/);
  });

  test('is not overwritten', () => {
    const again = place.writ(['key', 'convert', 'cfo.jwk', '--to', 'pem', '--out', 'private.pem']);
    expect(again.stderr).toContain('nothing is overwritten');
    expect(again.exit).toBe(3);
  });

  test('that was not encrypted is said to be so', () => {
    const { stderr } = place.writ(['key', 'convert', 'cfo.jwk', '--to', 'pem', '--out', 'said.pem']);
    expect(stderr).toBe('writ: wrote said.pem, not encrypted\n');
  });
});

describe('a public key', () => {
  test.each(PUBLIC)('as %s is read by public, trust add and grant', (format) => {
    const { ok } = place;
    const file = `public.${format}`;
    expect(JSON.parse(ok('public', file))).toEqual(json('cfo.pub.jwk'));
    const holder = ['--principal', 'mailto:a@b.example', '--kind', 'human', '--trust', `${format}.jwks`];
    ok('trust', 'add', '--key', file, ...holder);
    expect(json(`${format}.jwks`).keys[0].x).toBe(json('cfo.pub.jwk').x);
  });

  test.each(['jwk', 'pem', 'did', 'openssh'])(
    'as %s goes to standard output as it goes to a file',
    (format) => {
      const { stdout } = place.writ(['key', 'convert', 'cfo.pub.jwk', '--to', format]);
      expect(stdout).toBe(read(`public.${format}`));
    },
  );

  test('as a COSE_Key goes to a pipe in bytes, and into JSON as hexadecimal', () => {
    const bytes = readFileSync(path('public.cose'));
    const args = [MAIN, 'key', 'convert', 'cfo.pub.jwk', '--to', 'cose'];
    expect(spawnSync(process.execPath, args, { cwd: place.folder }).stdout).toEqual(bytes);
    expect(JSON.parse(convert('cfo.pub.jwk', '--to', 'cose', '--json')).key).toBe(bytes.toString('hex'));
  });

  test('as a COSE_Key is not written to a terminal', () => {
    const command = `'${process.execPath}' '${MAIN}' key convert cfo.pub.jwk --to cose`;
    const { status, stdout } = spawnSync('script', ['-qec', command, '/dev/null'], {
      cwd: place.folder,
      encoding: 'utf8',
    });
    expect(stdout).toContain('a COSE_Key is binary');
    expect(status).toBe(2);
  });

  test('is read from standard input', () => {
    const { stdout } = place.writ(['key', 'convert', '-', '--to', 'jwk'], { input: read('public.did') });
    expect(JSON.parse(stdout)).toEqual(json('cfo.pub.jwk'));
  });
});

describe('key convert --json', () => {
  const { kid } = { kid: expect.stringMatching(/^[\w-]{43}$/) };

  test('names the file of a private key, and holds nothing of it', () => {
    const shown = convert('cfo.jwk', '--to', 'pem', '--out', 'json.pem', '--json');
    const result = { format: 'pem', kid, private: true, encrypted: false, file: 'json.pem' };
    expect(JSON.parse(shown)).toEqual(result);
  });

  test('holds a public key', () => {
    const shown = convert('cfo.pub.jwk', '--to', 'did', '--json');
    const result = { format: 'did', kid, private: false, encrypted: false, key: read('public.did') };
    expect(JSON.parse(shown)).toEqual(result);
  });
});

describe('an HMAC secret', () => {
  test('becomes a COSE_Key and a JWK again', () => {
    convert('h.jwk', '--to', 'cose', '--out', 'h.cose');
    convert('h.cose', '--to', 'jwk', '--out', 'h2.jwk');
    expect(json('h2.jwk')).toEqual(json('h.jwk'));
  });

  test.each([
    ['as PEM', ['--to', 'pem', '--out', 'x'], 3, 'key.format'],
    ['as an OpenSSH key', ['--to', 'openssh', '--out', 'x'], 3, 'key.format'],
    ['by its public part', ['--to', 'jwk', '--public-only'], 3, 'no public part'],
    ['encrypted', ['--to', 'pem', '--encrypt', '--out', 'x'], 2, 'an HMAC secret is not encrypted'],
    ['to standard output', ['--to', 'jwk'], 2, 'into a file only'],
  ])('is not written %s', (_, args, exit, expected) => {
    const refused = place.writ(['key', 'convert', 'h.jwk', ...args]);
    expect(refused.stderr).toContain(expected);
    expect(refused.exit).toBe(exit);
    expect(existsSync(path('x'))).toBe(false);
  });
});

test.each([
  [
    'a private key to standard output',
    ['cfo.jwk', '--to', 'jwk'],
    2,
    'a private key is written into a file only',
  ],
  [
    'a private key to standard output by another name',
    ['cfo.jwk', '--to', 'jwk', '--out', '/dev/stdout'],
    3,
    'exists',
  ],
  ['a private key to standard output in JSON', ['cfo.jwk', '--to', 'jwk', '--json'], 2, 'into a file only'],
  [
    'a private key as did:key',
    ['cfo.jwk', '--to', 'did', '--out', 'x'],
    2,
    'add --public-only for the public part',
  ],
  ['an encrypted JWK', ['cfo.jwk', '--to', 'jwk', '--encrypt', '--out', 'x'], 2, 'use --to pem'],
  [
    'an encrypted public key',
    ['cfo.jwk', '--to', 'pem', '--public-only', '--encrypt'],
    2,
    'only a private key',
  ],
  [
    'a public key of its own, encrypted',
    ['cfo.pub.jwk', '--to', 'pem', '--encrypt', '--out', 'x'],
    2,
    'not encrypted',
  ],
  ['another format', ['cfo.jwk', '--to', 'der'], 2, 'Allowed choices'],
  ['no format', ['cfo.jwk'], 2, '--to'],
])('%s is refused', (_, args, exit, expected) => {
  const refused = place.writ(['key', 'convert', ...args]);
  const { d } = json('cfo.jwk');
  expect(refused.stderr).toContain(expected);
  expect(refused.exit).toBe(exit);
  expect(refused.stdout + refused.stderr).not.toContain(d);
  expect(existsSync(path('x'))).toBe(false);
});

describe('openssl', () => {
  test('reads our PEM, and agrees on the public key', () => {
    expect(run('openssl', 'pkey', '-in', 'private.pem', '-pubout')).toBe(read('public.pem'));
  });

  test('writes PEM that we read', () => {
    run('openssl', 'genpkey', '-algorithm', 'ed25519', '-out', 'theirs.pem');
    expect(convert('theirs.pem', '--to', 'pem', '--public-only')).toBe(
      run('openssl', 'pkey', '-in', 'theirs.pem', '-pubout').trimEnd(),
    );
  });

  test.each([
    ['an RSA key', ['genpkey', '-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:2048']],
    ['a P-256 key', ['genpkey', '-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256']],
    ['an X25519 key', ['genpkey', '-algorithm', 'X25519']],
    ['an Ed448 key', ['genpkey', '-algorithm', 'ED448']],
  ])('writes %s, which is refused for its algorithm', (_, command) => {
    run('openssl', ...command, '-out', 'other.pem');
    expect(place.writ(['public', 'other.pem']).stderr).toContain('key.algorithm');
  });
});

describe('ssh-keygen', () => {
  test('reads our private key, and agrees on the public key', () => {
    expect(run('ssh-keygen', '-y', '-f', 'private.openssh').trimEnd()).toBe(read('public.openssh').trimEnd());
  });

  test('reads our public key', () => {
    expect(run('ssh-keygen', '-l', '-f', 'public.openssh')).toContain('(ED25519)');
  });

  test('writes both files that we read', () => {
    run('ssh-keygen', '-q', '-t', 'ed25519', '-N', '', '-C', 'cfo@acme laptop', '-f', 'id');
    const [ours, theirs] = ['id', 'id.pub'].map((file) => place.ok('public', file));
    expect(ours).toBe(theirs);
  });

  test('encrypts a key, which is refused with the command that decrypts it, and is read after that', () => {
    const { folder, writ } = workplace();
    const id = join(folder, 'id');
    run('ssh-keygen', '-q', '-t', 'ed25519', '-N', 'secret', '-f', id);
    const refused = writ(['public', 'id']);
    expect(refused.stderr).toContain('ssh-keygen -p');
    expect(refused.exit).toBe(3);
    run('ssh-keygen', '-q', '-p', '-P', 'secret', '-N', '', '-f', id);
    expect(writ(['public', 'id']).exit).toBe(0);
  });

  test('writes an ECDSA key, which is refused', () => {
    run('ssh-keygen', '-q', '-t', 'ecdsa', '-N', '', '-f', 'ecdsa');
    expect(place.writ(['public', 'ecdsa']).stderr).toContain('key.algorithm');
  });
});

test.each(PRIVATE)('no output for a key as %s, whole or damaged, holds its seed', (format) => {
  const bytes = readFileSync(path(`private.${format}`));
  const damaged = [bytes.subarray(0, -3), Buffer.concat([bytes, bytes])];
  const runs = [bytes, ...damaged].map((input) => place.writ(['public', '-', '--json'], { input }));
  const refused = place.writ(['key', 'convert', '-', '--to', 'jwk', '--json'], { input: bytes });
  const seen = [...runs, refused].map(({ stdout, stderr }) => stdout + stderr).join('');
  const seed = Buffer.from(json('cfo.jwk').d, 'base64url');
  const spellings = (['hex', 'base64', 'base64url'] as const).map((as) => seed.toString(as).slice(4, 16));
  expect(spellings.filter((spelling) => seen.includes(spelling))).toEqual([]);
  expect(seen).not.toContain('"d"');
});
