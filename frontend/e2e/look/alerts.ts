import { createServer } from 'node:http';
import { type AddressInfo } from 'node:net';

import { expect, type Page } from '@playwright/test';

import { button, firstRow, have, press } from './actions';

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

type AlertsWindow = Window & { go: { desktop: { Alerts: { Channels(): Promise<{ name: string; version: number }[]>; AddChannel(draft: object, secret: string): Promise<unknown>; RemoveChannel(name: string, version: number): Promise<unknown>; SaveRule(rule: object, version: number): Promise<unknown>; Deliver(): Promise<unknown> } } } };

/**
 * Sends what a new rule raises to a receiver on this computer: to one address that takes it, to one that is busy, and to one whose channel is then
 * removed. Shows the log of that.
 */
export async function sendByChannels(page: Page): Promise<void> {
  const receiver = createServer((request, response) => {
    request.resume();
    response.writeHead(request.url === '/taken' ? 200 : 503).end();
  });
  await new Promise<void>((started) => receiver.listen(0, '127.0.0.1', started));
  const { port } = receiver.address() as AddressInfo;
  await page.evaluate(async (base) => {
    const { Alerts } = (window as unknown as AlertsWindow).go.desktop;
    if ((await Alerts.Channels()).some(({ name }) => name === 'Finance desk')) return;
    const draft = { kind: 'json', host: '', port: 0, tls: '', user: '', from: '', to: [], hours: { digest: '', quietFrom: '', quietTo: '' } };
    const key = '0123456789abcdef';
    await Alerts.AddChannel({ ...draft, name: 'Finance desk', url: `${base}/taken` }, key);
    await Alerts.AddChannel({ ...draft, name: 'Platform team', url: `${base}/busy` }, key);
    await Alerts.AddChannel({ ...draft, name: 'Former partner', url: `${base}/gone` }, key);
    await Alerts.SaveRule({ name: 'Bills are five days late', kind: 'late', amount: '', currency: '', days: 5, scope: '', on: true }, 0);
    await Alerts.Deliver();
    const former = (await Alerts.Channels()).find(({ name }) => name === 'Former partner');
    if (former) await Alerts.RemoveChannel(former.name, former.version);
  }, `http://127.0.0.1:${port}`);
  receiver.close();
  await page.reload();
  await have(page.getByRole('table', { name: 'Deliveries' }));
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
