import { Delegation, delegate } from '@ucanto/core';
import { ed25519, Verifier } from '@ucanto/principal';
import { access, capability, fail, ok, Schema } from '@ucanto/validator';
import { delegateAt, LONGEST, NOW, restrictionAt } from '../compare/scenario.ts';
import { alter } from './alter.mjs';

const keys = await Promise.all(Array.from({ length: LONGEST + 1 }, () => ed25519.generate()));
const [service] = keys;
// Authority begins with the key whose resource it is, so that path and action are in what is asked of it.
const resource = service.did();
const capabilities = Object.fromEntries(
  ['list', 'read', 'write'].map((action) => [
    action,
    capability({
      can: `file/${action}`,
      with: Schema.did(),
      nb: Schema.struct({ path: Schema.string() }),
      derives: (child, parent) =>
        child.with === parent.with && child.nb.path.startsWith(parent.nb.path) ? ok({}) : fail('wider'),
    }),
  ]),
);

function unwrap({ ok, error }) {
  if (error !== undefined) throw error;
  return ok;
}

const write = async (delegation) => unwrap(await delegation.archive());
const read = async (bytes) => unwrap(await Delegation.extract(bytes));

async function hold(at, named, proofs) {
  const { exp, actions, prefix } = restrictionAt(at);
  const delegation = await delegate({
    issuer: keys[at],
    audience: keys[at + 1],
    expiration: exp,
    capabilities: actions.map((action) => ({ can: `file/${action}`, with: resource, nb: { path: prefix } })),
    ...(named && { facts: [{ delegate: delegateAt(at) }] }),
    proofs,
  });
  return { at, bytes: await write(delegation) };
}

/** @type {import('../compare/peer.ts').Party<{ at: number, bytes: Uint8Array }, Uint8Array>} */
const party = {
  mint: (named) => hold(0, named, []),
  attenuate: async (held, at, named) => hold(at, named, [await read(held.bytes)]),
  async seal({ at, bytes }, asked) {
    const invocation = await delegate({
      issuer: keys[at + 1],
      audience: service,
      expiration: NOW + 3600,
      capabilities: [{ can: `file/${asked.action}`, with: resource, nb: { path: asked.resource } }],
      proofs: [await read(bytes)],
    });
    return write(invocation);
  },
  async authorize(sent, { action }) {
    try {
      const { error } = await access(await read(sent), {
        capability: capabilities[action],
        principal: Verifier,
        authority: service,
        validateAuthorization: () => ok({}),
      });
      return error === undefined;
    } catch {
      return false;
    }
  },
  sizeHeld: ({ bytes }) => bytes.length,
  sizeSent: (sent) => sent.length,
  tamper: (sent) => Uint8Array.from(alter(sent)),
};

/** @type {readonly import('../compare/peer.ts').Peer[]} */
export const peers = [
  {
    name: '@ucanto/validator',
    packages: ['@ucanto/validator', '@ucanto/core', '@ucanto/principal', '@ucanto/interface'],
    imports: { modules: ['@ucanto/core', '@ucanto/validator', '@ucanto/principal'] },
    language: 'JavaScript',
    notes: 'UCAN 0.9; Ed25519 in JavaScript; the chain in an archive',
    duties: { possession: true, replay: false, audience: true },
    gather: () => party,
  },
];
