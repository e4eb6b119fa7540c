import { expect, type Locator, type Page, test } from '@playwright/test';

import { charge, createWorkspace, importFile, openDemo, openPage, writeBill } from './bill';

const bill = [charge(1, '10.5', '9.25'), charge(2, '20', '18', { ServiceName: 'Amazon Simple Storage Service', ResourceId: 'bucket' })];

/** What the page notes while the Tab key walks through it. `arrive` notes where the key led, and is true once the walk has come round or has left the content it began in. */
type Walk = { unseen: string[]; reached: Set<Element>; arrive: () => Promise<boolean> };
type WalkWindow = Window & { walk: Walk };

/** Remembers how all controls look without the focus. The walk begins where the window does, or at the content of the page. */
async function beginWalk(page: Page, content: boolean): Promise<void> {
  await page.evaluate(async (within) => {
    // What the focus changes is drawn in the frame after the next.
    const drawn = async () => { for (let frame = 0; frame < 2; frame += 1) await new Promise(requestAnimationFrame); };
    // What a focus ring may be made of: of the control, and of the frame around a text field.
    const ring = (control: Element) => {
      const field = control.closest('.MuiInputBase-root');
      // Within a grid the cell has the ring.
      const cell = document.getElementById(control.getAttribute('aria-activedescendant') ?? '');
      const parts = [control, control.parentElement, cell, field, field?.querySelector('fieldset')].filter((part) => part !== null && part !== undefined);
      return parts.map((part) => { const { outlineStyle, outlineWidth, outlineColor, boxShadow, borderColor, borderWidth } = getComputedStyle(part); return [outlineStyle === 'none' ? '' : outlineWidth + outlineColor, boxShadow, borderColor, borderWidth].join(' '); }).join('; ');
    };
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    const main = within ? document.getElementById('main') : null;
    if (main && !main.hasAttribute('tabindex')) main.tabIndex = -1;
    await drawn();
    const controls = document.querySelectorAll('a[href], button, input, select, textarea, [tabindex]');
    const rest = new Map([...controls].map((control) => [control, ring(control)]));
    main?.focus({ preventScroll: true });
    const unseen: string[] = [];
    const reached = new Set<Element>();
    const seen = (control: Element) => ring(control) !== rest.get(control);
    const arrive = async () => {
      const control = document.activeElement;
      // Between the last control and the first is the window itself.
      if (control === null || control === document.body) return main !== null && reached.size > 0;
      if (reached.has(control) || (main !== null && reached.size > 0 && !main.contains(control))) return true;
      if (main !== null && !main.contains(control)) return false;
      reached.add(control);
      if (!seen(control)) {
        await drawn();
        if (!seen(control)) unseen.push(control.outerHTML.slice(0, 160));
      }
      return false;
    };
    (window as unknown as WalkWindow).walk = { unseen, reached, arrive };
  }, content);
}

/**
 * Goes with the Tab key through the whole window, or through the content of the page only; returns the controls that show nothing of the focus, and those it never reached.
 * The keys go to the browser directly: Playwright keeps pictures of the page before and after each of its own steps, which takes
 * minutes for some hundred of them on a busy machine.
 */
async function tabThrough(page: Page, content = false): Promise<{ unseen: string[]; missed: string[]; stops: number }> {
  await beginWalk(page, content);
  const browser = await page.context().newCDPSession(page);
  const tab = { key: 'Tab', code: 'Tab', windowsVirtualKeyCode: 9 };
  let round = false;
  for (let presses = 0; presses < 400 && !round; presses += 1) {
    await browser.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', ...tab });
    // The focus has moved with the key down; that it comes up again needs no waiting.
    const [{ result }] = await Promise.all([
      browser.send('Runtime.evaluate', { expression: 'walk.arrive()', awaitPromise: true, returnByValue: true }),
      browser.send('Input.dispatchKeyEvent', { type: 'keyUp', ...tab }),
    ]);
    round = result.value === true;
  }
  await browser.detach();
  expect(round, 'the Tab key came back to where it began').toBe(true);
  return page.evaluate((within) => {
    const { unseen, reached } = (window as unknown as WalkWindow).walk;
    // Within these the arrow keys go from one to the next; the keys of a grid act on the row they are at.
    const composite = '[role=grid], [role=menu], [role=listbox], [role=tablist], [role=radiogroup], .MuiToggleButtonGroup-root, [aria-hidden=true]';
    const all = (within ? document.getElementById('main') : document)?.querySelectorAll('a[href], button:not([disabled]), input:not([disabled])') ?? [];
    const missed = [...all]
      .filter((control) => !reached.has(control) && control.checkVisibility({ visibilityProperty: true }) && control.closest(composite) === null)
      .map((control) => control.outerHTML.slice(0, 160));
    return { unseen, missed, stops: reached.size };
  }, content);
}

/** Rows that came from the Go side: a table stands before its rows are there. */
const firstRow = (page: Page) => page.locator('#main').locator('[data-row="0"] [data-column], tbody tr').first();

/** Opens something with Enter on its control, and closes it with Escape, which brings the focus back; a list that is open in it closes first. */
async function opensAndCloses(page: Page, control: Locator, opened: Locator, list?: Locator): Promise<void> {
  await control.press('Enter');
  await expect(opened).toBeVisible();
  await expect.poll(() => opened.evaluate((surface) => surface.contains(document.activeElement))).toBe(true);
  if (list) {
    await expect(list).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(list).toBeHidden();
    await expect(opened).toBeVisible();
  }
  await page.keyboard.press('Escape');
  await expect(opened).toBeHidden();
  await expect(control).toBeFocused();
}

test('the keyboard reaches every control and shows where it is; Enter opens, Escape closes', async ({ page }, info) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await createWorkspace(page, `Keyboard ${Date.now()}`);
  await importFile(page, writeBill(info.outputPath('october.csv'), bill));
  const button = (name: string | RegExp) => page.getByRole('button', { name, exact: typeof name === 'string' });
  const ready: [string, Locator][] = [
    ['Overview', page.getByRole('table', { name: 'services' })],
    ['Charges', page.getByRole('grid', { name: 'Charge lines' })],
    ['Bills', page.getByRole('grid', { name: 'Bills' })],
    ['Imports', page.getByRole('table', { name: 'Imports' })],
    ['Reconciliation', page.getByRole('grid', { name: 'Invoices and the ledger' })],
  ];

  for (const [name, shown] of ready) {
    await test.step(`${name}: every stop of the Tab key is seen, and no control is missed`, async () => {
      await openPage(page, name);
      await expect(shown).toBeVisible();
      await expect(firstRow(page)).toBeVisible();
      const { unseen, missed, stops } = await tabThrough(page);
      expect.soft(unseen, 'without a visible focus').toEqual([]);
      expect.soft(missed, 'not reached').toEqual([]);
      expect(stops).toBeGreaterThan(15);
    });
  }

  await test.step('the palette, menus, popovers and dialogs', async () => {
    await openPage(page, 'Charges');
    await expect(firstRow(page)).toBeVisible();
    await opensAndCloses(page, button(/^Workspace /), page.getByRole('menu'));
    await opensAndCloses(page, button(/^Scope /), page.getByRole('menu'));
    await opensAndCloses(page, button(/^1–2 Oct 2026|^Oct 2026|^1 Oct/), page.getByRole('dialog', { name: 'Period' }));
    await opensAndCloses(page, button('Filter'), page.getByRole('dialog', { name: 'Filter' }), page.getByRole('listbox'));
    await opensAndCloses(page, button('Columns'), page.getByRole('dialog', { name: 'Choose columns' }));
    await opensAndCloses(page, button('Export'), page.getByRole('menu'));
    await button('Billed').focus();
    await page.keyboard.press('ArrowRight');
    await expect(button('Effective')).toBeFocused();
    await page.keyboard.press('Control+k');
    await expect(page.getByRole('combobox', { name: 'Command' })).toBeFocused();
    await page.keyboard.press('Escape');
    await expect(page.getByRole('combobox', { name: 'Command' })).toBeHidden();
  });

  await test.step('drawers and what asks before it removes something', async () => {
    await opensAndCloses(page, page.getByRole('grid', { name: 'Charge lines' }), page.getByRole('dialog', { name: 'Line 1' }));
    await openPage(page, 'Bills');
    await expect(page.getByRole('grid', { name: 'Bills' })).toBeVisible();
    await expect(firstRow(page)).toBeVisible();
    await opensAndCloses(page, page.getByRole('grid', { name: 'Bills' }), page.getByRole('dialog'));
    await openPage(page, 'Imports');
    await opensAndCloses(page, button(/^Undo import/), page.getByRole('dialog'));
    await expect(page.getByRole('table', { name: 'Imports' }).getByText('Counted', { exact: true })).toBeVisible();
  });
});

test('on every page the keyboard reaches the whole content, and Escape closes what Enter opens', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await openDemo(page);
  const links = await page.getByRole('navigation').getByRole('link').evaluateAll((all) => all.map((link) => [link.textContent ?? '', link.getAttribute('href') ?? ''] as const));
  expect(links.length).toBeGreaterThan(15);
  for (const [name, address] of links) {
    await test.step(name, async () => {
      await page.goto(`/${address}`);
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(name);
      await page.waitForFunction(() => document.querySelector('#main .MuiSkeleton-root, #main [aria-busy=true], #main [role=progressbar], #main .waiting') === null);
      let walk = await tabThrough(page, true);
      // What came while the key went through is met by going again.
      if (walk.missed.length > 0) walk = await tabThrough(page, true);
      const { unseen, missed, stops } = walk;
      expect.soft(unseen, `${name}: without a visible focus`).toEqual([]);
      expect.soft(missed, `${name}: not reached`).toEqual([]);
      expect(stops).toBeGreaterThan(0);
      const opener = page.locator('#main').locator('button[aria-haspopup]:not([disabled])').first();
      if ((await opener.count()) === 0) return;
      const surface = page.locator('[role=dialog], [role=menu]').last();
      await opener.press('Enter');
      await expect(surface).toBeVisible();
      await expect.poll(() => surface.evaluate((element) => element.contains(document.activeElement))).toBe(true);
      // A list that is open in it closes first.
      await expect(async () => {
        await page.keyboard.press('Escape');
        await expect(surface).toBeHidden({ timeout: 1_000 });
      }).toPass();
      await expect(opener).toBeFocused();
    });
  }
});
