import { forms } from '../../src/caveats/forms.ts';
import type { Phrase } from '../../src/index.ts';
import type { Permission } from '../../src/scope/permission.ts';
import { type Item, list } from './layout.ts';
import { nameBlocks } from './words.ts';

/** The scopes of an authority; more than one where no single scope can say what they admit together. */
export function scopesOf(authority: readonly Phrase[]): readonly Phrase[] {
  return authority.filter(({ caveat }) => caveat === 'scope');
}

/**
 * One of several scopes in force. What it admits and another does not is no authority, so what holds them together
 * stands above it.
 */
export function renderScope(
  margin: string,
  phrase: Phrase,
  all: readonly Phrase[],
  how: Pick<Item, 'sign' | 'style'> = {},
): string[] {
  const { enforcement, describe } = forms.scope;
  const of = all.length === 2 ? 'both' : `all ${all.length}`;
  const place = `scope ${all.indexOf(phrase) + 1} of ${all.length} (${nameBlocks(phrase.blocks)})`;
  const texts = describe(phrase.value as readonly Permission[]);
  return [
    ...list(margin, enforcement, [
      { text: all.length === 1 ? place : `${place}; ${of} must admit a request`, ...how },
    ]),
    ...list(
      `${margin}  `,
      '',
      texts.map((text) => ({ text, ...how })),
    ),
  ];
}
