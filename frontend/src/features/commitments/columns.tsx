import Box from '@mui/material/Box';

import { formatMoney, fullMoney } from '../../lib/money';
import type { CommitmentInfo, PoolMonthInfo } from '../../lib/wire';
import type { Column } from '../../ui/DataTable/model';
import { Pill } from '../../ui/Pill';
import { describeExpiry, describePool, describeTerms, formatPart, nameOf } from './model';

type Share<Row> = { id: string; header: string; description: string; of: (row: Row) => string | null };

function shareColumn<Row>({ id, header, description, of }: Share<Row>): Column<Row> {
  return { id, header, description, kind: 'number', width: 104, value: of, display: (row) => formatPart(of(row)), title: (row) => formatPart(of(row), 4) };
}

function Expiry({ one }: { one: CommitmentInfo }) {
  const { text, tone } = describeExpiry(one);
  if (tone === null) return text;
  return (
    <Box component="span" sx={{ lineHeight: 1.45 }}>
      <Pill tone={tone}>{text}</Pill>
    </Box>
  );
}

/** The table of commitments of one currency. `wide` gives the room of a large desk to names. */
export function commitmentColumns(currency: string, wide: boolean): Column<CommitmentInfo>[] {
  const money = (id: string, header: string, description: string, of: (one: CommitmentInfo) => string | null, digits?: number): Column<CommitmentInfo> => ({
    id,
    header: `${header}, ${currency}`,
    description,
    kind: 'number',
    width: wide ? 140 : 112,
    value: of,
    display: (one) => (of(one) === null ? '–' : formatMoney(of(one), currency, { digits })),
    title: (one) => fullMoney(of(one), currency),
  });
  return [
    { id: 'name', header: 'Commitment', kind: 'text', width: wide ? 320 : 250, value: nameOf, title: (one) => [one.name, one.id].filter(Boolean).join('\n') },
    shareColumn({ id: 'utilisation', header: 'Utilisation', description: 'Used ÷ (used + unused), by effective cost', of: (one) => one.utilisation }),
    money('unused', 'Unused a month', 'What was paid and not used', (one) => one.monthlyUnused),
    { id: 'expires', secondary: 1, header: 'Ends', description: 'The last day on which it runs', kind: 'text', whole: true, value: (one) => one.expires || describeExpiry(one).text, display: (one) => describeExpiry(one).text, title: (one) => describeExpiry(one).why, render: (one) => <Expiry one={one} /> },
    { ...money('lapse', 'Cost of lapse', 'What its usage costs more a month once it has ended', (one) => one.monthlyCostOfLapse), secondary: 2 },
    { ...money('net', 'Net saving a month', 'Its usage at on-demand prices less what it costs, used or not', (one) => one.monthlyNetSaving), secondary: 3 },
    { ...shareColumn<CommitmentInfo>({ id: 'breakEven', header: 'Break-even', description: 'The utilisation below which it costs more than it saves', of: (one) => one.breakEvenUtilisation }), secondary: 4 },
    { id: 'type', secondary: 5, header: 'Type', kind: 'text', width: wide ? 190 : 148, value: (one) => one.type || null },
    { ...money('hourly', 'Cost an hour', 'What it costs an hour, used or not', (one) => one.hourlyCost, 4), secondary: 6 },
    { ...money('sharing', 'Sharing loss', 'Left unused while usage that it could cover was paid at on-demand prices, a month', (one) => one.sharing?.monthlyLoss ?? null), secondary: 7 },
    { id: 'terms', secondary: 8, header: 'Term and payment', kind: 'text', width: 190, value: (one) => describeTerms(one.termMonths, one.payment) },
    { id: 'provider', secondary: 9, header: 'Provider', kind: 'text', whole: true, value: (one) => one.provider || null },
    { id: 'account', secondary: 10, header: 'Billing account', kind: 'text', width: 160, value: (one) => one.billingAccount || null },
  ];
}

/** The table of pools of one currency in one month. */
export function poolColumns(currency: string, wide: boolean): Column<PoolMonthInfo>[] {
  return [
    { id: 'pool', header: 'Pool', description: 'Usage that one commitment can cover', kind: 'text', width: wide ? 460 : 340, value: ({ pool }) => describePool(pool), title: ({ pool }) => pool.id },
    { id: 'provider', secondary: 3, header: 'Provider', kind: 'text', whole: true, value: ({ pool }) => pool.provider },
    { id: 'cost', header: `Effective cost, ${currency}`, kind: 'number', value: ({ pool }) => pool.onDemand, unit: () => currency, display: ({ pool }) => formatMoney(pool.onDemand, currency), title: ({ pool }) => fullMoney(pool.onDemand, currency) },
    shareColumn({ id: 'coverage', header: 'Coverage', description: 'List cost of covered machines ÷ that of all machines of the pool', of: (one) => one.coverage }),
    { ...shareColumn<PoolMonthInfo>({ id: 'rate', header: 'Effective savings rate', description: '(List − effective) ÷ list, without what commitments left unused', of: (one) => one.effectiveSavingsRate }), width: 150, secondary: 1 },
    { ...shareColumn<PoolMonthInfo>({ id: 'breakEven', header: 'Break-even', description: 'The utilisation below which the commitments of the pool cost more than they save', of: (one) => one.breakEvenUtilisation }), secondary: 2 },
  ];
}
