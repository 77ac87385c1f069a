import { once } from 'node:events';
import { accessSync, constants } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { basename, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BuildOptions, build, type Plugin } from 'esbuild';
import { type BrowserContextOptions, chromium, type Page } from 'playwright-core';

/** The policy of every page: own scripts and styles and nothing else, not even a request to where they came from. */
export const POLICY: string = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "require-trusted-types-for 'script'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

const root = fileURLToPath(new URL('../..', import.meta.url));
const TYPES: Record<string, string> = { js: 'text/javascript', css: 'text/css', html: 'text/html' };

// The test pages load the package as it is built for browsers, and not the sources that they are typed with.
const published: Plugin = {
  name: 'published',
  setup({ onResolve }) {
    const filter = /\/src\/(index|entry\/(keys|verify))\.ts$/;
    onResolve({ filter }, ({ path }) => ({ path: `/${basename(path, '.ts')}.js`, external: true }));
  },
};

/** Bundles for a browser, in memory: the texts by the paths under which they are served. */
async function bundle(options: BuildOptions): Promise<[path: string, text: string][]> {
  const { outputFiles = [] } = await build({
    bundle: true,
    format: 'esm',
    platform: 'browser',
    write: false,
    absWorkingDir: root,
    outdir: root,
    ...options,
  });
  return outputFiles.map(({ path, text }) => [`/${relative(root, path)}`, text]);
}

/** A page that was opened, and all that its browser complained of since. */
export interface Visit {
  readonly page: Page;
  readonly troubles: readonly string[];
}

/** Chromium, and a server of files under the policy. */
export interface Host {
  readonly files: Map<string, string>;
  open(path: string, options?: BrowserContextOptions): Promise<Visit>;
  /** Opens a page of nothing but one of the modules in `pages`, and gives what it exports as `result`. */
  run(name: string, given?: unknown): Promise<{ result: unknown; troubles: readonly string[] }>;
  close(): Promise<void>;
}

/** Starts both; the browser is the one that CHROMIUM names, or else Debian's. */
export async function startHost(): Promise<Host> {
  const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
  try {
    accessSync(executablePath, constants.X_OK);
  } catch {
    throw new Error(`no Chromium at ${executablePath}: run npm run tools, or set CHROMIUM`);
  }
  const files = new Map([
    ...(await bundle({ entryPoints: { index: 'dist/src/index.js' } })),
    ...(await bundle({ entryPoints: ['verify', 'keys'].map((name) => `dist/src/entry/${name}.js`), splitting: true })),
    ...(await bundle({ entryPoints: ['js', 'css', 'html'].map((type) => ({ in: `examples/inspect.${type}`, out: 'inspect' })), loader: { '.html': 'copy' } })),
    ...(await bundle({ entryPoints: ['test/browser/pages/*.ts'], splitting: true, plugins: [published] })),
  ]); // biome-ignore format: a bundle a line
  const server = createServer(({ url = '/' }, response) => {
    const text = files.get(url);
    response.statusCode = text === undefined ? 404 : 200;
    response.setHeader('Content-Security-Policy', POLICY);
    response.setHeader('X-Content-Type-Options', 'nosniff');
    response.setHeader(
      'Content-Type',
      `${TYPES[url.split('.').at(-1) ?? ''] ?? 'text/plain'}; charset=utf-8`,
    );
    response.end(text);
  });
  await once(server.listen(0, '127.0.0.1').unref(), 'listening');
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const browser = await chromium.launch({
    executablePath,
    args: [
      ...['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
      ...['--disable-component-update', '--disable-sync', '--no-first-run'],
    ],
  });

  const open: Host['open'] = async (path, options) => {
    const context = await browser.newContext(options);
    const page = await context.newPage();
    const troubles: string[] = [];
    page.on('console', (message) => message.type() === 'error' && troubles.push(message.text()));
    page.on('pageerror', (error) => troubles.push(String(error)));
    page.on('requestfailed', (request) => troubles.push(`failed: ${request.url()}`));
    // In the window before any script of the page, so that no violation comes too early to be heard.
    await page.addInitScript(
      `addEventListener('securitypolicyviolation', (e) => console.error('violation: ' + e.violatedDirective))`,
    );
    await page.goto(origin + path);
    return { page, troubles };
  };

  return {
    files,
    open,
    async run(name, given = null) {
      files.set('/given.js', `export const given = ${JSON.stringify(given)};`);
      files.set(
        '/run.html',
        `<!doctype html><title>${name}</title><script type="module" src="${name}.js"></script>`,
      );
      const { page, troubles } = await open('/run.html');
      // The module has run by itself, under the policy: this only asks the same instance for what came of it.
      const result: unknown = await page.evaluate(`import('/${name}.js').then((module) => module.result)`);
      await page.context().close();
      return { result, troubles };
    },
    async close() {
      await browser.close();
      server.close();
    },
  };
}
