import { randomBytes } from 'node:crypto';
import macaroon from 'macaroon';
import { conditionsAt, satisfies } from './macaroon-conditions.mjs';

const key = new Uint8Array(randomBytes(32));
// Its binary form cannot be exported beyond three caveats (a buffer that doubles with each), so it is its JSON.
const write = (token) => JSON.stringify(token.exportJSON());
const read = (text) => macaroon.importMacaroon(JSON.parse(text));

function add(token, at, named) {
  for (const condition of conditionsAt(at, named)) token.addFirstPartyCaveat(condition);
  return write(token);
}

/** @type {import('../compare/peer.ts').Party<string, string>} */
const party = {
  mint: (named) =>
    add(macaroon.newMacaroon({ version: 2, rootKey: key, identifier: 'grant-1', location: '' }), 0, named),
  attenuate: (held, at, named) => add(read(held), at, named),
  seal: (held) => held,
  authorize(sent, asked) {
    const check = (condition) => (satisfies(condition, asked) ? null : 'denied');
    try {
      read(sent).verify(key, check, []);
      return true;
    } catch {
      return false;
    }
  },
  sizeHeld: (held) => held.length,
  sizeSent: (sent) => sent.length,
  tamper: (sent) => sent.replace('action in list', 'action in lisT'),
};

/** @type {readonly import('../compare/peer.ts').Peer[]} */
export const peers = [
  {
    name: 'macaroon',
    packages: ['macaroon'],
    imports: { modules: ['macaroon'] },
    language: 'JavaScript',
    notes: 'HMAC by sjcl; JSON on the wire; what a caveat means is the caller’s',
    duties: { possession: false, replay: false, audience: false },
    gather: () => party,
  },
];
