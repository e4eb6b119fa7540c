import { expect, type Page } from '@playwright/test';

import { button, firstRow, press } from './actions';

/** The form of a channel that shows notifications on this computer. */
export async function fillChannel(page: Page): Promise<void> {
  await press(page.getByRole('button', { name: 'Add channel' }));
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('combobox', { name: 'Kind' }).click();
  await page.getByRole('option', { name: 'Notification on this computer' }).click();
  await dialog.getByRole('textbox', { name: 'Name' }).fill('My desk');
  await dialog.getByRole('textbox', { name: 'Quiet from' }).fill('20:00');
  await dialog.getByRole('textbox', { name: 'Quiet until' }).fill('07:00');
}

/** Adds a channel unless a view before has. */
export async function haveChannel(page: Page): Promise<void> {
  await expect(page.getByRole('button', { name: 'Add channel' })).toBeVisible();
  const added = page.getByRole('heading', { name: 'My desk' });
  if (await added.isVisible()) return;
  await fillChannel(page);
  await page.getByRole('dialog').getByRole('button', { name: 'Add channel' }).click();
  await expect(added).toBeVisible();
}

/** Adds rules of which one raises alerts, unless a view before has. */
export async function haveRule(page: Page): Promise<void> {
  await expect(page.getByRole('button', { name: 'Add rule' })).toBeVisible();
  const rule = (name: string) => page.getByRole('listitem').filter({ hasText: name });
  if (await rule('Large anomalies').isVisible()) return;
  await button('Add rule')(page);
  await page.getByRole('textbox', { name: 'Name' }).fill('Large anomalies');
  await page.getByRole('textbox', { name: 'Impact of at least' }).fill('100');
  await page.getByRole('dialog').getByRole('button', { name: 'Add rule' }).click();
  await expect(rule('Large anomalies')).toBeVisible();
  await button('Add rule')(page);
  await page.getByRole('combobox', { name: 'Kind' }).click();
  await page.getByRole('option', { name: 'Late data' }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill('Bills are late');
  await page.getByRole('textbox', { name: 'Days' }).fill('3');
  await page.getByRole('dialog').getByRole('button', { name: 'Add rule' }).click();
  await expect(rule('Bills are late')).toBeVisible();
}

/** Has a channel, a rule that is newer than it and so raises alerts that are sent, and the log of that. */
export async function sendByChannel(page: Page): Promise<void> {
  await page.goto('/#/alerts?tab=channels');
  await haveChannel(page);
  await page.goto('/#/alerts?tab=rules');
  await haveRule(page);
  await page.goto('/#/alerts?tab=log');
  await expect(page.getByRole('heading').first()).toBeVisible();
}

/** Mutes what is like the first anomaly, unless a view before has, and opens the form of the rule. */
export async function editMuteRule(page: Page): Promise<void> {
  await firstRow('Anomalies')(page);
  const mute = page.getByRole('button', { name: 'Mute all like this' });
  if (await mute.isEnabled()) {
    await mute.click();
    await expect(page.getByText(/^Saved the mute rule/)).toBeVisible();
  }
  await page.goto('/#/anomalies?dialog=mute');
  await press(page.getByRole('button', { name: /^Edit / }));
}
