import { createHash, createPublicKey, generateKeyPairSync } from 'node:crypto';
import { Algorithms, Headers, Sign1 } from '@auth0/cose';
import { Encoder } from 'cbor-x';
import { admits, delegateAt, LONGEST, restrictionAt } from '../compare/scenario.ts';
import { alter } from './alter.mjs';

// A chain of as many COSE_Sign1 as blocks: each names the key of the next signer, and the digest of the one before it.

const encoder = new Encoder({ mapsAsObjects: false, tagUint8Array: false, variableMapSize: true });
const encode = (value) => Uint8Array.from(encoder.encode(value));
const decode = (bytes) => encoder.decode(bytes);
const keys = Array.from({ length: LONGEST + 1 }, () => {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const { x } = publicKey.export({ format: 'jwk' });
  return { privateKey, publicKey, bytes: Uint8Array.from(Buffer.from(x, 'base64url')) };
});

const digest = (bytes) => Uint8Array.from(createHash('sha256').update(bytes).digest());
const publicKeyOf = (bytes) => {
  const x = Buffer.from(bytes).toString('base64url');
  return createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
};

async function sign(at, named, parent) {
  const { exp, actions, prefix } = restrictionAt(at);
  const claims = new Map([
    [1, exp],
    [2, actions],
    [3, prefix],
    [4, keys[at + 1].bytes],
  ]);
  if (named) claims.set(5, delegateAt(at));
  if (parent !== undefined) claims.set(6, digest(parent));
  const header = [[Headers.Algorithm, Algorithms.EdDSA]];
  return Uint8Array.from((await Sign1.sign(header, undefined, encode(claims), keys[at].privateKey)).encode());
}

/** @type {import('../compare/peer.ts').Party<Uint8Array, Uint8Array>} */
const party = {
  mint: async (named) => encode([await sign(0, named)]),
  async attenuate(held, at, named) {
    const tokens = decode(held);
    return encode([...tokens, await sign(at, named, tokens.at(-1))]);
  },
  seal: (held) => held,
  async authorize(sent, asked) {
    let key = keys[0].publicKey;
    let parent;
    try {
      for (const token of decode(sent)) {
        const signed = Sign1.decode(token);
        await signed.verify(key);
        const claims = decode(signed.payload);
        if (parent !== undefined && Buffer.compare(claims.get(6), digest(parent)) !== 0) return false;
        const restriction = { exp: claims.get(1), actions: claims.get(2), prefix: claims.get(3) };
        if (!admits(restriction, asked)) return false;
        key = publicKeyOf(claims.get(4));
        parent = token;
      }
      return true;
    } catch {
      return false;
    }
  },
  sizeHeld: (held) => held.length,
  sizeSent: (sent) => sent.length,
  tamper: (sent) => Uint8Array.from(alter(sent)),
};

/** @type {readonly import('../compare/peer.ts').Peer[]} */
export const peers = [
  {
    name: '@auth0/cose, chain of COSE_Sign1',
    packages: ['@auth0/cose', 'cbor-x'],
    imports: { modules: ['@auth0/cose', 'cbor-x'] },
    language: 'JavaScript',
    notes: 'Ed25519 by node:crypto; how tokens make a chain is the caller’s',
    duties: { possession: false, replay: false, audience: false },
    gather: () => party,
  },
];
