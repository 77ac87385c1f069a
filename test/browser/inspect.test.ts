import { readFileSync } from 'node:fs';
import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { MacKey } from '../../src/keys/mac-key.ts';
import { grant } from '../../src/token/grant.ts';
import { cfo, demo, GRANT, research, trustFile } from './demo.ts';
import { FAINT } from './faint.ts';
import { type Host, POLICY, startHost, type Visit } from './host.ts';

let host: Host;
beforeAll(async () => {
  host = await startHost();
});
afterAll(() => host?.close());

/** Opens the page and pastes; when the test is done, nothing may have been complained of. */
async function paste(
  { token = '', trust }: { token?: string; trust?: string },
  options?: Parameters<Host['open']>[1],
): Promise<Visit['page']> {
  const { page, troubles } = await host.open('/inspect.html', options);
  onTestFinished(async () => {
    await page.context().close();
    expect(troubles).toEqual([]);
  });
  await page.getByLabel('Token', { exact: true }).fill(token);
  if (trust === undefined) return page;
  await page.getByText('Verify it with a trust file').click();
  await page.getByLabel('Trust file').fill(trust);
  return page;
}

const texts = async (found: Locator): Promise<string[]> =>
  (await found.allTextContents()).map((text) => text.replace(/\s+/g, ' '));

test('an empty page shows two labelled fields and says nothing', async () => {
  const page = await paste({});
  expect(await page.getByRole('status').textContent()).toBe('');
  expect(await texts(page.getByRole('heading'))).toEqual(['What a writ says']);
});

test('the page carries its policy, whoever serves it', () => {
  expect(host.files.get('/inspect.html')).toContain(`content="${POLICY}"`);
});

describe('the token of the demo', () => {
  test('is shown from the human down, under headings', async () => {
    const page = await paste({ token: demo() });
    expect(await texts(page.getByRole('heading', { level: 2 }))).toEqual([
      'Warnings',
      'The request sealed in it',
      'From the human down',
      'Not proven',
    ]);
    expect(await texts(page.getByRole('heading', { level: 3 }))).toEqual([
      'mailto:cfo@acme.example',
      'agent:acme/research',
      'agent:acme/lookup',
    ]);
  });

  test('is shown with what each hop took away, and what its holder may do', async () => {
    const page = await paste({ token: demo() });
    const holder = page
      .getByRole('listitem')
      .filter({ has: page.getByRole('heading', { name: 'agent:acme/lookup' }) });
    const [changes = [], authority = []] = await Promise.all(
      (await holder.getByRole('list').all()).map((list) => texts(list.getByRole('listitem'))),
    );
    expect(changes).toEqual([
      'no longer may list, read on reports/**',
      'now may read on reports/q3/**',
      'no longer may be delegated once',
      'now may not be delegated further',
    ]);
    expect(authority).toContain('may read on reports/q3/**');
  });

  test.each([
    ['without a trust file', undefined, /^Not verified\. No trust file/],
    [
      'with the trust file of the grantor',
      trustFile(cfo),
      /^Verified back to mailto:cfo@acme\.example, by their own key/,
    ],
    ['with that of another', trustFile(research), /^Not verified\. anchor\.unknown\./],
    ['with one that is no JSON', '{', /^Refused: the trust file is not JSON/],
    ['with one that is none', '{}', /^Refused: trust\.format\./],
  ])('says %s whether it holds', async (_, trust, said) => {
    const page = await paste({ token: demo(), ...(trust === undefined ? {} : { trust }) });
    expect(await page.getByRole('status').textContent()).toMatch(said);
  });
});

test.each([
  [
    '<img src=x onerror=alert(1)><script>alert(1)</script>',
    '“<img src=x onerror=alert(1)><script>alert(1)</script>”',
  ],
  ['a soft\u00adhyphen', '“a soft\\u{ad}hyphen”'],
])('the purpose %j stays text', async (purpose, shown) => {
  const page = await paste({ token: demo(purpose) });
  expect(await texts(page.locator('em').first())).toEqual([shown]);
});

const vectors = JSON.parse(readFileSync(new URL('../../test-vectors/token.json', import.meta.url), 'utf8'));
const hostile = vectors.tests.find(({ code }: { code: string }) => code === 'cbor.character').text;

test.each([
  ['nothing', /^Refused: text\.prefix\./],
  [hostile, /^Refused: cbor\.character\./],
])('what is no token is refused with its code, case %#', async (token, said) => {
  const page = await paste({ token });
  expect(await page.getByRole('status').textContent()).toMatch(said);
});

test.each([
  [
    'a secret token',
    {
      token: grant({
        ...GRANT,
        key: MacKey.generate(),
        aud: ['https://files.acme.example'],
        mission: { id: 'q3', purpose: 'x' },
      }),
    },
    true,
  ],
  ['a broken secret', { token: 'writ_secret_' }, true],
  ['a trust file with a secret', { trust: '{"keys":[{"kty":"oct","k":"…"}]}' }, true],
  ['what is no secret', { token: demo(), trust: trustFile(cfo) }, false],
])('%s is warned of, or not: %#', async (_, pasted, warned) => {
  const page = await paste(pasted);
  expect(await page.getByRole('alert').isVisible()).toBe(warned);
});

test('the keyboard reaches everything, in the order of the page', async () => {
  const page = await paste({});
  const focused = () => page.evaluate('document.activeElement.id || document.activeElement.localName');
  const reached = [await focused()];
  for (const key of ['Tab', 'Enter', 'Tab']) {
    await page.keyboard.press(key);
    reached.push(await focused());
  }
  expect(reached).toEqual(['token', 'summary', 'summary', 'trust']);
});

describe.each(['light', 'dark'] as const)('in %s', (colorScheme) => {
  test.each([320, 1280])('at a width of %i nothing is cut off or faint', async (width) => {
    const page = await paste(
      { token: demo(), trust: trustFile(cfo) },
      { colorScheme, viewport: { width, height: 800 } },
    );
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
    expect(await page.evaluate(FAINT)).toEqual([]);
  });

  test('its background is of that scheme', async () => {
    const page = await paste({}, { colorScheme });
    const colour = await page.evaluate('getComputedStyle(document.documentElement).backgroundColor');
    const [red = 0] = /\d+/.exec(String(colour))?.map(Number) ?? [];
    expect(red > 127 ? 'light' : 'dark').toBe(colorScheme);
  });
});

test('what is faint would be found', async () => {
  const page = await paste({});
  await page.evaluate("document.querySelector('h1').style.color = 'rgb(128, 128, 128)'");
  expect(await page.evaluate(FAINT)).toEqual([expect.stringContaining('What a writ says')]);
});
