import { equal } from '../bytes.ts';
import { malformed } from '../cbor/expect.ts';
import { type Field, readFields } from '../cbor/fields.ts';
import { readCbor } from '../cbor/read.ts';
import { type CborValue, isArray, isBytes, isMap } from '../cbor/value.ts';
import { PROTECTED_KID } from '../cose.ts';
import { refuse } from '../errors.ts';
import { type ApprovalItem, approvalFields } from './approval.ts';
import { type Consent, consentFields } from './consent.ts';
import { type Kind, kinds } from './item.ts';
import { type Status, statusFields } from './status.ts';

/** One piece of evidence of any kind that was read; nothing about it is verified. */
export type Evidence = Status | ApprovalItem | Consent;

const fields: Readonly<Record<Kind, readonly Field[]>> = {
  status: statusFields,
  approval: approvalFields,
  consent: consentFields,
};

const PREFIX = PROTECTED_KID.ed25519;
const KID_LENGTH = 32;

/**
 * Reads one piece of evidence (spec §5.8, §7). It verifies nothing.
 *
 * @param path where it stands, such as `evidence 0`; errors name it
 * @throws DecodeError `evidence.shape`, `evidence.kind`, `token.header`, `cbor.*`, `limit.*`, `claim.*`
 */
export function readEvidence(bytes: Uint8Array, path: string): Evidence {
  const item = readCbor(bytes, path);
  const [number, signed] = expectItems(item, 2, path) as [CborValue, CborValue];
  const [header, unprotected, payload, proof] = expectItems(signed, 4, path);
  const kind = (Object.keys(kinds) as Kind[]).find((name) => kinds[name] === number);
  if (kind === undefined) return refuse('evidence.kind', path);
  const known = isBytes(header) && header.length === PREFIX.length + KID_LENGTH;
  const empty = isMap(unprotected) && unprotected.size === 0;
  if (!known || !empty || !equal(header.subarray(0, PREFIX.length), PREFIX))
    return refuse('token.header', path);
  if (!isBytes(payload) || !isBytes(proof) || proof.length !== 64) return refuse('evidence.shape', path);
  const claims = readClaims(kind, payload, path);
  const kid = header.subarray(PREFIX.length);
  return { kind, kid, header, payload, proof, bytes, claims } as Evidence;
}

// A status lists what its bytes bound; all else has the entries that everything has.
function readClaims(kind: Kind, payload: Uint8Array, path: string): Evidence['claims'] {
  const entries = kind === 'status' ? Number.POSITIVE_INFINITY : undefined;
  const claims = readFields(readCbor(payload, path, entries), path, fields[kind]) as unknown;
  if (kind === 'approval') {
    const { exp, iat } = claims as ApprovalItem['claims'];
    if (exp <= iat) malformed(`${path}, exp`);
  }
  return claims as Evidence['claims'];
}

function expectItems(value: CborValue, length: number, path: string): readonly CborValue[] {
  return isArray(value) && value.length === length ? value : refuse('evidence.shape', path);
}
