import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { sharedWorkplace, workplace } from '../support/cli.ts';
import { typeInto } from '../support/terminal.ts';

const PASSPHRASE = 'correct horse \u00fc';
const ENTER = '\r';
const keygen = ['keygen', '--suite', 'ed25519', '--out', 'k.pem', '--encrypt'];

const place = sharedWorkplace();

beforeAll(() => {
  writeFileSync(join(place.folder, 'pass'), `${PASSPHRASE}\n`);
  place.ok('keygen', '--suite', 'ed25519', '--out', 'cfo.pem', '--encrypt', '--passphrase-file', 'pass');
});

describe('at a terminal, a passphrase', () => {
  test('is asked for by the name of the file, and not echoed', async () => {
    const { screen, exit } = await typeInto(place.folder, ['public', 'cfo.pem'], [PASSPHRASE + ENTER]);
    expect(screen).toMatch(/^passphrase of cfo\.pem: \r?\n\{/);
    expect(screen).not.toContain('correct');
    expect(exit).toBe(0);
  });

  test.each([
    ['backspace', `corrext\u007f\u007f\u007fect horse ö\u007fü${ENTER}`],
    ['control and H', `correct horse ü!\b${ENTER}`],
    ['control and U', `wrong\u0015${PASSPHRASE}${ENTER}`],
    ['a line feed for Enter', `${PASSPHRASE}\n`],
    ['control and D for Enter', `${PASSPHRASE}\u0004`],
    ['more backspaces than characters', `x\u007f\u007f\u007f${PASSPHRASE}${ENTER}`],
  ])('can be edited: %s', async (_, keys) => {
    const { exit } = await typeInto(place.folder, ['public', 'cfo.pem'], [keys]);
    expect(exit).toBe(0);
  });

  test('that is wrong is said to be, without being shown', async () => {
    const { screen, exit } = await typeInto(place.folder, ['public', 'cfo.pem'], [`mistyped${ENTER}`]);
    expect(screen).toContain('cfo.pem: the passphrase is wrong');
    expect(screen).not.toContain('mistyped');
    expect(exit).toBe(3);
  });

  test('is asked for twice where a key is written', async () => {
    const { folder, writ } = workplace();
    const { screen, exit } = await typeInto(folder, keygen, [PASSPHRASE + ENTER, PASSPHRASE + ENTER]);
    expect(exit).toBe(0);
    expect(screen).toMatch(/^new passphrase of k\.pem: \r?\nthe same again: \r?\n[\w-]{43}\r?\n$/);
    writeFileSync(join(folder, 'pass'), PASSPHRASE);
    expect(writ(['public', 'k.pem', '--passphrase-file', 'pass']).exit).toBe(0);
  });

  test.each([
    ['that is another the second time', [`a${ENTER}`, `b${ENTER}`], 'differ'],
    ['that is empty', [ENTER], '1 to 1023 bytes'],
  ])('%s is refused, and nothing is written', async (_, answers, expected) => {
    const { folder } = workplace();
    const { screen, exit } = await typeInto(folder, keygen, answers);
    expect(screen).toContain(expected);
    expect(exit).toBe(3);
    expect(existsSync(join(folder, 'k.pem'))).toBe(false);
  });

  test('is asked for though all standard streams lead elsewhere', async () => {
    const redirect = '< /dev/null > out 2> err';
    const { folder } = place;
    const { screen, exit } = await typeInto(folder, ['public', 'cfo.pem'], [PASSPHRASE + ENTER], {
      redirect,
    });
    expect(screen).toMatch(/^passphrase of cfo\.pem: \r?\n$/);
    expect(JSON.parse(readFileSync(join(folder, 'out'), 'utf8')).crv).toBe('Ed25519');
    expect(exit).toBe(0);
  });
});

describe('control and C', () => {
  test('ends the program with 130 and leaves the terminal with its echo', async () => {
    const { screen, exit } = await typeInto(place.folder, ['public', 'cfo.pem'], ['half\u0003'], {
      after: 'stty -a',
    });
    expect(screen).toMatch(/(?<!-)\becho\b/);
    expect(screen).toMatch(/(?<!-)\bicanon\b/);
    expect(screen).toMatch(/(?<!-)\bisig\b/);
    expect(screen).not.toContain('half');
    expect(exit).toBe(130);
  });
});

test('an answer leaves the terminal with its echo', async () => {
  const { screen } = await typeInto(place.folder, ['public', 'cfo.pem'], [PASSPHRASE + ENTER], {
    after: 'stty -a',
  });
  expect(screen).toMatch(/(?<!-)\becho\b/);
});
