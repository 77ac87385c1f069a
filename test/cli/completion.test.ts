import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { sharedWorkplace, workplace } from '../support/cli.ts';
import { bash, type Complete, fish, zsh } from '../support/complete.ts';

const place = sharedWorkplace();
const scripts: Record<string, string> = {};
beforeAll(() => {
  for (const shell of ['bash', 'zsh', 'fish']) scripts[shell] = place.ok('completion', shell);
  for (const name of ['grant.writ', 'cfo.jwk', 'gap file.jwk']) writeFileSync(join(place.folder, name), '');
  mkdirSync(join(place.folder, 'keys'));
});

test.each([
  ['bash', '-n'],
  ['zsh', '-n'],
  ['fish', '--no-execute'],
])('the script for %s parses', (shell, check) => {
  writeFileSync(join(place.folder, 'script'), scripts[shell] as string);
  const { status, stderr } = spawnSync(shell, [check, join(place.folder, 'script')], { encoding: 'utf8' });
  expect(stderr).toBe('');
  expect(status).toBe(0);
});

const shells: [name: string, complete: Complete][] = [
  ['bash', bash],
  ['zsh', zsh],
  ['fish', fish],
];

describe.each(shells)('%s completes', (shell, complete) => {
  const rows: [name: string, line: string, all: readonly string[]][] = [
    ['nested commands', 'writ trust ', ['add', 'help', 'list', 'remove']],
    ['the commands that help knows', 'writ help k', ['key', 'keygen']],
    ['the choices of an argument', 'writ completion ', ['bash', 'fish', 'zsh']],
    ['codes', 'writ explain scope.a', ['scope.action', 'scope.arguments']],
    ['warnings', 'writ explain over', ['over-broad', 'overlap']],
    ['the choices of an option', 'writ trust add --kind ', ['authority', 'human']],
    ['files for the value of an option', 'writ grant --key c', ['cfo.jwk']],
    ['files for an argument', 'writ public c', ['cfo.jwk']],
    ['tokens from files', 'writ inspect @g', ['@gap file.jwk', '@grant.writ']],
    ['no option for a value', 'writ grant --grantor --', []],
    ['nothing for a value that can be anything', 'writ grant --grantor ', []],
    ['nothing behind the last argument', 'writ inspect @grant.writ @', []],
    ['an option behind a flag', 'writ delegate --bundle --for', ['--force']],
    [
      'an option behind a value with : and @',
      'writ grant --grantor mailto:cfo@acme.example --mi',
      ['--mission'],
    ],
    ['an option that repeats once more', 'writ grant --allow x --allo', ['--allow']],
    ['files where a value begins with one', 'writ grant --alive c', ['cfo.jwk']],
    ['files for what may be a key', 'writ revoke c', ['cfo.jwk']],
    ['the commands of a keeper', 'writ mission s', ['show', 'start', 'suspend']],
    ['--json', 'writ verify --j', ['--json']],
    ['--now of a nested command', 'writ trust list --no', ['--now']],
    ['--help', 'writ trust --h', ['--help']],
    ['the commands beside one that stands in', 'writ limits u', ['unfreeze']],
    ['tokens for the one that stands in', 'writ limits @g', ['@gap file.jwk', '@grant.writ']],
    ['options of the one that stands in', 'writ limits --st', ['--store']],
    ['its options behind its argument', 'writ limits @grant.writ --st', ['--store']],
    ['nothing behind its last argument', 'writ limits @grant.writ @', []],
    ['options of the others as their own', 'writ limits accept --st', ['--store']],
  ];
  test.each(rows)('%s', (_name, line, all) => {
    const plain = complete(scripts[shell] as string, line, place.folder).map((reply) =>
      reply.replace(/\\(?= )/g, '').replace(/=$/, ''),
    );
    expect(plain.sort()).toEqual(all);
  });
});

describe.each(shells.slice(0, 2))('%s', (shell, complete) => {
  test('offers an option that was given no second time', () => {
    expect(complete(scripts[shell] as string, 'writ grant --key cfo.jwk --k', place.folder)).toEqual([]);
  });
});

test('bash completes the value behind =, and leaves away what stands before', () => {
  expect(bash(scripts.bash as string, 'writ trust add --kind=hu', place.folder)).toEqual(['human']);
});

test('bash quotes what a shell would obey in the name of a file', () => {
  const { folder } = workplace();
  writeFileSync(join(folder, '$(reboot);`x`'), '');
  expect(bash(scripts.bash as string, 'writ inspect @', folder)).toEqual(['@\\$\\(reboot\\)\\;\\`x\\`']);
});

test('bash offers the options of a command without arguments at once', () => {
  expect(bash(scripts.bash as string, 'writ trust list ', place.folder)).toContain('--trust');
});
