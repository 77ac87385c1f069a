import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  close,
  familyOf,
  listen,
  ownServices,
  processesIn,
  type Run,
  services,
} from '../support/own-services.ts';

// The script would install what is missing, which a test does not do unasked. In CI all is there.
const inPath = (process.env.PATH ?? '').split(':').some((folder) => existsSync(`${folder}/redis-server`));
const versions = '/usr/lib/postgresql';
const installed = inPath && existsSync(versions) && readdirSync(versions).length > 0;
if (!installed && process.env.CI !== undefined) throw new Error('no redis-server or no PostgreSQL in CI');
if (!installed) process.stderr.write('SKIPPED services: redis-server or PostgreSQL is not installed\n');

const describeInstalled = installed
  ? describe
  : (name: string, body: () => void) => describe.skip(`${name} (no redis-server or no PostgreSQL)`, body);

describeInstalled('npm run services', () => {
  let own: Awaited<ReturnType<typeof ownServices>>;
  beforeAll(async () => {
    own = await ownServices();
  });
  afterAll(() => own.drop());

  const redis = (...words: string[]) =>
    execFileSync('redis-cli', ['-p', String(16379 + own.shift), ...words], { encoding: 'utf8' }).trim();

  const ask = async (query: string) => {
    const client = new pg.Client(`postgres://writ@127.0.0.1:${15432 + own.shift}/writ`);
    await client.connect();
    const { rows } = await client.query({ text: query, rowMode: 'array' });
    await client.end();
    return rows[0];
  };

  test('status fails where none is up', () => {
    expect(own.run('status').status).toBe(1);
  });

  test('stop is fine where none is up', () => {
    expect(own.run('stop').status).toBe(0);
  });

  test('a port of another process is named', async () => {
    const other = await listen(17002 + own.shift);
    const { status, said } = own.run();
    await close(other);
    expect([status, said]).toEqual([1, expect.stringContaining(`port ${17002 + own.shift} is taken`)]);
  });

  test('a port of another process keeps all from being started', async () => {
    const other = await listen(15432 + own.shift);
    own.run();
    await close(other);
    expect(processesIn(own.run('status'))).toEqual([]);
  });

  describe('once started', () => {
    let started: Run;
    beforeAll(() => {
      started = own.run('start');
    });

    test('all five are up', () => {
      expect([started.status, processesIn(started).length], started.said).toEqual([0, 5]);
    });

    test('status succeeds', () => {
      expect(own.run('status').status).toBe(0);
    });

    test('start leaves alone what is up', () => {
      expect(processesIn(own.run())).toEqual(processesIn(started));
    });

    test.each([
      ['appendonly', 'yes'],
      ['appendfsync', 'always'],
      ['bind', '127.0.0.1'],
      ['save', ''],
    ])('Redis has %s %j', (name, value) => {
      expect(redis('config', 'get', name)).toBe(`${name}\n${value}`.trim());
    });

    test('PostgreSQL syncs, and sorts UTF-8 by bytes', async () => {
      const query = `select current_setting('fsync'), datcollate, pg_encoding_to_char(encoding)
        from pg_database where datname = 'writ'`;
      expect(await ask(query)).toEqual(['on', 'C', 'UTF8']);
    });
  });

  test('status fails where one was killed', () => {
    process.kill(processesIn(own.run()).at(-1) ?? 0, 'SIGKILL');
    expect(own.run('status').status).toBe(1);
  });

  test('start after a kill of all starts all, with their data', () => {
    const all = processesIn(own.run());
    redis('set', 'kept', 'yes');
    for (const pid of all) process.kill(pid, 'SIGKILL');
    const again = own.run();
    expect([again.status, redis('get', 'kept')], again.said).toEqual([0, 'yes']);
  });

  test.each(['SIGCONT', 'SIGSTOP', 'SIGKILL'] as const)(
    'stop after a %s of all leaves no process',
    (signal) => {
      const families = processesIn(own.run()).map(familyOf);
      for (const [main = 0] of families) process.kill(main, signal);
      own.run('stop');
      expect([families.length, families.flat().flatMap(familyOf)]).toEqual([5, []]);
    },
  );
});

describe('the words of npm run services', () => {
  test.each([
    [['restart'], {}, '"restart" is none of start, stop, status'],
    [['stop', 'start'], {}, 'takes one word'],
    [['status'], { WRIT_SERVICES_PORTS: '-1' }, 'WRIT_SERVICES_PORTS must be'],
    [['status'], { WRIT_SERVICES_PORTS: '40000' }, 'WRIT_SERVICES_PORTS must be'],
  ])('%j with %j is refused', (words, environment, why) => {
    const { status, said } = services(words, environment);
    expect([status, said]).toEqual([1, expect.stringContaining(why)]);
  });

  test('--help says how it is used', () => {
    const { status, said } = services(['--help'], {});
    expect([status, said]).toEqual([0, expect.stringMatching(/^Usage: npm run services/)]);
  });
});
