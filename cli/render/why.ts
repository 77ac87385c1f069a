import type { CaveatName } from '../../src/caveats/all.ts';
import type { CaveatForm } from '../../src/caveats/caveat.ts';
import { forms } from '../../src/caveats/forms.ts';
import { codes } from '../../src/codes.ts';
import { explainDenial, explainNeed } from '../../src/decide/explain.ts';
import type { Answer, Denial } from '../../src/index.ts';
import { printable } from '../../src/printable.ts';
import { describePermission } from '../../src/scope/permission-form.ts';
import { style } from '../output.ts';
import { COLUMNS, list, row, shorten, wrap } from './layout.ts';
import { describeVerification, nameBlocks, tellCaveat } from './words.ts';

const VERDICTS = {
  allow: ['green', 'would be allowed'],
  need: ['yellow', 'would be denied, unless what it needs is brought'],
  deny: ['red', 'would be denied'],
} as const;

const MARGIN = '  ';

/** An answer as lines of at most 80 columns: the verdict, what decides it, and what would fit. */
export function renderAnswer(answer: Answer): string[] {
  const { verdict, request, denials, verification } = answer;
  const [kind, words] = VERDICTS[verification.status === 'failed' ? 'deny' : verdict];
  const [held, text] = describeVerification(verification);
  const head = wrap(printable(`${words}  ${request.action} ${request.resource}`), COLUMNS);
  const args = JSON.stringify(request.args);
  return [
    ...head.map((line) => style(kind, line)),
    ...row(MARGIN, 'chain', text, held),
    ...(args === '{}' ? [] : row(MARGIN, 'arguments', args)),
    ...row(MARGIN, 'service', describeService(answer)),
    ...shorten(
      denials.map((denial, i) => renderDenial(denial, i, answer)),
      (others) => row(MARGIN, '', others),
    ).flat(),
    ...renderNearest(answer),
  ];
}

function describeService({ request, denials }: Answer): string {
  if (request.audience !== null) return request.audience;
  return denials.some(({ code }) => code === 'aud.other')
    ? 'none, for no service is named by all blocks'
    : 'any service that trusts the grantor';
}

// The first denial is the one that a decision is named after, and that decides the exit code.
function renderDenial(denial: Denial, i: number, { needs, now }: Answer): string[] {
  const { code, block } = denial;
  const need = needs[i];
  const where = block === null ? 'invocation' : `block ${block}`;
  const lines = need === undefined ? tellDenial(denial, now) : [`it needs ${explainNeed(need)}`];
  return [
    ...row(MARGIN, i === 0 ? 'denied by' : 'and by', `${where}, ${code}: ${codes[code][1]}`),
    ...list(
      MARGIN,
      '',
      lines.map((text) => ({ text })),
    ),
  ];
}

// What a denial of these codes expects is a value of its caveat, and what is actual stands in the request above.
const ASKED = /^(aud|scope|plan\.step|exp|nbf)\b/;

function tellDenial(denial: Denial, now: number): string[] {
  const { code, caveat, expected } = denial;
  if (codes[code][0] === 'need') return [];
  if (ASKED.test(code)) {
    const { describe } = forms[caveat as CaveatName] as CaveatForm<unknown>;
    return describe(expected).map((line, i) => `${i === 0 ? 'it says: ' : ''}${tellCaveat(line, now)}`);
  }
  return explainDenial(denial)
    .slice(1)
    .map((line) => line.trim().replace(/^(expected|actual) +/, '$1: '));
}

function renderNearest({ nearest }: Answer): string[] {
  return nearest.flatMap(({ permission, changes, blocks }) => [
    ...row(
      MARGIN,
      changes.length === 0 ? 'fits' : 'nearest',
      `${describePermission(permission)} (${nameBlocks(blocks)})`,
    ),
    ...list(
      MARGIN,
      'to fit',
      changes.map((text) => ({ text })),
    ),
  ]);
}
