import { readFileSync } from 'node:fs';

const grammar = readFileSync(new URL('../../spec/writ.cddl', import.meta.url), 'utf8');

/** Rules of the grammar as they stand there, without the empty lines and sections between them. */
export function rules(...names: readonly string[]): string {
  return names.map(ruleOf).join('\n');
}

function ruleOf(name: string): string {
  const lines = grammar.split('\n');
  const start = lines.findIndex((line) => line.startsWith(`${name} `) && /^\S+ +=/.test(line));
  if (start === -1) throw new Error(`the grammar has no rule ${name}`);
  const length = lines.slice(start + 1).findIndex((line) => !/^(\s+\S|[})\]])/.test(line));
  const rule = lines.slice(start, start + 1 + length);
  // Columns are of the whole grammar; a rule that stands alone has none.
  return rule.length > 1 ? rule.join('\n') : (rule[0] ?? '').replace(/ {2,}/g, ' ').replace(' ;', '  ;');
}
