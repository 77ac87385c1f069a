import type { ChainFile, ChainVector, RequestVector, Step } from '../../cli/vectors/chain-format.ts';
import { runChain } from '../../cli/vectors/run-chain.ts';
import type { Code } from '../../src/codes.ts';
import type { JsonObject } from '../../src/json.ts';
import {
  AUDIENCE,
  type Forged,
  forge,
  hex,
  invocationPayload,
  NOW,
  type Recipe,
} from '../../test/support/forge.ts';
import { intermediatesOf } from './format.ts';
import { digest, type Entries, keys, trust } from './scene.ts';

/** One test as its author declares it; what is refused, where and with which code is never computed. */
export interface Scenario {
  /** Never reused, even when a test is withdrawn. */
  readonly id: string;
  /** What the token is. */
  readonly name: string;
  /** Why it is valid or not: one reason. */
  readonly reason: string;
  readonly flags: readonly string[];
  /** Where it is refused and with which code; valid without it. */
  readonly refused?: readonly [Step, Code];
  readonly recipe: Recipe;
  /** The text, instead of that of the recipe. */
  readonly text?: (made: Forged) => string;
  /** By default, for a token that is sealed and gets as far: one request, for what the scene's invocation says. */
  readonly requests?: readonly Ask[];
}

/** A request; by default for the action and the resource of the scene's invocation. */
export interface Ask {
  readonly action?: string;
  readonly resource?: string;
  readonly args?: JsonObject;
  readonly body?: string;
  readonly audience?: string;
  readonly context?: JsonObject;
  readonly handlers?: RequestVector['handlers'];
  /** The service states no request of its own. */
  readonly blind?: boolean;
  /** Sealed anew over the recipe's open token, with these changes to the invocation. */
  readonly seal?: Entries;
  /** Whether it is refused, with the code of its scenario. */
  readonly refused?: boolean;
}

/** A request with an invocation of its own, which is allowed. */
export function allow(ask: Ask = {}): Ask {
  return { seal: [], ...ask };
}

/** A request with an invocation of its own, which is refused with the scenario's code. */
export function deny(ask: Ask = {}): Ask {
  return { seal: [], ...ask, refused: true };
}

/** The file of a type of tests. Throws where this implementation disagrees with a declaration. */
export function makeFile(type: string, scenarios: readonly Scenario[]): ChainFile {
  const setting = { clock: NOW, audience: AUDIENCE, trust };
  const tests = scenarios.map((scenario) => {
    const vector = makeVector(scenario);
    const { stage, code, answers } = runChain(vector, setting);
    const at = `${scenario.id} (${scenario.name})`;
    if (stage !== vector.stage || code !== vector.code) {
      throw new Error(`${at}: declared ${vector.stage} ${vector.code}, and it is ${stage} ${code}`);
    }
    if (vector.requests === undefined) return vector;
    const requests = vector.requests.map((request, i) => {
      const { code, decision } = answers[i] ?? {};
      if (code !== request.code)
        throw new Error(`${at}, request ${i}: declared ${request.code}, and it is ${code}`);
      return decision === undefined ? request : { ...request, decision };
    });
    return { ...vector, requests };
  });
  return { format: 'writ-vectors/1', type, ...setting, keys, tests };
}

function makeVector({ id, name, reason, flags, refused, recipe, text, requests }: Scenario): ChainVector {
  const forged = forge(recipe);
  const [stage = null, code = null] = refused ?? [];
  const decided = stage === null || stage === 'decide';
  const byDefault = decided && recipe.invocation ? [{ refused: stage !== null }] : undefined;
  const asked = (requests ?? byDefault)?.map((ask) => makeRequest(ask, recipe, code ?? 'allowed'));
  return {
    id,
    name,
    result: stage === null ? 'valid' : 'invalid',
    reason,
    flags,
    text: text === undefined ? forged.text : text(forged),
    stage,
    code,
    // A text that was altered, and passes all the same, holds what was made.
    ...(text === undefined || stage === null ? { intermediates: intermediatesOf(forged) } : {}),
    ...(asked === undefined ? {} : { requests: asked }),
  };
}

function makeRequest(ask: Ask, recipe: Recipe, code: string): RequestVector {
  const {
    action = 'read',
    resource = 'reports/q3.pdf',
    args,
    body,
    audience,
    context,
    handlers,
    blind,
    seal,
    refused,
  } = ask;
  const bound = body ?? args ?? {};
  const none = Object.keys(bound).length === 0;
  const claims: Entries = [
    [1, action],
    [2, resource],
    [3, audience ?? AUDIENCE],
    ...(none ? [] : [digest(bound)]),
  ];
  return {
    ...(seal === undefined
      ? {}
      : {
          text: forge({ ...recipe, invocation: { payload: invocationPayload([...claims, ...seal]) } }).text,
        }),
    ...(audience === undefined ? {} : { audience }),
    request: {
      ...(blind ? {} : { action, resource }),
      ...(args === undefined ? {} : { args }),
      ...(body === undefined ? {} : { body: hex(Buffer.from(body)) }),
    },
    ...(context === undefined ? {} : { context }),
    ...(handlers === undefined ? {} : { handlers }),
    code: refused ? code : 'allowed',
  };
}
