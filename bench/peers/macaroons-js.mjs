import { randomBytes } from 'node:crypto';
import macaroons from 'macaroons.js';
import { conditionsAt, satisfies } from './macaroon-conditions.mjs';

const { MacaroonsBuilder, MacaroonsVerifier } = macaroons;
const key = randomBytes(32);

function add(builder, at, named) {
  for (const condition of conditionsAt(at, named)) builder.add_first_party_caveat(condition);
  return builder.getMacaroon().serialize();
}

const size = (text) => Buffer.from(text, 'base64url').length;

/** @type {import('../compare/peer.ts').Party<string, string>} */
const party = {
  mint: (named) => add(new MacaroonsBuilder('', key, 'grant-1'), 0, named),
  attenuate: (held, at, named) => add(MacaroonsBuilder.modify(MacaroonsBuilder.deserialize(held)), at, named),
  seal: (held) => held,
  authorize(sent, asked) {
    try {
      const verifier = new MacaroonsVerifier(MacaroonsBuilder.deserialize(sent));
      verifier.satisfyGeneral((condition) => satisfies(condition, asked));
      return verifier.isValid(key);
    } catch {
      return false;
    }
  },
  sizeHeld: size,
  sizeSent: size,
  tamper(sent) {
    const bytes = Buffer.from(sent, 'base64url');
    const at = bytes.indexOf('list');
    bytes[at] ^= 1;
    return bytes.toString('base64url');
  },
};

/** @type {readonly import('../compare/peer.ts').Peer[]} */
export const peers = [
  {
    name: 'macaroons.js',
    packages: ['macaroons.js'],
    imports: { modules: ['macaroons.js'] },
    language: 'JavaScript',
    notes: 'HMAC by node:crypto; what a caveat means is the caller’s',
    duties: { possession: false, replay: false, audience: false },
    gather: () => party,
  },
];
