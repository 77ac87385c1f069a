import { randomBytes } from 'node:crypto';
import { EdDSASigner } from 'iso-signatures/signers/eddsa.js';
import { verifier } from 'iso-signatures/verifiers/eddsa.js';
import { Resolver } from 'iso-signatures/verifiers/resolver.js';
import { Delegation } from 'iso-ucan/delegation';
import { encode, sign } from 'iso-ucan/envelope';
import { Invocation } from 'iso-ucan/invocation';
import { delegateAt, LONGEST, NOW, restrictionAt } from '../compare/scenario.ts';
import { alter } from './alter.mjs';

const keys = await Promise.all(Array.from({ length: LONGEST + 1 }, () => EdDSASigner.generate()));
const [service] = keys;
const sub = service.did;
const cmd = '/file';
const verifierResolver = new Resolver({ ...verifier });

async function delegation(at, named) {
  const { exp, actions, prefix } = restrictionAt(at);
  const { bytes } = await Delegation.create({
    iss: keys[at],
    aud: keys[at + 1].did,
    sub,
    cmd,
    pol: [
      ['like', '.path', `${prefix}*`],
      ['or', actions.map((action) => ['==', '.action', action])],
    ],
    exp,
    ...(named && { meta: { delegate: delegateAt(at) } }),
  });
  return bytes;
}

const read = (proofs) =>
  Promise.all(proofs.map((bytes) => Delegation.fromString(Buffer.from(bytes).toString('base64'))));
const size = (pieces) => pieces.reduce((sum, { length }) => sum + length, 0);

/** @typedef {{ proofs: Uint8Array[], invocation: Uint8Array }} Sent */
/** @type {import('../compare/peer.ts').Party<Uint8Array[], Sent>} */
const party = {
  mint: async (named) => [await delegation(0, named)],
  attenuate: async (held, at, named) => [...held, await delegation(at, named)],
  async seal(held, { action, resource }) {
    const signer = keys[held.length];
    const payload = {
      iss: signer.toString(),
      aud: sub,
      sub,
      cmd,
      nonce: randomBytes(12),
      exp: NOW + 3600,
      args: { path: resource, action },
      prf: (await read(held)).map(({ cid }) => cid),
    };
    // Not by its own function, which refuses to seal what a service is to refuse.
    return { proofs: held, invocation: encode(await sign({ spec: 'inv', signer, payload })) };
  },
  // What the invocation says is what is done, so there is no request beside it.
  async authorize({ proofs, invocation }) {
    try {
      const delegations = await read(proofs);
      const known = new Map(delegations.map((one) => [one.cid.toString(), one]));
      const resolveProof = async (cid) => known.get(cid.toString());
      await Invocation.from({ bytes: invocation, audience: service, verifierResolver, resolveProof });
      return true;
    } catch {
      return false;
    }
  },
  sizeHeld: size,
  sizeSent: ({ proofs, invocation }) => size([...proofs, invocation]),
  tamper: ({ proofs: [root, ...hops], invocation }) => ({
    proofs: [Uint8Array.from(alter(root)), ...hops],
    invocation,
  }),
};

/** @type {readonly import('../compare/peer.ts').Peer[]} */
export const peers = [
  {
    name: 'iso-ucan',
    packages: ['iso-ucan', 'iso-signatures'],
    imports: {
      modules: [
        'iso-ucan/delegation',
        'iso-ucan/invocation',
        'iso-signatures/signers/eddsa.js',
        'iso-signatures/verifiers/eddsa.js',
      ],
    },
    language: 'JavaScript',
    notes: 'UCAN 1.0; Ed25519 in JavaScript',
    duties: { possession: true, replay: false, audience: true },
    gather: () => party,
  },
];
