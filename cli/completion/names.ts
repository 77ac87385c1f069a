import { type Entry, flatten, type OptionEntry } from '../table.ts';

/** The names of all options that take no value, and so leave the next word alone. */
export function flagNames(program: Entry): readonly string[] {
  return [...new Set(flatten(program).flatMap(({ options }) => options.filter(isFlag).flatMap(namesOf)))];
}

/** The words that lead from one command to the next, such as ` trust` and ` trust add`. */
export function places(program: Entry): readonly string[] {
  return flatten(program).slice(1).map(placeOf);
}

/** The options that may follow an entry: its own, and those of the child that stands in. */
export function optionsOf({ options, standIn }: Entry): readonly OptionEntry[] {
  const others = standIn?.options.filter(({ flags }) => !options.some((own) => own.flags === flags));
  return [...options, ...(others ?? [])];
}

/** Where an entry stands: each word of its path behind a space; empty for the program. */
export function placeOf({ path }: Entry): string {
  return path.map((word) => ` ${word}`).join('');
}

/** A text as one word of bash and zsh. */
export function quote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

function isFlag({ values }: OptionEntry): boolean {
  return values === undefined;
}

function namesOf({ names }: OptionEntry): readonly string[] {
  return names;
}
