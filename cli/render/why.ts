import { explainDenial, explainNeed } from '../../src/decide/explain.ts';
import type { Answer } from '../../src/index.ts';
import { printable } from '../../src/printable.ts';
import { describePermission } from '../../src/scope/permission-form.ts';
import { style } from '../output.ts';
import { describeVerification } from './inspection.ts';
import { COLUMNS, row, wrap } from './layout.ts';

const VERDICTS = {
  allow: ['green', 'would be allowed'],
  need: ['yellow', 'would be denied, unless what it needs is brought'],
  deny: ['red', 'would be denied'],
} as const;

/** An answer as lines for a terminal: the verdict, what decides it, and what would fit. */
export function renderAnswer(answer: Answer): string[] {
  const { verdict, request, denials, needs, verification } = answer;
  const [colour, words] = VERDICTS[verdict];
  const service = request.audience === null ? 'any service that trusts the grantor' : request.audience;
  const [held, text] = describeVerification(verification);
  return [
    ...wrap(printable(`${words}  ${request.action} ${request.resource}`), COLUMNS).map((line) =>
      style(colour, line),
    ),
    ...row('  ', 'service', printable(service)),
    ...denials.flatMap((denial, i) => {
      const [head = '', ...rest] = explainDenial(denial).map((line) => printable(line.trim()));
      const caveat = `${head.replace(/^\S+, /, '')}`;
      return [
        ...row(
          '  ',
          i === 0 ? 'decides' : 'also',
          printable(`${denial.code}: ${denial.caveat} of ${caveat}`),
        ),
        ...rest.flatMap((line) => row('  ', '', line.replace(/^(expected|actual) +/, '$1: '))),
      ];
    }),
    ...needs.flatMap((need) => row('  ', 'needed', printable(explainNeed(need)))),
    ...renderNearest(answer),
    ...row('  ', '', printable(text), held),
  ];
}

function renderNearest({ nearest }: Answer): string[] {
  return nearest.flatMap(({ permission, changes, blocks }) => {
    const place = `block${blocks.length > 1 ? 's' : ''} ${blocks.join(', ')}`;
    const label = changes.length === 0 ? 'admitted by' : 'nearest';
    return [
      ...row('  ', label, printable(`${describePermission(permission)} (${place})`)),
      ...changes.flatMap((change) => row('  ', 'to fit', printable(change))),
    ];
  });
}
