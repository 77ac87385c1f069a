import { spawn } from 'node:child_process';
import { readdirSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { MAIN } from '../support/cli.ts';
import { NOW } from '../support/forge.ts';
import { keeping, SUBJECT, started } from '../support/keeping.ts';
import { columnsOf } from '../support/nasty.ts';

const START = ['mission', 'start', SUBJECT];
const ISSUE = ['mission', 'issue'];
const EXAMPLE = fileURLToPath(new URL('../../examples/sign-with-openssl.sh', import.meta.url));
const ID = 'ab'.repeat(32);

const codeOf = (stdout: string) => JSON.parse(stdout).error.code;
const kept = (place: ReturnType<typeof keeping>) => JSON.parse(place.read('missions.json')).missions;

describe('mission', () => {
  test('start prints a status of one line, signed and good for an hour', () => {
    const { keep, state } = keeping();
    expect(keep(START).stdout).toMatch(/^~[\w-]+\n$/);
    const { claims } = state(START, NOW + 1);
    expect(claims).toMatchObject({ issued: NOW + 1, exp: NOW + 3601 });
    expect([...claims.subjects].map(([subject, { state }]) => [subject, state])).toEqual([
      [SUBJECT, 'active'],
    ]);
  });

  test('the state file is for its owner alone', () => {
    const { folder, state } = keeping();
    state(START);
    expect((statSync(join(folder, 'missions.json')).mode & 0o777).toString(8)).toBe('600');
  });

  test.each([
    ['suspend', 'suspended'],
    ['complete', 'completed'],
    ['revoke', 'revoked'],
  ])('%s says that it is %s', (change, to) => {
    const { claims } = started().state(['mission', change, SUBJECT]);
    expect(claims.subjects.get(SUBJECT)?.state).toBe(to);
  });

  test('resume says that what was suspended is active', () => {
    const { state } = started();
    state(['mission', 'suspend', SUBJECT]);
    expect(state(['mission', 'resume', SUBJECT]).claims.subjects.get(SUBJECT)?.state).toBe('active');
  });

  test('what has ended stays so: mission.final, exit code 2, and what to do', () => {
    const { keep, state } = started();
    state(['mission', 'complete', SUBJECT]);
    const { exit, stdout, stderr } = keep([...START, '--json']);
    expect(codeOf(stdout)).toBe('mission.final');
    expect(stderr).toContain('writ: hint: begin a new mission by writ mission start');
    expect(exit).toBe(2);
  });

  test('what cannot be is refused with how to look, and nothing changes', () => {
    const place = started();
    const before = place.read('missions.json');
    const { exit, stderr } = place.keep(['mission', 'resume', SUBJECT]);
    expect(stderr).toContain('the mission is active already');
    expect(stderr).toContain('writ mission show --state FILE');
    expect(exit).toBe(2);
    expect(place.read('missions.json')).toBe(before);
  });

  test.each([['suspend'], ['issue'], ['show']])(
    '%s of a subject that is not known asks for the one that was meant',
    (command) => {
      const place = started();
      const words = ['mission', command, `${SUBJECT}s`];
      const { exit, stderr } = command === 'show' ? place.writ([...words, '--state', 'missions.json']) : place.keep(words); // biome-ignore format: a row
      expect(stderr).toContain(`writ: error: no such mission: ${SUBJECT}s`);
      expect(stderr).toContain(`did you mean ${SUBJECT};`);
      expect(exit).toBe(2);
    },
  );

  test.each([
    ['q3-report', true],
    [SUBJECT, false],
  ])('start of %s notes that it is no usual subject: %s', (subject, noted) => {
    const { stderr } = keeping().keep(['mission', 'start', subject]);
    expect(stderr.includes('writ: note: a subject is GRANTOR#MISSION-ID')).toBe(noted);
  });

  test('with --json, the status and how the mission stands', () => {
    const { stdout } = keeping().keep([...START, '--json', '--good-for', '5m']);
    expect(JSON.parse(stdout)).toEqual({
      status: expect.stringMatching(/^~/),
      issued: NOW,
      goodUntil: NOW + 300,
      missions: [
        { subject: SUBJECT, state: 'active', since: NOW, issued: NOW, goodUntil: NOW + 300, revoked: 0 },
      ],
      dropped: [],
    });
  });
});

describe('mission issue', () => {
  test('states all missions, and changes none', () => {
    const place = started();
    place.state(['mission', 'start', 'other']);
    const before = kept(place).map(({ state }: { state: string }) => state);
    const { claims } = place.state(ISSUE, NOW + 60);
    expect([...claims.subjects.keys()].toSorted()).toEqual([SUBJECT, 'other']);
    expect(kept(place).map(({ state }: { state: string }) => state)).toEqual(before);
  });

  test('states those that are named', () => {
    const { state } = started();
    state(['mission', 'start', 'other']);
    expect([...state([...ISSUE, 'other']).claims.subjects.keys()]).toEqual(['other']);
  });

  test('is later than the last status where the clock is not', () => {
    const { state } = started();
    expect(state(ISSUE, NOW - 100).claims.issued).toBe(NOW + 1);
  });

  test('notes where verifiers would take it for one of the future', () => {
    const { keep } = started();
    expect(keep(ISSUE, { now: NOW - 29 }).stderr).not.toContain('ahead');
    expect(keep(ISSUE, { now: NOW - 29 }).stderr).toContain('writ: note: dated 31s ahead');
  });

  test.each([
    [360, false],
    [420, true],
  ])('of %i revoked ids, notes that it cannot ride on a token: %s', (count, noted) => {
    const place = started();
    const file = JSON.parse(place.read('missions.json'));
    const ids = Array.from({ length: count }, (_, i) => [i.toString(16).padStart(64, '0'), NOW + 60]);
    file.missions[0].revoked = Object.fromEntries(ids);
    place.write('missions.json', JSON.stringify(file));
    expect(place.keep(ISSUE).stderr.includes('too large to ride on a token')).toBe(noted);
  });
});

describe('the state file', () => {
  test('is kept with one key', () => {
    const place = started();
    const { exit, stderr, stdout } = place.writ([...START, '--key', 'cfo.jwk', '--state', 'missions.json']);
    expect(stderr).toMatch(/missions\.json: it is kept with key [\w-]{43}, and not with this one\n/);
    expect(stdout).toBe('');
    expect(exit).toBe(3);
  });

  test.each([['suspend'], ['issue'], ['show']])('must be there for %s, and nothing is made', (command) => {
    const place = keeping();
    const before = readdirSync(place.folder);
    const words = ['mission', command, SUBJECT, '--state', 'missions.json'];
    const { exit, stderr } = place.writ(command === 'show' ? words : [...words, '--key', 'keeper.jwk']);
    expect(stderr).toContain('missions.json: there is no such file');
    expect(stderr).toContain('writ mission start makes it');
    expect(exit).toBe(3);
    expect(readdirSync(place.folder)).toEqual(before);
  });

  test('that cannot be used is refused and kept, exit code 3', () => {
    const place = keeping();
    place.write('missions.json', '{"version":2}');
    const { exit, stderr, stdout } = place.keep(START);
    expect(stderr).toContain(
      'missions.json: no state file of missions that can be used: it is of another version than 1',
    );
    expect(stdout).toBe('');
    expect(exit).toBe(3);
    expect(place.read('missions.json')).toBe('{"version":2}');
  });

  test('has a name, and is not read from standard input', () => {
    const { exit, stderr } = keeping().writ([...START, '--key', 'keeper.jwk', '--state', '-']);
    expect(stderr).toContain('the state of missions is kept in a file');
    expect(exit).toBe(2);
  });

  // Spawned at once: the waiting itself is what is tested.
  const together = (folder: string, commands: readonly (readonly string[])[]) =>
    Promise.all(
      commands.map((words) => {
        const child = spawn(process.execPath, [MAIN, ...words, '--json'], {
          cwd: folder,
          stdio: ['ignore', 'pipe', 'ignore'],
        });
        let out = '';
        child.stdout.on('data', (chunk: Buffer) => {
          out += chunk;
        });
        return new Promise<{ issued: number }>((resolve) =>
          child.on('close', () => resolve(JSON.parse(out))),
        );
      }),
    );

  test('loses nothing where several processes change it at once, by different names', async () => {
    const place = started();
    symlinkSync('missions.json', join(place.folder, 'link.json'));
    const names = ['a', 'b', 'c', 'd', 'e'];
    const commands = names.map((name, i) => [
      ...['mission', 'start', name],
      ...[
        '--key',
        'keeper.jwk',
        '--state',
        i % 2 === 0 ? 'missions.json' : 'link.json',
        '--now',
        String(NOW),
      ],
    ]);
    await together(place.folder, commands);
    const subjects = kept(place).map(({ subject }: { subject: string }) => subject);
    expect(subjects.toSorted()).toEqual([...names, SUBJECT].toSorted());
  });

  test('gives each of two statuses at once a time of its own, however long it takes to sign', async () => {
    const place = started();
    place.ok('key', 'convert', 'keeper.jwk', '--to', 'pem', '--out', 'keeper.pem');
    const signer = `sleep 1; sh '${EXAMPLE}' keeper.pem`;
    const flags = ['--state', 'missions.json', '--key', 'keeper.pub.jwk', '--signer', signer];
    const command = [...ISSUE, ...flags, '--now', String(NOW)];
    const all = await together(place.folder, [command, command]);
    expect(all.map(({ issued }) => issued).toSorted()).toEqual([NOW + 1, NOW + 2]);
  });
});

describe('the keeper signs', () => {
  test('with an encrypted key', () => {
    const place = keeping();
    place.write('passphrase', 'correct horse\n');
    const passphrase = ['--passphrase-file', 'passphrase'];
    place.ok(
      'key',
      'convert',
      'keeper.jwk',
      '--to',
      'pem',
      '--encrypt',
      '--out',
      'keeper.pem',
      ...passphrase,
    );
    place.ok(
      ...START,
      '--key',
      'keeper.pem',
      ...passphrase,
      '--state',
      'missions.json',
      '--now',
      String(NOW),
    );
    // The file is that of the same key.
    expect(place.state(ISSUE).claims.issued).toBe(NOW + 1);
  });

  test('by a command, and where that fails nothing changes', () => {
    const place = started();
    const before = place.read('missions.json');
    const by = ['--key', 'keeper.pub.jwk', '--signer', 'exit 9', '--state', 'missions.json'];
    const { exit, stderr } = place.writ(['mission', 'suspend', SUBJECT, ...by]);
    expect(stderr).toContain('the command of --signer ended with exit code 9');
    expect(exit).toBe(3);
    expect(place.read('missions.json')).toBe(before);
  });
});

describe('mission show', () => {
  const LONG = `mailto:${'long-'.repeat(20)}@acme.example#q3`;
  const busy = () => {
    const place = started();
    place.state(['mission', 'start', LONG]);
    place.state(['mission', 'suspend', LONG], NOW + 60);
    place.state(['revoke', ID, '--mission', SUBJECT], NOW + 120);
    return place;
  };
  const SHOW = ['mission', 'show', '--state', 'missions.json', '--now', String(NOW + 3700)];

  test('has a line for each mission: its state, how long, the revoked ids, the last status', () => {
    const lines = busy()
      .ok(...SHOW)
      .split('\n');
    expect(lines[0]).toMatch(/^kept with {3}key [\w-]{43}$/);
    expect(lines.slice(2, 5).map((line) => line.trim().split(/ {2,}/))).toEqual([
      ['state', 'for', 'revoked', 'status', 'mission'],
      ['active', '1h 1m', '1', '59m 40s ago', SUBJECT.slice(0, 33)],
      ['suspended', '1h', '-', '1h ago, over', expect.stringMatching(/^mailto:long-/)],
    ]);
  });

  test('is no wider than 80 columns, and loses no letter of a long subject', () => {
    const lines = busy()
      .ok(...SHOW)
      .split('\n');
    expect(lines.filter((line) => columnsOf(line) > 80)).toEqual([]);
    const [, , , , first = '', ...rest] = lines;
    const at = first.indexOf('mailto:');
    expect([first, ...rest].map((line) => line.slice(at)).join('')).toBe(LONG);
  });

  test('of one mission shows its revoked ids, no wider than 80 columns', () => {
    const shown = busy().ok('mission', 'show', SUBJECT, ...SHOW.slice(2));
    expect(shown).toContain('state       active since');
    expect(shown).toContain(`revoked     ${ID}\n              for good`);
    expect(shown.split('\n').filter((line) => columnsOf(line) > 80)).toEqual([]);
  });

  test('as JSON has all of it', () => {
    const place = busy();
    const shown = JSON.parse(place.ok('mission', 'show', SUBJECT, ...SHOW.slice(2), '--json'));
    expect(shown).toEqual({
      authority: JSON.parse(place.read('missions.json')).authority,
      now: NOW + 3700,
      missions: [
        {
          ...{ subject: SUBJECT, state: 'active', since: NOW, issued: NOW + 120, goodUntil: NOW + 3720 },
          revoked: [{ id: ID, until: 2 ** 33 - 1 }],
        },
      ],
    });
  });
});
