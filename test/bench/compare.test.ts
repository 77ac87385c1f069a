import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Report } from '../../bench/compare/report.ts';

const cwd = fileURLToPath(new URL('../..', import.meta.url));

/** Runs the comparison; its figures are not looked at, since a machine may be busy. */
function compare(...options: string[]) {
  const command = ['--expose-gc', '--import', 'tsx', 'bench/compare/main.ts', ...options];
  return spawnSync(process.execPath, command, { cwd, encoding: 'utf8' });
}

describe('a run of one round, of writ alone', () => {
  let status: number | null;
  let report: Report;
  beforeAll(() => {
    const { status: code, stdout } = compare('--only', 'writ', '--rounds', '1', '--json');
    status = code;
    report = JSON.parse(stdout);
  });

  test('needs no peer to be installed', () => {
    expect([status, report.failures]).toEqual([0, []]);
  });

  test('has a ratio for each floor that speed is promised over', () => {
    expect(report.ratios).toMatchObject({
      coldEd25519x4: expect.any(Number),
      coldEd25519x16: expect.any(Number),
      warmEd25519: expect.any(Number),
      coldHmacx4: expect.any(Number),
    });
  });

  test('times both suites, cold at each length and warm', () => {
    const timed = report.peers.map(({ name, ns }) => [name, Object.keys(ns).sort()]);
    const cases = ['1', '16', '4'].map((blocks) => [`cold${blocks}`, `pure${blocks}`, `warm${blocks}`]);
    const all = ['attenuate', 'mint', ...cases.flat()].sort();
    expect(timed).toEqual([
      ['writ, Ed25519', all],
      ['writ, HMAC', all],
    ]);
  });

  test('times floors of the same lengths', () => {
    expect(report.floors.map(({ ns }) => Object.keys(ns).sort())).toEqual(
      Array(2).fill(['attenuate', 'cold1', 'cold16', 'cold4', 'mint', 'warm4']),
    );
  });

  test('finds tokens without names smaller, at each length', () => {
    const larger = report.peers.flatMap(({ bytes: { named, bare } }) =>
      bare.map((size, i) => size < (named[i] as number)),
    );
    expect(larger).toEqual(Array(6).fill(true));
  });

  test('says what it ran on, and when', () => {
    expect(report).toMatchObject({
      date: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
      machine: { node: process.version },
      rounds: 1,
    });
  });
});

describe('options', () => {
  test.each([
    ['a peer that there is not', ['--only', 'nobody']],
    ['no round', ['--rounds', '0']],
    ['an unknown one', ['--fast']],
  ])('%s is refused before anything is measured', (_, options) => {
    const { status, stdout } = compare(...options);
    expect([status, stdout]).toEqual([2, '']);
  });

  test('--help names every peer', () => {
    const { stdout } = compare('--help');
    expect(stdout).toContain('biscuit, macaroon, macaroons-js');
  });
});
