import { expect, test } from 'vitest';
import { decide } from '../src/decide/decide.ts';
import { importTrust } from '../src/keys/import-trust.ts';
import { decode } from '../src/token/decode.ts';
import { verify } from '../src/token/verify.ts';
import { AUDIENCE, forge, NOW, scene, trustFile } from './support/forge.ts';

test.each([1, 2] as const)('the scene of suite %i is allowed', (suite) => {
  const chain = verify(decode(forge(scene(suite)).text), importTrust(trustFile), { now: NOW });
  const request = { action: 'read', resource: 'reports/q3.pdf' };
  expect(decide(chain, { audience: AUDIENCE, request, now: NOW }).code).toBe('allowed');
});
