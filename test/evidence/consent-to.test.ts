import { describe, expect, test } from 'vitest';
import { consentTo } from '../../src/evidence/consent-to.ts';
import { SigningKey } from '../../src/keys/signing-key.ts';
import { recipe, suites } from '../support/chains.ts';
import { codeOf } from '../support/code-of.ts';
import { consentText } from '../support/evidence.ts';
import { cfo, forge, NOW, research } from '../support/forge.ts';

const root = [[17, cfo.publicKey]] as const;
const key = new SigningKey(cfo.seed);

describe.each(suites)('a consent in suite %i', (suite) => {
  test('is to the root, whatever is delegated under it', () => {
    const sealed = forge(recipe(suite, { root }));
    const open = forge(recipe(suite, { root, hop: [[9, new Map([[2, 'another']])]], invocation: null })); // biome-ignore format: short
    expect(consentTo(sealed.text, { key, now: NOW })).toBe(consentText(sealed, cfo));
    expect(consentTo(open.text, { key, now: NOW })).toBe(consentText(sealed, cfo));
  });

  test.each<[string, readonly (readonly [number, unknown])[], SigningKey, object]>([
    ['the grant asks for none', [], key, {}],
    ['the grant asks for that of another', root, new SigningKey(research.seed), {}],
    ['an option is unknown', root, key, { iat: NOW }],
  ])('is not given where %s', (_, changes, own, more) => {
    const { text } = forge(recipe(suite, { root: changes }));
    expect(codeOf(() => consentTo(text, { key: own, ...more }))).toBe('mint.input');
  });
});

test('a text that is no token is refused', () => {
  expect(codeOf(() => consentTo('writ_', { key }))).toBe('cbor.truncated');
});
