import { createHash } from 'node:crypto';
import { exportJWK, generateKeyPair, importJWK, jwtVerify, SignJWT } from 'jose';
import { admits, delegateAt, LONGEST, restrictionAt } from '../compare/scenario.ts';

// A chain of as many tokens as blocks: each names the key of the next signer, and the digest of the token before it.

const alg = 'EdDSA';
const keys = [];
for (let at = 0; at <= LONGEST; at++) {
  const { privateKey, publicKey } = await generateKeyPair('Ed25519', { extractable: true });
  const { kty, crv, x } = await exportJWK(publicKey);
  keys.push({ privateKey, publicKey, jwk: { kty, crv, x } });
}

const digest = (token) => createHash('sha256').update(token).digest('base64url');

function sign(at, named, parent) {
  const { exp, actions, prefix } = restrictionAt(at);
  const claims = {
    exp,
    actions,
    prefix,
    ...(named && { sub: delegateAt(at) }),
    ...(parent !== undefined && { parent: digest(parent) }),
    cnf: { jwk: keys[at + 1].jwk },
  };
  return new SignJWT(claims).setProtectedHeader({ alg }).sign(keys[at].privateKey);
}

/** @type {import('../compare/peer.ts').Party<string, string>} */
const party = {
  mint: (named) => sign(0, named),
  async attenuate(held, at, named) {
    return `${held}~${await sign(at, named, held.slice(held.lastIndexOf('~') + 1))}`;
  },
  seal: (held) => held,
  async authorize(sent, asked) {
    let key = keys[0].publicKey;
    let parent;
    try {
      for (const token of sent.split('~')) {
        const { payload } = await jwtVerify(token, key, { algorithms: [alg] });
        if (parent !== undefined && payload.parent !== digest(parent)) return false;
        if (!admits(payload, asked)) return false;
        key = await importJWK(payload.cnf.jwk, alg);
        parent = token;
      }
      return true;
    } catch {
      return false;
    }
  },
  sizeHeld: (held) => held.length,
  sizeSent: (sent) => sent.length,
  tamper(sent) {
    const at = sent.indexOf('.') + 12;
    return `${sent.slice(0, at)}${sent[at] === 'A' ? 'B' : 'A'}${sent.slice(at + 1)}`;
  },
};

/** @type {readonly import('../compare/peer.ts').Peer[]} */
export const peers = [
  {
    name: 'jose, chain of JWTs',
    packages: ['jose'],
    imports: { modules: ['jose'] },
    language: 'JavaScript',
    notes: 'Ed25519 by WebCrypto; how tokens make a chain is the caller’s',
    duties: { possession: false, replay: false, audience: false },
    gather: () => party,
  },
];
