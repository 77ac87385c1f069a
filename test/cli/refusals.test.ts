import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { CLOCK, MAIN, makeGrant, makeKeys, sharedWorkplace, workplace } from '../support/cli.ts';
import {
  AUDIENCE,
  base64url,
  forge,
  grantPayload,
  hopPayload,
  NOW,
  scene,
  trustFile,
} from '../support/forge.ts';

const nested = (levels: number) => `writ_${base64url(new Uint8Array(levels).fill(0x81))}`;

describe('bad input ends in one clear line, a hint and the right exit code', () => {
  const rows: [name: string, input: string | Buffer, exit: number, message: string][] = [
    ['binary', randomBytes(300), 4, 'text.prefix'],
    ['nothing', '', 4, 'text.prefix'],
    ['10 MB', Buffer.alloc(10_000_000, 'a'), 4, 'limit.size'],
    ['a token of 100,000 bytes', nested(100_000), 4, 'limit.size'],
    ['40,000 nested arrays', nested(40_000), 4, 'limit.depth'],
    ['a wrong prefix', 'token_ggKB', 4, 'text.prefix'],
    ['white space in a token', 'writ_gg KB', 4, 'text.base64'],
    ['a truncated token', forge(scene(2)).text.slice(0, 5 + 400), 4, 'cbor.truncated'],
    ['a key file', '{"kty":"OKP","crv":"Ed25519","x":"","d":"secret"}', 4, 'text.prefix'],
  ];
  test.each(rows)('%s', (_name, input, exit, message) => {
    const { writ } = workplace();
    const run = writ(['inspect', '-'], { input });
    const [error, hint, ...rest] = run.stderr.split('\n');
    expect(error).toContain(`writ: error: ${message}: `);
    expect(hint).toMatch(/^writ: hint: ./);
    expect(rest).toEqual(['']);
    expect(run.stdout).toBe('');
    expect(run.exit).toBe(exit);
  });
});

describe('usage and files', () => {
  const grant = ['grant', '--key', 'cfo.jwk', '--grantor', 'mailto:cfo@acme.example', '--as', 'agent:a/b'];
  const mission = ['--mission', 'm', '--purpose', 'p'];
  const rows: [name: string, args: string[], exit: number, message: string][] = [
    ['no command', [], 2, 'Usage: writ'],
    ['an unknown command', ['frob'], 2, "unknown command 'frob'"],
    ['an unknown flag', ['inspect', 'x', '--frob'], 2, "unknown option '--frob'"],
    ['a new file named -', ['keygen', '--suite', 'hmac', '--out', '-'], 2, '- is no name for a new file'],
    ['a missing flag', ['verify', 'x'], 2, "required option '--trust <file>'"],
    ['a missing file', ['inspect', '@none.writ'], 3, 'none.writ: there is no such file'],
    ['a folder for a file', ['public', '.'], 3, 'it is a folder'],
    ['a key of no known format', ['public', 'text.txt'], 3, 'text.txt: key.format: the key is not in a format or of a type that is supported: it is none of JWK, PEM'],
    ['a status for a key', ['public', 'q3.status'], 3, 'q3.status: this is evidence, such as a status, and no key'],
    ['a trust file that is a key', ['trust', 'list', '--trust', 'cfo.jwk'], 3, 'trust.format'],
    ['an anchor twice', ['trust', 'add', '--trust', 'trust.jwks', '--key', 'cfo.jwk', '--principal', 'a:b', '--kind', 'human'], 3, 'trust.duplicate'],
    ['an anchor’s holder that is no URI', ['trust', 'add', '--trust', 'new.jwks', '--key', 'cfo.jwk', '--principal', 'nope', '--kind', 'human'], 2, 'not a principal: nope'],
    ['an authority for nobody', ['trust', 'add', '--trust', 'new.jwks', '--key', 'cfo.jwk', '--principal', 'a:b', '--kind', 'authority'], 3, 'trust.anchor'],
    ['an anchor that is not there', ['trust', 'remove', 'abc', '--trust', 'trust.jwks'], 3, 'no key with this id'],
    ['a public part of an HMAC secret', ['keygen', '--suite', 'hmac', '--out', 'h', '--public', 'p'], 2, 'no public part'],
    ['a permission without a resource', [...grant, ...mission, '--expires', '2h', '--allow', 'read'], 2, 'not a permission: read'],
    ['a grantor that is no URI', ['grant', '--key', 'cfo.jwk', '--grantor', 'cfo', '--to', 'research.pub.jwk', '--as', 'agent:a/b', ...mission, '--expires', '2h', '--allow', 'read x'], 2, 'such as mailto:cfo@acme.example'],
    ['no key for the delegate', [...grant, ...mission, '--expires', '2h', '--allow', 'read x'], 2, 'needs the delegate’s public key'],
    ['a duration without a unit', ['invoke', '@grant.writ', '--key', 'research.jwk', '--audience', 'a', '--action', 'b', '--resource', 'c', '--expires', '60'], 2, 'not a duration: 60'],
    ['a time in words', ['inspect', '@grant.writ', '--trust', 'trust.jwks', '--now', 'noon'], 2, 'not a time: noon'],
    ['delegates without depth', ['delegate', '@grant.writ', '--as', 'agent:a/b', '--delegate-to', 'agent:*'], 2, '--delegate-to needs --delegations'],
    ['arguments that are no JSON', ['verify', 'x', '--trust', 'trust.jwks', '--audience', 'a', '--args', '{'], 2, '--args: not JSON'],
    ['arguments with a name twice', ['verify', 'x', '--trust', 'trust.jwks', '--audience', 'a', '--args', '{"a":1,"a":2}'], 2, 'a name twice'],
    ['an action without a resource', ['verify', 'x', '--trust', 'trust.jwks', '--audience', 'a', '--action', 'b'], 2, 'come together'],
    ['a resource that climbs', ['verify', '@sealed.writ', '--trust', 'trust.jwks', '--audience', 'a', '--action', 'b', '--resource', '../c'], 2, 'request.malformed'],
    ['a key that is not the holder’s', ['invoke', '@grant.writ', '--key', 'cfo.jwk', '--audience', 'a', '--action', 'b', '--resource', 'c'], 5, 'holder.key'],
  ]; // biome-ignore format: rows read as rows
  const place = sharedWorkplace();
  beforeAll(() => {
    makeGrant(place, 'ed25519');
    writeFileSync(join(place.folder, 'text.txt'), 'text');
    writeFileSync(join(place.folder, 'q3.status'), '~ggGE\n');
    const request = ['--key', 'research.jwk', '--audience', 'a', '--action', 'b', '--resource', 'c'];
    writeFileSync(join(place.folder, 'sealed.writ'), place.ok('invoke', '@grant.writ', ...request));
  });
  test.each(rows)('%s', (_name, args, exit, message) => {
    const run = place.writ(args);
    expect(run.stderr).toContain(message);
    if (args.length > 0) expect(run.stderr).toMatch(/^writ: hint: ./m);
    expect(run.stderr).not.toContain('    at ');
    expect(run.exit).toBe(exit);
  });
});

test('an unknown caveat in a file is refused by name', () => {
  const place = workplace();
  makeKeys(place, 'a');
  writeFileSync(join(place.folder, 'more.json'), '{"limit":[]}');
  const hop = ['delegate', '@x.writ', '--as', 'agent:a/b', '--caveats', 'more.json'];
  writeFileSync(join(place.folder, 'x.writ'), forge({ ...scene(2), invocation: undefined } as never).text);
  const run = place.writ(hop);
  expect(run.stderr).toContain('unknown caveat in more.json: limit');
  expect(run.exit).toBe(2);
});

test('with --json an error is data on standard output too', () => {
  const { exit, stdout } = workplace().writ(['inspect', 'writ_ggKB', '--json']);
  expect(JSON.parse(stdout)).toEqual({
    error: { code: 'cbor.truncated', message: expect.any(String), offset: 3, exit: 4 },
  });
  expect(exit).toBe(4);
});

test('a token whose anchor holds and whose signature does not is shown as NOT VERIFIED with exit code 5', () => {
  const place = workplace();
  makeGrant(place, 'ed25519');
  const { text } = forge(scene(2, { blocks: [{ payload: grantPayload(2) }] }));
  const run = place.writ(['inspect', text, '--trust', 'trust.jwks']);
  expect(run.stdout).toContain('NOT VERIFIED: anchor.unknown');
  expect(run.exit).toBe(5);
});

describe('no value of a script can turn a refusal into a success', () => {
  const verify = ['--trust', 'trust.jwks', '--audience', 'https://files.acme.example'];
  test.each([
    ['a token that reads as a flag', ['verify', '-V', ...verify]],
    ['a token that asks for help', ['verify', '-h', ...verify]],
    ['a resource that reads as a flag', ['verify', 'x', ...verify, '--action', 'a', '--resource', '-V']],
    ['arguments that read as a flag', ['verify', 'x', ...verify, '--args', '--version']],
    ['help behind a token', ['verify', 'x', '--help']],
  ])('%s', (_, args) => {
    expect(workplace().writ(args).exit).not.toBe(0);
  });

  test.each([
    ['--help'],
    ['--version'],
    ['verify --help'],
    ['trust add -h'],
    ['help verify'],
    ['trust help add'],
  ])('writ %s is a success', (args) => {
    expect(workplace().writ(args.split(' ')).exit).toBe(0);
  });
});

test('a context of another type than expected is denied, and explained', () => {
  const place = workplace();
  makeGrant(place, 'hmac', '--context', '{"geo":"de"}');
  const service = ['--audience', 'https://files.acme.example'];
  const sealed = place.ok(
    'invoke',
    '@grant.writ',
    ...service,
    '--action',
    'read',
    '--resource',
    'reports/a',
    ...CLOCK,
  );
  const verify = [
    'verify',
    '-',
    '--trust',
    'trust.jwks',
    ...service,
    ...CLOCK,
    '--context',
    '{"geo":{"x":1}}',
  ];
  const run = place.writ(verify, { input: sealed });
  expect(run.stdout).toContain('    actual     {"x":1}');
  expect(run.exit).toBe(6);
});

test('a misspelt member of a caveat is refused and not passed over', () => {
  const place = workplace();
  writeFileSync(join(place.folder, 'more.json'), '{"limits":[{"unit":"call","amount":5,"windows":10}]}');
  const grant = () => makeGrant(place, 'hmac', '--caveats', 'more.json');
  expect(grant).toThrow('an unknown member; known are unit, amount, window');
});

test('a reader that stops early changes no exit code and sees no stack trace', () => {
  const place = workplace();
  makeGrant(place, 'ed25519');
  const script = `"${process.execPath}" "${MAIN}" inspect @grant.writ | true; echo "exit \${PIPESTATUS[0]}"`;
  const { stdout, stderr } = spawnSync('bash', ['-c', script], { cwd: place.folder, encoding: 'utf8' });
  expect(stderr).toBe('');
  expect(stdout).toBe('exit 0\n');
});

test('output that finds no room is a file that cannot be used, exit code 3', () => {
  const script = `"${process.execPath}" "${MAIN}" explain > /dev/full`;
  const { status, stderr } = spawnSync('sh', ['-c', script], { encoding: 'utf8' });
  expect(stderr).toContain('writ: error: standard output: ENOSPC');
  expect(status).toBe(3);
});

test('prose that finds no room changes no exit code', () => {
  const script = `"${process.execPath}" "${MAIN}" explain nope 2> /dev/full`;
  expect(spawnSync('sh', ['-c', script]).status).toBe(2);
});

test('a file that cannot be written to its end is not left behind', () => {
  const place = workplace();
  makeGrant(place, 'hmac');
  const before = readFileSync(join(place.folder, 'trust.jwks'), 'utf8');
  const more = "--key big.jwk --principal https://x.example --kind authority --speaks-for 'a:*'";
  place.ok('keygen', '--suite', 'hmac', '--out', 'big.jwk');
  const filler = Array.from({ length: 40 }, (_, i) => `--speaks-for 'mailto:${'x'.repeat(40)}${i}'`).join(
    ' ',
  );
  const script = `trap '' XFSZ; ulimit -f 1; "${process.execPath}" "${MAIN}" trust add --trust trust.jwks ${more} ${filler}`;
  const { status } = spawnSync('bash', ['-c', script], { cwd: place.folder, encoding: 'utf8' });
  expect(status).toBe(3);
  expect(readFileSync(join(place.folder, 'trust.jwks'), 'utf8')).toBe(before);
  expect(readdirSync(place.folder).filter((name) => name.endsWith('.tmp'))).toEqual([]);
});

test('a weak key inside a token is not verified, exit code 5, and no fault of a file', () => {
  const place = workplace();
  writeFileSync(join(place.folder, 'trust.jwks'), JSON.stringify(trustFile));
  const weak = grantPayload(2, [[8, new Uint8Array(32)]]);
  const { text } = forge(scene(2, { blocks: [{ payload: weak }, { payload: hopPayload(2) }] }));
  const verify = ['verify', text, '--trust', 'trust.jwks', '--audience', AUDIENCE, '--now', String(NOW)];
  const run = place.writ(verify);
  expect(run.stderr).toContain('key.weak');
  expect(run.exit).toBe(5);
});
