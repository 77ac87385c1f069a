import { stage } from '../compare/stage.ts';
import { partiesOf } from './writ-party.mjs';

const main = stage(['sodium-native']);
const [holders, service] = await Promise.all([import(stage(['sodium-native'])), import(main)]);

// It is optional, so a package that does not take it would be measured without it, under the wrong name.
if (service.ed25519Backend !== 'sodium-native') throw new Error('writ did not load sodium-native');

/** @type {readonly import('../compare/peer.ts').Peer[]} */
export const peers = [
  {
    name: 'writ, Ed25519, sodium-native',
    packages: ['writ', 'sodium-native'],
    imports: { modules: [main] },
    language: 'JavaScript',
    notes: 'Ed25519 by libsodium, where it is installed',
    duties: { possession: true, replay: true, audience: true },
    strangers: 48,
    gather: partiesOf(holders, service, 'ed25519'),
  },
];
