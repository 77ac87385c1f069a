import { CliError, exits } from '../exit.ts';

/**
 * Loads a package that a store needs and that is installed only where it is used.
 *
 * @throws CliError exit code 3 where it is not installed
 */
export async function load<T>(name: string): Promise<T> {
  try {
    return await import(name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_MODULE_NOT_FOUND') throw error;
    throw new CliError(
      exits.file,
      `the package ${name} is not installed`,
      `npm install ${name}, where writ is`,
    );
  }
}
