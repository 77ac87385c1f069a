import { SigningKey } from '../../src/keys/signing-key.ts';
import { delegate } from '../../src/token/delegate.ts';
import { grant } from '../../src/token/grant.ts';
import { invoke } from '../../src/token/invoke.ts';

const now = Math.floor(Date.now() / 1000);
const lookup: SigningKey = SigningKey.generate();
export const cfo: SigningKey = SigningKey.generate();
export const research: SigningKey = SigningKey.generate();

/** What every grant of the tests says. */
export const GRANT = {
  grantor: 'mailto:cfo@acme.example',
  delegate: 'agent:acme/research',
  scope: [{ actions: ['list', 'read'], resources: ['reports/**'] }],
  exp: now + 7200,
};

/** The token of the demo, sealed, with a purpose of the test's own. */
export function demo(purpose = 'Prepare the Q3 report'): string {
  const mission = { id: 'q3-report', purpose };
  const granted = grant({ ...GRANT, key: cfo, to: research.publicKey, mission, delegation: { depth: 1 } });
  const narrowed = delegate(granted, {
    key: research,
    delegate: 'agent:acme/lookup',
    to: lookup.publicKey,
    task: 'Find the Q3 revenue',
    scope: [{ actions: ['read'], resources: ['reports/q3/**'] }],
  });
  const asked = { action: 'read', resource: 'reports/q3/revenue.pdf' };
  return invoke(narrowed, { key: lookup, audience: 'https://files.acme.example', ...asked });
}

/** A trust file that takes a key for the grantor's. */
export const trustFile = (key: SigningKey): string =>
  JSON.stringify({
    keys: [{ ...key.publicKey.toJSON(), writ: { principal: GRANT.grantor, kind: 'human' } }],
  });
