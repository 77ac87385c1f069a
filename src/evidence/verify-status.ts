import { VerifyError } from '../errors.ts';
import type { PublicKey } from '../keys/public-key.ts';
import { authenticate, isSigner } from './authentic.ts';
import { decodeEvidence } from './evidence-text.ts';
import type { Status } from './status.ts';

const NO_LINK = new Uint8Array();

/**
 * Reads a status statement and verifies its signature (spec §5.8.1). Whether it is fresh, and the latest, a verifier
 * decides for each chain.
 *
 * @throws DecodeError; VerifyError `evidence.signature` where it is not by the key, `key.weak`
 * @example
 * verifyStatus(text, authority).claims.subjects.get('mailto:cfo@acme.example#q3-report')?.state
 */
export function verifyStatus(text: string, key: PublicKey): Status {
  const [item, ...more] = decodeEvidence(text);
  if (item?.kind !== 'status' || more.length > 0 || !isSigner(item, key))
    throw new VerifyError('evidence.signature', { path: 'status' });
  authenticate(item, key, NO_LINK, 'status');
  return item;
}
