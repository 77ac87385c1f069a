import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { CliError } from '../../cli/exit.ts';
import { changeMissionFile, type MissionFile, readMissionFile } from '../../cli/mission-file.ts';
import { exportJwk } from '../../src/index.ts';
import { hands } from '../support/chains.ts';
import { errorOf } from '../support/code-of.ts';
import { NOW } from '../support/forge.ts';
import { SUBJECT } from '../support/keeping.ts';

const ID = 'ab'.repeat(32);
const mission = { subject: SUBJECT, state: 'active', since: NOW, issued: NOW, goodUntil: NOW, revoked: {} };
const file = { version: 1, authority: exportJwk(hands.stranger.publicKey), missions: [mission] };
const withMission = (more: object) => ({ ...file, missions: [{ ...mission, ...more }] });

function place(content?: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'writ-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'missions.json');
  if (content !== undefined) writeFileSync(path, content);
  return path;
}

const read = (content: unknown): MissionFile => readMissionFile(place(JSON.stringify(content)));

test('what is written is read again as it was', async () => {
  const path = place();
  const before: MissionFile = {
    authority: hands.stranger.publicKey,
    missions: [
      { ...mission, state: 'suspended', revoked: [{ id: new Uint8Array(32).fill(171), until: NOW }] },
      { ...mission, subject: '__proto__', state: 'completed', revoked: [] },
    ],
  };
  await changeMissionFile(path, true, async () => ({ file: before }));
  expect(readMissionFile(path)).toEqual(before);
});

test.each<[string, unknown, string]>([
  ['of a later version', { ...file, version: 2 }, 'it is of another version than 1'],
  ['an array', [], 'the file is no JSON object'],
  ['without missions', { version: 1, authority: file.authority }, 'the file has no missions'],
  ['with a member that is not known', { ...file, more: 1 }, 'the file has a member that is not known'],
  ['with a version that is a text', { ...file, version: '1' }, 'it is of another version than 1'],
  ['with an authority that is none', { ...file, authority: 'x' }, 'authority is no JSON object'],
  [
    'with an authority that is private',
    { ...file, authority: exportJwk(hands.stranger) },
    'authority has a member that is not known',
  ],
  [
    'with a key that is none',
    { ...file, authority: { ...file.authority, x: 'AA' } },
    'authority is no public key',
  ],
  ['with missions by name', { ...file, missions: {} }, 'missions is no array'],
  ['with a mission that is a text', { ...file, missions: ['x'] }, 'mission 0 is no JSON object'],
  ['with a mission of more members', withMission({ more: 1 }), 'mission 0 has a member that is not known'],
  ['with a subject that is a number', withMission({ subject: 1 }), 'mission 0, subject is no text'],
  ['with a state that is none', withMission({ state: 'paused' }), 'mission 0, state is none of active'],
  ['with a time that is a text', withMission({ issued: 'now' }), 'mission 0, since, issued or goodUntil'],
  ['with a time behind all', withMission({ since: 2 ** 33 }), 'mission 0, since, issued or goodUntil'],
  ['with ids in an array', withMission({ revoked: [] }), 'mission 0, revoked is no JSON object'],
  ['with an id that is none', withMission({ revoked: { ab: NOW } }), 'mission 0, revoked, not ID: TIME'],
  ['with an id of no time', withMission({ revoked: { [ID]: true } }), 'mission 0, revoked, not ID: TIME'],
  ['with a subject twice', { ...file, missions: [mission, mission] }, 'missions names a subject twice'],
])('a file %s is refused, exit code 3', (_name, content, why) => {
  const error = errorOf(() => read(content));
  expect(error.message).toContain(`no state file of missions that can be used: ${why}`);
  expect((error as CliError).exit).toBe(3);
});

test.each([
  ['cut off', '{"version":1,'],
  ['with a name twice', JSON.stringify(file).replace('"version":1', '"version":1,"version":1')],
])('a file that is %s is refused, exit code 3', (_name, content) => {
  const error = errorOf(() => readMissionFile(place(content)));
  expect(error.message).toContain('it is not JSON, or has a name twice');
  expect((error as CliError).exit).toBe(3);
});

test('a change that fails leaves the file as it was, and the lock free', async () => {
  const path = place(JSON.stringify(file));
  const failing = changeMissionFile(path, false, () => Promise.reject(new Error('no')));
  await expect(failing).rejects.toThrow('no');
  expect(readFileSync(path, 'utf8')).toBe(JSON.stringify(file));
  await changeMissionFile(path, false, async (before) => ({ file: before as MissionFile }));
});

test('what is changed is what the last change left', async () => {
  const path = place(JSON.stringify(file));
  const add = (subject: string) =>
    changeMissionFile(path, false, async (before) => {
      const { authority, missions } = before as MissionFile;
      return {
        file: { authority, missions: [...missions, { ...mission, subject, state: 'active', revoked: [] }] },
      };
    });
  await Promise.all(['a', 'b', 'c'].map(add));
  const { missions } = readMissionFile(path);
  expect(missions.map(({ subject }) => subject).toSorted()).toEqual(['a', 'b', 'c', SUBJECT].toSorted());
});

test('a change whose lock was removed does not undo what was changed meanwhile', async () => {
  const path = place(JSON.stringify(file));
  const revoke = async (before: MissionFile | undefined) => {
    const { authority, missions } = before as MissionFile;
    const revoked = [{ id: new Uint8Array(32), until: NOW }];
    return { file: { authority, missions: missions.map((one) => ({ ...one, revoked })) } };
  };
  const slow = changeMissionFile(path, false, async (before) => {
    rmSync(`${path}.lock.1`);
    await changeMissionFile(path, false, revoke);
    return { file: before as MissionFile };
  });
  await expect(slow).rejects.toMatchObject({ exit: 3 });
  expect(readMissionFile(path).missions[0]?.revoked).toHaveLength(1);
});

test('a folder that is not there is said, exit code 3', async () => {
  const path = join(place(), 'none', 'missions.json');
  const failing = changeMissionFile(path, true, async () => ({
    file: { authority: hands.stranger.publicKey, missions: [] },
  }));
  await expect(failing).rejects.toMatchObject({ exit: 3, message: `${path}: there is no such file` });
});
