/** Tells whether a value is a text of a grammar. */
export type Grammar = (text: unknown) => text is string;

function grammar(pattern: RegExp): Grammar {
  return (text): text is string => typeof text === 'string' && pattern.test(text);
}

/** Whether a text is a `name`: 1 to 255 printable ASCII characters without space (spec §2). */
export const isName: Grammar = grammar(/^[!-~]{1,255}$/);

/** Whether a text is a `principal`: a URI without `#` and `*` (spec §2). */
export const isPrincipal: Grammar = grammar(/^[a-z][a-z0-9+.-]*:[!"$-)+-~]{1,255}$/);

/** Whether a text is a principal pattern: a principal, or a prefix of one that ends in `/*` or `:*` (spec §2). */
export const isPrincipalPattern: Grammar = grammar(
  /^[a-z][a-z0-9+.-]*:(?:[!"$-)+-~]{1,255}|(?:[!"$-)+-~]{0,253}[/:])?\*)$/,
);

/**
 * Whether a principal pattern admits a principal (spec §2).
 *
 * @example
 * matchPrincipal('agent:acme/*', 'agent:acme/lookup') // true
 */
export function matchPrincipal(pattern: string, principal: string): boolean {
  if (!pattern.endsWith('*')) return pattern === principal;
  return principal.length >= pattern.length && principal.startsWith(pattern.slice(0, -1));
}

/** Whether the first pattern admits every principal that the second admits. */
export function containsPrincipal(outer: string, inner: string): boolean {
  return inner.endsWith('*')
    ? outer.endsWith('*') && inner.startsWith(outer.slice(0, -1))
    : matchPrincipal(outer, inner);
}

/** Whether a text is a `unit` of a limit (spec §2). */
export const isUnit: Grammar = grammar(/^[a-z0-9][a-z0-9._-]{0,63}$/);

/** Whether a text is an exact action, as requests name it (spec §2). */
export const isAction: Grammar = grammar(/^[A-Za-z0-9][A-Za-z0-9._:-]{0,63}$/);
