import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Caveats, grant, invoke } from '../../src/index.ts';
import { hands } from './chains.ts';
import { type Run, type Workplace, workplace } from './cli.ts';
import { AUDIENCE, NOW, trustFile } from './forge.ts';

export const CLOCK = ['--now', String(NOW)];
const PLAN = '# the way\n1..2 read reports/**\n1 list reports/**\n';

/** What a test does with a grant: requests to its service, one command each. */
export interface Counting extends Workplace {
  /** Seals a new request with an open token, by default the grant. */
  seal(action: string, from?: string): string;
  verify(sealed: string, ...more: readonly string[]): Run;
  /** Verifies against the store, and gives the code of the decision. */
  codeOf(sealed: string, ...more: readonly string[]): string;
  /** The same for a new request. */
  ask(action: string, from?: string): string;
}

/** A grant in `grant.writ`, made without a process of its own. */
export function counting(
  caveats: Pick<Caveats, 'limits' | 'plan'> = {},
  run: 'writ' | 'spawn' = 'writ',
  store = 'lmdb:counts',
): Counting {
  const place = workplace();
  const keep = (name: string, text: string) => writeFileSync(join(place.folder, name), text);
  keep('trust.jwks', JSON.stringify(trustFile));
  keep('plan.txt', PLAN);
  keep(
    'grant.writ',
    grant({
      ...caveats,
      key: hands.domain,
      grantor: 'mailto:cfo@acme.example',
      delegate: 'agent:acme/research',
      mission: { id: 'q3-report', purpose: 'Prepare the Q3 report' },
      scope: [{ actions: ['read', 'list'], resources: ['reports/**'] }],
      aud: [AUDIENCE],
      exp: NOW + 7200,
      delegation: { depth: 1 },
      now: NOW,
    }),
  );
  const seal: Counting['seal'] = (action, from = 'grant.writ') => {
    const token = readFileSync(join(place.folder, from), 'utf8');
    return invoke(token, { audience: AUDIENCE, action, resource: 'reports/a', now: NOW });
  };
  const verify: Counting['verify'] = (input, ...more) =>
    place[run](['verify', '-', '--trust', 'trust.jwks', '--audience', AUDIENCE, ...CLOCK, ...more], {
      input,
    });
  const codeOf: Counting['codeOf'] = (sealed, ...more) =>
    JSON.parse(verify(sealed, '--json', '--store', store, ...more).stdout).code;
  return { ...place, seal, verify, codeOf, ask: (...asked) => codeOf(seal(...asked)) };
}
