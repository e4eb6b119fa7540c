import { z } from 'zod';

import { columnsOfKind } from '../../lib/table';
import type { AlertInfo, ChannelDraft, DeliveryInfo, StoreDeliveryState, NotifyKind, ShownTable } from '../../lib/wire';
import type { PillTone } from '../../ui/Pill';

export const tabs = [
  { value: 'inbox', label: 'Inbox' },
  { value: 'log', label: 'Delivery log' },
  { value: 'channels', label: 'Channels' },
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
    case 'failed':
      return { text: 'Failed', tone: 'bad', why: 'It was tried eight times and is not tried again' };
    case 'sending':
      return { text: 'Unknown', tone: 'bad', why: 'It is being sent, or the program ended meanwhile; it is not sent again' };
  }
}

/** What the form of a channel holds. The Go side has the last word. */
export const channelSchema = z
  .object({
    kind: z.enum(['smtp', 'slack', 'teams', 'json']),
    name: z.string().trim().min(1, 'Give the channel a name.').max(100, 'A name has at most 100 characters.'),
    url: z.string().trim(),
    host: z.string().trim(),
    port: z.string().trim().regex(/^\d{0,5}$/, 'Write a number, or nothing for the usual port.'),
    tls: z.enum(['starttls', 'tls']),
    user: z.string().trim(),
    from: z.string().trim(),
    to: z.string().trim(),
    secret: z.string(),
  })
  .superRefine(({ kind, url, host, from, to, user, secret }, context) => {
    const need = (path: string, missing: boolean, message: string) => {
      if (missing) context.addIssue({ code: 'custom', path: [path], message });
    };
    need('host', kind === 'smtp' && host === '', 'Name the SMTP server.');
    need('from', kind === 'smtp' && from === '', 'Write the address that mails come from.');
    need('to', kind === 'smtp' && to === '', 'Write at least one address.');
    need('url', kind === 'json' && url === '', 'Write the address of the web hook.');
    need('secret', secret === '' && (kind !== 'smtp' || user !== ''), 'Enter it; it goes into the keychain of this computer.');
  });

export type ChannelValues = z.infer<typeof channelSchema>;

export const newChannel: ChannelValues = { kind: 'smtp', name: '', url: '', host: '', port: '', tls: 'starttls', user: '', from: '', to: '', secret: '' };

/** What crosses to the Go side, but for the secret: only the fields that the kind has. */
export function draftOf({ kind, name, url, host, port, tls, user, from, to }: ChannelValues): ChannelDraft {
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
  };
}

/** The alerts as they leave for Excel or CSV. */
export function alertsTable(alerts: AlertInfo[]): ShownTable {
  return {
    title: 'Alerts',
    columns: [...columnsOfKind('day', 'Crossed'), ...columnsOfKind('time', 'Raised'), ...columnsOfKind('text', 'Budget', 'Period', 'Threshold', 'Message', 'Sent to', 'Read by')],
    rows: alerts.map((one) => [one.crossedAt, one.seenAt, one.budget, one.period, `${one.kind} ${one.percent} %`, one.message, one.sentTo.join(', '), one.readBy]),
    currencyColumn: -1,
  };
}

/** The delivery log as it leaves for Excel or CSV. */
export function deliveriesTable(log: DeliveryInfo[], messageOf: (alert: number) => string): ShownTable {
  return {
    title: 'Delivery log',
    columns: [...columnsOfKind('time', 'Time'), ...columnsOfKind('text', 'Channel', 'State'), ...columnsOfKind('count', 'Attempts'), ...columnsOfKind('text', 'Alert', 'Error')],
    rows: log.map((one) => [one.changedAt, one.channel, describeDelivery(one.state).text, String(one.attempts), messageOf(one.alert), one.error]),
    currencyColumn: -1,
  };
}
