import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { HeldError, lock } from '../../src/audit/lock.ts';
import { folder } from '../support/receipts.ts';

const CONTENDER = fileURLToPath(new URL('contender.mjs', import.meta.url));

/** Another process that takes the lock. */
interface Contender {
  ask(task: string): Promise<string>;
  kill(): Promise<void>;
}

const children = new Set<ChildProcess>();
let prefix: string;
beforeEach(() => {
  prefix = join(folder(), 'lock');
});
afterEach(() => {
  for (const child of children) child.kill('SIGKILL');
  children.clear();
});

async function contender(): Promise<Contender> {
  const child = spawn(process.execPath, [CONTENDER, prefix], { stdio: ['pipe', 'pipe', 'inherit'] });
  children.add(child);
  const gone = once(child, 'exit');
  const lines = createInterface(child.stdout);
  await once(lines, 'line');
  return {
    async ask(task) {
      const answer = once(lines, 'line');
      child.stdin.write(`${task}\n`);
      const [line] = await answer;
      return line;
    },
    async kill() {
      child.kill('SIGKILL');
      await gone;
    },
  };
}

const contenders = (count: number) => Promise.all(Array.from({ length: count }, contender));
const filesOf = () => readdirSync(dirname(prefix)).filter((name) => name.startsWith(basename(prefix)));
const holderIn = (path: string) => JSON.parse(readFileSync(path, 'utf8').slice(1));

/** Puts a holder of the test's own making in the place of the one that is there. */
function pretend(path: string, changes: object): void {
  writeFileSync(path, `+${JSON.stringify({ ...holderIn(path), ...changes })}`);
}

describe('one process', () => {
  test('takes it, and is refused it a second time', () => {
    const held = lock(prefix);
    expect(held.holds()).toBe(true);
    expect(() => lock(prefix)).toThrow(HeldError);
    held.release();
  });

  test('takes it again when it was released', () => {
    lock(prefix).release();
    const again = lock(prefix);
    expect(again.holds()).toBe(true);
    again.release();
  });

  test('leaves one file behind, however often', () => {
    for (let i = 0; i < 12; i++) lock(prefix).release();
    expect(filesOf()).toEqual(['lock.12']);
  });

  test('is told which file to remove', () => {
    const held = lock(prefix);
    expect(() => lock(prefix)).toThrow(new RegExp(`process ${process.pid} on .* remove ${prefix}\\.1$`));
    held.release();
  });

  test('no longer holds it where its file was removed', () => {
    const held = lock(prefix);
    rmSync(held.path);
    expect(held.holds()).toBe(false);
    held.release();
    expect(filesOf()).toEqual([]);
  });

  test('that lost its file does not release the one of its successor', () => {
    const held = lock(prefix);
    rmSync(held.path);
    const next = lock(prefix);
    held.release();
    expect(next.holds()).toBe(true);
    next.release();
  });

  test('no longer holds it where another took over', () => {
    const held = lock(prefix);
    writeFileSync(`${prefix}.2`, readFileSync(`${prefix}.1`));
    expect(held.holds()).toBe(false);
    held.release();
  });
});

describe('a holder', () => {
  const judged = (changes: object) => {
    const held = lock(prefix);
    pretend(held.path, changes);
    try {
      lock(prefix).release();
      return 'succeeded';
    } catch (error) {
      return (error as Error).name;
    } finally {
      held.release();
    }
  };

  test.each([
    ['of another boot', { boot: 'before' }, 'succeeded'],
    ['whose number another process has now', { start: '1' }, 'succeeded'],
    ['on another host', { host: `not-${hostname()}`, boot: 'other', start: '1' }, 'HeldError'],
    ['of a system that does not tell its boot', { boot: '', start: '1' }, 'HeldError'],
    ['in another space of process ids', { space: 'pid:[1]', start: '1' }, 'HeldError'],
    ['of which the start is not known', { start: '' }, 'HeldError'],
  ])('%s is %s', (_, changes, outcome) => {
    expect(judged(changes)).toBe(outcome);
  });

  test('whose file cannot be read as one counts as alive', () => {
    writeFileSync(`${prefix}.3`, '+{"pid":');
    expect(() => lock(prefix)).toThrow(HeldError);
  });
});

describe('several processes', () => {
  test('are refused what one holds, and take it when it is released', async () => {
    const [first, second] = (await contenders(2)) as [Contender, Contender];
    expect(await first.ask('take')).toBe('held');
    expect(await second.ask('take')).toBe('HeldError');
    expect(await first.ask('release')).toBe('released');
    expect(await second.ask('take')).toBe('held');
  });

  test('take it from one that was killed', async () => {
    const [first, second] = (await contenders(2)) as [Contender, Contender];
    await first.ask('take');
    await first.kill();
    expect(await second.ask('take')).toBe('held');
  });

  test('race for a lock that was never taken, and one has it', async () => {
    const answers = await Promise.all((await contenders(6)).map(({ ask }) => ask('take')));
    expect(answers.filter((answer) => answer === 'held').length).toBe(1);
    expect(answers.filter((answer) => answer === 'HeldError').length).toBe(5);
  });

  test('race for the lock of a dead one, round after round, and one has it each time', async () => {
    let racers = await contenders(6);
    for (let round = 0; round < 8; round++) {
      const answers = await Promise.all(racers.map(({ ask }) => ask('take')));
      const winners = racers.filter((_, i) => answers[i] === 'held');
      expect(winners.length).toBe(1);
      await winners[0]?.kill();
      racers = [...racers.filter((racer) => racer !== winners[0]), await contender()];
    }
    expect(filesOf().length).toBe(1);
  });

  test('that take and release it at random are never inside together, though some are killed', async () => {
    const crowd = await contenders(6);
    const work = crowd.map(({ ask }) => ask('crowd 150'));
    for (const victim of crowd.slice(0, 2)) {
      await new Promise((resolve) => setTimeout(resolve, 40));
      await victim.kill();
    }
    const counts = (await Promise.all(work.slice(2))).map((answer) => answer.split(' ').map(Number));
    expect(counts.map(([, met]) => met)).toEqual([0, 0, 0, 0]);
    expect(counts.every(([entered = 0]) => entered > 0)).toBe(true);
  });
});

test('what looks like a number and is none is passed over', () => {
  writeFileSync(`${prefix}.01`, '');
  writeFileSync(`${prefix}.2x`, '');
  const held = lock(prefix);
  expect(held.path).toBe(`${prefix}.1`);
  held.release();
});

test('a folder that is not there is an error of the file system', () => {
  expect(() => lock(join(prefix, 'no', 'lock'))).toThrow(/ENOENT/);
});

test('a file that is renamed is no longer held', () => {
  const held = lock(prefix);
  renameSync(held.path, `${held.path}-gone`);
  expect(held.holds()).toBe(false);
  held.release();
  expect(existsSync(`${held.path}-gone`)).toBe(true);
});
