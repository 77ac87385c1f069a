import { equal, toBase64url } from '../bytes.ts';
import { type Code, codes } from '../codes.ts';
import { sha256 } from '../crypto/sha256.ts';
import { DecodeError, VerifyError } from '../errors.ts';
import type { ApprovalItem } from '../evidence/approval.ts';
import { authenticate, isSigner } from '../evidence/authentic.ts';
import type { Consent } from '../evidence/consent.ts';
import { linksOf, type NamedKey, namedKeys } from '../evidence/named-keys.ts';
import { type Evidence, readEvidence } from '../evidence/read-evidence.ts';
import type { MissionState, Status } from '../evidence/status.ts';
import { isSameRequest } from '../evidence/weigh-approval.ts';
import type { PublicKey } from '../keys/public-key.ts';
import type { Anchor } from '../keys/trust.ts';
import { formatTime } from '../time.ts';
import { defaultSubject } from '../token/claims.ts';
import { type Link, linkBlocks } from '../token/links.ts';
import type { Token } from '../token/model.ts';

/** Where a chain names a key for evidence; the block is `null` where the trust anchor does. */
export type NamedFor = Omit<NamedKey, 'key'>;

/** What a status says of one subject. */
export interface InspectedSubject {
  readonly subject: string;
  readonly state: MissionState;
  /** Whether the chain asks about it. */
  readonly asked: boolean;
  /** How many ids are revoked, and of this chain which blocks, and which blocks by the keys of their delegates. */
  readonly revoked: number;
  readonly blocks: readonly number[];
  readonly keys: readonly number[];
}

/** What one piece of evidence says, by its kind. */
export type EvidenceSays =
  | {
      readonly kind: 'status';
      readonly issued: number;
      readonly exp: number;
      readonly subjects: readonly InspectedSubject[];
    }
  | ({
      readonly kind: 'approval';
      /** Whether it is for the nonce, and for the request, that are sealed. */
      readonly sameNonce: boolean;
      readonly sameRequest: boolean;
    } & ApprovalItem['claims'])
  | ({ readonly kind: 'consent' } & Consent['claims']);

/** One piece of evidence on a token. */
export type InspectedEvidence = {
  /** What it says, a line each. */
  readonly words: readonly string[];
  readonly bytes: number;
} & (ReadEvidence | { readonly kind: 'malformed'; readonly code: Code });

type ReadEvidence = EvidenceSays & {
  /** The thumbprint of the key that signed it, as it says, in base64url. */
  readonly kid: string;
  /** That key, and where the chain names it; `null` and nowhere where it does not, and then the piece is ignored. */
  readonly key: PublicKey | null;
  readonly named: readonly NamedFor[];
  /** `unnamed`: the chain names no such key, so nothing can be verified. */
  readonly signature: 'held' | 'failed' | 'unnamed';
};

/**
 * Reads the evidence that is attached to a token, and verifies it by the keys that the chain names. Whether those are the
 * right ones, the chain says, which is not verified here. What is no evidence is said to be none.
 */
export function inspectEvidence(token: Token, anchor: Partial<Anchor> = {}): InspectedEvidence[] {
  const links = linkBlocks(token.suite, token.blocks) as [Link, ...Link[]];
  const last = links.at(-1) ?? links[0];
  const linkOf = linksOf(links[0].id, last.id);
  const keys = namedKeys(token.blocks, anchor);
  return token.evidence.map((bytes, i) => {
    const path = `evidence ${i}`;
    const item = tryRead(bytes, path);
    if (item instanceof DecodeError) {
      const { code } = item;
      return { kind: 'malformed', code, words: [`${code}: ${codes[code][1]}`], bytes: bytes.length };
    }
    const own = keys.filter(({ key }) => isSigner(item, key));
    const key = own[0]?.key ?? null;
    const says = describe(item, token, links, anchor);
    return {
      ...says,
      kid: toBase64url(item.kid),
      key,
      named: own.map(({ block, caveat }) => ({ block, caveat })),
      signature: key === null ? 'unnamed' : holds(item, key, linkOf[item.kind], path) ? 'held' : 'failed',
      words: inWords(says),
      bytes: bytes.length,
    };
  });
}

function tryRead(bytes: Uint8Array, path: string): Evidence | DecodeError {
  try {
    return readEvidence(bytes, path);
  } catch (error) {
    if (error instanceof DecodeError) return error;
    throw error;
  }
}

function holds(item: Evidence, key: PublicKey, link: Uint8Array, path: string): boolean {
  try {
    authenticate(item, key, link, path);
    return true;
  } catch (error) {
    if (error instanceof VerifyError) return false;
    throw error;
  }
}

function describe(
  { kind, claims }: Evidence,
  token: Token,
  links: readonly Link[],
  anchor: Partial<Anchor>,
): EvidenceSays {
  switch (kind) {
    case 'status': {
      const { issued, exp } = claims;
      return { kind, issued, exp, subjects: describeSubjects(claims, token, links, anchor) };
    }
    case 'approval': {
      const sealed = token.invocation?.claims;
      return {
        kind,
        ...claims,
        sameNonce: sealed !== undefined && equal(sealed.nonce, claims.nonce),
        sameRequest: sealed !== undefined && isSameRequest(claims, sealed),
      };
    }
    case 'consent':
      return { kind, ...claims };
  }
}

// What the chain asks about comes first, so that a feed for many does not hide it.
function describeSubjects(
  { subjects }: Status['claims'],
  { blocks }: Token,
  links: readonly Link[],
  { alive }: Partial<Anchor>,
): InspectedSubject[] {
  const ofMission = defaultSubject(blocks[0].claims);
  const entries = [...blocks.flatMap(({ claims }) => claims.alive ?? []), ...(alive ? [alive] : [])];
  const wanted = new Set(entries.map(({ subject = ofMission }) => subject));
  const all = [...subjects].map(([subject, { state, revoked }]): InspectedSubject => {
    const listed = (idOf: (i: number) => Uint8Array | undefined) =>
      blocks.flatMap((_, i) => {
        const id = idOf(i);
        return id !== undefined && revoked.has(id) ? [i] : [];
      });
    return {
      subject,
      state,
      asked: wanted.has(subject),
      revoked: revoked.size,
      blocks: listed((i) => links[i]?.id),
      keys: listed((i) => {
        const key = blocks[i]?.claims.key;
        return key && sha256(key.bytes);
      }),
    };
  });
  return [...all.filter(({ asked }) => asked), ...all.filter(({ asked }) => !asked)];
}

function inWords(says: EvidenceSays): string[] {
  switch (says.kind) {
    case 'status':
      return [
        `issued ${formatTime(says.issued)}, good until ${formatTime(says.exp)}`,
        ...says.subjects.map(describeSubject),
      ];
    case 'approval': {
      const { approved, action, resource, audience, iat, exp, sameNonce, sameRequest } = says;
      const to = sameRequest
        ? sameNonce
          ? 'the sealed request'
          : 'this request, sealed with another nonce'
        : `another request: ${action} ${resource} at ${audience}`;
      return [`${approved ? 'yes' : 'no'} to ${to}`, `of ${formatTime(iat)}, good until ${formatTime(exp)}`];
    }
    case 'consent':
      return [`consents to the grant, ${formatTime(says.iat)}`];
  }
}

function describeSubject({ subject, state, asked, revoked, blocks, keys }: InspectedSubject): string {
  const own = [...blocks.map((i) => `block ${i}`), ...keys.map((i) => `the key of block ${i}`)];
  const listed = own.length === 0 ? '' : `, of this chain ${own.join(', ')}`;
  return `${subject}: ${state}${revoked === 0 ? '' : `, ${revoked} revoked`}${listed}${asked ? '' : ' (not asked about here)'}`;
}
