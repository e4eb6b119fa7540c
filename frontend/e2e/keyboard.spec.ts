import { expect, type Locator, type Page, test } from '@playwright/test';

import { charge, createWorkspace, importFile, openPage, writeBill } from './bill';

const bill = [charge(1, '10.5', '9.25'), charge(2, '20', '18', { ServiceName: 'Amazon Simple Storage Service', ResourceId: 'bucket' })];

/** What a focus ring may be made of, at rest: of each control, and of the frame around a text field. */
type Rings = { ring: (control: Element) => string; rest: Map<Element, string>; reached: Set<Element> };
type RingWindow = Window & { rings: Rings };

/** Remembers how all controls look without the focus. */
async function rememberRest(page: Page): Promise<void> {
  await page.evaluate(() => {
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    const ring = (control: Element) => {
      const field = control.closest('.MuiInputBase-root');
      // Within a grid the cell has the ring.
      const cell = document.getElementById(control.getAttribute('aria-activedescendant') ?? '');
      const parts = [control, control.parentElement, cell, field, field?.querySelector('fieldset')].filter((part) => part !== null && part !== undefined);
      return parts.map((part) => { const { outlineStyle, outlineWidth, outlineColor, boxShadow, borderColor, borderWidth } = getComputedStyle(part); return [outlineStyle === 'none' ? '' : outlineWidth + outlineColor, boxShadow, borderColor, borderWidth].join(' '); }).join('; ');
    };
    const controls = document.querySelectorAll('a[href], button, input, select, textarea, [tabindex]');
    (window as unknown as RingWindow).rings = { ring, rest: new Map([...controls].map((control) => [control, ring(control)])), reached: new Set() };
  });
}

/** Goes with the Tab key through the whole page; returns the controls that show nothing of the focus, and those it never reached. */
async function tabThrough(page: Page): Promise<{ unseen: string[]; missed: string[]; stops: number }> {
  await rememberRest(page);
  const unseen: string[] = [];
  let stops = 0;
  for (; stops < 400; stops += 1) {
    await page.keyboard.press('Tab');
    const stop = await page.evaluate(() => {
      const { ring, rest, reached } = (window as unknown as RingWindow).rings;
      const control = document.activeElement;
      // Between the last control and the first is the window itself.
      if (control === null || control === document.body) return { again: false, unseen: '' };
      if (reached.has(control)) return { again: true, unseen: '' };
      reached.add(control);
      return { again: false, unseen: ring(control) === rest.get(control) ? control.outerHTML.slice(0, 160) : '' };
    });
    if (stop.again) break;
    if (stop.unseen !== '') unseen.push(stop.unseen);
  }
  const missed = await page.evaluate(() => {
    const { reached } = (window as unknown as RingWindow).rings;
    // Within these the arrow keys go from one to the next; the keys of a grid act on the row they are at.
    const composite = '[role=grid], [role=menu], [role=listbox], [role=tablist], [role=radiogroup], .MuiToggleButtonGroup-root, [aria-hidden=true]';
    return [...document.querySelectorAll('a[href], button:not([disabled]), input:not([disabled])')]
      .filter((control) => !reached.has(control) && control.getClientRects().length > 0 && control.closest(composite) === null)
      .map((control) => control.outerHTML.slice(0, 160));
  });
  return { unseen, missed, stops };
}

/** Opens something with Enter on its control, and closes it with Escape, which brings the focus back; a list that is open in it closes first. */
async function opensAndCloses(page: Page, control: Locator, opened: Locator, list?: Locator): Promise<void> {
  await control.focus();
  await page.keyboard.press('Enter');
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
      const { unseen, missed, stops } = await tabThrough(page);
      expect.soft(unseen, 'without a visible focus').toEqual([]);
      expect.soft(missed, 'not reached').toEqual([]);
      expect(stops).toBeGreaterThan(15);
    });
  }

  await test.step('the palette, menus, popovers and dialogs', async () => {
    await openPage(page, 'Charges');
    await expect(page.getByRole('grid', { name: 'Charge lines' })).toBeVisible();
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
    await opensAndCloses(page, page.getByRole('grid', { name: 'Bills' }), page.getByRole('dialog'));
    await openPage(page, 'Imports');
    await opensAndCloses(page, button(/^Undo import/), page.getByRole('dialog'));
    await expect(page.getByRole('table', { name: 'Imports' }).getByText('Counted', { exact: true })).toBeVisible();
  });
});
