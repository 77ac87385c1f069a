import { runSequence } from '../../cli/vectors/run-sequence.ts';
import type {
  Answer,
  AuthorizeVector,
  SequenceFile,
  SequenceVector,
  StepVector,
  UsageVector,
} from '../../cli/vectors/sequence-format.ts';
import type { Code } from '../../src/codes.ts';
import type { Alarm, GrantorProof } from '../../src/decide/decision.ts';
import type { JsonObject } from '../../src/json.ts';
import {
  AUDIENCE,
  base64url,
  forge,
  hex,
  invocationPayload,
  NOW,
  type Recipe,
  sha256,
} from '../../test/support/forge.ts';
import { digest, type Entries, keys, type Piece, trust } from './scene.ts';

/** Requests to one store, one after the other; what becomes of each is declared and never computed. */
export interface Sequence extends Omit<SequenceVector, 'steps'> {
  /** Open tokens, by the names that steps use; a step that names none uses the first. */
  readonly chains: Readonly<Record<string, Recipe>>;
  readonly steps: readonly Step[];
}

/** Times are seconds after the clock of the scene. */
export type Step = Present | Settle | Lift;

/** A request, sealed for this step with a nonce of its own where nothing else is said. */
export interface Present extends Ask {
  readonly at: number;
  /** All denials: code and block. */
  readonly denials: readonly Refusal[];
  /** Where the request is refused with an error before it is decided. */
  readonly error?: Code;
}

export interface Ask {
  readonly chain?: string;
  /** Presents what an earlier step presented. */
  readonly again?: number;
  /** What rides on the token. */
  readonly evidence?: readonly Piece[];
  /** The statuses that the service has loaded. */
  readonly loaded?: readonly Piece[];
  /** The text that is presented, instead of the one that was made. */
  readonly text?: (text: string) => string;
  /** The name of a nonce. */
  readonly nonce?: string;
  /** Changes to the invocation. */
  readonly seal?: Entries;
  readonly life?: number;
  readonly action?: string;
  readonly resource?: string;
  readonly args?: JsonObject;
  /** What the service serves, where that is not what was sealed. */
  readonly served?: string;
  readonly audience?: string;
  readonly costs?: AuthorizeVector['costs'];
  readonly fault?: Code;
  /** The kinds of all alarms. */
  readonly alarms?: readonly Alarm['kind'][];
  readonly known?: GrantorProof['known'];
  readonly usage?: readonly UsageVector[];
}

export type Refusal = readonly [code: Code, block: number | null];

interface Settle {
  readonly at: number;
  readonly of: number;
  readonly costs: Readonly<Record<string, number>>;
  readonly code: Code | 'settled';
}

interface Lift {
  readonly chain: string;
  readonly block: number;
}

/** A request that is allowed. */
export function ok(at: number, ask: Ask = {}): Present {
  return { ...ask, at, denials: [] };
}

/** A request that is denied, with all codes and their blocks. */
export function no(at: number, denials: Refusal | readonly Refusal[], ask: Ask = {}): Present {
  return {
    ...ask,
    at,
    denials: (typeof denials[0] === 'string' ? [denials] : denials) as readonly Refusal[],
  };
}

/** A request that ends in an error of the service. */
export function wrong(at: number, error: Code, ask: Ask = {}): Present {
  return { ...ask, at, denials: [], error };
}

/** The settlement of an earlier step. */
export function settle(
  at: number,
  of: number,
  costs: Settle['costs'],
  code: Settle['code'] = 'settled',
): Settle {
  return { at, of, costs, code };
}

/** An operator lifts the branches of a block. */
export function lift(chain: string, block: number): Lift {
  return { chain, block };
}

/** The file of a type of sequences. Throws where this implementation disagrees with a declaration. */
export async function makeSequences(type: string, sequences: readonly Sequence[]): Promise<SequenceFile> {
  const setting = { audience: AUDIENCE, trust };
  const tests: SequenceVector[] = [];
  for (const sequence of sequences) {
    const vector = makeSequence(sequence);
    const answers = await runSequence(vector, setting);
    const steps = vector.steps.map((step, i) => {
      const answer = answers[i] as NonNullable<(typeof answers)[number]>;
      const [declared, made] = [step, answer].map((one) => JSON.stringify(coreOf(one)));
      if (declared === made) return { ...step, ...answer };
      throw new Error(
        `${sequence.id} (${sequence.name}), step ${i}: declared ${declared}, and it is ${made}`,
      );
    });
    tests.push({ ...vector, steps });
  }
  return { format: 'writ-sequences/1', type, ...setting, keys, tests };
}

/** What is declared by hand: the code, each denial with its block, the kinds of alarms, and what is used. */
function coreOf({ code, denials = [], alarms = [], known, usage }: Answer): unknown {
  const refusals = denials as readonly { readonly code: string; readonly block: number | null }[];
  const kinds = (alarms as readonly Alarm[]).map(({ kind }) => kind);
  return {
    code,
    denials: refusals.map((denial) => [denial.code, denial.block]),
    alarms: kinds,
    known,
    usage,
  };
}

function makeSequence({ chains, steps, ...rest }: Sequence): SequenceVector {
  const made: StepVector[] = [];
  for (const step of steps) made.push(makeStep(step, made, chains));
  return { ...rest, steps: made };
}

function makeStep(step: Step, earlier: readonly StepVector[], chains: Sequence['chains']): StepVector {
  if ('of' in step) {
    const { at, of, costs, code } = step;
    return { do: 'settle', clock: NOW + at, of, costs, code };
  }
  if (!('at' in step)) {
    const { blocks } = forge(chains[step.chain] as Recipe);
    return { do: 'lift', block: hex((blocks[step.block] as (typeof blocks)[number]).id), code: 'lifted' };
  }
  const { at, again, served, denials, error, alarms, known, usage, fault } = step;
  const before = again === undefined ? undefined : (earlier[again] as AuthorizeVector);
  const { text, request, statuses } = before ?? sealStep(step, earlier.length, chains);
  const { audience, costs = before?.costs } = step;
  return {
    do: 'authorize',
    clock: NOW + at,
    text,
    ...(statuses === undefined ? {} : { statuses }),
    ...(audience === undefined ? {} : { audience }),
    request: served === undefined ? request : { ...request, resource: served },
    ...(costs === undefined ? {} : { costs }),
    ...(fault === undefined ? {} : { fault }),
    code: error ?? denials[0]?.[0] ?? 'allowed',
    ...(error === undefined ? { denials: denials.map(([code, block]) => ({ code, block })) } : {}),
    ...(alarms === undefined ? {} : { alarms: alarms.map((kind) => ({ kind })) }),
    ...(known === undefined ? {} : { known }),
    ...(usage === undefined ? {} : { usage }),
  };
}

function sealStep(step: Present, index: number, chains: Sequence['chains']) {
  const { at, chain, nonce = `step ${index}`, life = 60, audience = AUDIENCE, args, seal = [] } = step;
  const { action = 'read', resource = 'reports/q3.pdf', evidence = [], loaded = [] } = step;
  const recipe = (chain === undefined ? Object.values(chains)[0] : chains[chain]) as Recipe;
  const payload = invocationPayload([
    [1, action],
    [2, resource],
    [3, audience],
    [4, NOW + at + life],
    [6, NOW + at],
    [7, nonceOf(nonce)],
    ...(args === undefined ? [] : [digest(args)]),
    ...seal,
  ]);
  const { text, blocks } = forge({ ...recipe, invocation: { payload } });
  const write = (pieces: readonly Piece[]) =>
    pieces.map((piece) => `~${base64url(piece({ blocks, payload, now: NOW + at }))}`).join('');
  const presented = text + write(evidence);
  return {
    text: step.text === undefined ? presented : step.text(presented),
    statuses: loaded.length === 0 ? undefined : write(loaded),
    request: { action, resource, ...(args === undefined ? {} : { args }) },
  };
}

/** The nonce of a name. */
export function nonceOf(name: string): Uint8Array {
  return sha256(name).slice(0, 16);
}
