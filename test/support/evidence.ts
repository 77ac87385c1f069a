import { decode } from 'cborg';
import { type Evidence, readEvidence } from '../../src/evidence/read-evidence.ts';
import type { Status, SubjectStatus } from '../../src/evidence/status.ts';
import {
  base64url,
  cbor,
  claims,
  type Forged,
  headerOf,
  type Item,
  NOW,
  type Pair,
  pair,
  signEd25519,
  signedBytes,
} from './forge.ts';

// Builds evidence, right and wrong, from the spec and not from src, as the forge builds tokens.

type Entries = Iterable<readonly [number, Item]>;

/** How a piece of evidence is made; what is left out is made right. */
export interface Making {
  /** The number of the kind on the wire. */
  readonly kind?: Item;
  readonly label?: string;
  readonly link?: Uint8Array;
  readonly header?: Item;
  readonly unprotected?: Item;
  readonly payloadBytes?: Uint8Array;
  readonly proof?: Item;
}

const NUMBERS = { status: 1, approval: 2, consent: 3 } as const;
const NOTHING = new Uint8Array();

/** People and services of the scene that sign evidence. */
export const keeper = pair('keeper');
export const auditor = pair('auditor');
export const boss = pair('boss');
export const second = pair('second');

/** The subject that the scene's `alive` is about by default. */
export const SUBJECT = 'mailto:cfo@acme.example#q3-report';

/** The bytes of a signed piece of evidence. */
export function evidenceOf(
  kind: keyof typeof NUMBERS,
  signer: Pair,
  payload: Item,
  made: Making = {},
): Uint8Array {
  const header = cbor(made.header ?? headerOf(2, signer.kid));
  const bytes = made.payloadBytes ?? cbor(payload);
  const signed = signedBytes(2, made.label ?? kind, made.link ?? NOTHING, header, bytes);
  const proof = made.proof ?? signEd25519(signer, signed);
  return cbor([made.kind ?? NUMBERS[kind], [header, made.unprotected ?? new Map(), bytes, proof]]);
}

/** Evidence as it stands behind a token. */
export function textOfEvidence(...items: readonly Uint8Array[]): string {
  return items.map((bytes) => `~${base64url(bytes)}`).join('');
}

/** The states of a mission, as numbers on the wire. */
export const [ACTIVE, SUSPENDED, COMPLETED, REVOKED] = [1, 2, 3, 4] as const;

/** What a status says of a subject: its state, and ids that are revoked until the scene is long over. */
export function entryOf(state: Item = ACTIVE, ...ids: readonly Uint8Array[]): Item {
  const sorted = ids.map((id) => [id, NOW + 99_999]).sort((a, b) => Buffer.compare(cbor(a), cbor(b)));
  return [state, sorted];
}

/** The payload of a status of one subject, with changes. */
export function statusPayload(
  issued = NOW,
  entry: Item = entryOf(),
  changes: Entries = [],
  subject: Item = SUBJECT,
): Map<number, Item> {
  return claims(
    [
      [4, issued + 3600],
      [6, issued],
      [8, new Map([[subject, entry]])],
    ],
    changes,
  );
}

/** The text of a status of one subject. */
export function statusText(
  signer: Pair,
  issued = NOW,
  entry: Item = entryOf(),
  subject: Item = SUBJECT,
  changes: Entries = [],
): string {
  return textOfEvidence(evidenceOf('status', signer, statusPayload(issued, entry, changes, subject)));
}

/** The payload of an approval of what a sealed token asks, with changes. */
export function approvalPayload({ invocation }: Forged, changes: Entries = []): Map<number, Item> {
  const asked: Map<number, Item> = decode(invocation?.payload as Uint8Array, { useMaps: true });
  const bound = [...asked].filter(([key]) => [1, 2, 3, 7, 8].includes(key));
  return claims(bound, [[4, NOW + 600], [6, NOW], [10, true]], changes); // biome-ignore format: claims in a row
}

/** The text of an approval of what a sealed token asks, with changes; by default a yes. */
export function approvalText(forged: Forged, signer: Pair, changes: Entries = [], made: Making = {}): string {
  const link = forged.blocks.at(-1)?.id as Uint8Array;
  return textOfEvidence(evidenceOf('approval', signer, approvalPayload(forged, changes), { link, ...made }));
}

/** The text of a consent to the grant that a token begins with. */
export function consentText({ blocks }: Pick<Forged, 'blocks'>, signer: Pair, iat = NOW): string {
  const link = blocks[0]?.id as Uint8Array;
  return textOfEvidence(evidenceOf('consent', signer, new Map([[6, iat]]), { link }));
}

/** What a status that was read says of a subject. */
export function stateOf({ claims: { subjects } }: Status, subject: string): SubjectStatus {
  const entry = subjects.get(subject);
  if (entry === undefined) throw new Error(`nothing is said of ${subject}`);
  return entry;
}

/** Evidence as it was read from the text behind a token. */
export function readAll(text: string): Evidence[] {
  return text
    .split('~')
    .slice(1)
    .map((part, i) => readEvidence(Uint8Array.from(Buffer.from(part, 'base64url')), `evidence ${i}`));
}

/** An item whose signature is counted whenever it is looked at, which whoever verifies it must. */
export function watchProof<T extends Evidence>(item: T): readonly [item: T, reads: () => number] {
  let reads = 0;
  const { proof } = item;
  const watched = Object.defineProperty({ ...item }, 'proof', {
    enumerable: true,
    get() {
      reads++;
      return proof;
    },
  });
  return [watched, () => reads];
}
