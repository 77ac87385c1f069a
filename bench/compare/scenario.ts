/** The lengths of chain that are measured, in blocks: a root, and 0, 3 and 15 hops. */
export const LENGTHS = [1, 4, 16] as const;

/** The blocks of the longest chain. */
export const LONGEST = 16;

/** What is asked of a service. */
export interface Asked {
  readonly action: string;
  readonly resource: string;
}

/** The request that every peer allows. */
export const REQUEST: Asked = { action: 'read', resource: 'reports/q3.pdf' };

/** The requests that every peer refuses, under a chain of any length. */
export const REFUSED: readonly Asked[] = [
  { action: 'write', resource: 'reports/q3.pdf' },
  { action: 'read', resource: 'secrets/key.pem' },
];

/** What hops refuse that the root allows. */
export const NARROWED: Asked = { action: 'list', resource: 'reports/q3.pdf' };

/** When the run began, in Unix seconds; nothing expires in it. */
export const NOW: number = Math.floor(Date.now() / 1000);

/** What a block restricts, the root being the one at 0: each adds an expiry, an action and a resource restriction. */
export interface Restriction {
  readonly exp: number;
  readonly actions: readonly string[];
  /** For a peer that compares beginnings, and for one that has patterns; of one length in every hop. */
  readonly prefix: string;
  readonly pattern: string;
}

/** The restriction that the block at a place adds. */
export function restrictionAt(at: number): Restriction {
  const exp = NOW + 86_400 - 60 * at;
  return at === 0
    ? { exp, actions: ['list', 'read'], prefix: 'reports/', pattern: 'reports/**' }
    : { exp, actions: ['read'], prefix: 'reports/q', pattern: 'reports/*' };
}

/** The name of the delegate that the block at a place hands its authority to. */
export function delegateAt(at: number): string {
  return `agent:acme/reader-${at + 1}`;
}

/** Whether a block admits a request, for peers that carry claims and leave their meaning to whoever verifies. */
export function admits({ exp, actions, prefix }: Omit<Restriction, 'pattern'>, asked: Asked): boolean {
  return NOW < exp && actions.includes(asked.action) && asked.resource.startsWith(prefix);
}
