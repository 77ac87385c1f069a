import { aliveForm } from './alive.ts';
import type { CaveatName, CaveatValues } from './all.ts';
import { approvalForm } from './approval.ts';
import { audForm } from './aud.ts';
import type { CaveatForm } from './caveat.ts';
import { consentForm } from './consent.ts';
import { contextForm } from './context.ts';
import { delegationForm } from './delegation.ts';
import { expForm } from './exp.ts';
import { extForm } from './ext.ts';
import { limitsForm } from './limits.ts';
import { nbfForm } from './nbf.ts';
import { planForm } from './plan.ts';
import { scopeForm } from './scope.ts';

/** How each caveat is written, compared and put into words. */
export const forms: { readonly [N in CaveatName]: CaveatForm<CaveatValues[N]> } = {
  aud: audForm,
  exp: expForm,
  nbf: nbfForm,
  scope: scopeForm,
  delegation: delegationForm,
  alive: aliveForm,
  approval: approvalForm,
  context: contextForm,
  limits: limitsForm,
  plan: planForm,
  consent: consentForm,
  ext: extForm,
};

/** A caveat in words, a line each. */
export function describeCaveat<N extends CaveatName>(name: N, value: CaveatValues[N]): readonly string[] {
  return forms[name].describe(value);
}
