import Box from '@mui/material/Box';

import { type BillInfo } from '../../bridge/ports/bills';
import { type AccountNames, tellNamedAccount } from '../../lib/accountNames';
import { currenciesOf, totalOf } from '../../lib/bill';
import { formatDay, formatMonth } from '../../lib/days';
import { formatCount, formatMoney, fullMoney } from '../../lib/money';
import { AccountLabel } from '../../ui/AccountLabel';
import { type Column, ROW_HEIGHT } from '../../ui/DataTable/model';
import { Pill } from '../../ui/Pill';
import { countsAll, mainCurrency, tellSpeaking, tellSpeakingFiles, versionsIn } from './model';

/** The file names follow the words of the export more quietly. */
function Speaking({ info }: { info: BillInfo }) {
  return (
    <>
      {tellSpeaking(info)}{' '}
      <Box component="bdi" sx={{ color: 'text.secondary' }}>
        {tellSpeakingFiles(info)}
      </Box>
    </>
  );
}

function Versions({ info }: { info: BillInfo }) {
  const standby = versionsIn(info, 'standsby').length;
  return (
    <Box component="span" sx={{ display: 'inline-flex', alignItems: 'center', gap: 1, lineHeight: 1.45, height: ROW_HEIGHT - 1, verticalAlign: 'top' }}>
      {countsAll(info) && <Pill tone="bad">All count</Pill>}
      {standby > 0 && <Pill tone="plain">Stands by</Pill>}
      {formatCount(info.versions.length)}
    </Box>
  );
}

function tellVersions(info: BillInfo): string {
  const standby = versionsIn(info, 'standsby').length;
  const all = `${formatCount(info.versions.length)} ${info.versions.length === 1 ? 'version' : 'versions'}`;
  if (countsAll(info)) return `${all}; every export counts`;
  return standby > 0 ? `${all}; ${formatCount(standby)} ${standby === 1 ? 'stands' : 'stand'} by` : all;
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
    width: 78,
    value: (info) => mainCurrency(info, preferred) || null,
    display: (info) => {
      const more = currenciesOf(info.totals).length - 1;
      return `${mainCurrency(info, preferred)}${more > 0 ? ` +${more}` : ''}`;
    },
    title: (info) => currenciesOf(info.totals).join(', '),
  };
  return [
    { id: 'month', header: 'Month', kind: 'text', width: 80, value: (info) => info.bill.month, display: (info) => formatMonth(info.bill.month) },
    { id: 'provider', header: 'Provider', kind: 'text', width: wide ? 130 : 104, value: (info) => info.bill.provider || null },
    {
      id: 'account',
      header: 'Account',
      description: 'Billing account',
      kind: 'text',
      width: wide ? 340 : 176,
      value: (info) => info.bill.account || null,
      title: ({ bill }) => tellNamedAccount(bill.account, nameOf(bill.account)),
      render: ({ bill }) => <AccountLabel account={bill.account} name={nameOf(bill.account)} />,
    },
    {
      id: 'speaks',
      header: 'Speaks',
      description: 'The export whose lines count, and its files',
      kind: 'text',
      width: wide ? 330 : one ? 170 : 88,
      value: (info) => `${tellSpeaking(info)} ${tellSpeakingFiles(info)}`.trim(),
      title: (info) => [tellSpeaking(info), ...versionsIn(info, 'speaks').flatMap((version) => version.files)].join('\n'),
      // Where there is no room for the files only their first letters would be seen; hovering tells them.
      render: (info) => (wide || one ? <Speaking info={info} /> : tellSpeaking(info)),
    },
    { id: 'lines', header: 'Lines', kind: 'number', width: wide ? 100 : 76, value: (info) => String(info.lines), display: (info) => formatCount(info.lines) },
    { id: 'to', header: 'To', description: 'The last day that has charges', kind: 'text', width: wide ? 112 : 70, value: (info) => info.lastDay || null, display: (info) => formatDay(info.lastDay, { year: wide }), title: (info) => formatDay(info.lastDay) },
    money('BilledCost', 'Billed'),
    money('EffectiveCost', 'Effective'),
    ...(one ? [] : [currency]),
    { id: 'versions', header: 'Versions', description: 'What was imported of the bill; what stands by is in no figure', kind: 'number', width: wide ? 140 : 100, value: (info) => String(info.versions.length), title: tellVersions, render: (info) => <Versions info={info} /> },
  ];
}
