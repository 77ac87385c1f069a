import { fromUtf8, toHex } from '../bytes.ts';
import { approval as approvalCaveat } from '../caveats/approval.ts';
import { claimsOf } from '../decide/decide.ts';
import type { Asked, Decision, Denial, OpenNeed } from '../decide/decision.ts';
import { isLeftToStore } from '../decide/left-to-store.ts';
import type { PublicKey } from '../keys/public-key.ts';
import type { Trust } from '../keys/trust.ts';
import type { Chain } from '../token/chain.ts';
import { defaultSubject } from '../token/claims.ts';
import type { InvocationClaims } from '../token/model.ts';
import type { ApprovalItem } from './approval.ts';
import { authenticate, isSigner, kidOf } from './authentic.ts';
import type { Finding, Said } from './finding.ts';
import { isOver } from './is-over.ts';
import type { Kind } from './item.ts';
import { mergeAlarms } from './merge-alarms.ts';
import { linksOf, namedKeys } from './named-keys.ts';
import type { Evidence } from './read-evidence.ts';
import { weighAlive } from './weigh-alive.ts';
import { type AskedApproval, weighApproval } from './weigh-approval.ts';
import { weighConsent } from './weigh-consent.ts';

/** What `weigh` needs beside the chain and what logic said. */
export interface WeighOptions {
  /** All that is at hand: what rides on the token, and what the service has loaded. */
  readonly evidence: readonly Evidence[];
  /** Whose own key a consent may be by. */
  readonly trust: Trust;
  /** The text that was presented, of which an approver's tool needs the token. */
  readonly presentation: string;
  /** The raw body of the request, where it came as one. */
  readonly body?: Uint8Array | undefined;
}

/** A decision with all evidence weighed, and what a store is to remember of it. */
export interface Weighed {
  readonly decision: Decision;
  readonly said: readonly Said[];
  /** Whether the request relies on approvals, which makes it single for good; or an approver said no, which is final. */
  readonly approval: 'used' | 'refused' | null;
}

type Evidenced = 'alive' | 'approval' | 'consent';

/**
 * Replaces what logic said of `alive`, `approval` and `consent` by what the evidence at hand says (spec §9.7).
 *
 * @param decision of `decide`, which denies each of them
 * @throws VerifyError `key.weak`, `evidence.signature`: an item of a key that the chain names does not verify
 */
export function weigh(chain: Chain, decision: Decision, options: WeighOptions): Weighed {
  const { evidence } = options;
  authenticateAll(chain, evidence);
  if (!decision.denials.some(({ caveat }) => isEvidenced(caveat)))
    return { decision, said: [], approval: null };
  const weighing = { ...options, claims: claimsOf(chain), known: findKnown(chain, evidence) };
  const findings: Finding[] = [];
  const denials: Denial[] = [];
  const needs: (OpenNeed | undefined)[] = [];
  const done = new Set<string>();
  for (const denial of decision.denials) {
    const { block, caveat } = denial;
    if (!isEvidenced(caveat)) {
      denials.push(denial);
      needs.push(isLeftToStore(denial) ? { kind: 'store', block } : undefined);
    } else if (!done.has(`${block} ${caveat}`)) {
      // All entries of one caveat stand one behind the other.
      done.add(`${block} ${caveat}`);
      const found = weighers[caveat](chain, decision, weighing, block as number);
      findings.push(...found);
      for (const { wanting } of found) {
        denials.push(...wanting.map((one) => one.denial));
        needs.push(...wanting.map((one) => one.need));
      }
    }
  }
  const relied = findings.flatMap((found) => found.relied);
  const alarms = mergeAlarms(
    [],
    findings.flatMap((found) => found.alarms),
  );
  const said = findings.flatMap((found) => found.said);
  const isOrdered = said.length === 0 || isOver(denials);
  const open = needs.filter((need) => need !== undefined);
  return {
    said,
    approval: denials.some(({ code }) => code === 'approval.refused')
      ? 'refused'
      : relied.some(({ kind }) => kind === 'approval')
        ? 'used'
        : null,
    decision: {
      ...decision,
      verdict: denials.length === 0 ? 'allow' : 'deny',
      code: denials[0]?.code ?? 'allowed',
      denials,
      needs: open.length === denials.length ? open : [],
      notEstablished: isOrdered ? decision.notEstablished : [...decision.notEstablished, 'order'],
      grantor: proveGrantor(decision, relied),
      ...(relied.length > 0 && { relied }),
      ...(alarms.length > 0 && { alarms }),
    },
  };
}

/** What all caveats are weighed with. */
interface Weighing extends WeighOptions {
  readonly claims: ReturnType<typeof claimsOf>;
  /** The approvals by a key that any `approval` of the chain names. */
  readonly known: ReadonlySet<ApprovalItem>;
}

type Weigher = (chain: Chain, decision: Decision, weighing: Weighing, block: number) => Finding[];

const weighers: Readonly<Record<Evidenced, Weigher>> = {
  alive(chain, { now }, { evidence, claims }, block) {
    const entries = claims[block]?.alive ?? [];
    const ofMission = defaultSubject(chain.blocks[0].claims);
    return entries.map(({ key, within, subject = ofMission }) =>
      weighAlive({ key, within, subject }, ofKind(evidence, 'status'), { blocks: chain.blocks, block, now }),
    );
  },
  approval({ blocks, invocation }, { now, audience, request }, weighing, block) {
    if (request === null || invocation === undefined) return [];
    const items = ofKind(weighing.evidence, 'approval');
    const place = { below: [], audiences: undefined, subject: '' };
    const open = approvalCaveat.check(
      blocks[block]?.claims.approval ?? [],
      { now, audience, ...request, context: {} },
      place,
    );
    const shown = showRequest(invocation, request, weighing);
    return open.map(({ need }) =>
      weighApproval({ ...(need as AskedApproval), block, ...shown }, items, {
        blocks,
        invocation,
        known: weighing.known,
        now,
      }),
    );
  },
  consent({ blocks }, { now }, { evidence, trust }) {
    const { consent, grantor } = blocks[0].claims;
    return [weighConsent(consent as PublicKey, ofKind(evidence, 'consent'), { grantor, trust, now })];
  },
};

/** What an approver's tool checks: the sealed token without what rides on it, and what its digest is of. */
function showRequest(
  { arguments: sealed }: InvocationClaims,
  { args }: Asked,
  { presentation, body }: WeighOptions,
): Pick<AskedApproval, 'presentation' | 'args' | 'body'> {
  const [bare = ''] = presentation.split('~', 1);
  if (sealed?.mode === 'jcs') return { presentation: bare, args };
  const text = sealed && body && fromUtf8(body);
  return { presentation: bare, ...(text !== undefined && { body: text }) };
}

function isEvidenced(caveat: Denial['caveat']): caveat is Evidenced {
  return Object.hasOwn(weighers, caveat);
}

function ofKind<K extends Kind>(evidence: readonly Evidence[], kind: K): Extract<Evidence, { kind: K }>[] {
  return evidence.filter((item): item is Extract<Evidence, { kind: K }> => item.kind === kind);
}

// Once for all entries of all blocks, of which there can be as many as approvers.
function findKnown({ blocks }: Chain, evidence: readonly Evidence[]): ReadonlySet<ApprovalItem> {
  const items = ofKind(evidence, 'approval');
  if (items.length === 0) return new Set();
  const approvers = namedKeys(blocks, {}).filter((named) => named.caveat === 'approval');
  return new Set(items.filter((item) => approvers.some(({ key }) => isSigner(item, key))));
}

// What no key of the chain signed says nothing here; what one of them did must hold, for whatever it is used.
function authenticateAll(chain: Chain, evidence: readonly Evidence[]): void {
  if (evidence.length === 0) return;
  const { blocks, anchor } = chain;
  const named = new Map(namedKeys(blocks, anchor).map(({ key }) => [toHex(kidOf(key)), key]));
  const links = linksOf(blocks[0].id, (blocks.at(-1) ?? blocks[0]).id);
  for (const [i, item] of evidence.entries()) {
    const key = named.get(toHex(item.kid));
    if (key !== undefined) authenticate(item, key, links[item.kind], `evidence ${i}`);
  }
}

function proveGrantor({ grantor }: Decision, relied: Decision['relied'] = []): Decision['grantor'] {
  const proven = grantor.known === 'attested' && relied.some(({ kind }) => kind === 'consent');
  return proven ? { ...grantor, known: 'consent' } : grantor;
}
