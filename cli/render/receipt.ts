import { toBase64url, toHex } from '../../src/bytes.ts';
import { codes } from '../../src/codes.ts';
import type { LogReport } from '../../src/entry/receipts.ts';
import { DecodeError, type Evidence, type Inspection, importPublicJwk, inspect } from '../../src/index.ts';
import { describeKey } from '../../src/keys/public-key.ts';
import { printable } from '../../src/printable.ts';
import { formatDuration, formatTime } from '../../src/time.ts';
import type { Audited, LogFlags } from '../log.ts';
import { style } from '../output.ts';
import { renderAuthority, renderChain } from './inspection.ts';
import { COLUMNS, heading, list, row, shorten, wrap } from './layout.ts';

const MARGIN = '   ';

// As wide as the longest code of a decision, so that what was asked stands in one column.
const CODE = 20;

/** A receipt in one line: its number, when, what was decided of what, by whom and for whom. */
export function renderLine({ number, time, summary, proof }: Audited): string {
  const { verdict, code, request, grantor, chain } = summary;
  const asked = request === null ? 'no request' : `${request.action} ${request.resource}`;
  const holder = chain.at(-1)?.delegate ?? '';
  const unproven = proof === undefined ? undefined : whyUnproven(proof);
  const decided = style(verdict === 'allow' ? 'green' : 'red', printable(code).padEnd(CODE));
  const end = unproven === undefined ? '' : style('red', `  NOT PROVEN: ${unproven}`);
  const who = printable(`${asked}  ${holder} for ${grantor.principal}`);
  return `${String(number).padStart(6)}  ${formatTime(time)}  ${decided}  ${who}${end}`;
}

/** Who authorised what, within which scope, and what of it is proven, as lines of at most 80 columns. */
export function renderReceipt(entry: Audited, report: LogReport, flags: LogFlags): string[] {
  const { number, time, summary, token } = entry;
  const { verdict, request, audience } = summary;
  const asked = request === null ? 'no request: the token was open' : `${request.action} ${request.resource}`;
  const inspection = token === null ? undefined : inspectKept(token, time);
  return [
    ...heading(`Receipt ${number}: ${verdict === 'allow' ? 'allowed' : 'denied'}  ${asked}`),
    ...row(MARGIN, 'decided', `${formatTime(time)}, at ${audience}`),
    ...renderReasons(entry),
    '',
    style('bold', 'Who authorised it'),
    ...row(
      MARGIN,
      'grantor',
      `${summary.grantor.principal}, ${HOW[summary.grantor.known](summary.grantor.by)}`,
    ),
    ...renderHands(entry, inspection),
    ...renderRelied(entry),
    '',
    style('bold', 'What is proven'),
    ...renderProof(entry, report, flags),
  ];
}

const HOW = {
  'own-key': () => 'with their own key',
  consent: (by: string) => `through ${by}, and by their own consent`,
  attested: (by: string) => `as ${by} attests`,
} as const;

function renderReasons({ summary }: Audited): string[] {
  const { denials, notEstablished } = summary;
  return [
    ...list(
      MARGIN,
      'denied by',
      denials.map(({ code, block, caveat }) => ({
        text: `${block === null ? caveat : `block ${block}`}, ${code}: ${codes[code]?.[1] ?? ''}`,
        style: 'red',
      })),
    ),
    ...list(
      MARGIN,
      'not checked',
      notEstablished.map((what) => ({ text: what })),
    ),
  ];
}

// A service may have recorded what is no token, and a receipt of that is to be shown too.
function inspectKept(token: Uint8Array, now: number): Inspection | undefined {
  try {
    return inspect(`writ_${toBase64url(token)}`, { now });
  } catch (error) {
    if (error instanceof DecodeError) return undefined;
    throw error;
  }
}

// Where there is no token, what the service recorded is all there is.
function renderHands({ summary, token }: Audited, inspection: Inspection | undefined): string[] {
  if (inspection !== undefined) return ['', ...renderChain(inspection), ...renderAuthority(inspection)];
  return [
    ...row(MARGIN, 'mission', `${summary.mission.id}: “${summary.mission.purpose}”`),
    ...list(
      MARGIN,
      'through',
      summary.chain.map(({ delegate, task }) => ({
        text: task === undefined ? delegate : `${delegate}, for “${task}”`,
      })),
    ),
    ...(token === null
      ? row(MARGIN, 'token', 'not kept, since it carried a secret', 'yellow')
      : row(MARGIN, 'token', 'NONE: what was recorded as one does not decode', 'red')),
  ];
}

function renderRelied({ summary }: Audited): string[] {
  const { relied = [] } = summary;
  if (relied.length === 0) return [];
  const texts = relied.map((one) => {
    const what =
      one.kind === 'status'
        ? `the status of ${one.subject}, ${formatDuration(one.age)} old`
        : `the ${one.kind} of ${formatTime(one.iat)}`;
    return { text: `${what}, by ${describeKey(importPublicJwk(one.key))}, for block ${one.block}` };
  });
  return ['', style('bold', 'What it relied on'), ...list(MARGIN, 'evidence', texts)];
}

function renderProof(entry: Audited, report: LogReport, flags: LogFlags): string[] {
  const { number, id, line, token, proof } = entry;
  const { key, pinned, size, checkpoints } = report;
  const covering = checkpoints.filter((one) => one.size > number).map((one) => one.size);
  return [
    ...row(
      MARGIN,
      'receipt',
      `signed, and number ${number} of ${size} in an unbroken chain, line ${line}`,
      'green',
    ),
    ...row(MARGIN, 'receipt id', id, 'dim'),
    ...row(MARGIN, 'by', describeKey(key)),
    ...(pinned
      ? []
      : row(MARGIN, '', 'which lay beside the log: name the key that you know as --key', 'yellow')),
    ...(covering.length === 0
      ? row(MARGIN, 'checkpoint', 'none covers it, so it would not be missed if it were cut off', 'yellow')
      : row(MARGIN, 'checkpoint', `signed, of ${Math.max(...covering)} receipts, this one among them`)),
    ...renderToken(proof, token),
    ...renderArguments(entry),
    ...list(
      MARGIN,
      'not proven',
      [
        ...(entry.summary.suite === 'hmac' || entry.proof?.chain?.suite === 'hmac'
          ? ['that the holder asked, since whoever has the root secret can make such tokens']
          : []),
        ...(flags.trust === undefined
          ? ['who granted, and that the holder asked: name your own trust file as --trust']
          : []),
        'that the service did what it allowed, or kept no other log',
        'what the service observed, and what its store counted',
      ].map((text) => ({ text })),
    ),
  ];
}

function renderToken(proof: Audited['proof'], token: Audited['token']): string[] {
  if (proof === undefined) {
    const text = token === null ? 'not kept' : 'kept, and not verified anew: no trust file was given';
    return row(MARGIN, 'token', text, 'yellow');
  }
  const { chain, findings, evidence } = proof;
  const unproven = whyUnproven(proof);
  if (chain === undefined) return row(MARGIN, 'token', `NOT PROVEN: ${unproven}`, 'red');
  const { principal, kind } = chain.anchor;
  const how = kind === 'human' ? 'by their own key' : 'an authority that attests the human';
  const known = evidence.flatMap(({ item, by, principal: who }) =>
    item === undefined || by === undefined
      ? []
      : [
          {
            text: `${nameOf(item)}, by ${describeKey(by)}${who === undefined ? '' : `, of ${who}`}`,
            ...(item.kind === 'approval' && !item.claims.approved && { style: 'red' as const }),
          },
        ],
  );
  return [
    ...row(
      MARGIN,
      'token',
      `VERIFIED back to ${principal}, ${how}, by your trust file, at that time`,
      'green',
    ),
    ...(unproven === undefined
      ? row(MARGIN, 'agrees', `with the receipt in ${findings.map(({ about }) => about).join(', ')}`)
      : list(
          MARGIN,
          'DIFFERS',
          findings
            .filter(({ agrees }) => !agrees)
            .map(({ about, recorded, proven }) => ({
              text: `${about}: recorded ${recorded}, in the token ${proven ?? 'nothing'}`,
              style: 'red',
            })),
        )),
    ...list(MARGIN, 'signed', known),
  ];
}

function nameOf(item: Evidence): string {
  switch (item.kind) {
    case 'approval':
      return `${item.claims.approved ? 'the approval' : 'THE REFUSAL'} of this very request`;
    case 'consent':
      return 'the consent';
    case 'status': {
      const all = [...item.claims.subjects].map(([subject, { state }]) => `${subject} ${state}`);
      return `a status of ${formatTime(item.claims.issued)}: ${shorten(all, (more) => more).join('; ')}`;
    }
  }
}

// The arguments themselves are in no receipt, since they may be personal.
function renderArguments({ token, time }: Audited): string[] {
  const sealed = token && inspectKept(token, time)?.invocation?.claims;
  if (!sealed) return [];
  const { arguments: digest } = sealed;
  const form = digest?.mode === 'body' ? 'the body' : 'their JCS form';
  return row(
    MARGIN,
    'arguments',
    digest === undefined ? 'none' : `SHA-256 of ${form} ${toHex(digest.digest)}`,
  );
}

function whyUnproven({ refused, findings }: NonNullable<Audited['proof']>): string | undefined {
  if (refused === 'secret') return 'the token was not kept, since it carried a secret';
  if (refused !== undefined) return `${refused}: ${codes[refused][1]}`;
  const differing = findings.filter(({ agrees }) => !agrees).map(({ about }) => about);
  return differing.length === 0 ? undefined : `the token differs in ${differing.join(', ')}`;
}

/** What became of verifying a log, as lines of at most 80 columns. */
export function renderLogReport(report: LogReport, proven: number | undefined): string[] {
  const { key, pinned, size, head, checkpoints, unsealed, problem } = report;
  const most = Math.max(0, ...checkpoints.map((one) => one.size));
  const verdict = problem === undefined ? 'The log holds' : 'THE LOG DOES NOT HOLD';
  const count = `${size} ${size === 1 ? 'receipt' : 'receipts'}`;
  return [
    ...wrap(`${verdict}: ${count} verified, each signed and behind the one before`, COLUMNS).map((line) =>
      style(problem === undefined ? 'green' : 'red', line),
    ),
    ...row(MARGIN, 'by', describeKey(key)),
    ...(pinned
      ? []
      : row(MARGIN, '', 'which lay beside the log: name the key that you know as --key', 'yellow')),
    ...(head === '' ? [] : row(MARGIN, 'last id', head, 'dim')),
    ...renderCheckpoint(most, problem),
    ...(unsealed === 0
      ? []
      : row(
          MARGIN,
          'torn',
          `${unsealed} bytes at the end, which the next receipt seals: a writer was killed, or writes`,
        )),
    ...(proven === undefined
      ? row(MARGIN, 'tokens', 'not verified anew: no trust file was given', 'yellow')
      : row(
          MARGIN,
          'tokens',
          `${proven} of ${size} verified anew by your trust file`,
          proven === size ? 'green' : 'red',
        )),
    ...(proven === undefined || proven === size
      ? []
      : row(MARGIN, '', 'writ audit list --trust says of each other one why it is not')),
  ];
}

function renderCheckpoint(most: number, problem: LogReport['problem']): string[] {
  if (most > 0) return row(MARGIN, 'checkpoint', `signed, of ${most} ${most === 1 ? 'receipt' : 'receipts'}`);
  if (problem?.code === 'receipt.truncated')
    return row(MARGIN, 'checkpoint', 'of more receipts than there are', 'red');
  const none = 'none for these receipts, so what was cut off at the end would not be missed';
  return row(MARGIN, 'checkpoint', none, 'yellow');
}
