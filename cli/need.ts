import { fromUtf8, utf8 } from '../src/bytes.ts';
import {
  type Code,
  codes,
  decode,
  type InvocationClaims,
  type JsonObject,
  type Token,
} from '../src/index.ts';
import { isJsonObject } from '../src/json.ts';
import type { Arguments } from '../src/token/arguments.ts';
import { CliError, exits, usage } from './exit.ts';
import { readInput } from './io.ts';

/** A request that waits for an approval, as the need of a decision carries it. Nothing of it is verified. */
export interface AskedRequest {
  /** The sealed token. */
  readonly presentation: string;
  readonly token: Token;
  readonly claims: InvocationClaims;
  /** The arguments that the service was given; whether they are the sealed ones is not checked. */
  readonly given: Arguments;
}

const WHAT = 'NEED is - or @file, of what writ verify --json printed: the whole decision, or one need of it';

/**
 * Reads a need for approvals: a whole decision as JSON, or one need of it, from `-` or `@file`.
 *
 * @throws CliError exit code 2 where it is none, 5 where it says another request than was sealed; DecodeError
 */
export function readNeed(argument: string): AskedRequest {
  const data = parseNeed(argument);
  const need = Array.isArray(data.needs) ? pickNeed(data) : data;
  if (need.kind === undefined) throw usage('this is neither a decision nor a need', WHAT);
  if (need.kind !== 'approval') throw usage('this need is for no approval', WHAT);
  const { presentation, args, body } = need;
  if (typeof presentation !== 'string') {
    const hint = 'a preview, such as writ why, has none; let the service decide the sealed token';
    throw usage('the need carries no sealed token', hint);
  }
  const token = decode(presentation);
  const claims = token.invocation?.claims;
  if (claims === undefined) throw usage('the token in the need is open, and asks nothing', WHAT);
  checkSame(data, claims);
  const given: Arguments =
    typeof body === 'string' ? { body: utf8(body) } : isJsonObject(args) ? { args } : {};
  return { presentation, token, claims, given };
}

function parseNeed(argument: string): JsonObject {
  if (argument !== '-' && !/^@./s.test(argument)) throw usage('a need is given as - or @file', WHAT);
  const text = fromUtf8(readInput(argument === '-' ? '-' : argument.slice(1))) ?? '';
  let data: unknown;
  try {
    // Names that stand there twice do no harm: what is shown and signed comes from the token alone.
    data = JSON.parse(text);
  } catch {
    throw usage('the need is not JSON', text.startsWith('writ_') ? `this is a token; ${WHAT}` : WHAT);
  }
  if (!isJsonObject(data)) throw usage('the need is no JSON object', WHAT);
  return data;
}

function pickNeed({ needs, denials, code }: JsonObject): JsonObject {
  const found = (needs as readonly unknown[]).filter(isJsonObject).find(({ kind }) => kind === 'approval');
  if (found !== undefined) return found;
  const against = (Array.isArray(denials) ? denials : []).map((denial: unknown) =>
    isJsonObject(denial) ? String(denial.code) : '',
  );
  // What nothing mends stands among what an approval would.
  const [first = code] = against.filter(
    (own) => Object.hasOwn(codes, own) && codes[own as Code][0] !== 'need',
  );
  const why = code === 'allowed' ? 'the request is allowed' : `it is denied by ${String(first)}`;
  throw usage(
    `the decision needs no approval: ${why}`,
    'only where an approval is a need can it be answered',
  );
}

// A decision says what the service was about to do, and the token what was sealed.
function checkSame({ request, audience }: JsonObject, claims: InvocationClaims): void {
  if (!isJsonObject(request)) return;
  const said = { action: request.action, resource: request.resource, audience };
  for (const name of ['action', 'resource', 'audience'] as const) {
    if (said[name] === undefined || said[name] === claims[name]) continue;
    throw new CliError(
      exits.unverified,
      `the decision is about another ${name} than the token in its need was sealed for`,
      'answer nothing, and ask where it comes from',
    );
  }
}
