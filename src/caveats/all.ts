import type { PublicKey } from '../keys/public-key.ts';
import type { Alive } from '../keys/trust.ts';
import { alive } from './alive.ts';
import { type Approval, approval } from './approval.ts';
import { type Aud, aud } from './aud.ts';
import type { Caveat } from './caveat.ts';
import { consent } from './consent.ts';
import { type Context, context } from './context.ts';
import { type Delegation, delegation } from './delegation.ts';
import { exp } from './exp.ts';
import { type Ext, ext } from './ext.ts';
import { type Limit, limits } from './limits.ts';
import { nbf } from './nbf.ts';
import { plan, type Step } from './plan.ts';
import { type Scope, scope } from './scope.ts';

/** The value of each caveat by its name. */
export interface CaveatValues {
  aud: Aud;
  exp: number;
  nbf: number;
  scope: Scope;
  delegation: Delegation;
  alive: readonly Alive[];
  approval: readonly Approval[];
  context: Context;
  limits: readonly Limit[];
  plan: readonly Step[];
  consent: PublicKey;
  ext: Ext;
}

/** The name of a caveat, as decisions, the CLI and JSON show it. */
export type CaveatName = keyof CaveatValues;

/** The caveats of a block, by name; all of all blocks must hold (spec §5.5). */
export type Caveats = { readonly [N in CaveatName]?: CaveatValues[N] };

/** Every caveat there is, in the order of the keys, which is the order of checks (spec §9.3). */
export const caveats: { readonly [N in CaveatName]: Caveat<CaveatValues[N]> } = {
  aud,
  exp,
  nbf,
  scope,
  delegation,
  alive,
  approval,
  context,
  limits,
  plan,
  consent,
  ext,
};

/** The names of all caveats, in the order of the keys. */
export const allCaveats: readonly CaveatName[] = Object.keys(caveats) as CaveatName[];

/** The names of the caveats that a block has, in the order of the keys. */
export function caveatNames(of: { readonly [N in CaveatName]?: unknown }): CaveatName[] {
  return allCaveats.filter((name) => of[name] !== undefined);
}
