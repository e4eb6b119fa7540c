import Box from '@mui/material/Box';

import { type AccountNames, describeNamedAccount } from '../../lib/accountNames';
import { currenciesOf, describeProvider, totalOf } from '../../lib/bill';
import { formatDay, formatMonth } from '../../lib/days';
import { formatCount, formatMoney, fullMoney } from '../../lib/money';
import type { BillInfo } from '../../lib/wire';
import { AccountLabel } from '../../ui/AccountLabel';
import { type Column, ROW_HEIGHT } from '../../ui/DataTable/model';
import { Pill } from '../../ui/Pill';
import { countedExports, countedFiles, countsAll, mainCurrency, versionsIn } from './model';

/** The file names follow the words of the export more quietly. */
function Source({ info }: { info: BillInfo }) {
  return (
    <>
      {countedExports(info)}{' '}
      <Box component="bdi" sx={{ color: 'text.secondary' }}>
        {countedFiles(info)}
      </Box>
    </>
  );
}

function Versions({ info }: { info: BillInfo }) {
  const excluded = versionsIn(info, 'excluded').length;
  return (
    <Box component="span" sx={{ display: 'inline-flex', alignItems: 'center', gap: 1, lineHeight: 1.45, height: ROW_HEIGHT - 1, verticalAlign: 'top' }}>
      {countsAll(info) && <Pill tone="bad">All counted</Pill>}
      {excluded > 0 && <Pill tone="plain">{formatCount(excluded)} not counted</Pill>}
      {formatCount(info.versions.length)}
    </Box>
  );
}

/** What the pills and the number say, and as wide as they are. */
function versionsText(info: BillInfo): string {
  const excluded = versionsIn(info, 'excluded').length;
  return [countsAll(info) ? 'All counted    ' : '', excluded > 0 ? `${formatCount(excluded)} not counted    ` : '', formatCount(info.versions.length)].join('');
}

function describeVersions(info: BillInfo): string {
  const excluded = versionsIn(info, 'excluded').length;
  const all = `${formatCount(info.versions.length)} ${info.versions.length === 1 ? 'version' : 'versions'}`;
  if (countsAll(info)) return `${all}; every export counts`;
  return excluded > 0 ? `${all}; ${formatCount(excluded)} not counted, since another export is used` : all;
}

/** The table of bills. `wide` gives the room of a large desk to the names of files and accounts. */
export function billColumns(bills: BillInfo[], preferred: string[], nameOf: AccountNames, wide: boolean): Column<BillInfo>[] {
  const codes = currenciesOf(bills.flatMap((info) => info.totals));
  const [only] = codes;
  const one = codes.length <= 1;
  const unit = one && only ? `, ${only}` : '';
  const money = (id: string, header: string): Column<BillInfo> => {
    const currencyOf = (info: BillInfo) => mainCurrency(info, preferred);
    const value = (info: BillInfo) => totalOf(info.totals, id, currencyOf(info));
    return {
      id,
      header: header + unit,
      kind: 'number',
      width: wide ? 140 : 100,
      value,
      display: (info) => formatMoney(value(info), currencyOf(info)),
      title: (info) => currenciesOf(info.totals).map((code) => fullMoney(totalOf(info.totals, id, code), code)).join('\n'),
    };
  };
  const currency: Column<BillInfo> = {
    id: 'currency',
    header: 'Currency',
    kind: 'text',
    whole: true,
    value: (info) => mainCurrency(info, preferred) || null,
    display: (info) => {
      const more = currenciesOf(info.totals).length - 1;
      return `${mainCurrency(info, preferred)}${more > 0 ? ` +${more}` : ''}`;
    },
    title: (info) => currenciesOf(info.totals).join(', '),
  };
  return [
    { id: 'month', header: 'Month', kind: 'text', whole: true, value: (info) => info.month, display: (info) => formatMonth(info.month) },
    { id: 'provider', header: 'Provider', kind: 'text', width: wide ? 130 : 104, least: 130, value: (info) => describeProvider(info.provider) },
    {
      id: 'account',
      header: 'Account',
      description: 'Billing account',
      kind: 'text',
      width: wide ? 340 : 176,
      value: (info) => info.billingAccount || null,
      title: ({ billingAccount }) => describeNamedAccount(billingAccount, nameOf(billingAccount)),
      render: ({ billingAccount }) => <AccountLabel account={billingAccount} name={nameOf(billingAccount)} />,
    },
    {
      id: 'source',
      secondary: 3,
      header: 'Source',
      description: 'The export that is used, and its files',
      kind: 'text',
      width: wide ? 330 : one ? 170 : 88,
      value: (info) => `${countedExports(info)} ${countedFiles(info)}`.trim(),
      display: (info) => (wide || one ? `${countedExports(info)} ${countedFiles(info)}`.trim() : countedExports(info)),
      title: (info) => [countedExports(info), ...versionsIn(info, 'counted').flatMap((version) => version.files)].join('\n'),
      // Where there is no room for the files only their first letters would be seen; the title has them.
      render: (info) => (wide || one ? <Source info={info} /> : countedExports(info)),
    },
    { id: 'lines', header: 'Lines', kind: 'number', secondary: 5, width: wide ? 100 : 76, value: (info) => String(info.lines), display: (info) => formatCount(info.lines) },
    { id: 'to', secondary: 4, header: 'Charges through', description: 'The last day with charges', kind: 'text', whole: true, value: (info) => info.lastDay || null, display: (info) => formatDay(info.lastDay) },
    money('BilledCost', 'Billed'),
    { ...money('EffectiveCost', 'Effective'), secondary: 2 },
    ...(one ? [] : [currency]),
    { id: 'versions', secondary: 1, header: 'Versions', description: 'The imported versions of the bill; those that are not counted are excluded from totals', kind: 'number', value: (info) => String(info.versions.length), display: versionsText, title: describeVersions, render: (info) => <Versions info={info} /> },
  ];
}
