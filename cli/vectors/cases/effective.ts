import type { CaveatName } from '../../../src/caveats/all.ts';
import { type Authority, effectiveAuthority, type InForce } from '../../../src/decide/effective.ts';
import { importTrust } from '../../../src/keys/import-trust.ts';
import { decode } from '../../../src/token/decode.ts';
import { verify } from '../../../src/token/verify.ts';
import type { Run } from '../format.ts';
import { inOrder } from '../in-order.ts';
import { toData } from '../to-data.ts';

/** Cases of type `effective`: what a chain may do after each of its blocks (spec §9.5). */
export const effective: Run = ({ text, verified }, { trust, clock }) => {
  const token = decode(text as string);
  const { blocks, anchor } = verified
    ? verify(token, importTrust(trust), { now: clock })
    : { ...token, anchor: {} };
  return { blocks: effectiveAuthority(blocks, anchor).map(toJson) };
};

function toJson({ conditions, broken, subject }: Authority): unknown {
  const names = Object.keys(conditions) as CaveatName[];
  return toData({
    conditions: Object.fromEntries(
      names.map((name) => [name, (conditions[name] ?? []).map((one) => toValue(name, one))]),
    ),
    broken: broken.map(({ code, block }) => ({ code, block })),
    subject,
  });
}

function toValue(name: CaveatName, { value, blocks, audiences }: InForce<unknown>): object {
  const ordered = (inOrder[name] as (value: unknown) => unknown)(value);
  return {
    value: ordered,
    blocks,
    ...(audiences && counted.includes(name) && { audiences }),
  };
}

// What is counted is counted for each audience.
const counted: readonly CaveatName[] = ['limits', 'plan'];
