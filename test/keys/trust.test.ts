import { describe, expect, test } from 'vitest';
import { MacKey } from '../../src/keys/mac-key.ts';
import { PublicKey } from '../../src/keys/public-key.ts';
import { type Anchor, anchorId, speaksFor } from '../../src/keys/trust.ts';
import { cfo, domain } from '../support/forge.ts';

const key = new PublicKey(cfo.publicKey);
const human: Anchor = { key, principal: 'mailto:cfo@acme.example', kind: 'human', speaksFor: [] };
const authority = (...patterns: string[]): Anchor => ({
  key,
  principal: 'https://iam.acme.example',
  kind: 'authority',
  speaksFor: patterns,
});

describe('the id of an anchor', () => {
  test('with a public key is the thumbprint', () => {
    expect(anchorId(human)).toEqual(cfo.kid);
  });

  test('with a secret is the id that is kept with it', () => {
    expect(anchorId({ ...human, key: new MacKey(domain.secret, domain.kid) })).toEqual(domain.kid);
  });
});

describe('a human speaks', () => {
  test.each([
    ['mailto:cfo@acme.example', true],
    ['mailto:cfo@acme.example.evil', false],
    ['mailto:CFO@acme.example', false],
    ['mailto:ceo@acme.example', false],
    ['cfo@acme.example', false],
  ])('for %s: %s', (grantor, expected) => {
    expect(speaksFor(human, grantor)).toBe(expected);
  });

  test('for nobody else, whatever patterns it carries', () => {
    expect(speaksFor({ ...human, speaksFor: ['mailto:*'] }, 'mailto:ceo@acme.example')).toBe(false);
  });
});

describe('an authority speaks', () => {
  test.each([
    [['mailto:*'], 'mailto:cfo@acme.example', true],
    [['mailto:*'], 'mailto:', false],
    [['mailto:*'], 'agent:cfo', false],
    [['mailto:*'], 'xmailto:cfo', false],
    [['https://acme.example/people/*'], 'https://acme.example/people/cfo', true],
    [['https://acme.example/people/*'], 'https://acme.example/people/', false],
    [['https://acme.example/people/*'], 'https://acme.example/people', false],
    [['https://acme.example/people/*'], 'https://acme.example/people2/cfo', false],
    [['https://acme.example/people/*'], 'https://acme.example.evil/people/cfo', false],
    [['mailto:cfo@acme.example'], 'mailto:cfo@acme.example', true],
    [['mailto:cfo@acme.example'], 'mailto:cfo@acme.example.evil', false],
    [['agent:x', 'mailto:*'], 'mailto:cfo@acme.example', true],
    [[], 'mailto:cfo@acme.example', false],
  ])('by %j for %s: %s', (patterns, grantor, expected) => {
    expect(speaksFor(authority(...patterns), grantor)).toBe(expected);
  });

  test('not for itself unless it says so', () => {
    expect(speaksFor(authority('mailto:*'), 'https://iam.acme.example')).toBe(false);
  });
});
