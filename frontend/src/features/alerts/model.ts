import { z } from 'zod';

import { columnsOfKind } from '../../lib/table';
import type { AlertInfo, ChannelDraft, ChannelHours, DeliveryInfo, StoreDeliveryState, NotifyKind, ShownTable } from '../../lib/wire';
import type { PillTone } from '../../ui/Pill';
import { ruleKinds } from './rules';

export const tabs = [
  { value: 'inbox', label: 'Inbox' },
  { value: 'log', label: 'Delivery log' },
  { value: 'channels', label: 'Channels' },
  { value: 'rules', label: 'Rules' },
] as const;

export type Tab = (typeof tabs)[number]['value'];

export function isTab(text: string): text is Tab {
  return tabs.some(({ value }) => value === text);
}

/** The kinds of channels, and what the secret of each is. */
export const channelKinds: { value: NotifyKind; label: string; secret: string; helper: string }[] = [
  { value: 'smtp', label: 'E-mail', secret: 'Password', helper: 'Only with a user' },
  { value: 'slack', label: 'Slack', secret: 'Address of the web hook', helper: 'Whoever has it can write there, so it is kept as a secret' },
  { value: 'teams', label: 'Microsoft Teams', secret: 'Address of the web hook', helper: 'Whoever has it can write there, so it is kept as a secret' },
  { value: 'json', label: 'Web hook (JSON)', secret: 'Key of the signature', helper: 'At least 16 characters; each message is signed with it by HMAC-SHA256' },
  { value: 'desktop', label: 'Notification on this computer', secret: '', helper: '' },
];

export function kindLabel(kind: NotifyKind): string {
  return channelKinds.find(({ value }) => value === kind)?.label ?? kind;
}

/** How a delivery stands, as a pill says it. */
export function describeDelivery(state: StoreDeliveryState): { text: string; tone: PillTone; why: string } {
  switch (state) {
    case 'sent':
      return { text: 'Sent', tone: 'good', why: 'The receiver took it' };
    case 'waiting':
      return { text: 'Waiting', tone: 'plain', why: 'It is tried again' };
    case 'held':
      return { text: 'Held back', tone: 'plain', why: 'It waits for the daily digest, or for the end of the quiet hours' };
    case 'failed':
      return { text: 'Failed', tone: 'bad', why: 'It was tried eight times, or the channel was removed; it is not tried again' };
    case 'sending':
      return { text: 'Unknown', tone: 'bad', why: 'It is being sent, or the program ended meanwhile; it is not sent again' };
  }
}

const timeOfDay = z.string().trim().regex(/^(([01]\d|2[0-3]):[0-5]\d)?$/, 'Write a time such as 08:00, or nothing.');

const hours = { digest: timeOfDay, quietFrom: timeOfDay, quietTo: timeOfDay };

/** Says which field of the hours is missing. The Go side has the last word. */
function checkHours({ quietFrom, quietTo }: ChannelHours, context: z.RefinementCtx) {
  if ((quietFrom === '') !== (quietTo === '')) context.addIssue({ code: 'custom', path: [quietFrom === '' ? 'quietFrom' : 'quietTo'], message: 'Quiet hours need both times.' });
}

/** When a channel sends. */
export const hoursSchema = z.object(hours).superRefine(checkHours);

/** What the form of a channel holds. The Go side has the last word. */
export const channelSchema = z
  .object({
    kind: z.enum(['smtp', 'slack', 'teams', 'json', 'desktop']),
    name: z.string().trim().min(1, 'Give the channel a name.').max(100, 'A name has at most 100 characters.'),
    url: z.string().trim(),
    host: z.string().trim(),
    port: z.string().trim().regex(/^\d{0,5}$/, 'Write a number, or nothing for the usual port.'),
    tls: z.enum(['starttls', 'tls']),
    user: z.string().trim(),
    from: z.string().trim(),
    to: z.string().trim(),
    secret: z.string(),
    ...hours,
  })
  .superRefine((values, context) => {
    const { kind, url, host, from, to, user, secret } = values;
    const need = (path: string, missing: boolean, message: string) => {
      if (missing) context.addIssue({ code: 'custom', path: [path], message });
    };
    need('host', kind === 'smtp' && host === '', 'Name the SMTP server.');
    need('from', kind === 'smtp' && from === '', 'Write the address that mails come from.');
    need('to', kind === 'smtp' && to === '', 'Write at least one address.');
    need('url', kind === 'json' && url === '', 'Write the address of the web hook.');
    need('secret', secret === '' && kind !== 'desktop' && (kind !== 'smtp' || user !== ''), 'Enter it; it goes into the keychain of this computer.');
    checkHours(values, context);
  });

export type ChannelValues = z.infer<typeof channelSchema>;

export const newChannel: ChannelValues = { kind: 'smtp', name: '', url: '', host: '', port: '', tls: 'starttls', user: '', from: '', to: '', secret: '', digest: '', quietFrom: '', quietTo: '' };

/** What crosses to the Go side, but for the secret: only the fields that the kind has. */
export function draftOf({ kind, name, url, host, port, tls, user, from, to, digest, quietFrom, quietTo }: ChannelValues): ChannelDraft {
  const mail = kind === 'smtp';
  return {
    name,
    kind,
    url: kind === 'json' ? url : '',
    host: mail ? host : '',
    port: mail && port !== '' ? Number(port) : 0,
    tls: mail ? tls : 'starttls',
    user: mail ? user : '',
    from: mail ? from : '',
    to: mail ? to.split(/[,;\s]+/).filter((address) => address !== '') : [],
    hours: { digest, quietFrom, quietTo },
  };
}

/** When a channel sends, in words. */
export function describeHours({ digest, quietFrom, quietTo }: ChannelHours): string {
  const first = digest === '' ? 'Each alert as it is raised' : `All alerts of a day together at ${digest}`;
  return quietFrom === '' ? first : `${first}, except from ${quietFrom} to ${quietTo}`;
}

/** Where an alert leads to. */
export function placeOf({ kind, budget, period, about, rule }: AlertInfo): { label: string; pathname: string; search: string } {
  const search = (params: Record<string, string>) => `?${new URLSearchParams(params).toString()}`;
  if (rule === '') return { label: 'Open budget', pathname: '/budgets', search: search({ budget, 'period-of': period }) };
  switch (kind) {
    case 'anomaly':
      return { label: 'Open anomaly', pathname: '/anomalies', search: search({ state: 'all', anomaly: about }) };
    case 'regressed':
      return { label: 'Open finding', pathname: '/savings', search: search({ finding: about.slice(0, about.lastIndexOf('@')) }) };
    case 'expiring':
      return { label: 'Open commitments', pathname: '/commitments', search: '' };
    default:
      return { label: 'Open data quality', pathname: '/quality', search: '' };
  }
}

/** The threshold that was reached, or what a rule reports. */
function reasonOf({ kind, percent, rule }: AlertInfo): string {
  if (rule !== '') return ruleKinds.find(({ value }) => value === kind)?.label ?? kind;
  if (kind === 'absolute') return `${kind} ${percent}`;
  return kind === 'breach' ? `${kind} ${percent} days` : `${kind} ${percent} %`;
}

/** The alerts as they leave for Excel or CSV. */
export function alertsTable(alerts: AlertInfo[]): ShownTable {
  return {
    title: 'Alerts',
    columns: [...columnsOfKind('day', 'Crossed'), ...columnsOfKind('time', 'Raised'), ...columnsOfKind('text', 'Budget or rule', 'Period', 'Reason', 'Message', 'Sent to', 'Read by')],
    rows: alerts.map((one) => [one.crossedAt, one.seenAt, one.budget || one.rule, one.period, reasonOf(one), one.message, one.sentTo.join(', '), one.readBy]),
    currencyColumn: -1,
  };
}

/** The delivery log as it leaves for Excel or CSV. */
export function deliveriesTable(log: DeliveryInfo[], messageOf: (alert: number) => string): ShownTable {
  return {
    title: 'Delivery log',
    columns: [...columnsOfKind('time', 'Time'), ...columnsOfKind('text', 'Channel', 'State'), ...columnsOfKind('count', 'Attempts'), ...columnsOfKind('time', 'Next try'), ...columnsOfKind('text', 'Alert', 'Error')],
    rows: log.map((one) => [one.changedAt, one.channel, describeDelivery(one.state).text, String(one.attempts), one.nextAt, messageOf(one.alert), one.error]),
    currencyColumn: -1,
  };
}
