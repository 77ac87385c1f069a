import type { Caveats, JsonObject, Predicate, Status, Suite, Verifier } from '../../src/index.ts';
import { decodeEvidence, issueStatus, SigningKey } from '../built.ts';
import type { Case } from '../compare/interleave.ts';
import { type Domain, domainOf, type Open, SUBJECT } from './chain.ts';
import { keeper, listRevoked } from './revoked.ts';

/** A decision whose cost is measured at several sizes of what it depends on. */
export interface Growing {
  readonly title: string;
  readonly logarithmic?: boolean;
  readonly line: string;
  readonly sizes: readonly number[];
  at(size: number): Omit<Case, 'name'>;
}

type Authorize = () => Promise<{ code: string }>;

const NAMES: Readonly<Record<Suite, string>> = { ed25519: 'Ed25519', hmac: 'HMAC' };
const REQUEST = { action: 'read', resource: 'reports/q3.pdf' };

/** All decisions that are measured. @param ids the most revoked ids that are loaded */
export function decisions(ids: number): Growing[] {
  return [...(['ed25519', 'hmac'] as const).flatMap(ofSuite), ...withEvidence(), withRevoked(ids)];
}

/** Times what is made for each run, outside of the time. */
function timing(make: () => Authorize, most?: number): Omit<Case, 'name'> {
  return {
    ...(most !== undefined && { most }),
    prepare: (count) => Array.from({ length: count }, make),
    run: async (authorize) => (await (authorize as Authorize)()).code === 'allowed',
  };
}

/** Each by a verifier that has never seen the chain. */
function cold({ verifier }: Domain, text: string, args: JsonObject = {}): Omit<Case, 'name'> {
  return timing(() => {
    const own = verifier();
    return () => own.authorize(text, { ...REQUEST, args });
  });
}

/** All by one verifier, each a request of its own. */
function warm(verifier: Verifier, { seal }: Open): Omit<Case, 'name'> {
  return timing(() => {
    const text = seal();
    return () => verifier.authorize(text, REQUEST);
  }, 100);
}

function ofSuite(suite: Suite): Growing[] {
  const domain = domainOf(suite);
  const line = NAMES[suite];
  const blocks = { title: 'blocks', sizes: [1, 2, 4, 8, 16, 24, 32] };
  return [
    { ...blocks, line: `${line}, cold`, at: (size) => cold(domain, domain.chain(size).seal()) },
    { ...blocks, line: `${line}, warm`, at: (size) => warm(domain.verifier(), domain.chain(size)) },
    {
      title: 'permissions',
      line,
      sizes: [1, 32, 64, 128, 192, 256],
      at: (size) => cold(domain, domain.chain(4, { scope: scopeOf(size) }).seal()),
    },
    {
      title: 'arguments',
      line,
      sizes: [1, 8, 16, 32, 48, 64],
      at(size) {
        const names = Array.from({ length: size }, (_, i) => `argument-${i}`);
        const args = Object.fromEntries(names.map((name, i) => [name, i]));
        const rules = Object.fromEntries(
          names.map((name): [string, Predicate] => [name, { range: [0, 500] }]),
        );
        const scope = [{ actions: ['read'], resources: ['reports/**'], args: rules }];
        return cold(domain, domain.chain(4, { scope }).seal({ args }), args);
      },
    },
  ];
}

// The one that admits the request is the last of them in order.
function scopeOf(size: number): NonNullable<Caveats['scope']> {
  const others = Array.from({ length: size - 1 }, (_, i) => `archive/${i}/**`);
  return [...others, 'reports/**'].map((resource) => ({ actions: ['read'], resources: [resource] }));
}

function withEvidence(): Growing[] {
  const domain = domainOf('ed25519');
  const keys = Array.from({ length: 16 }, () => SigningKey.generate());
  const subjects = { [SUBJECT]: { state: 'active' } } as const;
  const statuses = keys.map((key) => issueStatus({ key, subjects, goodFor: 3600 }));
  const growing = (line: string, asked: (size: number) => number): Growing => ({
    title: 'pieces of evidence',
    line,
    sizes: [0, 1, 4, 8, 12, 16],
    at(size) {
      const alive = keys.slice(0, asked(size)).map(({ publicKey }) => ({ key: publicKey, within: 3600 }));
      const chain = domain.chain(4, alive.length === 0 ? {} : { alive });
      return cold(domain, chain.seal() + statuses.slice(0, size).join(''));
    },
  });
  return [growing('that the chain asks for', (size) => size), growing('that nobody asks for', () => 0)];
}

function withRevoked(most: number): Growing {
  const domain = domainOf('ed25519');
  const chain = domain.chain(4, { alive: [{ key: keeper.publicKey, within: 3600 }] });
  return {
    title: 'revoked ids, loaded',
    logarithmic: true,
    line: 'Ed25519, warm',
    sizes: [0, 1e3, 1e4, 1e5, 1e6].filter((size) => size <= most),
    at(size) {
      const statuses = decodeEvidence(listRevoked(size)) as readonly Status[];
      return warm(domain.verifier({ statuses: () => statuses }), chain);
    },
  };
}
