import type { GrantOptions, InvokeOptions, Suite, Verifier, VerifierOptions } from '../../src/index.ts';
import {
  createVerifier,
  delegate,
  exportJwk,
  grant,
  importTrust,
  invoke,
  MacKey,
  SigningKey,
} from '../built.ts';

const AUDIENCE = 'https://files.acme.example';
export const NOW: number = Math.floor(Date.now() / 1000);
const GRANTOR = 'mailto:cfo@acme.example';
const MISSION = { id: 'q3-report', purpose: 'Prepare the Q3 report' };
/** What statuses of the chains are about. */
export const SUBJECT = `${GRANTOR}#${MISSION.id}`;

/** Chains of one anchor, and verifiers that trust it. */
export interface Domain {
  /** An open chain of so many blocks, each hop with an expiry, an action and a resource of its own. */
  chain(blocks: number, root?: Partial<GrantOptions>): Open;
  verifier(options?: Partial<VerifierOptions>): Verifier;
}

/** An open chain and whoever holds it. */
export interface Open {
  /** The text of a request, another at each call. */
  seal(asked?: Partial<InvokeOptions>): string;
}

/** Makes a domain with a key of its own: a human's, or a secret. */
export function domainOf(suite: Suite): Domain {
  const signed = suite === 'ed25519';
  const anchor = signed ? SigningKey.generate() : MacKey.generate();
  const jwk = exportJwk(anchor instanceof MacKey ? anchor : anchor.publicKey);
  const writ = signed
    ? { principal: GRANTOR, kind: 'human' }
    : { principal: 'https://iam.acme.example', kind: 'authority', speaks_for: ['mailto:*'] };
  const trust = importTrust({ keys: [{ ...jwk, writ }] });
  return {
    verifier: (options) => createVerifier({ trust, audience: AUDIENCE, ...options }),
    chain(blocks, root = {}) {
      let holder = signed ? SigningKey.generate() : undefined;
      let text = grant({
        key: anchor,
        ...(holder && { to: holder.publicKey }),
        grantor: GRANTOR,
        delegate: 'agent:acme/reader-1',
        mission: MISSION,
        aud: [AUDIENCE],
        exp: NOW + 86_400,
        scope: [{ actions: ['list', 'read'], resources: ['reports/**'] }],
        delegation: { depth: 31 },
        ...root,
      } as GrantOptions);
      for (let hop = 1; hop < blocks; hop++) {
        const [key, to] = [holder, holder && SigningKey.generate()];
        text = delegate(text, {
          ...(key && to && { key, to: to.publicKey }),
          delegate: `agent:acme/reader-${hop + 1}`,
          exp: NOW + 86_400 - 60 * hop,
          scope: [{ actions: ['read'], resources: ['reports/*'] }],
          force: true, // what is compared at minting is not what is measured
        });
        holder = to;
      }
      const request = { audience: AUDIENCE, action: 'read', resource: 'reports/q3.pdf', lifetime: 300 };
      return { seal: (asked) => invoke(text, { ...request, ...(holder && { key: holder }), ...asked }) };
    },
  };
}
