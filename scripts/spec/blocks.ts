import { authorityRows } from './authority.ts';
import { dump } from './dump.ts';
import { rules } from './grammar.ts';
import { layOut, thumbprint } from './notation.ts';
import { signedOf } from './signed.ts';
import { valueAt } from './vectors.ts';

type Maker = (...args: readonly string[]) => string;

/** What makes a block, by the word that its mark begins with. */
export const blocks: Readonly<Record<string, Maker>> = {
  /** Rules of the grammar. */
  cddl: rules,
  /** The annotated bytes of a test's token. */
  dump: (id = '') => dump(textOf(id)),
  /** The signed bytes of a test's objects. */
  signed: (id = '') => signedOf(id),
  /** The text of a test's token, in lines. */
  text: (id = '') => wrap(textOf(id)),
  /** The text of the evidence in the first step of a sequence, in lines. */
  piece: (id = '') => wrap(textOf(id, '0:').replace(/^[^~]*/, '')),
  /** A text of several lines, as it is. */
  lines: (id = '', path = '') => String(valueAt(id, path)).trimEnd(),
  /** Some keys of a trust file, by their place in it. */
  trust: (type = '', ...places) => {
    const keys = places.map((place) => `  ${layOut(valueAt(type, `trust/keys/${place}`), '    ')}`);
    return `{ "keys": [\n${keys.join(',\n')} ] }`;
  },
  /** The keys of tests by name. */
  keys: (type = '', ...names) =>
    table([['', 'seed', 'public key', 'key id'], ...names.map((name) => [name, ...keyOf(type, name)])]),
  /** The effective authority after each block of a test's token. */
  authority: (id = '') => table(authorityRows(textOf(id))),
};

function textOf(id: string, step = ''): string {
  return String(valueAt(id, `${step}text`));
}

function wrap(text: string): string {
  return (text.match(/.{1,128}/g) ?? []).join('\n');
}

function keyOf(type: string, name: string): string[] {
  const { seed, publicKey } = valueAt(type, `keys/${name}`) as Readonly<Record<string, string>>;
  return [seed, publicKey, thumbprint(publicKey ?? '')].map((hex) => `\`${hex}\``);
}

function table([head = [], ...rows]: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
}
