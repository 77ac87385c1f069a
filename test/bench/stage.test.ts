import { createRequire } from 'node:module';
import { expect, test } from 'vitest';
import { stage } from '../../bench/compare/stage.ts';

const find = createRequire(stage([]));

test('the package finds what it depends on', () => {
  expect(find.resolve('@scure/base')).toContain('node_modules');
});

test.each(['sodium-native', 'lmdb'])('it does not find %s, which is optional', (name) => {
  expect(() => find.resolve(name)).toThrow(expect.objectContaining({ code: 'MODULE_NOT_FOUND' }));
});

test('an optional package that is not installed is named', () => {
  expect(() => stage(['no-such-package'])).toThrow('no-such-package is not installed');
});
