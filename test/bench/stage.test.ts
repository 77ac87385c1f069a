import { rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { afterAll, expect, test } from 'vitest';
import { stage } from '../../bench/compare/stage.ts';

const main = stage([]);
const find = createRequire(main);
// A worker of the tests does not end as a process does, which is when a folder is removed.
afterAll(() => rmSync(new URL('../..', main), { recursive: true }));

test('the package finds what it depends on', () => {
  expect(find.resolve('@scure/base')).toContain('node_modules');
});

test.each(['sodium-native', 'lmdb'])('it does not find %s, which is optional', (name) => {
  expect(() => find.resolve(name)).toThrow(expect.objectContaining({ code: 'MODULE_NOT_FOUND' }));
});

test('an optional package that is not installed is named', () => {
  expect(() => stage(['no-such-package'])).toThrow('no-such-package is not installed');
});
