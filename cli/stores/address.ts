import { usage } from '../exit.ts';

/** Where a server is, and which store on it is meant. */
export interface Address {
  /** What the client connects to; without a password. */
  readonly url: string;
  /** The store's own name on the server; by default that of the library. */
  readonly name: string | undefined;
}

/**
 * Reads the URL of a store.
 *
 * @param parameter the query parameter that has the store's name, taken out of the URL
 * @param variable the environment variable that may hold the password
 * @throws CliError exit code 2; others can read the arguments of a process, so that a password is refused
 */
export function parseAddress(text: string, parameter: string, variable: string): Address {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || url.hostname === '') throw usage('the store is no URL with a host');
  if (url.password !== '' || url.searchParams.has('password')) {
    throw usage('a password in an argument can be read by others', `put it into ${variable}`);
  }
  const name = url.searchParams.get(parameter) ?? undefined;
  url.searchParams.delete(parameter);
  return { url: url.href, name };
}
