import { build, EdKeypair, encode, verify } from '@ucans/ucans';
import { delegateAt, LONGEST, restrictionAt } from '../compare/scenario.ts';

const [service, ...keys] = await Promise.all(Array.from({ length: LONGEST + 2 }, () => EdKeypair.create()));

const capability = (path, action) => ({
  with: { scheme: 'https', hierPart: `//files.example/${path}` },
  can: { namespace: 'file', segments: [action.toUpperCase()] },
});
const semantics = {
  canDelegateResource: (parent, child) =>
    parent.scheme === child.scheme && child.hierPart.startsWith(parent.hierPart),
  canDelegateAbility: (parent, child) =>
    parent.namespace === child.namespace && parent.segments.join('/') === child.segments.join('/'),
};

async function hold(at, named, proofs) {
  const { exp, actions, prefix } = restrictionAt(at);
  const token = await build({
    issuer: keys[at],
    audience: keys[at + 1].did(),
    expiration: exp,
    capabilities: actions.map((action) => capability(prefix, action)),
    ...(named && { facts: [{ delegate: delegateAt(at) }] }),
    proofs,
  });
  return { at, text: encode(token) };
}

/** @type {import('../compare/peer.ts').Party<{ at: number, text: string }, string>} */
const party = {
  mint: (named) => hold(0, named, []),
  attenuate: (held, at, named) => hold(at, named, [held.text]),
  // As the format has it, a request is one more token, of the holder for the service.
  async seal({ at, text }, { action, resource }) {
    const token = await build({
      issuer: keys[at + 1],
      audience: service.did(),
      lifetimeInSeconds: 3600,
      capabilities: [capability(resource, action)],
      proofs: [text],
    });
    return encode(token);
  },
  async authorize(sent, { action, resource }) {
    const required = { capability: capability(resource, action), rootIssuer: keys[0].did() };
    const { ok } = await verify(sent, {
      audience: service.did(),
      requiredCapabilities: [required],
      semantics,
    });
    return ok;
  },
  sizeHeld: ({ text }) => text.length,
  sizeSent: (sent) => sent.length,
  tamper(sent) {
    const at = sent.length - 40;
    return `${sent.slice(0, at)}${sent[at] === 'A' ? 'B' : 'A'}${sent.slice(at + 1)}`;
  },
};

/** @type {readonly import('../compare/peer.ts').Peer[]} */
export const peers = [
  {
    name: '@ucans/ucans',
    packages: ['@ucans/ucans'],
    imports: { modules: ['@ucans/ucans'] },
    language: 'JavaScript',
    notes: 'UCAN 0.8; Ed25519 in JavaScript; a token embeds its proofs, encoded once more at each hop',
    duties: { possession: true, replay: false, audience: true },
    refusesBelow: 8,
    gather: () => party,
  },
];
