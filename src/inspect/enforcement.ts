import type { CaveatName, Caveats } from '../caveats/all.ts';
import type { Suite } from '../keys/suite.ts';

/** What a reader must not take for granted about a caveat of a block; nothing where every verifier enforces it (spec §5.5). */
export function caveatNotes(name: CaveatName, caveats: Caveats, suite: Suite): readonly string[] {
  switch (name) {
    case 'delegation':
      return delegationNotes(caveats.delegation?.to, suite);
    case 'context':
      return [`a service that does not observe ${Object.keys(caveats.context ?? {}).join(', ')} denies`];
    case 'limits':
    case 'plan':
      return ['counted in a store; a verifier without one denies'];
    case 'alive':
      return ['needs a fresh status at every use; without one it denies'];
    case 'approval':
      return ['needs approvals made for this very request; without them it denies'];
    case 'consent':
      return ['needs the grantor’s own proof; without it, it denies'];
    case 'ext':
      return ['needs a handler; a service without one denies'];
    default:
      return [];
  }
}

function delegationNotes(to: NonNullable<Caveats['delegation']>['to'], suite: Suite): readonly string[] {
  if (to === undefined) return [];
  const named = to.some((party) => typeof party === 'string');
  const keyed = to.some((party) => typeof party !== 'string');
  return [
    ...(named ? ['a name is what its delegator claims, and proves nothing by itself'] : []),
    ...(keyed && suite === 'hmac' ? ['blocks of this suite have no keys, so a key admits nobody'] : []),
  ];
}

/** What a suite leaves unproven, however carefully a service verifies (spec §12). */
export function suiteNotes(suite: Suite): readonly string[] {
  if (suite === 'ed25519') return ['a holder can always share its key: the chain names keys, not machines'];
  return [
    'every verifier holds the root secret and could forge: this proves nothing to outsiders',
    'whoever has the open token is its holder: no key is bound to a name',
  ];
}
