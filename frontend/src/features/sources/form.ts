import { z } from 'zod';

import { formatMonth } from '../../lib/days';
import type { ConnectionDraft, ConnectionInfo, ConnectorInfo, ConnectorOption, OptionValue } from '../../lib/wire';

/** What the form of a connection holds: a text for each option, of secrets what is entered now, and which stored secrets are to go. */
export type ConnectionValues = { name: string; from: string; options: Record<string, string>; dropped: Record<string, boolean> };

/** What is asked, made from what the connector declares. A secret that the keychain has need not be entered again. */
export function connectionSchema({ options }: ConnectorInfo, kept: string[]): z.ZodType<ConnectionValues, ConnectionValues> {
  const text = (option: ConnectorOption) =>
    option.required && !kept.includes(option.name) ? z.string().refine((value) => value.trim() !== '', `${option.label} is missing.`) : z.string();
  return z.object({
    name: z.string().trim().min(1, 'Give the connection a name.').max(100, 'A name has at most 100 characters.'),
    from: z.string().trim().regex(/^(\d{4}-\d{2}|\d{1,2}\/\d{4}|[a-z]+[ -]\d{4})?$/i, 'Write a month as Jan 2026, or nothing for all.'),
    options: z.object(Object.fromEntries(options.map((option) => [option.name, text(option)]))),
    dropped: z.record(z.string(), z.boolean()),
  });
}

/** The values of a connection in its form; none of its secrets, which never come back. */
export function valuesOf(connector: ConnectorInfo, connection?: ConnectionInfo): ConnectionValues {
  const stored = new Map(connection?.values.map(({ name, value }) => [name, value]));
  return {
    name: connection?.name ?? '',
    from: formatMonth(connection?.from ?? ''),
    options: Object.fromEntries(connector.options.map(({ name, secret }) => [name, secret ? '' : (stored.get(name) ?? '')])),
    dropped: {},
  };
}

/** The values of the options that are no secrets. */
export function openValues(connector: ConnectorInfo, options: Record<string, string>): OptionValue[] {
  return connector.options.filter(({ secret }) => !secret).map(({ name }) => ({ name, value: options[name] ?? '' }));
}

/** What crosses to the Go side. Of secrets only those that are entered or taken away. */
export function draftOf(connector: ConnectorInfo, { name, from, options, dropped }: ConnectionValues): ConnectionDraft {
  const newSecrets = connector.options
    .filter((option) => option.secret && (options[option.name] !== '' || dropped[option.name] === true))
    .map((option) => ({ name: option.name, value: options[option.name] ?? '' }));
  return { name: name.trim(), kind: connector.name, from: from.trim(), values: openValues(connector, options), newSecrets };
}
