import { script, scriptSha } from './script.ts';

/** Of the package `redis`: what `createClient` and `createCluster` make. */
export interface NodeRedisClient {
  evalSha(sha: string, options: { keys: string[]; arguments: string[] }): Promise<unknown>;
  eval(script: string, options: { keys: string[]; arguments: string[] }): Promise<unknown>;
}

/** Of the package `ioredis`: a `Redis` or a `Cluster`. */
export interface IoredisClient {
  evalsha(sha: string, keys: number, ...args: string[]): Promise<unknown>;
  eval(script: string, keys: number, ...args: string[]): Promise<unknown>;
}

/** A client that the service made, connected and listens to. */
export type RedisClient = NodeRedisClient | IoredisClient;

/** Runs the script once. */
export type Run = (keys: string[], args: string[]) => Promise<unknown>;

/** The script by its name, and in full. */
export interface Runs {
  readonly bySha: Run;
  readonly inFull: Run;
}

/** How a client runs the script. @throws TypeError where it is of neither package */
export function runsOf(client: RedisClient): Runs {
  const has = (name: string) =>
    typeof (client as unknown as Record<string, unknown> | undefined)?.[name] === 'function';
  if (has('evalSha') && has('eval')) {
    const own = client as NodeRedisClient;
    return {
      bySha: (keys, args) => own.evalSha(scriptSha, { keys, arguments: args }),
      inFull: (keys, args) => own.eval(script, { keys, arguments: args }),
    };
  }
  if (has('evalsha') && has('eval')) {
    const own = client as IoredisClient;
    return {
      bySha: (keys, args) => own.evalsha(scriptSha, keys.length, ...keys, ...args),
      inFull: (keys, args) => own.eval(script, keys.length, ...keys, ...args),
    };
  }
  throw new TypeError('client is none of the package redis (evalSha, eval) or ioredis (evalsha, eval)');
}

/** Whether a server does not know the script; it was started anew, or what it knew was dropped. */
export function isUnknownScript(error: unknown): boolean {
  return messageOf(error).startsWith('NOSCRIPT');
}

/** What an error says, which is for comparing and for nobody's eyes. */
export function messageOf(error: unknown): string {
  const { message } = (error ?? {}) as { readonly message?: unknown };
  return typeof message === 'string' ? message : '';
}
