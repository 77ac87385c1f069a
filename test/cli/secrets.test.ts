import { spawnSync } from 'node:child_process';
import { chmodSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { CLOCK, MAIN, makeGrant, makeKeys, SERVICE, workplace } from '../support/cli.ts';

const mode = (path: string) => (statSync(path).mode & 0o777).toString(8);

describe('L01 secrets never come as arguments', () => {
  test('a secret token on the command line is a usage error that does not repeat it', () => {
    const run = workplace().writ(['inspect', 'writ_secret_gwGBg0OhAQWg']);
    expect(run.stderr).toContain('a secret token on the command line can be seen by others');
    expect(run.stderr).not.toContain('gwGBg0OhAQWg');
    expect(run.exit).toBe(2);
  });

  test.each(['jwk', 'pem', 'openssh'])('a private key in place of its file is not repeated: %s', (format) => {
    const place = workplace();
    makeKeys(place, 'a');
    place.ok('key', 'convert', 'a.jwk', '--to', format, '--out', 'key');
    const key = readFileSync(join(place.folder, 'key'), 'utf8');
    const [, line = ''] = key.split('\n');
    const runs = [place.writ(['public', '--', key]), place.writ(['public', key]), place.writ(['trust', 'list', '--trust', key])]; // biome-ignore format: a row
    expect(runs.map(({ stdout, stderr }) => stdout + stderr).join('')).not.toContain(line);
    expect(runs.map(({ exit }) => exit)).toEqual([3, format === 'jwk' ? 3 : 2, 3]);
  });

  test('no command has an option for key material', () => {
    const { ok } = workplace();
    const help = ['keygen', 'grant', 'delegate', 'invoke', 'verify', 'inspect'].map((name) =>
      ok(name, '--help'),
    );
    expect(help.join('\n')).not.toMatch(/--(secret|seed|private-key|password|token)\b/);
  });
});

describe('L02 files with secrets', () => {
  test('are 0600 whatever the umask', () => {
    const { folder } = workplace();
    const script = `umask 000; "${process.execPath}" "${MAIN}" keygen --suite hmac --out h.jwk`;
    expect(spawnSync('sh', ['-c', script], { cwd: folder }).status).toBe(0);
    expect(mode(join(folder, 'h.jwk'))).toBe('600');
  });

  test('are 0600 for a secret token and a trust file with a secret', () => {
    const place = workplace();
    makeGrant(place, 'hmac');
    expect(mode(join(place.folder, 'grant.writ'))).toBe('600');
    expect(mode(join(place.folder, 'trust.jwks'))).toBe('600');
  });

  test.each([
    ['640', 'ed25519', '640'],
    ['664', 'ed25519', '644'],
    ['600', 'ed25519', '600'],
    ['640', 'hmac', '600'],
  ] as const)(
    'a trust file of mode %s with a key of suite %s stays or becomes %s',
    (old, suite, expected) => {
      const place = workplace();
      const add = ['trust', 'add', '--trust', 'trust.jwks', '--kind', 'authority', '--speaks-for', 'a:*'];
      makeKeys(place, 'first');
      place.ok(...add, '--key', 'first.jwk', '--principal', 'a:first');
      chmodSync(join(place.folder, 'trust.jwks'), Number.parseInt(old, 8));
      place.ok('keygen', '--suite', suite, '--out', 'second.jwk');
      place.ok(...add, '--key', 'second.jwk', '--principal', 'a:second');
      expect(mode(join(place.folder, 'trust.jwks'))).toBe(expected);
    },
  );

  test('are never overwritten', () => {
    const place = workplace();
    makeKeys(place, 'a');
    const before = readFileSync(join(place.folder, 'a.jwk'), 'utf8');
    const run = place.writ(['keygen', '--suite', 'ed25519', '--out', 'a.jwk']);
    expect(run.stderr).toContain('nothing is overwritten');
    expect(run.exit).toBe(3);
    expect(readFileSync(join(place.folder, 'a.jwk'), 'utf8')).toBe(before);
  });

  test('are not written through a symbolic link', () => {
    const { folder, writ } = workplace();
    symlinkSync(join(folder, 'elsewhere'), join(folder, 'link'));
    expect(writ(['keygen', '--suite', 'ed25519', '--out', 'link']).exit).toBe(3);
    expect(readdirSync(folder)).toEqual(['link']);
  });

  test('leave no public file behind when they exist', () => {
    const { folder, writ } = workplace();
    writeFileSync(join(folder, 'k'), 'x');
    expect(writ(['keygen', '--suite', 'ed25519', '--out', 'k', '--public', 'p']).exit).toBe(3);
    expect(readdirSync(folder)).toEqual(['k']);
  });

  test('leave nothing half made behind when the public file exists', () => {
    const { folder, writ } = workplace();
    writeFileSync(join(folder, 'p'), 'x');
    expect(writ(['keygen', '--suite', 'ed25519', '--out', 'k', '--public', 'p']).exit).toBe(3);
    expect(readdirSync(folder)).toEqual(['p']);
  });
});

test('no output of any command holds the private key', () => {
  const place = workplace();
  makeGrant(place, 'ed25519');
  const { d } = JSON.parse(readFileSync(join(place.folder, 'cfo.jwk'), 'utf8'));
  const runs = [
    place.writ(['public', 'cfo.jwk', '--json']),
    place.writ(['trust', 'list', '--trust', 'trust.jwks', '--json']),
    place.writ(['inspect', '@grant.writ', '--json']),
    place.writ(['inspect', '@cfo.jwk']),
    place.writ(['verify', '@grant.writ', '--trust', 'cfo.jwk', '--audience', SERVICE]),
  ];
  expect(runs.map(({ stdout, stderr }) => stdout + stderr).join('')).not.toContain(d);
  expect(readFileSync(join(place.folder, 'trust.jwks'), 'utf8')).not.toContain(d);
});

test('L06 what a terminal would obey is escaped', () => {
  const place = workplace();
  const allow = ['--allow', 'note boards/*', '--delegations', '1'];
  makeGrant(place, 'hmac', ...allow);
  const bad = '{"text":"\\u001b[2J\\u202e\\u0007\\u009b31m\\r"}';
  const request = ['--audience', SERVICE, '--action', 'list', '--resource', 'boards/1', '--args', bad];
  const sealed = place.ok('invoke', '@grant.writ', ...request, ...CLOCK);
  const verify = ['verify', '-', '--trust', 'trust.jwks', '--audience', SERVICE, '--args', bad, ...CLOCK];
  const { stdout } = place.writ(verify, { input: sealed });
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not come through
  expect(stdout).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
});
