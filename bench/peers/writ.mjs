import { stage } from '../compare/stage.ts';
import { partiesOf } from './writ-party.mjs';

const main = stage([]);
const [holders, service] = await Promise.all([import(stage([])), import(main)]);
const duties = { possession: true, replay: true, audience: true };
const common = {
  packages: ['writ'],
  imports: { modules: [main] },
  language: 'JavaScript',
  duties,
};

/** @type {readonly import('../compare/peer.ts').Peer[]} */
export const peers = [
  {
    ...common,
    name: 'writ, Ed25519',
    notes: 'Ed25519 by node:crypto',
    strangers: 48,
    gather: partiesOf(holders, service, 'ed25519'),
  },
  {
    ...common,
    name: 'writ, HMAC',
    notes: 'HMAC by node:crypto; within one trust domain',
    // Made in a tenth of the time.
    strangers: 400,
    gather: partiesOf(holders, service, 'hmac'),
  },
];
