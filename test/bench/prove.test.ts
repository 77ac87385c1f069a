import { expect, test } from 'vitest';
import type { Party, Peer } from '../../bench/compare/peer.ts';
import { prove } from '../../bench/compare/prove.ts';
import { type Asked, REQUEST } from '../../bench/compare/scenario.ts';

/** A peer that answers by a rule; what it sends is a text, and altered it is longer. */
function answering(rule: (sent: string, asked: Asked) => boolean): Peer {
  const party: Party<string, string> = {
    mint: () => 'token',
    attenuate: (held) => held,
    seal: (held) => held,
    authorize: rule,
    sizeHeld: (held) => held.length,
    sizeSent: (sent) => sent.length,
    tamper: (sent) => `${sent}!`,
  };
  return {
    name: 'one',
    packages: [],
    imports: { modules: [] },
    language: 'none',
    notes: '',
    duties: { possession: false, replay: false, audience: false },
    gather: () => party as Party,
  };
}

const good = ({ action, resource }: Asked) => action === REQUEST.action && resource === REQUEST.resource;

test('a peer that does the work is proved', async () => {
  const peer = answering((sent, asked) => sent === 'token' && good(asked));
  await expect(prove(peer)).resolves.toBeUndefined();
});

test.each([
  ['refuses all', () => false, 'refuses the good request'],
  ['does not look at the bytes', (_: string, asked: Asked) => good(asked), 'allows what was altered'],
  [
    'does not look at the action',
    (sent: string, { resource }: Asked) => sent === 'token' && resource === REQUEST.resource,
    'allows write',
  ],
  [
    'does not look at the resource',
    (sent: string, { action }: Asked) => sent === 'token' && action === REQUEST.action,
    'allows read secrets',
  ],
])('a peer that %s is not', async (_, rule, why) => {
  await expect(prove(answering(rule))).rejects.toThrow(why);
});
