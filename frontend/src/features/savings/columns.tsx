import Box from '@mui/material/Box';
import Checkbox from '@mui/material/Checkbox';

import { type AccountNames, describeNamedAccount } from '../../lib/accountNames';
import { formatMoney, fullMoney } from '../../lib/money';
import type { FindingInfo } from '../../lib/wire';
import { AccountLabel } from '../../ui/AccountLabel';
import type { Column } from '../../ui/DataTable/model';
import { Pill } from '../../ui/Pill';
import { describePlace, describeState, describeSubject } from './model';

/** Cells are as high as their row; a pill is as high as its word. */
function State({ finding }: { finding: FindingInfo }) {
  const { text, tone } = describeState(finding);
  return (
    <Box component="span" sx={{ lineHeight: 1.45 }}>
      <Pill tone={tone}>{text}</Pill>
    </Box>
  );
}

/** What a click on it marks, not opens. */
export const marking = 'data-mark';

/** The column of boxes by which several findings are chosen. */
export function markColumn(marked: ReadonlySet<string>, onMark: (id: string) => void): Column<FindingInfo> {
  return {
    id: 'mark',
    header: 'Mark',
    description: 'Mark findings to decide about them together; the space bar marks',
    kind: 'text',
    width: 56,
    whole: true,
    value: (finding) => (marked.has(finding.id) ? 'Yes' : ''),
    press: (finding) => onMark(finding.id),
    render: (finding) => (
      <Box component="span" {...{ [marking]: '' }} sx={{ display: 'inline-flex', verticalAlign: 'middle' }}>
        <Checkbox size="small" checked={marked.has(finding.id)} onChange={() => onMark(finding.id)} slotProps={{ input: { tabIndex: -1, 'aria-label': `Mark ${finding.title} ${finding.resourceId}` } }} sx={{ p: 0 }} />
      </Box>
    ),
  };
}

/** The table of findings of one currency. `wide` gives the room of a large desk to names. */
export function findingColumns(currency: string, nameOf: AccountNames, wide: boolean): Column<FindingInfo>[] {
  const money = (id: string, field: 'monthlyGross' | 'monthlyAbsorbed' | 'monthlyOverlap' | 'monthlyNet' | 'score', header: string, description: string): Column<FindingInfo> => ({
    id,
    header: `${header}, ${currency}`,
    description,
    kind: 'number',
    width: wide ? 136 : 112,
    value: (finding) => finding[field],
    display: (finding) => (finding[field] === null ? '–' : formatMoney(finding[field], currency)),
    title: (finding) => fullMoney(finding[field], currency),
  });
  return [
    {
      id: 'title',
      header: 'Finding',
      kind: 'text',
      width: wide ? 520 : 380,
      value: (finding) => finding.title,
      display: (finding) => [finding.title, describeSubject(finding)].filter(Boolean).join(' '),
      title: (finding) => [finding.title, finding.resourceId || describeSubject(finding)].filter(Boolean).join('\n'),
      render: (finding) => (
        <>
          {finding.title}{' '}
          <Box component="bdi" sx={{ color: 'text.secondary' }}>
            {describeSubject(finding)}
          </Box>
        </>
      ),
    },
    money('net', 'monthlyNet', 'Net a month', 'What the bill falls by: gross less what commitments pay and what another finding has'),
    { ...money('gross', 'monthlyGross', 'Gross a month', 'What the charge lines cost a month, at the price that is paid'), secondary: 4 },
    { id: 'state', header: 'State', kind: 'text', whole: true, value: (finding) => describeState(finding).text, title: (finding) => describeState(finding).why, render: (finding) => <State finding={finding} /> },
    { ...money('score', 'score', 'Priority', 'Net saving × confidence ÷ effort: what to do first'), secondary: 2, title: (finding) => finding.sentence },
    { id: 'team', secondary: 12, header: 'Team', kind: 'text', width: 120, value: (finding) => finding.team || null },
    { id: 'owner', secondary: 13, header: 'Owner', kind: 'text', width: 120, value: (finding) => finding.progress?.owner || null },
    { id: 'due', secondary: 14, header: 'Due', kind: 'text', width: 104, value: (finding) => finding.progress?.due || null },
    { id: 'confidence', secondary: 5, header: 'Confidence', kind: 'text', whole: true, value: (finding) => finding.confidence },
    { id: 'effort', secondary: 6, header: 'Effort', kind: 'text', whole: true, value: (finding) => finding.effort },
    {
      id: 'account',
      secondary: 3,
      header: 'Account',
      kind: 'text',
      width: wide ? 280 : 168,
      value: (finding) => finding.subAccount || null,
      title: ({ subAccount }) => describeNamedAccount(subAccount, nameOf(subAccount)),
      render: ({ subAccount }) => <AccountLabel account={subAccount} name={nameOf(subAccount)} />,
    },
    { id: 'place', secondary: 7, header: 'Where', description: 'Provider and region', kind: 'text', width: wide ? 220 : 168, value: (finding) => describePlace(finding) || null },
    { id: 'service', secondary: 8, header: 'Service', kind: 'text', width: wide ? 200 : 140, value: (finding) => finding.service || null },
    { ...money('absorbed', 'monthlyAbsorbed', 'Absorbed', 'Stays on the bill, since a commitment pays for it'), secondary: 9 },
    { ...money('overlap', 'monthlyOverlap', 'Overlap', 'Another finding has it already'), secondary: 10 },
    { id: 'rule', secondary: 11, header: 'Check', kind: 'text', width: 104, value: (finding) => finding.rule },
  ];
}
