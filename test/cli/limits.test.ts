import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseLimit } from '../../cli/limit-text.ts';
import { delegate, type Step } from '../../src/index.ts';
import type { Workplace } from '../support/cli.ts';
import { AUDIENCE, NOW } from '../support/forge.ts';
import { columnsOf } from '../support/nasty.ts';
import { CLOCK, type Counting, counting } from '../support/spending.ts';

const STORE = ['--store', 'lmdb:counts'];

const limited = (...limits: readonly string[]): Counting => counting({ limits: limits.map(parseLimit) });
const step = (action: string, min: number, max: number): Step => ({
  permission: { actions: [action], resources: ['reports/**'] },
  min,
  max,
});
const STEPS = [step('read', 1, 2), step('list', 1, 1)];
const claimsOf = ({ ok }: Workplace, token: string) =>
  JSON.parse(ok('inspect', `@${token}`, '--json')).blocks.at(-1).claims;
const shownBy = ({ ok }: Workplace, token = 'grant.writ') =>
  JSON.parse(ok('limits', `@${token}`, ...STORE, '--json', ...CLOCK));

describe('the flags', () => {
  const given = (...flags: readonly string[]) => [
    ...['grant', '--key', 'domain.jwk', '--grantor', 'mailto:cfo@acme.example', '--as', 'agent:acme/x'],
    ...['--mission', 'm', '--purpose', 'p', '--allow', 'read a', '--expires', '2h', ...flags],
  ];
  const withKey = () => {
    const place = counting();
    place.ok('keygen', '--suite', 'hmac', '--out', 'domain.jwk');
    return place;
  };

  test('of a grant become its caveats', () => {
    const place = withKey();
    const flags = ['--limit', 'call 20/10s', '--limit', 'usd-cent 50000', '--plan', 'plan.txt'];
    place.ok(...given('--audience', AUDIENCE, ...flags, '--out', 'made.writ'));
    expect(claimsOf(place, 'made.writ')).toMatchObject({
      limits: [
        { unit: 'usd-cent', amount: 50_000 },
        { unit: 'call', amount: 20, window: 10 },
      ],
      plan: STEPS,
    });
  });

  test('of a hop become its caveats', () => {
    const place = counting();
    const hop = ['delegate', '@grant.writ', '--as', 'agent:acme/lookup', '--limit', 'call 5'];
    place.ok(...hop, '--out', 'hop.writ', ...CLOCK);
    expect(claimsOf(place, 'hop.writ').limits).toEqual([{ unit: 'call', amount: 5 }]);
  });

  test.each([
    ['--limit', 'call 5'],
    ['--plan', 'plan.txt'],
  ])('without a single audience, %s is refused with what to do', (flag, value) => {
    const audiences = ['--audience', AUDIENCE, '--audience', 'https://other.example'];
    const { exit, stderr } = withKey().writ(given(...audiences, flag, value));
    expect(stderr).toContain('mint.input');
    expect(stderr).toContain('name it by a single --audience');
    expect(exit).toBe(2);
  });

  test('a unit that looks like a misspelt call is made with a note', () => {
    const hop = ['delegate', '@grant.writ', '--as', 'agent:acme/x', '--limit', 'calls 5', ...CLOCK];
    const { exit, stderr } = counting().writ(hop);
    expect(stderr).toBe('writ: note: calls is a unit like any other; what writ counts by itself is call\n');
    expect(exit).toBe(0);
  });
});

describe('verify with a store on disk', () => {
  test('allows exactly the budget, over several processes', () => {
    const place = counting({ limits: [parseLimit('call 2')] }, 'spawn');
    expect([place.ask('read'), place.ask('list'), place.ask('read')]).toEqual([
      'allowed',
      'allowed',
      'limits.spent',
    ]);
  });

  test('counts a window by its clock', () => {
    const place = limited('call 1/10s');
    const at = (seconds: number) => place.codeOf(place.seal('read'), '--now', `${NOW + seconds}`);
    expect([at(0), at(9), at(10)]).toEqual(['allowed', 'limits.spent', 'allowed']);
  });

  test('denies the same token a second time, exit code 6', () => {
    const place = counting({}, 'spawn');
    const sealed = place.seal('read');
    expect(place.verify(sealed, ...STORE).exit).toBe(0);
    const { exit, stdout } = place.verify(sealed, ...STORE);
    expect(stdout).toContain('invocation.replay');
    expect(exit).toBe(6);
  });

  test('counts what the request costs', () => {
    const place = limited('usd-cent 2000');
    const pay = (cost: string) => place.codeOf(place.seal('read'), '--cost', cost);
    expect([pay('usd-cent 1200'), pay('usd-cent 900'), pay('usd-cent 800')]).toEqual([
      'allowed',
      'limits.spent',
      'allowed',
    ]);
  });

  test('denies where the cost is not stated, and says how to', () => {
    const place = limited('usd-cent 2000');
    const { exit, stdout, stderr } = place.verify(place.seal('read'), ...STORE);
    expect(stdout).toContain('limits.cost');
    expect(stderr).toContain("--cost 'usd-cent 1200'");
    expect(exit).toBe(6);
  });

  test('takes the steps of a plan in their order', () => {
    const place = counting({ plan: STEPS });
    const actions = ['list', 'read', 'list', 'read'];
    expect(actions.map((action) => place.ask(action))).toEqual([
      'plan.early',
      'allowed',
      'allowed',
      'plan.closed',
    ]);
  });

  test('says nothing of what is not checked, where all is', () => {
    const place = limited('call 2');
    const request = ['--action', 'read', '--resource', 'reports/a'];
    const { stdout } = place.verify(place.seal('read'), ...STORE, ...request, '--json');
    expect(JSON.parse(stdout)).toMatchObject({ verdict: 'allow', notEstablished: [] });
  });

  test('denies with store.lost where its folder is gone, and goes on when that is accepted', () => {
    const place = limited('call 1');
    expect(place.ask('read')).toBe('allowed');
    rmSync(join(place.folder, 'counts'), { recursive: true });
    const { exit, stdout, stderr } = place.verify(place.seal('read'), ...STORE);
    expect(stdout).toContain('store.lost');
    expect(stderr).toContain('writ limits accept');
    expect(exit).toBe(6);
    place.ok('limits', 'accept', ...STORE, ...CLOCK);
    expect(place.ask('read')).toBe('allowed');
  });

  test('denies with store.clock where the clock is behind, and goes by it when that is accepted', () => {
    const place = counting();
    const later = ['--now', `${NOW + 59}`];
    expect(place.codeOf(place.seal('read'), ...later)).toBe('allowed');
    expect(place.ask('read')).toBe('store.clock');
    place.ok('limits', 'accept', ...STORE, ...CLOCK);
    expect(place.ask('read')).toBe('allowed');
  });
});

describe('verify', () => {
  test('with a store in memory counts, and says that it is forgotten', () => {
    const place = limited('call 1');
    const { exit, stdout } = place.verify(place.seal('read'), '--store', 'memory');
    expect(stdout).toContain('not checked  durability');
    expect(exit).toBe(0);
  });

  test('without a store denies a limit with the need, exit code 7, and names the option', () => {
    const place = limited('call 1');
    const { exit, stdout, stderr } = place.verify(place.seal('read'));
    expect(stdout).toContain('limits.store');
    expect(stderr).toContain('--store lmdb:FOLDER');
    expect(exit).toBe(7);
  });

  test('without a store and limits allows, and says that a replay would not be noticed', () => {
    const place = counting();
    const { exit, stdout } = place.verify(place.seal('read'));
    expect(stdout).toContain('not checked  replay');
    expect(exit).toBe(0);
  });

  test('with --require-store and none denies, exit code 7', () => {
    const place = counting();
    const { exit, stdout } = place.verify(place.seal('read'), '--require-store');
    expect(stdout).toContain('invocation.store');
    expect(exit).toBe(7);
  });

  test('refuses an audience that is no name, exit code 2', () => {
    const place = counting();
    const { exit, stderr } = place.verify(place.seal('read'), '--audience', 'a service');
    expect(stderr).toContain('request.malformed');
    expect(exit).toBe(2);
  });

  test('refuses a context outside of the grammar, though no caveat asks for it', () => {
    const place = counting();
    const context = `{"deep":${'['.repeat(40)}${']'.repeat(40)}}`;
    const { exit, stderr } = place.verify(place.seal('read'), '--context', context);
    expect(stderr).toContain('--context: not JSON');
    expect(exit).toBe(2);
  });

  const rows = [
    ['lmdb:', 'lmdb needs a folder', 'lmdb:FOLDER'],
    ['lmdb', 'lmdb needs a folder', 'lmdb:FOLDER'],
    ['./counts', 'a store is not named by its folder alone', 'lmdb:FOLDER'],
    [
      'mysql://me:hush@cache.example',
      'unknown store: mysql\n',
      'known are memory, lmdb:FOLDER, redis://HOST',
    ],
    ['redis://me:hush@cache.example', 'a password in an argument can be read by others', 'REDISCLI_AUTH'],
    ['redis:cache', 'the store is no URL with a host', ''],
    ['redis://cache.example?name=pay', 'unknown in the URL of a store: name', 'known is prefix'],
    ['postgres://me:hush@db.example/pay', 'a password in an argument can be read by others', 'PGPASSWORD'],
    ['postgres://db.example/pay?password=hush', 'a password in an argument', 'PGPASSWORD'],
  ] as const;
  test.each(rows)('refuses the store %s, and makes nothing', (store, message, hint) => {
    const place = counting();
    const before = readdirSync(place.folder);
    const { exit, stderr } = place.verify(place.seal('read'), '--store', store);
    expect(stderr).toContain(message);
    expect(stderr).toContain(hint);
    expect(readdirSync(place.folder)).toEqual(before);
    expect(exit).toBe(2);
  });

  test('refuses a cost that is none before anything is asked', () => {
    const place = counting();
    const { exit, stderr } = place.verify(place.seal('read'), ...STORE, '--cost', 'usd 1.5');
    expect(stderr).toContain('not an amount: 1.5');
    expect(exit).toBe(2);
  });
});

describe('a branch that asks for what it must not', () => {
  /** Two hops under one grant, of which the first was denied as often as its limit allows. */
  function frozen(): Counting {
    const place = limited('denial 1');
    for (const name of ['rogue', 'good']) {
      const token = readFileSync(join(place.folder, 'grant.writ'), 'utf8');
      writeFileSync(join(place.folder, `${name}.writ`), delegate(token, { delegate: `agent:acme/${name}` }));
    }
    expect(place.ask('write', 'rogue.writ')).toBe('scope.action');
    return place;
  }

  test('is frozen, and its sibling goes on', () => {
    const place = frozen();
    expect(place.ask('read', 'rogue.writ')).toBe('limits.frozen');
    expect(place.ask('read', 'good.writ')).toBe('allowed');
  });

  test('is shown as frozen, with the command that lifts it', () => {
    const place = frozen();
    const { exit, stdout, stderr } = place.writ(['limits', '@rogue.writ', ...STORE, ...CLOCK]);
    expect(stdout).toContain('1 counted: FROZEN');
    const { blocks } = shownBy(place, 'rogue.writ');
    expect(stderr).toBe(
      `writ: hint: writ limits unfreeze ${blocks[0].limits[0].branch} --store lmdb:counts\n`,
    );
    expect(exit).toBe(0);
  });

  test.each([
    ['its own block', 'branch'],
    ['the block of the limit', 'limit'],
  ])('is lifted by %s', (_name, by) => {
    const place = frozen();
    const [{ id, limits }] = shownBy(place, 'rogue.writ').blocks;
    const ids = { limit: id, branch: limits[0].branch };
    const lifted = place.ok('limits', 'unfreeze', ids[by as keyof typeof ids], ...STORE, '--json', ...CLOCK);
    expect(JSON.parse(lifted)).toEqual({ lifted: [ids] });
    expect(place.ask('read', 'rogue.writ')).toBe('allowed');
  });

  test('stays frozen when another block is lifted, which lifts nothing and is no error', () => {
    const place = frozen();
    const run = place.writ(['limits', 'unfreeze', 'ab'.repeat(32), ...STORE, ...CLOCK]);
    expect(run).toEqual({
      exit: 0,
      stdout: '',
      stderr: 'writ: nothing was counted there, so nothing is lifted\n',
    });
    expect(place.ask('read', 'rogue.writ')).toBe('limits.frozen');
  });
});

describe('writ limits', () => {
  test('shows what is used and left, of an open and of a sealed token', () => {
    const place = limited('call 4');
    const sealed = place.seal('read');
    place.verify(sealed, ...STORE);
    writeFileSync(join(place.folder, 'sealed.writ'), sealed);
    for (const token of ['grant.writ', 'sealed.writ']) {
      expect(place.ok('limits', `@${token}`, ...STORE, ...CLOCK)).toContain(
        '  call 4  █████░░░░░░░░░░░░░░░  1 used, 3 left',
      );
    }
  });

  test('shows the same with the word show, and in at most 80 columns', () => {
    const place = counting({ limits: ['call 4'].map(parseLimit), plan: STEPS });
    expect(place.ask('read')).toBe('allowed');
    const shown = place.ok('limits', 'show', '@grant.writ', ...STORE, ...CLOCK);
    expect(shown).toBe(place.ok('limits', ...STORE, '@grant.writ', ...CLOCK));
    expect(shown.split('\n').filter((line) => columnsOf(line) > 80)).toEqual([]);
  });

  test('--json has the documented members', () => {
    const place = counting({ limits: ['call 4/10s', 'denial 2'].map(parseLimit), plan: STEPS });
    expect(place.ask('read')).toBe('allowed');
    const id = expect.stringMatching(/^[0-9a-f]{64}$/);
    const permission = { actions: ['read'], resources: ['reports/**'] };
    expect(shownBy(place)).toEqual({
      verified: false,
      now: NOW,
      audience: AUDIENCE,
      blocks: [
        {
          block: 0,
          id,
          delegate: 'agent:acme/research',
          expires: NOW + 7200,
          limits: [
            { unit: 'denial', amount: 2, used: 0, left: 2, frozen: false, branch: id },
            { unit: 'call', amount: 4, window: 10, used: 1, left: 3, frees: NOW + 10 },
          ],
          plan: [
            { permission, min: 1, max: 2, taken: 1, state: 'open' },
            { permission: { ...permission, actions: ['list'] }, min: 1, max: 1, taken: 0, state: 'open' },
          ],
        },
      ],
    });
  });

  test('of a token without limits says so, and needs no store for it', () => {
    expect(counting().ok('limits', '@grant.writ', ...STORE)).toBe(
      'no block has limits or a plan, so nothing is counted but the nonces of requests',
    );
  });

  test('accept --json says which store, and from which time on', () => {
    const place = counting();
    expect(place.ask('read')).toBe('allowed');
    expect(JSON.parse(place.ok('limits', 'accept', ...STORE, '--json', ...CLOCK))).toEqual({
      store: 'lmdb:counts',
      accepted: NOW,
    });
  });
});

describe('writ limits refuses', () => {
  const id = 'ab'.repeat(32);
  const rows: [string, readonly string[], number, string, string][] = [
    ['a store in memory', ['@grant.writ', '--store', 'memory'], 2, 'is empty when a command begins', 'lmdb:FOLDER'],
    ['a store in memory to lift in', ['unfreeze', id, '--store', 'memory'], 2, 'is empty when', 'lmdb:FOLDER'],
    ['a store in memory to accept', ['accept', '--store', 'memory'], 2, 'is empty when', 'lmdb:FOLDER'],
    ['a store that was never made', ['@grant.writ', ...STORE], 3, 'there is no store', 'check the name'],
    ['to lift in one that was never made', ['unfreeze', id, ...STORE], 3, 'there is no store', 'check the name'],
    ['to accept one that was never made', ['accept', ...STORE], 3, 'there is no store', 'check the name'],
    ['no store', ['@grant.writ'], 2, "required option '--store <store>'", 'still needed: --store <store>'],
    ['no token', STORE, 2, "missing required argument 'token'", '<token> is any token'],
    ['a misspelt command', ['unfreez', id, ...STORE], 2, 'too many arguments', 'did you mean writ limits unfreeze'],
    ['a misspelt command alone', ['acept', ...STORE], 2, 'unknown command: acept', 'did you mean writ limits accept'],
    ['a block by its number', ['unfreeze', '0', ...STORE], 2, 'not the id of a block', '64 hexadecimal digits'],
    ['a token for a block', ['unfreeze', '@grant.writ', ...STORE], 2, 'not the id of a block', 'writ limits TOKEN'],
    ['what is no token', ['writ_A', ...STORE], 4, 'text.base64', 'hint'],
  ]; // biome-ignore format: rows read as rows
  test.each(rows)('%s, and makes nothing', (_name, args, code, message, hint) => {
    const place = limited('call 1');
    const before = readdirSync(place.folder);
    const { exit, stderr } = place.writ(['limits', ...args]);
    expect(stderr).toContain(message);
    expect(stderr).toContain(hint);
    expect(readdirSync(place.folder)).toEqual(before);
    expect(exit).toBe(code);
  });
});
