import { toHex } from '../../src/bytes.ts';
import { forms } from '../../src/caveats/forms.ts';
import { type Inspection, type Verification, type Warning, warnings } from '../../src/index.ts';
import { printable } from '../../src/printable.ts';
import { formatDuration, formatTime } from '../../src/time.ts';
import { type Colour, style } from '../output.ts';
import { renderBlock, renderTask, tellCaveat } from './block.ts';
import { COLUMNS, row, wrap } from './layout.ts';

/** An inspection as lines for a terminal, from the human down to the holder. */
export function renderInspection(inspection: Inspection): string[] {
  const { blocks } = inspection;
  return [
    ...renderHead(inspection),
    '',
    ...renderHuman(inspection),
    ...blocks.flatMap((_, i) => renderBlock(inspection, i)),
    ...renderSeal(inspection),
    ...renderAuthority(inspection),
    ...renderNotes(inspection),
    ...renderWarnings(inspection.warnings),
  ];
}

const SUITES = { ed25519: 'Ed25519', hmac: 'HMAC-SHA-256' } as const;

function renderHead({ suite, sealed, secret, blocks, size, verification }: Inspection): string[] {
  const kind = `${sealed ? 'sealed' : 'open'} token${secret ? ', a secret' : ''}`;
  const count = blocks.length === 1 ? '1 block' : `${blocks.length} blocks`;
  const head = `${kind}, ${SUITES[suite]}, ${count}, ${size.characters} characters, ${size.bytes} bytes`;
  const [colour, text] = describeVerification(verification);
  const verified = wrap(printable(text), COLUMNS).map((line) => style(colour, line));
  return [...wrap(head, COLUMNS).map((line) => style('bold', line)), ...verified];
}

/** Whether a chain holds, in words, and their colour. */
export function describeVerification(verification: Verification): [Colour, string] {
  switch (verification.status) {
    case 'untried':
      return ['yellow', 'NOT VERIFIED: no trust file was given, so all of this is what somebody wrote'];
    case 'failed':
      return ['red', `NOT VERIFIED: ${verification.code}; all of this is what somebody wrote`];
    case 'held': {
      const how = verification.kind === 'human' ? 'by their own key' : 'an authority that attests the human';
      return ['green', `VERIFIED back to ${verification.by}, ${how}; no request was decided`];
    }
  }
}

function renderHuman({ blocks }: Inspection): string[] {
  const [{ from, claims }] = blocks;
  const { mission, iat } = claims;
  const margin = '│  ';
  return [
    style('bold', printable(from)),
    ...row(margin, 'mission', printable(`${mission.id}: “${mission.purpose}”`)),
    ...renderTask({ reference: mission.reference, instruction: mission.instruction }, margin),
    ...row(margin, 'granted', formatTime(iat)),
    '│',
  ];
}

function renderSeal({ invocation, evidence, now }: Inspection): string[] {
  if (invocation === null) return [];
  const { action, resource, audience, exp, nonce, arguments: sealed, ...task } = invocation.claims;
  const { total, header, payload, proof } = invocation.size;
  const left = exp > now ? `in ${formatDuration(exp - now)}` : `${formatDuration(now - exp)} ago`;
  const form = sealed?.mode === 'jcs' ? 'their JCS form' : 'the body';
  const args = sealed === undefined ? 'none' : `SHA-256 of ${form} ${toHex(sealed.digest)}`;
  return [
    '',
    style('bold', 'Sealed request'),
    ...row('   ', 'request', `${action} ${resource}`),
    ...row('   ', 'arguments', args),
    ...row('   ', 'service', audience),
    ...row('   ', 'expires', `${formatTime(exp)}, ${left}`),
    ...row('   ', 'nonce', toHex(nonce)),
    ...renderTask(task, '   '),
    ...row('   ', 'bytes', `${total}: header ${header}, payload ${payload}, proof ${proof}`),
    ...(evidence === 0 ? [] : row('   ', 'evidence', `${evidence}, which this version does not read`)),
  ];
}

// The time of issue counts as a beginning; it is shown where something later was asked for.
function renderAuthority({ blocks, now }: Inspection): string[] {
  const last = blocks.at(-1) ?? blocks[0];
  const phrases = last.authority.filter(
    ({ caveat, value }) => caveat !== 'nbf' || (value as number) > blocks[0].claims.iat,
  );
  const lines = phrases.flatMap(({ caveat, words, blocks: from }) => {
    const place = `block${from.length > 1 ? 's' : ''} ${from.join(', ')}`;
    return words.flatMap((line) =>
      row('   ', forms[caveat].enforcement, `${tellCaveat(line, now)} (${place})`),
    );
  });
  return ['', style('bold', printable(`What ${last.claims.delegate} may do, all blocks together`)), ...lines];
}

function renderNotes({ notes }: Inspection): string[] {
  return ['', style('bold', 'Not promised'), ...notes.flatMap((note) => row('   ', 'suite', note))];
}

function renderWarnings(of: readonly Warning[]): string[] {
  const lines = of.flatMap(({ code, detail }) => {
    const [level] = warnings[code];
    return row('   ', level, printable(`${code}: ${detail}`), level === 'problem' ? 'red' : 'yellow');
  });
  return lines.length === 0 ? [] : ['', style('bold', 'Warnings'), ...lines];
}
