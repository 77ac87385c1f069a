import { encodeKey, parseKey, sameKey } from '../keys/key-claim.ts';
import { describeKey, type PublicKey } from '../keys/public-key.ts';
import type { Caveat, CaveatForm } from './caveat.ts';

/** `consent`: the human's own key must prove the grant; in the root only (spec §5.5.11). */
export const consent: Caveat<PublicKey> = {
  key: 17,
  parse: parseKey,
  // A consent is weighed afterwards.
  check: (key) => [
    { code: 'consent.proof', expected: 'proof', actual: null, need: { kind: 'consent', key } },
  ],
};

export const consentForm: CaveatForm<PublicKey> = {
  enforcement: 'evidence',
  encode: encodeKey,
  contains: sameKey,
  meet: (a, b) => (sameKey(a, b) ? a : undefined),
  describe: (key) => [`only with the grantor's own consent by ${describeKey(key)}`],
};
