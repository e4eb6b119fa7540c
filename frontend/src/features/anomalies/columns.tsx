import Box from '@mui/material/Box';

import type { AccountNames } from '../../lib/accountNames';
import { formatDay } from '../../lib/days';
import { sign } from '../../lib/decimal';
import { formatMoney, fullMoney } from '../../lib/money';
import type { AnomalyInfo } from '../../lib/wire';
import { toneOf } from '../../ui/Change';
import type { Column } from '../../ui/DataTable/model';
import { Pill } from '../../ui/Pill';
import { describePlace, kindWords, stateWords } from './model';

/** Cells are as high as their row; a pill is as high as its word. */
function State({ anomaly }: { anomaly: AnomalyInfo }) {
  const { label, tone } = stateWords[anomaly.state];
  return (
    <Box component="span" sx={{ lineHeight: 1.45 }}>
      <Pill tone={tone}>{label}</Pill>
    </Box>
  );
}

/** The table of anomalies of one currency. `wide` gives the room of a large desk to names. */
export function anomalyColumns(currency: string, nameOf: AccountNames, wide: boolean): Column<AnomalyInfo>[] {
  const money = (id: 'expected' | 'actual' | 'impact' | 'monthOn', header: string, description: string, change: boolean): Column<AnomalyInfo> => ({
    id,
    header: `${header}, ${currency}`,
    description,
    kind: 'number',
    width: wide ? 136 : 112,
    value: (anomaly) => anomaly[id],
    display: (anomaly) => formatMoney(anomaly[id], currency, { signed: change }),
    title: (anomaly) => fullMoney(anomaly[id], currency),
    ...(change && {
      render: (anomaly) => (
        <Box component="span" sx={{ color: toneOf(sign(anomaly[id])) }}>
          {formatMoney(anomaly[id], currency, { signed: true })}
        </Box>
      ),
    }),
  });
  return [
    { id: 'first', header: 'First day', kind: 'text', whole: true, value: (anomaly) => anomaly.firstDay, display: (anomaly) => formatDay(anomaly.firstDay) },
    { id: 'kind', header: 'Kind', kind: 'text', whole: true, value: (anomaly) => anomaly.kind, display: (anomaly) => kindWords[anomaly.kind].label, title: (anomaly) => kindWords[anomaly.kind].why },
    { id: 'where', header: 'Where', description: 'The smallest part of the usage that explains it', kind: 'text', width: wide ? 560 : 340, value: (anomaly) => describePlace(anomaly.node, nameOf), display: (anomaly) => describePlace(anomaly.node, nameOf, true), title: (anomaly) => describePlace(anomaly.node, nameOf) },
    { ...money('expected', 'Expected', 'What its days would have cost', false), secondary: 3 },
    { ...money('actual', 'Actual', 'What its days cost', false), secondary: 4 },
    money('impact', 'Impact so far', 'Actual less expected', true),
    { ...money('monthOn', 'Impact per month', 'What a month of it would add: the mean deviation of its last seven days × 30', true), secondary: 2 },
    { id: 'state', header: 'State', kind: 'text', whole: true, value: (anomaly) => anomaly.state, display: (anomaly) => stateWords[anomaly.state].label, title: (anomaly) => stateWords[anomaly.state].why, render: (anomaly) => <State anomaly={anomaly} /> },
  ];
}
