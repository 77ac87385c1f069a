import { cpus, loadavg, release, totalmem, type } from 'node:os';

/** What figures were measured on; without it they say nothing. */
export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly memory: string;
  readonly node: string;
  readonly os: string;
  /** How many processes wanted a core in the last minute, this one among them. */
  readonly load: number;
}

/** Names this machine. */
export function nameMachine(): Machine {
  const all = cpus();
  return {
    cpu: all[0]?.model.trim() ?? 'unknown',
    cores: all.length,
    memory: `${Math.round(totalmem() / 2 ** 30)} GiB`,
    node: process.version,
    os: `${type()} ${release()}`,
    load: Math.round(10 * (loadavg()[0] ?? 0)) / 10,
  };
}
