import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { CLOCK, MAIN, makeGrant, makeKeys, SERVICE, sharedWorkplace, workplace } from '../support/cli.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const EXAMPLE = join(root, 'examples/sign-with-openssl.sh');
const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex');
const REPORT = ['--audience', SERVICE, '--action', 'read', '--resource', 'reports/q3.pdf'];

/** Writes the private keys of a workplace once more, as OpenSSL reads them. */
function writePem(folder: string, ...names: readonly string[]): void {
  for (const name of names) {
    const { d } = JSON.parse(readFileSync(join(folder, `${name}.jwk`), 'utf8'));
    const der = Buffer.concat([PKCS8, Buffer.from(d, 'base64url')]).toString('base64');
    writeFileSync(
      join(folder, `${name}.pem`),
      `-----BEGIN PRIVATE KEY-----\n${der}\n-----END PRIVATE KEY-----\n`,
    );
  }
}

/** The flags of a key whose signer is OpenSSL. */
const by = (name: string) => ['--key', `${name}.pub.jwk`, '--signer', `sh '${EXAMPLE}' ${name}.pem`];

const grant = [
  ...['grant', '--grantor', 'mailto:cfo@acme.example', '--as', 'agent:acme/research'],
  ...['--mission', 'q3-report', '--purpose', 'Prepare the Q3 report', '--allow', 'read reports/**'],
  ...['--expires', '2h', '--delegations', '1', ...CLOCK],
];
const hop = ['delegate', '@grant.writ', '--to', 'lookup.pub.jwk', '--as', 'agent:acme/lookup', ...CLOCK];

describe('--signer', () => {
  const place = sharedWorkplace();
  beforeAll(() => {
    makeGrant(place, 'ed25519');
    makeKeys(place, 'lookup');
    writePem(place.folder, 'cfo', 'research', 'lookup');
    place.ok('keygen', '--suite', 'hmac', '--out', 'hmac.jwk');
    place.ok(...hop.slice(0, 2), '--key', 'research.jwk', '--bundle', '--as', 'agent:a/b', '--out', 'bundle');
  });

  test('signs a grant, a hop and an invocation, which is allowed', () => {
    place.ok(...grant, ...by('cfo'), '--to', 'research.pub.jwk', '--out', 'own.writ');
    place.ok('delegate', '@own.writ', ...hop.slice(2), ...by('research'), '--out', 'own-hop.writ');
    const sealed = place.ok('invoke', '@own-hop.writ', ...by('lookup'), ...REPORT, ...CLOCK);
    const verify = ['verify', '-', '--trust', 'trust.jwks', ...REPORT, ...CLOCK];
    expect(place.writ(verify, { input: sealed }).exit).toBe(0);
  });

  test('makes the hop that the private key makes', () => {
    expect(place.ok(...hop, ...by('research'))).toBe(place.ok(...hop, '--key', 'research.jwk'));
  });

  test('gets nothing but the bytes on its standard input, though the token came by the other', () => {
    const token = readFileSync(join(place.folder, 'grant.writ'), 'utf8');
    const args = ['delegate', '-', ...hop.slice(2), ...by('research')];
    expect(place.writ(args, { input: token }).stdout.trimEnd()).toBe(place.ok(...hop, ...by('research')));
  });

  test('passes the standard error of the command through', () => {
    const signer = `echo 'touch the key' >&2; ${by('research').at(-1)}`;
    const run = place.writ([...hop, '--key', 'research.pub.jwk', '--signer', signer]);
    expect(run.stderr).toBe('touch the key\n');
    expect(run.exit).toBe(0);
  });

  test.each<[name: string, signer: string, message: string]>([
    ['a command that fails', 'cat >/dev/null; exit 7', '--signer ended with exit code 7'],
    ['a command that is none', 'no-such-command-here', '--signer ended with exit code 127'],
    ['a command that dies', 'kill -9 $$', '--signer was ended by SIGKILL'],
    ['a command without end', 'cat >/dev/null; cat /dev/zero', '--signer wrote far more than a signature'],
    ['no signature', 'cat >/dev/null', 'mint.signature: what the signer returned is not its signature of these bytes: it has 0 bytes'],
    ['too long a signature', `${by('research').at(-1)}; echo`, 'it has 65 bytes instead of 64'],
    ['another signature', 'cat >/dev/null; head -c 64 /dev/zero', 'mint.signature: '],
    ['the signature of another key', by('cfo').at(-1) as string, 'mint.signature: '],
  ])('%s: exit code 3', (_, signer, message) => {
    const run = place.writ([...hop, '--key', 'research.pub.jwk', '--signer', signer, '--out', 'none.writ']);
    expect(run.stderr).toContain(message);
    expect(run.exit).toBe(3);
    expect(existsSync(join(place.folder, 'none.writ'))).toBe(false);
  }); // biome-ignore format: rows read as rows

  test('what the command wrote is not shown, whether it failed or not', () => {
    const loud = (end: string) => `cat >/dev/null; printf hunter2hunter2; exit ${end}`;
    const runs = ['0', '1'].map((end) =>
      place.writ([...hop, '--key', 'research.pub.jwk', '--signer', loud(end), '--json']),
    );
    expect(runs.map(({ exit }) => exit)).toEqual([3, 3]);
    expect(runs.map(({ stdout, stderr }) => stdout + stderr).join('')).not.toContain('hunter2');
  });

  test('with --json the refusal has its code', () => {
    const run = place.writ([...hop, '--key', 'research.pub.jwk', '--signer', 'cat >/dev/null', '--json']);
    expect(JSON.parse(run.stdout).error).toMatchObject({ code: 'mint.signature', exit: 3 });
  });

  const MARK = ['--signer', 'touch asked'];
  const request = ['invoke', '@grant.writ', ...REPORT, ...CLOCK];
  test.each<[name: string, args: string[], exit: number, message: string]>([
    ['a private key, in a grant', [...grant, '--key', 'cfo.jwk', '--to', 'research.pub.jwk'], 2, 'writ: hint: leave --signer out'],
    ['a private key, in a hop', [...hop, '--key', 'research.jwk'], 2, 'research.jwk: a private key'],
    ['a private key, in an invocation', [...request, '--key', 'research.jwk'], 2, 'a private key'],
    ['an HMAC secret', [...grant, '--key', 'hmac.jwk', '--audience', SERVICE], 2, 'hmac.jwk: an HMAC secret'],
    ['no key', hop, 2, '--signer needs --key'],
    ['a bundle', ['invoke', '@bundle', ...REPORT, '--key', 'lookup.pub.jwk'], 2, 'hmac tokens and bundles need none'],
    ['a hop that asks for more', [...hop, '--key', 'research.pub.jwk', '--expires', '9h'], 6, 'hop.wider'],
    ['the key of another', [...hop, '--key', 'cfo.pub.jwk'], 5, 'holder.key'],
  ])('is not run with %s', (_, args, exit, message) => {
    const run = place.writ([...args, ...MARK]);
    expect(run.stderr).toContain(message);
    expect(run.exit).toBe(exit);
    expect(existsSync(join(place.folder, 'asked'))).toBe(false);
  }); // biome-ignore format: rows read as rows
});

test('the example in cli/README.md runs, and its grant verifies', () => {
  const place = workplace();
  makeKeys(place, 'research');
  symlinkSync(join(root, 'examples'), join(place.folder, 'examples'));
  const readme = readFileSync(join(root, 'cli/README.md'), 'utf8');
  const [, example = ''] = /```sh\n([\s\S]*?)```/.exec(readme) ?? [];
  const script = `writ() { "${process.execPath}" "${MAIN}" "$@"; }\n${example}`;
  expect(spawnSync('sh', ['-euc', script], { cwd: place.folder, encoding: 'utf8' })).toMatchObject({
    status: 0,
    stderr: expect.stringContaining('writ: wrote research.writ'),
  });
  const anchor = ['--principal', 'mailto:cfo@acme.example', '--kind', 'human'];
  place.ok('trust', 'add', '--trust', 'trust.jwks', '--key', 'cfo.pub.pem', ...anchor);
  expect(place.ok('inspect', '@research.writ', '--trust', 'trust.jwks')).toContain('VERIFIED back to');
});
