import { type CaveatName, type Caveats, caveatNames } from '../caveats/all.ts';
import type { Authority, InForce } from '../decide/effective.ts';
import * as limits from '../limits.ts';
import { admitsAction, admitsResource } from '../scope/permission.ts';
import { isNever } from '../scope/predicate-meet.ts';
import type { InvocationClaims } from '../token/model.ts';
import type { Reviewed, Warning } from './warning.ts';

/** Why no request of a token can ever be allowed, where that is certain. */
export function findNever({ invocation, authorities }: Reviewed): Warning[] {
  const authority = authorities.at(-1) as Authority;
  const sealed = invocation === undefined ? [] : findOutside(authority, invocation);
  return [...findBroken(authority), ...findEmpty(authority), ...sealed];
}

function never(detail: string, caveat: CaveatName, block?: number): Warning {
  return { code: 'never-usable', caveat, detail, ...(block !== undefined && { block }) };
}

function findBroken({ broken }: Authority): Warning[] {
  return broken.map(({ code, block }) => {
    const what = code === 'delegation.depth' ? 'more hops follow' : 'other delegates follow';
    return never(`${what} than block ${block} allows`, 'delegation', block);
  });
}

function findEmpty({ conditions }: Authority): Warning[] {
  const empty = caveatNames(conditions).flatMap((name) =>
    (conditions[name] as readonly InForce<unknown>[]).flatMap(({ value, audiences, blocks }) => {
      const reason = whyEmpty({ [name]: value }, audiences);
      return reason === undefined ? [] : [never(reason, name, blocks.at(-1))];
    }),
  );
  const [exp, nbf] = [conditions.exp?.[0], conditions.nbf?.[0]];
  const inverted = exp !== undefined && nbf !== undefined && exp.value <= nbf.value - limits.skew;
  return inverted ? [...empty, never('it expires before it begins', 'exp', exp.blocks.at(-1))] : empty;
}

/** Why a value that is in force admits nothing; `undefined` where it may admit something. */
function whyEmpty(own: Caveats, audiences: readonly string[] | undefined): string | undefined {
  if (own.aud?.length === 0) return 'no service is named by all blocks';
  if (own.scope?.length === 0) return 'the scopes of its blocks have nothing in common';
  const name = Object.entries(own.context ?? {}).find(([, predicate]) => isNever(predicate))?.[0];
  if (name !== undefined) return `no value of ${name} fulfils all blocks`;
  if (own.limits?.some(({ unit, amount }) => unit === 'call' && amount === 0)) return 'its limit is 0 calls';
  const counted = own.limits !== undefined || own.plan !== undefined;
  return counted && audiences?.length !== 1 ? 'counters need exactly one audience' : undefined;
}

// The arguments of a sealed request are a digest, so only the rest of it can be judged.
function findOutside({ conditions }: Authority, { action, resource, audience }: InvocationClaims): Warning[] {
  const scopes = (conditions.scope ?? []).filter(
    ({ value }) => !value.some((own) => admitsAction(own, action) && admitsResource(own, resource)),
  );
  const audiences = (conditions.aud ?? []).filter(({ value }) => !value.includes(audience));
  return [
    ...scopes.map(({ blocks }) => never('the sealed request is outside the scope', 'scope', blocks.at(-1))),
    ...audiences.map(({ blocks }) =>
      never('the sealed request is for another service', 'aud', blocks.at(-1)),
    ),
  ];
}
