import { delegateAt, LONGEST, NOW, restrictionAt } from '../compare/scenario.ts';
import { alter } from './alter.mjs';

const AUDIENCE = 'https://files.acme.example';
// The bytes of what is signed beside header and payload: its label, its link, and what frames them (spec §5.3).
const FRAME = 65;

/** What a token has of names: realistic ones, or the shortest that the format allows. */
const wordsOf = (named) =>
  named
    ? { grantor: 'mailto:cfo@acme.example', mission: { id: 'q3', purpose: 'Prepare the Q3 report' } }
    : { grantor: 'a:a', mission: { id: 'a', purpose: 'a' } };
const nameAt = (at, named) => (named ? delegateAt(at) : 'a:a');

function caveatsAt(at) {
  const { exp, actions, pattern } = restrictionAt(at);
  return { exp, scope: [{ actions, resources: [pattern] }] };
}

/**
 * The parties of a suite: the root's key and the trust are what the service has loaded at its start, all else is new.
 *
 * @typedef {typeof import('../../src/index.ts')} Writ
 * @param {Writ} holders a copy of the package apart from the service's, which so can remember nothing of what they made
 * @param {Writ} service
 * @param {import('../../src/index.ts').Suite} suite
 * @returns {() => import('../compare/peer.ts').Party<{ at: number, text: string }, string>}
 */
export function partiesOf(holders, service, suite) {
  const { delegate, exportJwk, grant, invoke, MacKey, SigningKey } = holders;
  const { createVerifier, decide, decode, importTrust, verify } = service;
  const signed = suite === 'ed25519';
  const root = signed ? SigningKey.generate() : MacKey.generate();
  const anchor = signed
    ? [exportJwk(root.publicKey), { principal: wordsOf(true).grantor, kind: 'human' }]
    : [
        exportJwk(root),
        { principal: 'https://iam.acme.example', kind: 'authority', speaks_for: ['mailto:*'] },
      ];
  const trust = importTrust({ keys: [{ ...anchor[0], writ: anchor[1] }] });
  const bytesOf = (text) => Buffer.from(text.replace(/^writ_(secret_)?/, ''), 'base64url');
  const size = (text) => bytesOf(text).length;

  const before = (verifier) => {
    const keys = [];
    // Made when it is first needed: a party that lives for one chain of one block has no use for sixteen.
    const keyAt = (at) => {
      if (signed) keys[at] ??= SigningKey.generate();
      return keys[at];
    };
    const to = (at) => (signed ? { to: keyAt(at).publicKey } : {});
    const by = (at) => (signed ? { key: keyAt(at) } : {});
    return {
      stranger: () => before(verifier),
      mint(named) {
        const text = grant({
          ...wordsOf(named),
          ...caveatsAt(0),
          ...to(0),
          key: root,
          delegate: nameAt(0, named),
          delegation: { depth: LONGEST },
          now: NOW,
          ...(!signed && { aud: [AUDIENCE] }),
        });
        return { at: 0, text };
      },
      attenuate(held, at, named) {
        const text = delegate(held.text, {
          ...by(held.at),
          ...to(at),
          ...caveatsAt(at),
          delegate: nameAt(at, named),
        });
        return { at, text };
      },
      seal: ({ at, text }, asked) => invoke(text, { ...by(at), ...asked, audience: AUDIENCE, lifetime: 300 }),
      async authorize(sent, asked) {
        try {
          return (await verifier.authorize(sent, asked)).verdict === 'allow';
        } catch {
          return false;
        }
      },
      decide(sent, request) {
        const chain = verify(decode(sent), trust);
        return decide(chain, { audience: AUDIENCE, request }).verdict === 'allow';
      },
      sizeHeld: ({ text }) => size(text),
      sizeSent: size,
      sizesSigned(sent) {
        const { blocks, invocation } = decode(sent);
        return [...blocks, invocation].map(({ header, payload }) => header.length + payload.length + FRAME);
      },
      tamper: (sent) => `writ_${alter(bytesOf(sent)).toString('base64url')}`,
    };
  };

  return () => before(createVerifier({ trust, audience: AUDIENCE }));
}
