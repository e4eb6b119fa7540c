import { join } from 'node:path';

import { expect, type Page, test } from '@playwright/test';

import { expectNoViolation } from './axe';
import { charge, createWorkspace, dropFiles, writeBill } from './bill';

/** So many that reading them takes seconds on any machine. */
const manyFiles = 3000;

function writeFolder(folder: string): string {
  for (let at = 0; at < manyFiles; at += 1) writeBill(join(folder, `part-${at}.csv`), [charge(1 + (at % 20), '1', '1', { ResourceId: `machine-${at}` })]);
  return folder;
}

type Job = { kind: string; state: string };

/** How many previews were cancelled. The program's own window hears of the dropped files too; its preview ends with its workspace. */
async function cancelled(page: Page): Promise<number> {
  const jobs = await page.evaluate(() => (window as unknown as { go: { desktop: { Jobs: { List(): Promise<Job[]> } } } }).go.desktop.Jobs.List());
  return jobs.filter((job) => job.kind === 'preview' && job.state === 'cancelled').length;
}

/** Begins a preview and follows a link in the frame in which its progress shows. */
async function clickOnceReading(at: { again: Node | null; bills: Node | null; text: string }): Promise<void> {
  (at.again as HTMLElement).click();
  while (!document.body.innerText.includes(at.text)) await new Promise(requestAnimationFrame);
  (at.bills as HTMLElement).click();
}

for (const colorScheme of ['light', 'dark'] as const) {
  test(`the preview of a large folder shows how far it is and can be cancelled, ${colorScheme}`, async ({ page }, info) => {
    test.slow();
    await page.emulateMedia({ colorScheme });
    const folder = writeFolder(info.outputPath('bills'));
    await createWorkspace(page, `Large folder ${colorScheme} ${Date.now()}`);
    const before = await cancelled(page);

    await dropFiles(page, [folder]);
    const progress = page.getByRole('status', { name: 'Reading the files' });
    await expect(progress).toContainText(/[1-9][\d,]* of 3,000 files/);
    await progress.getByRole('button', { name: 'Cancel' }).click();
    await expect(page.getByText('Preview cancelled')).toBeVisible();
    const once = await cancelled(page);
    expect(once).toBeGreaterThan(before);
    await expectNoViolation(page);

    await test.step('it can be begun again, and ends when its page is left', async () => {
      const bills = await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Bills', exact: true }).elementHandle();
      const again = await page.getByRole('button', { name: 'Preview again' }).elementHandle();
      // Inside the page, since a quick machine may read all files while a test runner asks whether the first are read.
      await page.evaluate(clickOnceReading, { again, bills, text: 'of 3,000 files' });
      await expect(page.getByRole('heading', { level: 1, name: 'Bills' })).toBeVisible();
      await expect.poll(() => cancelled(page)).toBeGreaterThan(once);
    });
  });
}
