import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const peers = fileURLToPath(new URL('..', import.meta.url));

/**
 * Lays the built package out as a user would have it installed: with its dependencies, with the optional packages that
 * are named, and with no other in reach. Each copy is a module graph of its own, so that several run in one process.
 *
 * @returns the address of its main module
 * @throws Error where an optional package is not installed in `bench/`
 */
export function stage(optional: readonly string[]): string {
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const folder = mkdtempSync(join(tmpdir(), 'writ-bench-'));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  cpSync(join(root, 'package.json'), join(folder, 'package.json'));
  cpSync(join(root, 'dist/src'), join(folder, 'dist/src'), { recursive: true });
  const link = (from: string, name: string) => {
    const target = join(from, 'node_modules', name);
    if (!existsSync(target)) throw new Error(`${name} is not installed`);
    const path = join(folder, 'node_modules', name);
    mkdirSync(dirname(path), { recursive: true });
    symlinkSync(target, path, 'dir');
  };
  for (const name of Object.keys(manifest.dependencies)) link(root, name);
  for (const name of optional) link(peers, name);
  return pathToFileURL(join(folder, 'dist/src/index.js')).href;
}
