import { type CaveatName, caveatNames } from '../../src/caveats/all.ts';
import type { CaveatForm } from '../../src/caveats/caveat.ts';
import { forms } from '../../src/caveats/forms.ts';
import { type Authority, effectiveAuthority } from '../../src/decide/effective.ts';
import { decode } from '../../src/index.ts';

/** The rows of a table: what each caveat says after each block of a token, and the blocks that it comes from. */
export function authorityRows(text: string): string[][] {
  const authorities = effectiveAuthority(decode(text).blocks);
  const names = caveatNames(authorities.at(-1)?.conditions ?? {});
  return [
    ['caveat', ...authorities.map((_, i) => `block ${i}`)],
    ...names.map((name) => [name, ...authorities.map((one) => inForce(one, name))]),
  ];
}

function inForce({ conditions }: Authority, name: CaveatName): string {
  const form = forms[name] as CaveatForm<unknown>;
  const values = (conditions[name] ?? []).map(({ value, blocks }) => {
    const words = typeof value === 'number' ? `\`${value}\`` : form.describe(value).join('; ');
    return `${words} [${blocks.join(', ')}]`;
  });
  return values.join(' and ');
}
