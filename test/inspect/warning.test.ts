import { expect, test } from 'vitest';
import { warnings } from '../../src/inspect/warning.ts';

const entries = Object.entries(warnings);

test.each(entries)(
  '%s is a problem or advice, and says what it means in one sentence',
  (code, [kind, text]) => {
    expect(code).toMatch(/^[a-z]+(-[a-z]+)*$/);
    expect(['problem', 'advice']).toContain(kind);
    expect(text).toMatch(/^[A-Z][^.]+\.$/);
  },
);

test('problems stand before advice', () => {
  const kinds = entries.map(([, [kind]]) => kind);
  expect(kinds.lastIndexOf('problem')).toBeLessThan(kinds.indexOf('advice'));
});
