import { expect, test } from 'vitest';
import { MacKey } from '../../src/keys/mac-key.ts';
import { codeOf } from '../support/code-of.ts';
import { domain } from '../support/forge.ts';

test.each([
  ['a secret of 31 bytes', 31, 16],
  ['a secret of 33 bytes', 33, 16],
  ['no secret', 0, 16],
  ['an id of 15 bytes', 32, 15],
  ['an id as long as a thumbprint', 32, 32],
])('%s is refused', (_, secret, kid) => {
  expect(codeOf(() => new MacKey(new Uint8Array(secret), new Uint8Array(kid)))).toBe('key.length');
});

test('a MAC key keeps its bytes when the arrays that it came from change', () => {
  const [secret, kid] = [Uint8Array.from(domain.secret), Uint8Array.from(domain.kid)];
  const key = new MacKey(secret, kid);
  secret.fill(0);
  kid.fill(0);
  expect([key.secret.expose(), key.kid]).toEqual([domain.secret, domain.kid]);
});

test('generated keys share neither secret nor id', () => {
  const [a, b] = [MacKey.generate(), MacKey.generate()];
  expect(a.secret.expose()).not.toEqual(b.secret.expose());
  expect(a.kid).not.toEqual(b.kid);
});
