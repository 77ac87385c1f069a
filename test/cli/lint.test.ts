import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { width } from '../../cli/render/layout.ts';
import { textWith } from '../support/chains.ts';
import { MAIN, type Run, sharedWorkplace, type Workplace, workplace } from '../support/cli.ts';
import { base64url, forge, lookup, NOW, scene, textOf, trustFile } from '../support/forge.ts';

const CLOCK = ['--now', String(NOW)];
const good = textWith(2, { invocation: null });
const shorter = textWith(2, { invocation: null, hop: [[4, NOW + 840]] });
const expired = textWith(2, { root: [[4, NOW - 1]] });

function withFiles(files: Readonly<Record<string, string | Uint8Array>>, place = workplace()): Workplace {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(place.folder, path)), { recursive: true });
    writeFileSync(join(place.folder, path), content);
  }
  return place;
}

const lintIn = ({ writ }: Workplace, ...args: readonly string[]): Run => writ(['lint', ...args, ...CLOCK]);
const reportOf = (place: Workplace, ...args: readonly string[]) =>
  JSON.parse(lintIn(place, ...args, '--json').stdout);
const placesOf = (tokens: readonly { name: string; line?: number }[]) =>
  tokens.map(({ name, line }) => `${name}:${line}`);

describe('where tokens are', () => {
  test('a line each of a file, without blank lines and comments', () => {
    const place = withFiles({ 't.txt': `# mine\n\n${good}\r\n  # more\n${shorter}` });
    const { tokens, refused } = reportOf(place, 't.txt');
    expect([placesOf(tokens), refused]).toEqual([['t.txt:3', 't.txt:5'], []]);
  });

  test('on standard input', () => {
    const run = workplace().writ(['lint', '-', '--json', ...CLOCK], { input: `${good}\n` });
    expect(placesOf(JSON.parse(run.stdout).tokens)).toEqual(['-:1']);
  });

  test('in folders below a folder, in the order of their names, other lines of their files left out', () => {
    const place = withFiles({ 'd/b/x': `note\n${good}\n`, 'd/a': `${shorter}\n`, 'd/c': good });
    const { tokens, refused } = reportOf(place, 'd');
    expect([placesOf(tokens), refused]).toEqual([['d/a:1', 'd/b/x:2', 'd/c:1'], []]);
  });

  test('not in a pipe of a folder, whose writer goes on waiting for a reader', () => {
    const place = withFiles({ 'd/a': good });
    const script = 'mkfifo d/pipe; echo kept > d/pipe & "$0" "$@" >&2; timeout 5 cat d/pipe';
    const args = ['-c', script, process.execPath, MAIN, 'lint', 'd', ...CLOCK];
    const { stdout } = spawnSync('sh', args, { cwd: place.folder, encoding: 'utf8' });
    expect(stdout).toBe('kept\n');
  });

  test('in no folder that cannot be listed', () => {
    const place = workplace();
    mkdirSync(join(place.folder, 'd'));
    chmodSync(place.folder, 0o755);
    chmodSync(join(place.folder, 'd'), 0o311);
    // Root may list any folder.
    const who = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};
    const args = [MAIN, 'lint', 'd', '--json'];
    const { status, stdout } = spawnSync(process.execPath, args, {
      cwd: place.folder,
      encoding: 'utf8',
      ...who,
    });
    expect([status, JSON.parse(stdout).error.code]).toEqual([3, 'cli']);
  });

  test('nowhere in an empty folder', () => {
    const place = workplace();
    mkdirSync(join(place.folder, 'd'));
    const run = lintIn(place, 'd');
    expect([run.exit, run.stdout]).toEqual([0, '0 tokens in 0 groups, 0 refused; 0 problems; 0 advice\n']);
  });

  test('not in hidden files, junk, large files and links of a folder; all but hidden ones are counted', () => {
    const large = `${good}\n`.repeat(3000);
    const junk = Uint8Array.from({ length: 5000 }, (_, i) => (i * i * 31) & 255);
    const files = { 'd/.hidden': good, 'd/.git/x': good, 'd/junk': junk, 'd/large': large, 'out/x': good };
    const place = withFiles(files);
    mkdirSync(join(place.folder, 'd/sub'));
    symlinkSync('../..', join(place.folder, 'd/sub/loop'));
    symlinkSync('../out/x', join(place.folder, 'd/link'));
    const { tokens, skipped } = reportOf(place, 'd');
    expect([tokens, skipped]).toEqual([[], { withoutToken: 1, tooLarge: 1, notRegular: 2, unreadable: 0 }]);
  });

  test('in a folder that is named through a link', () => {
    const place = withFiles({ 'd/x': good });
    symlinkSync('d', join(place.folder, 'link'));
    expect(placesOf(reportOf(place, 'link').tokens)).toEqual(['link/x:1']);
  });

  test('in a named file of more than 1 MiB', () => {
    const place = withFiles({ 't.txt': `${'# a comment\n'.repeat(100_000)}${good}\n` });
    expect(placesOf(reportOf(place, 't.txt').tokens)).toEqual(['t.txt:100001']);
  });
});

describe('exit codes', () => {
  const place = sharedWorkplace();
  withFiles({ good, expired, bad: `${good}\nwrit_!\n`, junk: Uint8Array.of(0, 255, 10, 7), 'key.jwk': '{\n}\n' }, place); // biome-ignore format: short
  withFiles({ 'trust.jwks': JSON.stringify(trustFile), 'other.jwks': '{"keys":[]}' }, place);
  test.each([
    ['0: advice only', ['good'], 0],
    ['0: it verifies', ['good', '--trust', 'trust.jwks'], 0],
    ['1: a problem', ['good', 'expired'], 1],
    ['1: a line that is no token', ['bad'], 1],
    ['1: a file of junk', ['junk'], 1],
    ['1: a key file', ['key.jwk'], 1],
    ['1: it does not verify', ['good', '--trust', 'other.jwks'], 1],
    ['2: no file', [], 2],
    ['2: a token and no file', [good], 2],
    ['2: an unknown option', ['good', '--strict'], 2],
    ['3: a file that is not there', ['none'], 3],
    ['3: a trust file that is none', ['good', '--trust', 'good'], 3],
  ])('%s', (_, args, exit) => {
    expect(lintIn(place, ...args).exit).toBe(exit);
  });

  test('a file without any token is refused once, and no line of it is shown', () => {
    const { refused } = reportOf(place, 'key.jwk');
    expect(refused).toEqual([{ name: 'key.jwk', code: 'text.prefix' }]);
  });
});

test('the tree: human, mission, holder, then each token with its problems before its advice', () => {
  const place = withFiles({ 't.txt': `${good}\n${shorter}\n${good}\nwrit_!\n`, 'u.txt': expired });
  const { stdout } = lintIn(place, 't.txt', 'u.txt');
  const key = base64url(lookup.publicKey).slice(0, 8);
  expect(stdout).toBe(`NOT VERIFIED: no trust file was given, so all of this is what somebody wrote

mailto:cfo@acme.example
  q3-report
    agent:acme/lookup, key ${key}…: 4 tokens, the first expired 1s ago, the
    last expires in 2h
      t.txt:1  expires in 2h, the broadest of these
      t.txt:2  expires in 14m
        advice      t.txt:1 allows all of this too (overlap)
      t.txt:3  expires in 2h
        advice      it is the same as t.txt:1 (duplicate)
      u.txt:1  expired 1s ago, sealed
        problem     it expired 1s ago (expired)

Each of these tokens
    advice      no mission status is demanded: nothing but expiry ends it
                (without-status)

Refused
  t.txt:4
    problem     text.base64: a part of the text is not canonical unpadded
                base64url

4 tokens in 1 group, 1 refused; 2 problems (expired 1, text.base64 1); 6 advice
(duplicate 1, overlap 1, without-status 4)
`);
});

test('of one token, nothing is said of each', () => {
  const { stdout } = lintIn(withFiles({ 't.txt': good }), 't.txt');
  expect(stdout).toContain(`      t.txt:1  expires in 2h
        advice      no mission status is demanded: nothing but expiry ends it
                    (without-status)

1 token in 1 group`);
});

test('what is skipped is said', () => {
  const { stdout } = lintIn(withFiles({ 'd/junk': 'x' }), 'd');
  expect(stdout).toContain('1 file skipped (no token in it 1)\n');
});

test('--json is the documented contract', () => {
  const report = reportOf(withFiles({ 't.txt': `${good}\n${shorter}\nwrit_!\n` }), 't.txt');
  const key = { kty: 'OKP', crv: 'Ed25519', x: base64url(lookup.publicKey) };
  const holder = { grantor: 'mailto:cfo@acme.example', mission: 'q3-report', holder: 'agent:acme/lookup', key }; // biome-ignore format: short
  const status = { code: 'without-status', detail: expect.any(String) };
  const other = { name: 't.txt', line: 1 };
  const overlap = { code: 'overlap', detail: 't.txt:1 allows all of this too', other };
  expect(report).toEqual({
    now: NOW,
    verified: false,
    tokens: [
      { ...other, ...holder, sealed: false, expires: NOW + 7200, warnings: [status] },
      { name: 't.txt', line: 2, ...holder, sealed: false, expires: NOW + 840, warnings: [status, overlap] },
    ],
    refused: [{ name: 't.txt', line: 3, code: 'text.base64' }],
    groups: [{ ...holder, tokens: [0, 1], earliest: NOW + 840, latest: NOW + 7200, broadest: 0 }],
    counts: { overlap: 1, 'text.base64': 1, 'without-status': 2 },
    unfinished: 0,
    skipped: { withoutToken: 0, tooLarge: 0, notRegular: 0, unreadable: 0 },
  });
});

test('no secret is shown, whether it is in a file, broken, or given as a file', () => {
  const { invocation: _, ...openScene } = scene(1);
  const { text, blocks } = forge(openScene);
  const bundle = `${textOf(forge({ ...scene(2), invocation: undefined as never }).bytes, true)}~${base64url(lookup.seed)}`;
  const place = withFiles({ 't.txt': [text, `${text}x`, bundle, bundle.slice(0, -1)].join('\n') });
  const runs = [lintIn(place, 't.txt'), lintIn(place, 't.txt', '--json'), lintIn(place, text), lintIn(place, `./${text}`)]; // biome-ignore format: short
  const shown = runs.map(({ stdout, stderr }) => stdout + stderr).join('');
  for (const secret of [blocks.at(-1)?.proof as Uint8Array, lookup.seed]) {
    expect(shown).not.toContain(base64url(secret).slice(4, 20));
  }
  expect(shown).not.toContain(text.slice(-20));
});

describe('foreign names', () => {
  const names = ['long-mission-'.repeat(20), '季度報告'.repeat(30)];
  const mission = (id: string) => new Map([[1, id], [2, 'x']]); // biome-ignore format: pairs read as pairs
  const texts = names.map((id) => textWith(2, { root: [[9, mission(id)]], invocation: null }));
  const file = `${'n'.repeat(100)}\u001b[2J\u202e.txt`;
  const place = withFiles({ [`d/${file}`]: `${texts.join('\n')}\nwrit_!` }, sharedWorkplace());
  const { stdout } = lintIn(place, 'd');

  test('stay within 80 columns', () => {
    expect(stdout.split('\n').filter((line) => width(line) > 80)).toEqual([]);
  });

  test('reach no terminal as commands', () => {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not come through
    expect(stdout).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
  });
});

test('has help with an example', () => {
  expect(workplace().ok('lint', '--help')).toContain('Example:\n  writ lint');
});
