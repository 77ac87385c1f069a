import { toHex } from '../../src/bytes.ts';
import { forms } from '../../src/caveats/forms.ts';
import { type Inspection, type Phrase, type Warning, warnings } from '../../src/index.ts';
import { describeKey } from '../../src/keys/public-key.ts';
import { printable } from '../../src/printable.ts';
import { formatTime } from '../../src/time.ts';
import { type Colour, style } from '../output.ts';
import { renderBlock, renderTask } from './block.ts';
import { COLUMNS, heading, list, row, wrap } from './layout.ts';
import { renderScope, scopesOf } from './scope.ts';
import { describeVerification, fromNow, nameBlocks, tellCaveat } from './words.ts';

/** An inspection as lines of at most 80 columns, from the human down to the holder. */
export function renderInspection(inspection: Inspection): string[] {
  return [
    ...renderHead(inspection),
    '',
    ...renderChain(inspection),
    ...renderSeal(inspection),
    ...renderEvidence(inspection.evidence),
    ...renderAuthority(inspection),
    ...renderNotes(inspection),
    ...renderWarnings(inspection.warnings),
  ];
}

/** The human, the mission and every hand, with what each hop took away. */
export function renderChain(inspection: Inspection): string[] {
  return [...renderHuman(inspection), ...inspection.blocks.flatMap((_, i) => renderBlock(inspection, i))];
}

const MARGIN = '   ';
const SUITES = { ed25519: 'Ed25519', hmac: 'HMAC-SHA-256' } as const;

function renderHead(inspection: Inspection): string[] {
  const { suite, sealed, secret, blocks, size, verification, warnings: found } = inspection;
  const kind = sealed ? 'sealed token' : secret && suite === 'ed25519' ? 'open bundle' : 'open token';
  const count = blocks.length === 1 ? '1 block' : `${blocks.length} blocks`;
  const sizes = `${size.characters} characters, ${size.bytes} bytes`;
  const [colour, text] = describeVerification(verification);
  const problems = new Set(found.filter(isProblem).map(({ code }) => code));
  const held = verification.status === 'held' ? `${text}; no request was decided` : text;
  const summary =
    problems.size === 0 ? [] : wrap(`problems, see the end: ${[...problems].join(', ')}`, COLUMNS);
  return [
    ...heading(`${kind}${secret ? ', a secret' : ''}, ${SUITES[suite]}, ${count}, ${sizes}`),
    ...wrap(printable(held), COLUMNS).map((line) => style(colour, line)),
    ...summary.map((line) => style('red', line)),
  ];
}

function renderHuman({ blocks, now }: Inspection): string[] {
  const [{ from, claims }] = blocks;
  const { mission, iat } = claims;
  const margin = '│  ';
  return [
    ...heading(from),
    ...row(margin, 'mission', `${mission.id}: “${mission.purpose}”`),
    ...renderTask({ reference: mission.reference, instruction: mission.instruction }, margin),
    ...row(margin, 'granted', `${formatTime(iat)}, ${fromNow(iat, now)}`),
    '│',
  ];
}

function renderSeal({ invocation, now }: Inspection): string[] {
  if (invocation === null) return [];
  const { action, resource, audience, exp, nonce, arguments: sealed, ...task } = invocation.claims;
  const { total, header, payload, proof } = invocation.size;
  const form = sealed?.mode === 'jcs' ? 'their JCS form' : 'the body';
  const args = sealed === undefined ? 'none' : `SHA-256 of ${form} ${toHex(sealed.digest)}`;
  return [
    '',
    style('bold', 'Sealed request'),
    ...row(MARGIN, 'request', `${action} ${resource}`),
    ...row(MARGIN, 'arguments', args),
    ...row(MARGIN, 'service', audience),
    ...row(MARGIN, 'expires', `${formatTime(exp)}, ${fromNow(exp, now)}`),
    ...renderTask(task, MARGIN),
    ...row(MARGIN, 'nonce', toHex(nonce), 'dim'),
    ...row(MARGIN, 'bytes', `${total}: header ${header}, payload ${payload}, proof ${proof}`, 'dim'),
  ];
}

function renderEvidence(evidence: Inspection['evidence']): string[] {
  return evidence.flatMap((item, i) => [
    '',
    ...(i === 0 ? [style('bold', 'Evidence')] : []),
    ...list(
      MARGIN,
      item.kind,
      item.words.map((text) => ({ text, style: item.kind === 'malformed' ? 'red' : undefined })),
    ),
    ...(item.kind === 'malformed' ? [] : renderSignature(item)),
  ]);
}

type Readable = Exclude<Inspection['evidence'][number], { readonly kind: 'malformed' }>;

const NOBODY = 'the chain names no such key, so a verifier passes it over';

function renderSignature({ key, kid, named, signature }: Readable): string[] {
  if (key === null) return row(MARGIN, 'signed by', `key id ${kid}: ${NOBODY}`, 'yellow');
  const held = signature === 'held' ? 'the signature holds' : 'THE SIGNATURE DOES NOT VERIFY';
  const places = [
    ...new Set(
      named.map(({ block, caveat }) => `${caveat} of ${block === null ? 'the anchor' : `block ${block}`}`),
    ),
  ];
  const text = `${describeKey(key)}, named in ${places.join(', ')}: ${held}`;
  return row(MARGIN, 'signed by', text, signature === 'held' ? undefined : 'red');
}

// The time of issue counts as a beginning; it is shown where something later was asked for.
/** What the holder may do, by all blocks together. */
export function renderAuthority({ blocks, now }: Inspection): string[] {
  const last = blocks.at(-1) ?? blocks[0];
  const phrases = last.authority.filter(
    ({ caveat, value }) => caveat !== 'nbf' || (value as number) > blocks[0].claims.iat,
  );
  const scopes = scopesOf(phrases);
  const notes = blocks.flatMap(({ caveats }) =>
    caveats.flatMap(({ name, notes }) => notes.map((note) => `${name}: ${note}`)),
  );
  return [
    '',
    ...heading(`What ${last.claims.delegate} may do, all blocks together`),
    ...phrases.flatMap((phrase) =>
      phrase.caveat === 'scope' && scopes.length > 1
        ? renderScope(MARGIN, phrase, scopes)
        : renderPhrase(phrase, now),
    ),
    ...list(
      MARGIN,
      'note',
      [...new Set(notes)].map((text) => ({ text })),
    ),
  ];
}

function renderPhrase({ caveat, words, blocks }: Phrase, now: number): string[] {
  const texts = words.map((line) => ({ text: `${tellCaveat(line, now)} (${nameBlocks(blocks)})` }));
  return list(MARGIN, forms[caveat].enforcement, texts);
}

function renderNotes({ notes }: Inspection): string[] {
  const texts = notes.map((text) => ({ text }));
  return ['', style('bold', 'Not promised'), ...list(MARGIN, 'suite', texts)];
}

function renderWarnings(found: readonly Warning[]): string[] {
  if (found.length === 0) return [];
  const problems = found.filter(isProblem);
  const advice = found.filter((warning) => !isProblem(warning));
  return [
    '',
    style('bold', 'Warnings, of which writ explain CODE tells more'),
    ...listWarnings('problem', problems, 'red'),
    ...listWarnings('advice', advice, 'yellow'),
  ];
}

function listWarnings(label: string, found: readonly Warning[], colour: Colour): string[] {
  const texts = new Set(found.map(({ code, detail }) => `${detail} (${code})`));
  return list(
    MARGIN,
    label,
    [...texts].map((text) => ({ text, style: colour })),
  );
}

function isProblem({ code }: Warning): boolean {
  return warnings[code][0] === 'problem';
}
