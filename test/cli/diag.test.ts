import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { sharedWorkplace } from '../support/cli.ts';
import { base64url, cbor, forge, grantPayload, hex, lookup, scene, textOf } from '../support/forge.ts';

const { writ } = sharedWorkplace();
const diag = (text: string, ...more: string[]) => writ(['inspect', '-', '--diag', ...more], { input: text });
const vectors: { id: string; text: string }[] = JSON.parse(
  readFileSync(new URL('../../test-vectors/token.json', import.meta.url), 'utf8'),
).tests;
const vector = (id: string) => vectors.find((candidate) => candidate.id === id)?.text as string;

const withPurpose = (purpose: string) => {
  const mission = new Map([[1, 'q3'], [2, purpose]] as const); // biome-ignore format: pairs read as pairs
  return forge(scene(2, { blocks: [{ payload: grantPayload(2, [[9, mission]]) }] })).text;
};

test('a token that decodes is annotated to its end, exit code 0', () => {
  const { exit, stdout, stderr } = diag(forge(scene(2)).text);
  expect(stdout).toContain('0000  83                          # array(3), token\n');
  expect(stdout).toContain('0003      84                      # array(4), block 0\n');
  expect(stdout).toContain('005f            1a 6b 49 ee 20    # 1800007200, 2027-01-15T10:00:00Z\n');
  expect([exit, stderr]).toEqual([0, '']);
});

test('a broken token ends with a caret under the bad byte, exit code 4', () => {
  const { exit, stdout, stderr } = diag(vector('token-035'));
  expect(stdout.split('\n').slice(-4)).toEqual([
    '005f            fb',
    '                ^ cbor.float at byte 95 (block 0): a floating-point number is',
    '                  used',
    '',
  ]);
  expect(stderr).toBe(
    [
      'writ: error: cbor.float: a floating-point number is used (block 0, byte 48)',
      'writ: hint: writ explain cbor.float tells more',
      '',
    ].join('\n'),
  );
  expect(exit).toBe(4);
});

test('a claim that is refused has the caret under its first byte', () => {
  const { exit, stdout } = diag(vector('token-070'));
  const rows = stdout.split('\n');
  const caret = rows.findIndex((row) => row.includes('^ claim.value at byte 95 (block 0, exp):'));
  expect(rows[caret - 1]).toContain('005f            1b ');
  expect(rows[caret]?.indexOf('^')).toBe(16);
  expect(exit).toBe(4);
});

test('a character that no text has is shown alone', () => {
  const { exit, stdout } = diag(vector('token-020'));
  expect(stdout.split('\n').slice(0, 2)).toEqual([
    '....................+...................',
    '                    ^ text.base64 at character 55: a part of the text is not',
  ]);
  expect(exit).toBe(4);
});

test('--json is the annotation alone, also of a broken token', () => {
  const { exit, stdout } = diag(vector('token-035'), '--json');
  const { lines, problem } = JSON.parse(stdout);
  expect(lines[0]).toEqual({ offset: 0, bytes: '83', depth: 0, value: 'array(3)', note: 'token' });
  expect(lines[problem.line]).toEqual({ offset: 95, bytes: 'fb', depth: 5, value: '' });
  expect(problem).toEqual({ code: 'cbor.float', path: 'block 0', line: 18, offset: 95 });
  expect(exit).toBe(4);
});

test('--diag and --trust together are wrong usage, for nothing would be verified', () => {
  const { exit, stderr } = diag(vector('token-001'), '--trust', 'trust.jwks');
  expect(stderr).toContain("'--diag' cannot be used with option '--trust");
  expect(exit).toBe(2);
});

describe('secrets are never shown', () => {
  const { invocation: _seal, ...openMac } = scene(1);
  const { invocation: _invocation, ...open } = scene(2);
  const mac = forge(openMac);
  const tag = mac.blocks.at(-1)?.proof as Uint8Array;
  const bundle = `writ_secret_${base64url(forge(open).bytes)}~${base64url(lookup.seed)}`;
  const rows: [name: string, text: string, secret: Uint8Array][] = [
    ['an open HMAC token', mac.text, tag],
    ['the same under the plain prefix', textOf(mac.bytes), tag],
    ['the same without its last byte', textOf(mac.bytes.slice(0, -1), true), tag],
    ['the same with a byte behind it', textOf(Uint8Array.of(...mac.bytes, 0), true), tag],
    ['the same with a character that none has', `${mac.text}!`, tag],
    ['a bundle', bundle, lookup.seed],
    ['a bundle under the plain prefix', bundle.replace('secret_', ''), lookup.seed],
    ['a bundle with a character that none has', `${bundle}=`, lookup.seed],
    ['a bundle with a broken token', bundle.replace('secret_gg', 'secret_gw'), lookup.seed],
  ];
  test.each(rows)('%s', (_, text, secret) => {
    const shown = [diag(text), diag(text, '--json')].map(({ stdout, stderr }) => stdout + stderr).join('');
    const part = secret.subarray(0, 6);
    expect(shown.replaceAll(' ', '')).not.toContain(hex(part));
    expect(shown).not.toContain(base64url(part));
    expect(shown).not.toContain(base64url(secret));
    expect(shown).not.toContain(text.slice(-12));
  });

  test('what is withheld is counted', () => {
    expect(diag(mac.text).stdout).toContain('# (32 secret bytes), seal');
    expect(diag(bundle).stdout).toContain('# (32 secret bytes), seed');
  });
});

test('what a terminal would obey is escaped', () => {
  const { stdout } = diag(withPurpose('a\u{e000}b'));
  expect(stdout).toContain('"a\\u{e000}b"');
  const broken = diag('writ_\u001b[31m\u202e\n\nx');
  expect(broken.stdout.split('\n')[0]).toBe('writ_?[...???.');
});

describe('no row has more than 80 columns', () => {
  const items = Array.from({ length: 200 }, () => 'x'.repeat(200));
  const nested = Array.from({ length: 13 }).reduce((inner) => [inner], '深'.repeat(300));
  const rows: [name: string, text: string][] = [
    ['wide characters', withPurpose('深い'.repeat(300))],
    ['words', withPurpose('a wordy purpose '.repeat(100))],
    ['deep nesting', forge(scene(2, { blocks: [{ payload: grantPayload(2, [[18, { x: nested }]]) }] })).text],
    ['64 KiB', forge(scene(2, { blocks: [{ payload: grantPayload(2, [[18, { x: items }]]) }] })).text],
    ['64 KiB of small items', textOf(cbor(Array.from({ length: 250 }, () => new Array(250).fill(1))))],
    ['a character far behind', `writ_${'A'.repeat(50_000)}=`],
  ];
  test.each(rows)('%s', (_, text) => {
    // East Asian wide characters take two columns.
    const columns = (row: string) => row.replace(/[\u3000-\u9fff]/g, 'xx').length;
    expect(
      diag(text)
        .stdout.split('\n')
        .filter((row) => columns(row) > 80),
    ).toEqual([]);
  });
});
