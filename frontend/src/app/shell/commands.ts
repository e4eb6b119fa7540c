import { conditionFilter } from '../../lib/filter';
import { formatCounted } from '../../lib/money';
import type { Found } from '../../lib/wire';
import { writeFilter } from '../../ui/view/ledgerView';

/** What the command palette can do, as data. */
export type Command = {
  id: string;
  group: string;
  label: string;
  hint?: string;
  run: () => void;
};

/** The commands in which every word typed begins a word, those whose label begins with the first one on top; the order is otherwise kept. */
export function findCommands(commands: Command[], typed: string): Command[] {
  const words = typed.toLowerCase().split(/\s+/).filter((word) => word !== '');
  if (words.length === 0) return commands;
  const wordsOf = (command: Command) => `${command.label} ${command.group} ${command.hint ?? ''}`.toLowerCase().split(/[^\p{L}\p{N}]+/u);
  const first = words[0] ?? '';
  const begins = (command: Command) => command.label.toLowerCase().startsWith(first);
  const found = commands.filter((command) => words.every((word) => wordsOf(command).some((own) => own.startsWith(word))));
  return [...found.filter(begins), ...found.filter((command) => !begins(command))];
}

const foundGroups: Record<string, string> = { ServiceName: 'Service', Account: 'Account', BillingAccount: 'Billing account', InvoiceId: 'Invoice', ResourceId: 'Resource' };

/** What is asked of single charges opens them; what many charges share opens the Overview. */
const onCharges = new Set(['InvoiceId', 'ResourceId']);

/** The way to a value that was found: its page, filtered by it, over all days and in a currency that it has. */
export function foundCommand({ column, value, name, lines, currencies }: Found, currency: string, go: (to: { pathname: string; search: string }) => void): Command {
  const params = new URLSearchParams({ period: 'all' });
  const shown = currencies.includes(currency) ? currency : (currencies[0] ?? '');
  if (shown !== '') params.set('currency', shown);
  writeFilter(params, conditionFilter({ column, op: 'in', values: [value] }));
  return {
    id: `found ${column} ${value}`,
    group: foundGroups[column] ?? column,
    label: name === '' ? value : name,
    hint: [...(name === '' ? [] : [value]), formatCounted(lines, 'line')].join(' · '),
    run: () => go({ pathname: onCharges.has(column) ? '/charges' : '/', search: `?${params.toString()}` }),
  };
}
